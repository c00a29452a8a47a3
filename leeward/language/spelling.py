"""Forgiving a slip of the keys: the words that somebody may have meant.

Only from the list of words that comes with the language (`lexicon.txt`), which is made of the place's own texts. No
word that a member wrote is ever in it: a correction must not give away what stands in a text that one may not see.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

from leeward.language.clues import clue_folder

SHORTEST = 4
"""Shorter words are left as they are: too many others are near."""
TWO_SLIPS = 8
"""From this length on two slips are forgiven."""
MOST = 3
"""Most words that are offered."""
LONGEST = 24
COMMON = 120
"""So many of the most frequent words count as common."""
_PREFIX = 8  # deletes are made of the first letters only, which keeps the table small


def corrections(word: str, language: str = "en") -> list[str]:
    """Known words that differ from one by a slip or two, likeliest first; none if it is known, or too short.

    A slip is a letter too many, too few, another one, or two that changed places.

    Raises:
        LookupError: the language has no list of words.
    """
    said = word.lower()
    counts, table = _lexicon(language)
    if said in counts or not SHORTEST <= len(said) <= LONGEST or not said.replace("'", "").isalpha():
        return []
    slips = 2 if len(said) >= TWO_SLIPS else 1
    near: dict[str, int] = {}
    for shortened in _deletes(said[:_PREFIX], slips):
        for known in table.get(shortened, ()):
            if known not in near and abs(len(known) - len(said)) <= slips:
                near[known] = distance(said, known, slips)
    kept = [known for known, slipped in near.items() if slipped <= slips]
    return sorted(kept, key=lambda known: (near[known], known[0] != said[0], -counts[known], known))[:MOST]


def is_known(word: str, language: str = "en") -> bool:
    """Whether the language's list has the word."""
    return word.lower() in _lexicon(language)[0]


def is_common(word: str, language: str = "en") -> bool:
    """Whether a word stands nearly everywhere, and so tells nothing of what a text is about.

    Raises:
        LookupError: the language has no list of words.
    """
    return word.lower() in _common(language)


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
def _common(language: str) -> frozenset[str]:
    counts = _lexicon(language)[0]
    return frozenset(sorted(counts, key=lambda known: -counts[known])[:COMMON])


@cache
def _lexicon(language: str) -> tuple[dict[str, int], dict[str, list[str]]]:
    counts: dict[str, int] = {}
    table: dict[str, list[str]] = {}
    for line in clue_folder(language, "lexicon.txt").read_text(encoding="utf-8").splitlines():
        known, _space, count = line.partition(" ")
        counts[known] = int(count)
    for known in counts:
        for shortened in _deletes(known[:_PREFIX], 2 if len(known) >= TWO_SLIPS - 2 else 1):
            table.setdefault(shortened, []).append(known)
    return counts, table


def _deletes(word: str, most: int) -> set[str]:
    """A word, and what is left of it without one letter, up to `most` of them."""
    made = {word}
    for fewer in range(1, min(most, len(word) - 1) + 1):
        for kept in combinations(range(len(word)), len(word) - fewer):
            made.add("".join(word[at] for at in kept))
    return made
