"""Who is in a month's tables, and as what: settled once, just before they are published. The caps are kept here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from leeward.members.models import Consent, Member, Purpose
from leeward.moderation.first_texts import first_texts_read
from leeward.moderation.models import FirstTexts
from leeward.numbers.cells import OF_A_LOSS, cells_of, not_said
from leeward.numbers.journeys_read import Told
from leeward.numbers.models import MOST_CHANGES, MOST_RETURNS, Counted, Generation
from leeward.numbers.months import first_day

COUNTS_AFTER = datetime.timedelta(days=30)
"""So old an account is before it is counted. Only against made-up numbers: no part of the promise rests on it."""
_AT_ONCE = 500
Row = TypeVar("Row", bound=Model)


def settle(month: int, newest: Generation) -> None:
    """Bring everybody's place in the tables up to the first of a month. Called inside the publishing transaction.

    Args:
        month: whose tables are about to be made.
        newest: the list for those who have never been counted.
    """
    here = who_counts(month)
    for rows in _batches(Counted.objects.exclude(cells=b"").select_related("generation").order_by("pk")):
        eligible = set(here.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        told = Told(eligible)
        for row in rows:
            assert row.generation is not None
            over = not row.generation.runs_in(month)  # its last numbers stay; nobody need be known for them
            if over or row.pk not in eligible or not keep_counting(row, told):
                stop_counting(row, month)
        Counted.objects.bulk_update(rows, ["cells", "changes", "left"])
    counted_now = Counted.objects.exclude(cells=b"").values("pk")
    for members in _batches(here.exclude(pk__in=counted_now).order_by("pk")):
        _begin(members, month, newest)


def who_counts(month: int) -> QuerySet[Member]:
    """Everybody who may be in a month's tables: agreed before it began, here for long enough, read by a person."""
    began = timezone.make_aware(datetime.datetime.combine(first_day(month), datetime.time.min))
    held = Consent.objects.filter(member=OuterRef("pk"), withdrawn_at=None)
    found = Member.objects.filter(
        Exists(held.filter(purpose=Purpose.COUNTED, given_at__lt=began)),
        Exists(held.filter(purpose=Purpose.JOURNEY)),
        is_active=True,
        ended_at=None,
        joined_on__lte=first_day(month) - COUNTS_AFTER,
    )
    least = texts_before_counting()
    if not least:
        return found
    read = Exists(FirstTexts.objects.filter(member=OuterRef("pk"), released__gte=least))
    return found.filter(Q(read) | Q(is_moderator=True) | Q(is_host=True))


def texts_before_counting() -> int:
    """How many texts of hers a person has read before she is counted: never more than people read at all."""
    return min(settings.COUNTED_AFTER_TEXTS, first_texts_read())


def keep_counting(row: Counted, told: Told) -> bool:
    """Take up one change of hers, if the cap allows it. Whether she stays in the tables.

    She does not if she has taken away what she is counted by (the loss, or more than one answer, or one when no change
    is left): then it must not go on being counted, nor be kept for it. A change beyond the cap is not counted.
    """
    assert row.generation is not None
    layout, now = row.generation.layout, bytes(row.cells)
    if row.loss_id is None and any(
        now[place] != not_said(layout, facet) for place, facet in enumerate(layout) if facet in OF_A_LOSS
    ):
        return False
    loss = told.loss_of(row.pk, row.loss_id) if row.loss_id else None
    told_now = cells_of(layout, told.answers_of(row.pk, loss))
    differing = [place for place in range(len(now)) if now[place] != told_now[place]]
    facets = list(layout)
    gone = [place for place in differing if told_now[place] == not_said(layout, facets[place])]
    changes_left = MOST_CHANGES - row.changes
    if len(gone) > min(1, changes_left):
        return False
    if differing and changes_left:
        place = (gone or differing)[0]
        row.cells = now[:place] + told_now[place : place + 1] + now[place + 1 :]
        row.changes += 1
    return True


def stop_counting(row: Counted, month: int) -> None:
    """Take her out of the tables from a month on, and erase as what she was counted. The caller saves it."""
    row.cells, row.left = b"", month


def _begin(members: list[Member], month: int, newest: Generation) -> None:
    """Count those who are new to it, and those who return and may."""
    known = Counted.objects.filter(pk__in=[one.pk for one in members]).select_related("generation")
    rows = {row.pk: row for row in known}
    told = Told(one.pk for one in members)
    for member in members:
        row = rows.get(member.pk) or Counted(member=member)
        generation = row.generation or newest
        if row.generation is not None and not _may_return(row, month):
            continue
        loss = told.loss_of(member.pk, row.loss_id)
        cells = cells_of(generation.layout, told.answers_of(member.pk, loss))
        if cells == cells_of(generation.layout, {}):  # she has told nothing that is counted
            continue
        row.returns += row.generation is not None
        row.generation, row.cells, row.since, row.left = generation, cells, month, None
        row.loss_id = loss.pk if loss else None
        row.save()


def _may_return(row: Counted, month: int) -> bool:
    """Whether she is counted again: once in her life, in the list that she was in, and not in the month she went."""
    assert row.generation is not None
    return row.returns < MOST_RETURNS and row.generation.runs_in(month) and row.left != month


def _batches(found: QuerySet[Row]) -> Iterator[list[Row]]:
    """All rows, some hundred at a time, by their keys: what changes meanwhile moves none of them."""
    last = 0
    while rows := list(found.filter(pk__gt=last)[:_AT_ONCE]):
        yield rows
        last = rows[-1].pk
