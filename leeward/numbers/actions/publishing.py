"""Publishing: once a calendar month, whole or not at all, and never a second time.

A true count lives in one expression of this module: `release(tally(…), noise)`. A test holds the program to it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max
from numpy.typing import NDArray

from leeward.members.models import Member
from leeward.numbers.actions.settling import settle
from leeward.numbers.board import published_total
from leeward.numbers.cells import layout_for
from leeward.numbers.key import NumbersRefusedError, fingerprint_for, source_of
from leeward.numbers.lists import LISTS, Table, Tables, list_for, table_name
from leeward.numbers.marker import keep_through, one_at_a_time, published_through
from leeward.numbers.mechanism.factor import Floats
from leeward.numbers.mechanism.noise import noise_in
from leeward.numbers.mechanism.release import release
from leeward.numbers.models import Counted, Generation, Published
from leeward.numbers.months import this_month

Noise = dict[Table, Floats]
Progress = Callable[[int], object]
"""Told of each table that is done."""

log = logging.getLogger("leeward.numbers")


def publish_if_due() -> int:
    """Publish this month's numbers if that has not been done; how many tables. What refuses is logged in words."""
    if not Member.objects.exists():
        return 0  # nobody lives here yet: a backup may still come into an empty place
    try:
        return publish(this_month())
    except (NumbersRefusedError, OSError) as refusal:  # what is tended besides, as throwing away, goes on
        log.error("No numbers are published: %s", refusal)  # the words are for a host
        return 0


def publish(month: int, *, progress: Progress = lambda tables: None) -> int:
    """Publish a month's numbers, whole, once.

    Months in which the place was down are passed over. A list whose months are over keeps its last numbers.

    Args:
        month: which (months.month_of); not one to come.
        progress: told of each table whose noise is drawn.

    Returns:
        How many tables; 0 if this month, or a later one, was published, or may have been.

    Raises:
        NumbersRefusedError: the month is still to come, or the key is not there or not the right one.
        OSError: the data folder cannot be written.
    """
    if month > this_month():
        raise NumbersRefusedError("A month that has not begun has no numbers.")
    with one_at_a_time():
        if not _is_due(month):
            return 0
        for generation in Generation.objects.all():
            source_of(generation)
        running = [each for each in Generation.objects.all() if each.runs_in(month)] or [_open_for(month)]
        noise = {each.pk: _noise_of(each, month, progress) for each in running}
        with transaction.atomic():
            settle(month, running[-1])
            for generation in running:
                _publish(generation, month, noise[generation.pk])
            _open_the_next(running[-1], month)
            keep_through(month)  # last, so that a fault before it costs nothing, and a fault after it only a month
    return sum(len(each) for each in noise.values())


def _is_due(month: int) -> bool:
    through = published_through()
    if through is None and Generation.objects.exists():
        # The file that says what was published is gone: this month may have been.
        keep_through(max(this_month(), Generation.objects.aggregate(last=Max("published"))["last"] or 0))
        return False
    latest = Generation.objects.aggregate(last=Max("published"))["last"]
    return month > max(through or 0, latest or 0)


def _open_for(month: int, least: Tables = LISTS[0]) -> Generation:
    """Open a list: the one that the published total asks for, and never a smaller one than was there."""
    asked = list_for(published_total())
    tables = max(asked, least, key=lambda each: each.opens_above)
    found = Generation(name=tables.name, opened=month, laid_out=list(layout_for(tables, month).items()))
    found.fingerprint = fingerprint_for(found.ref)
    found.save()
    return found


def _open_the_next(newest: Generation, month: int) -> None:
    """After a month's numbers: open a larger list if they ask for one, or a new one if the newest has come to its end.

    Who is counted in a list stays in it. The next is for those who are first counted from the next month on.
    """
    grown = list_for(published_total()).opens_above > newest.tables.opens_above
    if grown or newest.last_month <= month:
        _open_for(month + 1, newest.tables)


def _noise_of(generation: Generation, month: int, progress: Progress) -> Noise:
    """The noise of a whole list, drawn before the database is locked: it knows nothing of anybody."""
    source, found = source_of(generation), {}
    for table in generation.tables.tables:
        cells = int(np.prod(generation.shape(table)))
        found[table] = noise_in(source, table_name(table), month - generation.opened, cells)
        progress(1)
    return found


def _publish(generation: Generation, month: int, noise: Noise) -> None:
    people = _people_in(generation)
    Published.objects.filter(generation=generation).delete()
    for table in generation.tables.tables:
        cells = release(tally(generation, people, table), noise[table])
        Published.objects.create(generation=generation, table=table_name(table), cells=cells.astype("<i4").tobytes())
    generation.published = month
    generation.save(update_fields=["published"])


def _people_in(generation: Generation) -> NDArray[np.uint8]:
    """The cells of everybody who is counted in a list, a row for each."""
    rows: Any = Counted.objects.filter(generation=generation).exclude(cells=b"").values_list("cells", flat=True)
    joined = b"".join(bytes(cells) for cells in rows.iterator(chunk_size=5000))
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, len(generation.layout))


def tally(generation: Generation, people: NDArray[np.uint8], table: Table) -> NDArray[np.int64]:
    """The true counts of a table. Only ever an argument of `release`."""
    facets, shape = list(generation.layout), generation.shape(table)
    columns = tuple(people[:, facets.index(facet)].astype(np.int64) for facet in table)
    return np.bincount(np.ravel_multi_index(columns, shape), minlength=int(np.prod(shape)))
