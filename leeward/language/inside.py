"""What a text plainly has inside that somebody may have asked not to meet, each with the words that say so.

By rules of the language (its `inside.toml`), for the content notes of `audience.notes`. Whose pregnancy it is does not
matter here: who asked not to meet one is spared her sister's too. What is only feared, denied or wished is not inside.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from leeward.language.clues import Clues, Reading, clues_of, grammar_of
from leeward.language.folders import language_data


@dataclass(frozen=True)
class Inside:
    """One content note that a text suggests: its key, and the words, with where they stand in characters."""

    note: str
    start: int
    end: int
    words: str


def inside(text: str, language: str = "en") -> list[Inside]:
    """The content notes of what a text plainly has in it, each once, in the order of the text.

    Args:
        text: a story, an answer, a message.
        language: its code; of "en-gb" the folder "en" serves.

    Raises:
        LookupError: there are no rules for the language.
    """
    clues = inside_clues(language)
    reading = Reading(text, clues.grammar)
    first: dict[str, Inside] = {}
    for seen in sorted(clues.seen(reading), key=lambda one: (one.start, one.end)):
        first.setdefault(seen.key, Inside(seen.key, seen.start, seen.end, text[seen.start : seen.end]))
    return list(first.values())


@cache
def inside_clues(language: str) -> Clues:
    """The rules of a language. LookupError: there are none; ValueError: one is not sound."""
    said = tomllib.loads(language_data(language, "inside.toml").read_text(encoding="utf-8"))
    rows = [(note, row) for note, tables in said.items() for row in tables]
    return clues_of(rows, grammar_of(language), even=("others",))
