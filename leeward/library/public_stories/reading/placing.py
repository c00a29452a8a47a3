"""The place of an article among those of the same telling, by what the texts themselves say of time.

A date that an article has says most; then how long ago the loss was ("almost a year", "nearly two years after"), the
ages of children and of the one who tells, and whether she is expecting again. Two articles between which nothing
decides have the same place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leeward.language.wording import levelled
from leeward.library.public_stories.reading.rules import table_of
from leeward.library.public_stories.reading.tellers import Teller
from leeward.library.public_stories.reading.voices import turned

_LEVEL = ("since", "now_later", "ago")
_LOOSELY = (("recent", 0, 2), ("last_year", 1, 23), ("this_year", 0, 11), ("last_month", 1, 13))
"""How many months ago the loss was, at least and at most, by words such as "last year"."""
_EXPECTING = {"now:pregnant_after_loss", "now:parenting_after_loss", "children:living_after"}


@dataclass(frozen=True)
class Times:
    """What an article says of when it was written.

    Args:
        least: months since the loss, at least; None if it does not say.
        most: months since the loss, at most.
        age: years of the one who tells.
        children: years of children, by the name that the article has for them.
        expecting: whether she is pregnant again, or has a child born since.
        words: the words that say so.
    """

    least: float | None = None
    most: float | None = None
    age: int | None = None
    children: dict[str, int] = field(default_factory=dict)
    expecting: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dated:
    """An article as its place is found: when it was made public, if known, and what it says of time."""

    date: datetime.date | None
    times: Times


def times_of(text: str, teller: Teller, facets: Iterable[str], language: str = "en") -> Times:
    """What an article says of when it was written.

    Args:
        text: the clean text.
        teller: who tells in it.
        facets: the keys of the facets that were found in it.
        language: its code.
    """
    least, most, said = _elapsed(text, teller, language)
    age, age_said = _age(text, teller, language)
    children, children_said = _children(text, language)
    words = tuple(dict.fromkeys([*said, *age_said, *children_said]))
    return Times(least, most, age, children, bool(_EXPECTING & set(facets)), words)


def orders(articles: Sequence[Dated]) -> list[int]:
    """The place of each among them, from 1; the same where nothing decides."""
    return [1 + sum(_is_before(other, one) for other in articles) for one in articles]


def _is_before(one: Dated, other: Dated) -> bool:
    return _compared(one, other) < 0


def _compared(one: Dated, other: Dated) -> int:
    """Below 0 if the one was before the other, above if after, 0 if nothing decides."""
    if one is other:
        return 0
    if one.date and other.date and one.date != other.date:
        return -1 if one.date < other.date else 1
    mine, theirs = one.times, other.times
    for before, after, sign in ((mine, theirs, -1), (theirs, mine, 1)):
        if before.most is not None and after.least is not None and before.most <= after.least:
            return sign
    older = [theirs.children[name] - age for name, age in mine.children.items() if name in theirs.children]
    if sum(older):
        return -1 if sum(older) > 0 else 1
    if mine.age and theirs.age and mine.age != theirs.age:
        return -1 if mine.age < theirs.age else 1
    return int(mine.expecting) - int(theirs.expecting)


def _elapsed(text: str, teller: Teller, language: str) -> tuple[float | None, float | None, list[str]]:
    """Months since the loss, at least and at most, and the words that say so."""
    article, rules = turned(text, teller, language), _rules(language)
    least, most = 0.0, None
    said: list[str] = []
    for key in _LEVEL:
        for match in rules.pattern(key).finditer(article.text):
            low, high = _span(match, rules)
            if most is None or max(low, least) <= min(high, most):
                least, most = max(low, least), high if most is None else min(high, most)
                said.append(article.words(match.start(), match.end())[2])
    for match in rules.pattern("at_least").finditer(article.text):
        low, _high = _span(match, rules)
        if most is None or low <= most:
            least = max(least, low)
            said.append(article.words(match.start(), match.end())[2])
    for key, low, high in _LOOSELY:
        dated = rules.pattern(key).search(article.text)
        if dated is not None and least <= high and (most is None or low <= most):
            least, most = max(least, low), high if most is None else min(most, high)
            said.append(article.words(dated.start(), dated.end())[2])
    return (least, most, said) if said else (None, None, [])


def _span(match: re.Match[str], rules: _Rules) -> tuple[float, float]:
    unit = next(months for name, months in rules.unit.items() if match["unit"].startswith(name))
    low, high = rules.about.get(match["about"] or "none", rules.about["none"])
    if match["n"] in rules.several:
        few, many = rules.several[match["n"]]
        return few * unit, many * unit
    number = int(match["n"]) if match["n"].isdigit() else rules.number[match["n"]]
    return number * unit * low, number * unit * high


def _age(text: str, teller: Teller, language: str) -> tuple[int | None, list[str]]:
    rules, level = _rules(language), levelled(text)
    names = {levelled(name).split()[-1] for name in teller.names}
    for match in rules.pattern("grown_behind").finditer(level):
        before = match["word"]
        if before in names or text[match.start()].islower():
            return int(match["age"]), [text[match.start() : match.end()]]
    for match in rules.pattern("grown").finditer(level):
        return int(match["age"]), [text[match.start() : match.end()]]
    return None, []


def _children(text: str, language: str) -> tuple[dict[str, int], list[str]]:
    rules = _rules(language)
    found: dict[str, int] = {}
    said = []
    for key in ("child_behind", "child_before"):
        for match in rules.pattern(key).finditer(text):
            age = int(match["age"]) if match["age"].isdigit() else rules.number[match["age"]]
            found.setdefault(match["name"], age)
            said.append(match.group())
    return found, said


@dataclass(frozen=True)
class _Rules:
    patterns: dict[str, re.Pattern[str]]
    number: dict[str, int]
    several: dict[str, tuple[float, float]]
    unit: dict[str, float]
    about: dict[str, tuple[float, float]]

    def pattern(self, key: str) -> re.Pattern[str]:
        return self.patterns[key]


@cache
def _rules(language: str) -> _Rules:
    said: dict[str, Any] = table_of(language, "times.toml")
    number, several = said.pop("number"), said.pop("several")
    unit, about = said.pop("unit"), said.pop("about")
    numbers = "|".join(sorted([*number, *several], key=len, reverse=True))
    patterns = {key: re.compile(row.replace("#", rf"(?P<n>{numbers}|\d{{1,2}})")) for key, row in said.items()}
    return _Rules(
        patterns,
        number,
        {key: (low, high) for key, (low, high) in several.items()},
        unit,
        {key: (low, high) for key, (low, high) in about.items()},
    )
