"""Whether what a text says is said of its writer, and said to be so: who it is about, what is denied or only feared."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from leeward.language.folders import language_data
from leeward.language.wording import Index, levelled, searching

GUARDS = ("denied", "others", "supposed")
"""Why words do not count: what they say is denied, is another's, or was only feared, supposed, or read about."""
_LOOK_BACK = 90
"""How far before the words, in characters, a denial can stand."""
MOST_VAIN = 60
"""After so many places where words for a thing stand and do not hold, it is not looked for any more in this text."""
_SENTENCE = re.compile(r"[.!?…](?=[\s\"')])|\n")


@dataclass(frozen=True)
class Clue:
    """Words that suggest something.

    Args:
        key: what they suggest.
        near: one of these must stand in the same sentence; None: nothing.
        unless: none of these may.
        even: the guards that do not matter here.
    """

    key: str
    near: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    even: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """Words that were found, and what they suggest."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Grammar:
    """How a language denies, supposes and speaks of others: read from its `grammar.toml`."""

    denied: re.Pattern[str]
    denied_after: re.Pattern[str]
    not_denied: re.Pattern[str]
    supposed: re.Pattern[str]
    others: re.Pattern[str]
    first_person: re.Pattern[str]
    breaks: re.Pattern[str]


class Reading:
    """A text, levelled, with its sentences."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.level = levelled(text)
        self.grammar = grammar
        self._ends = [match.end() for match in _SENTENCE.finditer(self.level)]

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        nth = bisect_right(self._ends, at)
        start = self._ends[nth - 1] if nth else 0
        return start, self._ends[nth] if nth < len(self._ends) else len(self.level)

    def guards(self, start: int, end: int) -> Iterator[str]:
        """The guards that stand against words at a place."""
        begins, ends = self.sentence(start)
        before = self.level[max(begins, start - _LOOK_BACK) : start]
        clause = self.grammar.breaks.split(before)[-1]
        if self._is_denied(clause, self.level[end : min(ends, end + _LOOK_BACK)]):
            yield "denied"
        if self.grammar.supposed.search(clause):
            yield "supposed"
        if self._is_of_others(self.level[max(begins, start - 2 * _LOOK_BACK) : start]):
            yield "others"

    def _is_denied(self, clause: str, behind: str) -> bool:
        denied = _last(self.grammar.denied, clause)
        if denied is not None and not self.grammar.not_denied.match(denied.group()):
            return True
        return bool(self.grammar.denied_after.match(behind))

    def _is_of_others(self, before: str) -> bool:
        other = _last(self.grammar.others, before)
        return other is not None and not self.grammar.first_person.search(before, other.end())


@dataclass(frozen=True)
class Clues:
    """Everything that is looked for."""

    index: Index[Clue]
    grammar: Grammar

    def seen(self, reading: Reading) -> list[Seen]:
        """What is found in a text: each thing where it is first said."""
        over: set[str] = set()
        vain: Counter[str] = Counter()
        found = []
        for start, end, clue in self.index.found(reading.level, over):
            if clue.key in over:
                continue
            if self._holds(reading, start, end, clue):
                found.append(Seen(clue.key, start, end))
                over.add(clue.key)
                continue
            vain[clue.key] += 1
            if vain[clue.key] >= MOST_VAIN:
                over.add(clue.key)
        return found

    def _holds(self, reading: Reading, start: int, end: int, clue: Clue) -> bool:
        begins, ends = reading.sentence(start)
        begins, ends = max(begins, start - 300), min(ends, end + 300)
        if clue.near is not None and not clue.near.search(reading.level, begins, ends):
            return False
        if clue.unless is not None and clue.unless.search(reading.level, begins, ends):
            return False
        return len(clue.even) == len(GUARDS) or clue.even.issuperset(reading.guards(start, end))


def clues_of(tables: Iterable[tuple[str, Mapping[str, Any]]], grammar: Grammar, even: Iterable[str] = ()) -> Clues:
    """The clues of some tables.

    Args:
        tables: what is suggested, and its table: `say`, and where needed `near`, `unless` and `even`.
        grammar: of the same language.
        even: guards that matter for none of them.

    Raises:
        ValueError: a table has no pattern, or a pattern that is none, or a guard that is none.
    """
    index: Index[Clue] = Index()
    for key, table in tables:
        unheeded = frozenset([*even, *table.get("even", ())])
        if not table.get("say") or not unheeded <= set(GUARDS) or set(table) - {"key", "say", "near", "unless", "even"}:
            raise ValueError(f"The clues for {key} say nothing, or what is not known: {sorted(table)}")
        clue = Clue(key, searching(table.get("near", ())), searching(table.get("unless", ())), unheeded)
        for pattern in table["say"]:
            index.add(pattern, key, clue)
    return Clues(index, grammar)


@cache
def grammar_of(language: str) -> Grammar:
    """The grammar of a language. LookupError: there is none."""
    said = tomllib.loads(language_data(language, "grammar.toml").read_text(encoding="utf-8"))
    return Grammar(**{key: re.compile(pattern) for key, pattern in said.items()})


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for last in pattern.finditer(text):  # noqa: B007  # only the last one is asked for
        pass
    return last
