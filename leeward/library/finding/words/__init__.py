"""Finding services by words, in the database's own index of words. SQL is written by hand here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from leeward.language.acronyms import expand
from leeward.language.lexicon import is_common
from leeward.language.spelling import corrections
from leeward.library.finding.words import postgresql, sqlite
from leeward.library.finding.words.asked import Group, Phrase, SaysAll
from leeward.search.documents import plain

__all__ = ["Asked", "Group", "Phrase", "SaysAll", "are_common", "best_first", "read_words", "saying"]

MOST_WORDS = 12
"""So many words of a question are looked for."""
LONGEST = 300
LONGEST_WORD = 64
PREFIX_FROM = 4
"""From so many letters on the last word may be unfinished."""

COMMON = 2_000
"""Words that more listings say than this are common: looking all of them up would take longer than may be waited."""

_WORD = re.compile(rf"(?<![^\W_])[^\W_]{{1,{LONGEST_WORD}}}(?![^\W_])")


@dataclass(frozen=True)
class Asked:
    """What is looked for in words.

    Args:
        groups: what all must be said; of a group any phrase is enough.
    """

    groups: tuple[Group, ...] = ()
    _known: dict[tuple[tuple[Group, ...], bool], bool] = field(default_factory=dict, compare=False)

    def are_common(self, groups: tuple[Group, ...], *, in_title: bool = False) -> bool:
        """`are_common`, asked once for each question and kept no longer than it."""
        key = (groups, in_title)
        if key not in self._known:
            self._known[key] = are_common(groups, in_title=in_title)
        return self._known[key]

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def either(self) -> tuple[Group, ...]:
        """The same, where anything of it is enough."""
        return (tuple(phrase for group in self.groups for phrase in group),)


def read_words(text: str) -> Asked:
    """Understand words as they were typed: slips of the keys, acronyms, and a last word that is not finished."""
    words = words_of(text[:LONGEST])
    telling = [word for word in words if not _says_nothing(word)] or words
    groups = [_group(word) for word in dict.fromkeys(telling[:MOST_WORDS])]
    if groups and len(telling[-1]) >= PREFIX_FROM and text[-1:].isalnum():
        groups[-1] = (*groups[-1], Phrase((telling[-1],), begun=True))
    return Asked(tuple(groups))


def are_common(groups: Sequence[Group], *, in_title: bool = False) -> bool:
    """Whether so many listings say it that it is better looked for among some than looked up in all."""
    index = sqlite.how_many if connection.vendor == "sqlite" else postgresql.how_many
    return index(groups, COMMON + 1, in_title=in_title) > COMMON


def saying(groups: Sequence[Group], among: Sequence[int]) -> set[int]:
    """Which of these listings say all of it.

    Args:
        groups: what is looked for.
        among: the listings, by their keys.
    """
    if not among:
        return set()
    return (sqlite.saying if connection.vendor == "sqlite" else postgresql.saying)(groups, among)


def best_first(groups: Sequence[Group], among: Sequence[int]) -> list[int]:
    """Listings by how well they say something of it, best first.

    Args:
        groups: what is looked for.
        among: the listings, by their keys.
    """
    if not among:
        return []
    if connection.vendor == "sqlite":
        return sqlite.best_first(groups, among)
    return postgresql.best_first(groups, among)


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters and without accents."""
    return [match.group() for match in _WORD.finditer(plain(text).lower())]


def _group(word: str) -> Group:
    try:
        language = settings.LANGUAGE_CODE
        meant = [word, *corrections(word, language)[:2], *expand(word, language)[:3]]
    except LookupError:
        meant = [word]
    phrases = (tuple(words_of(one)) for one in meant)
    return tuple(dict.fromkeys(Phrase(words) for words in phrases if words))


def _says_nothing(word: str) -> bool:
    try:
        return is_common(word, settings.LANGUAGE_CODE) and word in _LITTLE
    except LookupError:
        return False


_LITTLE = frozenset(
    "a about after all am an and any are as at be been but by can do for from had has have he her here him his how i if"  # noqa: SIM905  # as text it can be read
    " in is it its me my near no not of on or our she so some that the their them there they this to us was we were"
    " what when where which who why will with you your".split()
)
"""Words that say nothing of what is looked for. Others are common in the place's texts, and tell much here: loss."""
