"""Where a person stands in each question: one answer, so that she is in one cell of each table and in no other.

Many answers can be true at once. The rule that picks one is fixed, and she is shown what it picks (`/numbers/mine/`):
of her losses the one she chose to be counted by, else the one she told last; of where she is now the newest; of several
ways, causes and findings the one that says most, which stands last in the vocabulary; of others the first.
Everything that is not said, or has no cell, is one more cell: it counts, and is never offered as an answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.journeys.facts import ORDER, Pair
from leeward.journeys.vocabulary import FACET
from leeward.journeys.words import PLAIN, Speech
from leeward.numbers.lists import Tables
from leeward.numbers.months import first_day

Layout = Mapping[str, list[str]]
"""The cells of each facet by their keys, as they were when the list was opened; one more cell follows them."""

BANDS = ((0, 5), (6, 8), (9, 12), (13, 15), (16, 19), (20, 23), (24, 27), (28, 31), (32, 36), (37, 45))
"""Completed weeks, from and to: so wide that a week told wrongly by one mostly changes nothing."""

YEARS_BACK = YEARS_ON = 10
"""How many years before and after a list was opened have a cell of their own; earlier ones share one."""

OF_A_LOSS = ("kind", "year", "weeks", "cause")
"""Facets that come from the loss by which she is counted."""

_SAYS_MOST_IS_LAST = frozenset({"path", "cause", "diagnosis"})
_LONG_AGO = datetime.date.min


@dataclass(frozen=True)
class ToldFact:
    """One answer of hers that her journey keeps: one that holds, or, of a dated question, one that held once."""

    pk: int
    facet: str
    key: str
    loss_id: int | None
    since: datetime.date | None
    holds: bool = True


@dataclass(frozen=True)
class ToldLoss:
    """One loss of hers, as far as it is counted."""

    pk: int
    place: int
    year: int | None
    weeks: int | None


def layout_for(tables: Tables, opened: int) -> dict[str, list[str]]:
    """The cells of a list that is opened in this month."""
    return {facet: _keys_of(facet, first_day(opened).year) for facet in tables.facets}


def _keys_of(facet: str, year: int) -> list[str]:
    if facet == "weeks":
        return [_band_key(low, high) for low, high in BANDS]
    if facet == "year":
        first = year - YEARS_BACK
        return [f"before-{first}", *(str(each) for each in range(first, year + YEARS_ON + 1))]
    return [term.key for term in FACET[facet].terms]


def counted_loss(losses: Iterable[ToldLoss], chosen: int | None) -> ToldLoss | None:
    """The loss by which she is counted: the one she chose, else the one she told last; None if she told of none."""
    told = sorted(losses, key=lambda loss: (loss.place, loss.pk))
    return next((loss for loss in told if loss.pk == chosen), told[-1] if told else None)


def answers_told(facts: Iterable[ToldFact], loss: ToldLoss | None) -> dict[str, str]:
    """Her one answer to each question that is counted, by facet. What she has not said is not in it.

    Args:
        facts: her answers, of herself and of her losses.
        loss: the loss by which she is counted.
    """
    of_her = [fact for fact in _of_her(facts, loss) if fact.holds]
    found = {}
    for facet in {fact.facet for fact in of_her}:
        told = [fact for fact in of_her if fact.facet == facet and (facet, fact.key) in ORDER]
        if told:
            found[facet] = _one_of(facet, told)
    if loss is not None and loss.year is not None:
        found["year"] = str(loss.year)
    if loss is not None and loss.weeks is not None:
        found["weeks"] = band_of(loss.weeks)
    return found


def everything_told(facts: Iterable[ToldFact], loss: ToldLoss | None) -> list[Pair]:
    """All answers that her journey keeps, those too that no longer hold: what is not among them, she has taken back."""
    by_loss = [(facet, key) for facet, key in answers_told((), loss).items()]
    return [*((fact.facet, fact.key) for fact in _of_her(facts, loss)), *by_loss]


def _of_her(facts: Iterable[ToldFact], loss: ToldLoss | None) -> list[ToldFact]:
    """Facts of herself, and of the loss by which she is counted."""
    return [fact for fact in facts if fact.loss_id is None or (loss is not None and fact.loss_id == loss.pk)]


def _one_of(facet: str, told: list[ToldFact]) -> str:
    if facet == "now":
        return max(told, key=lambda fact: (fact.since or _LONG_AGO, fact.pk)).key
    told.sort(key=lambda fact: ORDER[facet, fact.key])
    return told[-1 if facet in _SAYS_MOST_IS_LAST else 0].key


def band_of(weeks: int) -> str:
    """The band in which completed weeks stand; "" for a number that no pregnancy has."""
    return next((_band_key(low, high) for low, high in BANDS if low <= weeks <= high), "")


def cell_of(layout: Layout, facet: str, key: str) -> int:
    """The number of the cell with this key; that of "not said" for "" and for what has none."""
    keys = layout[facet]
    if facet == "year" and key.isdecimal() and int(key) < int(keys[1]):
        return 0
    return keys.index(key) if key in keys else len(keys)


def cells_of(layout: Layout, told: Mapping[str, str]) -> bytes:
    """A person's cells, one byte a facet, in the layout's order."""
    return bytes(cell_of(layout, facet, told.get(facet, "")) for facet in layout)


def not_said(layout: Layout, facet: str) -> int:
    """The cell of those who have not said, or said something that has no cell."""
    return len(layout[facet])


def label_of(facet: str, key: str, speech: Speech = PLAIN) -> str:
    """A cell in words."""
    if facet == "year":
        if key.startswith("before-"):
            return _("before %(year)s") % {"year": key.removeprefix("before-")}
        return key
    if facet == "weeks":
        return _band_label(key)
    return speech.say(facet, key)


def question_of(facet: str) -> str:
    """What is counted, as it stands above its numbers."""
    if facet == "year":
        return _("When was it?")
    if facet == "weeks":
        return _("At how many weeks?")
    return str(FACET[facet].question)


def _band_key(low: int, high: int) -> str:
    return f"{low}-{high}"


def _band_label(key: str) -> str:
    low, high = (int(end) for end in key.split("-"))
    if (low, high) == BANDS[0]:
        return _("up to %(weeks)s weeks") % {"weeks": high}
    if (low, high) == BANDS[-1]:
        return _("%(weeks)s weeks or more") % {"weeks": low}
    return _("%(low)s to %(high)s weeks") % {"low": low, "high": high}
