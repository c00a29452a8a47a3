"""A member's own account of being counted: as what, since when, and what is left of changes and returns."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leeward.journeys.facts import current_facts
from leeward.journeys.summary import day_in_words, sorted_facts, told_losses
from leeward.journeys.words import Speech, speech_of
from leeward.members.consents import consents_of
from leeward.members.models import Member, Purpose
from leeward.numbers.actions.settling import COUNTS_AFTER, texts_before_counting, who_counts
from leeward.numbers.cells import cells_of, label_of, question_of
from leeward.numbers.journeys_read import Told
from leeward.numbers.lists import LISTS
from leeward.numbers.models import MOST_CHANGES, MOST_RETURNS, Counted, Generation
from leeward.numbers.months import first_day, this_month


@dataclass(frozen=True)
class CountedAs:
    """One answer by which she is counted, in words; `now` where what she tells today differs from it."""

    question: str
    answer: str
    now: str = ""


@dataclass(frozen=True)
class OneLoss:
    """A loss of hers to be counted by: its key, its name in words, and whether it is the one."""

    pk: int
    words: str
    is_hers: bool


@dataclass(frozen=True)
class Account:
    """What a member is told of being counted.

    Args:
        agrees: whether she agreed.
        keeps_journey: whether her journey is kept: without it there is nothing to count.
        is_counted: whether she is in this month's numbers.
        since: the first day of the month since which.
        next_month: when the next numbers are made in which she can be.
        will_count: whether she would be in them, as things are.
        may_return: whether she can be counted again if she stops, or has stopped.
        counted_as: as what.
        changes_left: how many changes of it are still counted.
        was_counted: whether she has ever been counted.
        losses: her losses to choose from, with the one by which she is (or would be) counted.
    """

    agrees: bool
    keeps_journey: bool
    is_counted: bool
    since: datetime.date | None
    next_month: datetime.date
    will_count: bool
    may_return: bool
    changes_left: int
    was_counted: bool
    counted_as: list[CountedAs] = field(default_factory=list)
    losses: list[OneLoss] = field(default_factory=list)

    @property
    def since_words(self) -> str:
        """Since when, as people write it: December 2026."""
        return date_format(self.since, "F Y") if self.since else ""

    @property
    def next_words(self) -> str:
        """When the next numbers are made: 1 December 2026."""
        return day_in_words(self.next_month)

    @property
    def days(self) -> int:
        """How many days an account is here before it is counted."""
        return COUNTS_AFTER.days

    @property
    def is_read_first(self) -> bool:
        """Whether a person must have read a text of hers before she is counted."""
        return texts_before_counting() > 0


def account_of(member: Member) -> Account:
    """What a member is told of being counted."""
    agreed = consents_of(member)
    row = Counted.objects.select_related("generation").filter(member=member).first()
    speech = speech_of(member)
    told = Told([member.pk])
    month = _next_month(row)
    return Account(
        agrees=Purpose.COUNTED in agreed,
        keeps_journey=Purpose.JOURNEY in agreed,
        is_counted=row is not None and row.is_counted,
        since=first_day(row.since) if row and row.is_counted and row.since else None,
        next_month=first_day(month),
        will_count=_may_be_counted(member, row, told) and who_counts(month).filter(pk=member.pk).exists(),
        may_return=_may_return(row),
        changes_left=MOST_CHANGES - (row.changes if row else 0),
        was_counted=row is not None and row.generation_id is not None,
        counted_as=_counted_as(row, told, speech) if row and row.is_counted else [],
        losses=_losses(member, row, speech),
    )


def _may_return(row: Counted | None) -> bool:
    if row is None or row.generation is None:
        return True
    return row.returns < MOST_RETURNS and row.generation.runs_in(this_month() + 1)


def _next_month(row: Counted | None) -> int:
    """The month in whose numbers she can be next: who has stopped is missing from one month at least."""
    after_a_stop = row.left + 1 if row and not row.is_counted and row.left is not None else 0
    return max(this_month() + 1, after_a_stop)


def _may_be_counted(member: Member, row: Counted | None, told: Told) -> bool:
    """Whether she is counted, or may be and has told something that her list counts."""
    if row is not None and row.is_counted:
        return True
    generation = (row and row.generation) or Generation.objects.last()
    answers = told.answers_of(member.pk, told.loss_of(member.pk, row.loss_id if row else None))
    facets = (generation.tables if generation else LISTS[0]).facets
    return _may_return(row) and not answers.keys().isdisjoint(facets)


def _counted_as(row: Counted, told: Told, speech: Speech) -> list[CountedAs]:
    assert row.generation is not None
    layout, cells = row.generation.layout, bytes(row.cells)
    loss = told.loss_of(row.pk, row.loss_id) if row.loss_id else None
    today = cells_of(layout, told.answers_of(row.pk, loss))
    found = []
    for place, facet in enumerate(layout):
        answer, now = (_words(facet, layout[facet], cell, speech) for cell in (cells[place], today[place]))
        found.append(CountedAs(question_of(facet), answer, now if cells[place] != today[place] else ""))
    return found


def _words(facet: str, keys: list[str], cell: int, speech: Speech) -> str:
    return label_of(facet, keys[cell], speech) if cell < len(keys) else _("not said, or something else")


def _losses(member: Member, row: Counted | None, speech: Speech) -> list[OneLoss]:
    """Her losses, the one by which she is or would be counted marked; nothing to choose where there is one at most."""
    told = told_losses(member, speech, sorted_facts(current_facts(member)))
    chosen = row.loss_id if row and row.loss_id else told[-1].loss.pk if told else None
    return [OneLoss(one.loss.pk, one.in_short(), one.loss.pk == chosen) for one in told]
