"""Articles of our own making, each with what a careful reader finds in it. Nobody in them lives."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Read:
    """An article, and what a reader found.

    Args:
        name: of its file.
        raw: it, as a page has it.
        title: its title.
        teller: the name of the one who tells; "" where she says "I".
        sure: facets that plainly hold.
        may: facets that a reader may find or not.
        notes: content notes that it plainly has.
        never: facets that it seems to have and has not.
        author: as it says; "" if it does not.
        date: as it says; "" if it does not.
    """

    name: str
    raw: str
    title: str
    teller: str
    sure: frozenset[str]
    may: frozenset[str]
    notes: frozenset[str]
    never: frozenset[str]
    author: str = ""
    date: str = ""


def articles() -> list[Read]:
    """All of them, in the order of their names."""
    return [_read(path) for path in sorted(FOLDER.glob("*.toml"))]


def _read(path: Path) -> Read:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    sure, may, notes, never = (frozenset(said.pop(key)) for key in ("sure", "may", "notes", "never"))
    return Read(name=path.stem, sure=sure, may=may, notes=notes, never=never, **said)
