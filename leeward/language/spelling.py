"""Forgiving a slip of the keys: the words that somebody may have meant, from the list that comes with the language."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from leeward.language.lexicon import counts_of

SHORTEST = 4
"""Shorter words are left as they are: too many others are near."""
TWO_SLIPS = 8
"""From this length on two slips are forgiven."""
MOST = 3
"""Most words that are offered."""
LONGEST = 24
_PREFIX = 8  # deletes are made of the first letters only, which keeps the table small


def corrections(word: str, language: str = "en") -> list[str]:
    """Known words that differ from one by a slip or two, likeliest first; none if it is known, or too short.

    A slip is a letter too many, too few, another one, or two that changed places.

    Raises:
        LookupError: the language has no list of words.
    """
    said = word.lower()
    counts = counts_of(language)
    if said in counts or not SHORTEST <= len(said) <= LONGEST or not said.replace("'", "").isalpha():
        return []
    slips = 2 if len(said) >= TWO_SLIPS else 1
    near: dict[str, int] = {}
    for shortened in _deletes(said[:_PREFIX], slips):
        for known in _table(language).get(shortened, ()):
            if known not in near and abs(len(known) - len(said)) <= slips:
                near[known] = distance(said, known, slips)
    kept = [known for known, slipped in near.items() if slipped <= slips]
    return sorted(kept, key=lambda known: (near[known], known[0] != said[0], -counts[known], known))[:MOST]


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words (Damerau-Levenshtein, optimal string alignment); past `most`, `most` + 1."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, its in enumerate(other, 1):
            least = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                least = min(least, before[column - 2] + 1)
            here.append(least)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return last[-1]


@cache
def _table(language: str) -> dict[str, list[str]]:
    """The words of a language by what is left of their beginnings without some letters."""
    table: dict[str, list[str]] = {}
    for known in counts_of(language):
        for shortened in _deletes(known[:_PREFIX], 2 if len(known) >= TWO_SLIPS - 2 else 1):
            table.setdefault(shortened, []).append(known)
    return table


def _deletes(word: str, most: int) -> set[str]:
    """A word, and what is left of it without one letter, up to `most` of them."""
    made = {word}
    for fewer in range(1, min(most, len(word) - 1) + 1):
        for kept in combinations(range(len(word)), len(word) - fewer):
            made.add("".join(word[at] for at in kept))
    return made
