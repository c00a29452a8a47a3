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
from leeward.numbers.cells import OF_A_LOSS, cell_of, cells_of, not_said
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
    counted = Counted.objects.exclude(cells=b"").order_by("pk")
    for found in _batches(counted):
        keys = [row.pk for row in found]
        hold_agreements(keys)
        rows = list(counted.filter(pk__in=keys).select_related("generation").select_for_update(of=("self",)))
        eligible = set(here.filter(pk__in=keys).values_list("pk", flat=True))
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


def hold_agreements(members: list[int]) -> None:
    """Keep the agreements of these members as they are until the transaction ends; who takes one back waits for it.

    Call it before their rows here are locked: in that order, the journey's first, agreements are taken back.
    """
    held = Consent.objects.filter(member_id__in=members, purpose__in=(Purpose.COUNTED, Purpose.JOURNEY))
    list(held.filter(withdrawn_at=None).order_by("-purpose").select_for_update().values_list("pk", flat=True))


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
    """Take up what she has taken back, and one change if the cap allows it. Whether she stays in the tables.

    A change beyond the cap is not counted.
    """
    if not let_go(row, told):
        return False
    now, told_now, _kept = _her_cells(row, told)
    differing = [place for place in range(len(now)) if now[place] != told_now[place]]
    if differing and row.changes < MOST_CHANGES:
        _change(row, differing[0], told_now)
    return True


def let_go(row: Counted, told: Told) -> bool:
    """Take out of her cells what her journey keeps no longer; each answer is a change. The caller saves it.

    Returns:
        Whether she stays in the tables: not without the loss that she is counted by, and not if these were more changes
        than are counted. What she has taken back must neither go on being counted nor be kept for it.
    """
    now, told_now, kept = _her_cells(row, told)
    assert row.generation is not None
    layout = row.generation.layout
    gone = [
        place
        for place, facet in enumerate(layout)
        if now[place] not in kept[facet] and now[place] != not_said(layout, facet)
    ]
    loss_is_gone = row.loss_id is None and any(list(layout)[place] in OF_A_LOSS for place in gone)
    if loss_is_gone or len(gone) > MOST_CHANGES - row.changes:
        return False
    for place in gone:
        _change(row, place, told_now)
    return True


def _her_cells(row: Counted, told: Told) -> tuple[bytes, bytes, dict[str, set[int]]]:
    """Her cells: as she is counted, as she tells today, and all that her journey keeps, by the loss of her counting."""
    assert row.generation is not None
    layout, loss = row.generation.layout, told.loss_of(row.pk, row.loss_id) if row.loss_id else None
    kept: dict[str, set[int]] = {facet: set() for facet in layout}
    for facet, key in told.everything_of(row.pk, loss):
        if facet in layout:
            kept[facet].add(cell_of(layout, facet, key))
    return bytes(row.cells), cells_of(layout, told.answers_of(row.pk, loss)), kept


def _change(row: Counted, place: int, told_now: bytes) -> None:
    cells = bytes(row.cells)
    row.cells = cells[:place] + told_now[place : place + 1] + cells[place + 1 :]
    row.changes += 1


def stop_counting(row: Counted, month: int) -> None:
    """Take her out of the tables from a month on, and erase as what she was counted. The caller saves it."""
    row.cells, row.left = b"", month


def _begin(members: list[Member], month: int, newest: Generation) -> None:
    """Count those who are new to it, and those who return and may."""
    keys = [one.pk for one in members]
    hold_agreements(keys)
    known = Counted.objects.filter(pk__in=keys).select_related("generation").select_for_update(of=("self",))
    rows = {row.pk: row for row in known}
    told = Told(keys)
    for member in members:
        if member.pk not in told.members:
            continue  # she has taken it back this moment
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
