"""Make the village: invented people, their journeys, stories and answers, from the texts in `people/`.

Deterministic: the same texts make the same village, each moment counted back from today, so that it never ages.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PEOPLE = Path(__file__).parent / "people"

Table = dict[str, Any]
"""One table of the texts; README.md in `people/` says what stands in it."""


def tables(name: str) -> Iterator[Table]:
    """All tables of this name ("person", "answer", "reaction"), file by file in alphabetical order."""
    for file in sorted(PEOPLE.glob("*.toml")):
        yield from tomllib.loads(file.read_text(encoding="utf-8")).get(name, [])


def some_number(*words: object, below: int) -> int:
    """A number from 0 to `below` − 1 that depends on the words alone: for hours and minutes, and for names in addresses."""
    digest = hashlib.blake2b("\0".join(map(str, words)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below
