"""In which language a text is, by its commonest words."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from leeward.library.public_stories.reading.rules import FOLDER

_LEAST = 0.16
"""The least part of a text's words that are among the commonest of its language. Stories in the languages listed have
a quarter to a half; a list of names or a program has next to none."""
_AHEAD = 1.05
"""By how much the language must lead over the next one; neighbours such as Danish and Norwegian lie close."""


def language_of(text: str) -> str | None:
    """The code of the language that a text is in; None if it is in none that is known here."""
    words = re.findall(r"[^\W\d_]+", text.casefold())[:3000]
    if not words:
        return None
    counted = {code: sum(word in common for word in words) / len(words) for code, common in _common().items()}
    first, second = sorted(counted, key=lambda code: -counted[code])[:2]
    if counted[first] < _LEAST or counted[first] < counted[second] * _AHEAD:
        return None
    return first


@cache
def _common() -> dict[str, frozenset[str]]:
    said: dict[str, list[str]] = tomllib.loads((FOLDER / "tongues.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words) for code, words in said.items()}
