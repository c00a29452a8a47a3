"""Patterns of words, as a person writes them in a data file, and where a text has them.

A pattern is a row of words: `(could|can) not find [a|the|his] heartbeat`. `(a|b c)` is one of several, `[a|b]` one of
them or nothing, `stillb*` any word that begins so, `_` any word, `_3` up to three words of the same clause, `#` a
number. Each is looked for only where its first word stands, and none can run longer than it has words: reading a text
takes a time that grows with its length and no faster, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Rule = TypeVar("Rule")

NUMBER = (
    r"(?:\d{1,2}(?!\d)|(?:twenty|thirty|forty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
"""A number up to 99, in figures or in words."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-", "–": "-", "—": "-"})
_IS_NUMBER = re.compile(NUMBER)
_GAP = r"[ \t-]{1,2}"
_ANY = r"[\w'+&-]{1,40}"
_WORD = re.compile(r"\w+")
_PART = re.compile(r"\s*(\)\?|[()\[\]|]|[^\s()\[\]|]+)")
_SHORTEST_STEM = 3
_CLOSED_BY = {"(": (")", ")?"), "[": ("]",)}
_CLOSING = (")", ")?", "]", "|")


def levelled(text: str) -> str:
    """A text as patterns read it: small letters and straight signs, every character where it was."""
    straight = text.translate(_STRAIGHT)
    small = straight.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in straight)


@dataclass(frozen=True)
class Wording:
    """One pattern, ready to be looked for.

    Args:
        regex: it, to be matched where its first word begins.
        whole: the words it may begin with.
        stems: the beginnings of words it may begin with.
    """

    regex: str
    whole: frozenset[str]
    stems: frozenset[str]


@dataclass
class _Choice:
    """One row of a pattern while it is read: its regular expression, its first words, whether it may be empty."""

    regex: str = ""
    first: frozenset[str] = frozenset()
    empty: bool = True


def wording(pattern: str) -> Wording:
    """A pattern of words, read.

    Raises:
        ValueError: it is none, or begins with what may be anything.
    """
    parts = [match.group(1) for match in _PART.finditer(pattern)]
    choice, rest = _choices(parts, 0)
    if rest != len(parts) or choice.empty:
        raise ValueError(f"This is no pattern of words: {pattern!r}")
    stems = frozenset(first[:-1][:_SHORTEST_STEM] for first in choice.first if first.endswith("*"))
    whole = frozenset(first for first in choice.first if not first.endswith("*"))
    return Wording(choice.regex + r"(?!\w|'t\b)", whole, stems)


def searching(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One expression that finds any of the patterns anywhere in a short text; None for none."""
    rows = [wording(pattern).regex for pattern in patterns]
    return re.compile(r"(?<!\w)(?:" + "|".join(rows) + ")") if rows else None


@dataclass
class _Place(Generic[Rule]):
    """A pattern, the key of what it suggests, and its rule. Made ready when a text first has its first word."""

    regex: str
    key: str
    rule: Rule
    _ready: re.Pattern[str] | None = None

    def match(self, level: str, start: int) -> re.Match[str] | None:
        if self._ready is None:
            self._ready = re.compile(self.regex)
        return self._ready.match(level, start)


@dataclass
class Index(Generic[Rule]):
    """Rules by the words that their patterns begin with."""

    whole: dict[str, list[_Place[Rule]]] = field(default_factory=dict)
    stems: dict[str, list[_Place[Rule]]] = field(default_factory=dict)

    def add(self, pattern: str, key: str, rule: Rule) -> None:
        """Look for a pattern, and give the rule with it. ValueError: it is none."""
        read = wording(pattern)
        if "" in read.whole or any(len(stem) < _SHORTEST_STEM for stem in read.stems):
            raise ValueError(f"A pattern must begin with a word, or with three letters of one: {pattern!r}")
        place = _Place(read.regex, key, rule)
        for word in read.whole:
            self.whole.setdefault(word, []).append(place)
        for stem in read.stems:
            self.stems.setdefault(stem, []).append(place)

    def found(self, level: str, over: Container[str] = ()) -> Iterator[tuple[int, int, Rule]]:
        """Each place where a pattern stands in a text that is `levelled`, in its order: start, end and the rule.

        Args:
            level: the text.
            over: keys that are not looked for any more; may grow meanwhile.
        """
        none: list[_Place[Rule]] = []
        numbers = self.whole.get("#", none)
        for word in _WORD.finditer(level):
            said, start = word.group(), word.start()
            for places in (
                self.whole.get(said, none),
                self.stems.get(said[:_SHORTEST_STEM], none),
                numbers if _IS_NUMBER.match(said) else none,
            ):
                for place in places:
                    if place.key not in over and (match := place.match(level, start)):
                        yield start, match.end(), place.rule


def _choices(parts: list[str], at: int) -> tuple[_Choice, int]:
    """Rows with "|" between them, up to a closing bracket or the end."""
    rows: list[_Choice] = []
    while True:
        row, at = _row(parts, at)
        rows.append(row)
        if at < len(parts) and parts[at] == "|":
            at += 1
            continue
        first = frozenset().union(*(row.first for row in rows))
        return _Choice("(?:" + "|".join(row.regex for row in rows) + ")", first, any(row.empty for row in rows)), at


def _row(parts: list[str], at: int) -> tuple[_Choice, int]:
    row = _Choice()
    while at < len(parts) and parts[at] not in _CLOSING:
        part = parts[at]
        at += 1
        if part in "([":
            inner, at = _choices(parts, at)
            if at >= len(parts) or parts[at] not in _CLOSED_BY[part]:
                raise ValueError(f"A bracket stays open: {' '.join(parts)}")
            optional = part == "[" or parts[at] == ")?"
            at += 1
        else:
            inner, optional = _word(part)
        row = _joined(row, inner, optional=optional)
    return row, at


def _joined(row: _Choice, inner: _Choice, *, optional: bool) -> _Choice:
    """A row with one more part behind it. A part that may be missing brings its own gap, so that none is doubled."""
    first = row.first | inner.first if row.empty else row.first
    if not row.regex:
        regex = f"(?:{inner.regex}{_GAP})?" if optional else inner.regex
        return _Choice(regex, first, optional)
    gap = "" if row.empty else _GAP
    if row.empty and optional:
        regex = row.regex + f"(?:{inner.regex}{_GAP})?"
    elif optional:
        regex = row.regex + f"(?:{gap}{inner.regex})?"
    else:
        regex = row.regex + gap + inner.regex
    return _Choice(regex, first, row.empty and optional)


def _word(part: str) -> tuple[_Choice, bool]:
    if part == "#":
        return _Choice(NUMBER, frozenset({part}), empty=False), False
    if part.startswith("_"):
        most = int(part[1:] or 1)
        if part == "_":
            return _Choice(_ANY, frozenset({""}), empty=False), False
        return _Choice(rf"{_ANY}(?:,?{_GAP}{_ANY}){{0,{most - 1}}}?", frozenset({""}), empty=False), True
    stem = part.endswith("*")
    if "*" in part[:-1]:
        raise ValueError(f"A star stands at the end of a word: {part!r}")
    escaped = re.escape(part.rstrip("*")).replace("'", "'?")
    begins = _WORD.match(part)
    if begins is None:
        raise ValueError(f"A word that is none: {part!r}")
    first = begins.group()
    regex = escaped + r"[\w']{0,20}" if stem else escaped + r"(?!\w)"
    return _Choice(regex, frozenset({first + "*" if stem and first + "*" == part else first}), empty=False), False
