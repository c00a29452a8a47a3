"""The words that come with a language, and how common each is there (`lexicon.txt`).

The list is made of the place's own texts. No word that a member wrote is in it, and nothing is counted in what members
write: neither a correction nor the order of what was found may give away what stands in a text that one may not see.
"""

from __future__ import annotations

import math
from functools import cache

from leeward.language.folders import language_data

COMMON = 120
"""So many of the most frequent words count as common."""
USUAL_LENGTH = 120
"""How long (words) a text is taken to be, where it is asked in how many a word may stand."""
NUMBER = 2.0
"""What a number weighs: the list holds none, and most stand in many texts."""


def is_common(word: str, language: str = "en") -> bool:
    """Whether a word stands nearly everywhere, and so tells nothing of what a text is about.

    Raises:
        LookupError: the language has no list of words.
    """
    return word.lower() in _common(language)


def rarity(word: str, language: str = "en") -> float:
    """How much a word tells of a text that it stands in: 0.2 ("the") to 9 (a word that the list does not have).

    It stands in for the inverse document frequency, which would have to be counted in the texts themselves.

    Raises:
        LookupError: the language has no list of words.
    """
    counts = counts_of(language)
    if word.isdecimal():
        return NUMBER
    return math.log(1 + _total(language) / (USUAL_LENGTH * (counts.get(word.lower(), 0) + 0.5)))


@cache
def counts_of(language: str) -> dict[str, int]:
    """Each word of a language, in small letters, and how often it stands in the place's texts.

    Raises:
        LookupError: the language has no list of words.
    """
    counts: dict[str, int] = {}
    for line in language_data(language, "lexicon.txt").read_text(encoding="utf-8").splitlines():
        known, _space, count = line.partition(" ")
        counts[known] = int(count)
    return counts


@cache
def _common(language: str) -> frozenset[str]:
    counts = counts_of(language)
    return frozenset(sorted(counts, key=lambda known: -counts[known])[:COMMON])


@cache
def _total(language: str) -> int:
    return sum(counts_of(language).values())
