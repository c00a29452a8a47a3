"""The whole directory given out again, as this place shows it: what was changed here stands in its place.

As JSON: the tree of every service, then what no service holds (organizations without services, locations where nothing
is given, terms that nothing names), then rows that belong to nothing. As tables: `tabling.py`. What is brought in again
from either is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from django.db.models import QuerySet

from leeward.library.directory.growing import Depth, Tree, grown
from leeward.library.directory.hsds import TABLES
from leeward.library.directory.models import CORE, LooseRow, Record
from leeward.library.directory.reading.kinds import LISTS, kind_of

BATCH = 200
"""Trees that are made at once."""

_LIST_OF = {kind: name for name, kind in LISTS.items()}
_LEFTOVER = ("organization", "program", "location", "service_at_location", "taxonomy_term", "taxonomy")
"""What may stand in no service, in the order in which one holds the other."""


def records(kind: str, *, with_retired: bool) -> QuerySet[Record]:
    """The records of a table that are given out, by their ids."""
    rows = CORE[kind]._default_manager.order_by("id")
    return rows if with_retired else rows.filter(retired_at=None)


def trees(*, with_retired: bool = False) -> Iterator[tuple[str, Tree]]:
    """Every record once at least, as trees: kind and tree.

    Args:
        with_retired: whether records that their source no longer has are given out too.
    """
    held: set[tuple[str, str]] = set()
    for kind in ("service", *_LEFTOVER):
        batch: list[Record] = []
        for record in records(kind, with_retired=with_retired).iterator(chunk_size=BATCH):
            if (kind, record.id) not in held:
                batch.append(record)
            if len(batch) == BATCH:
                yield from _grown(kind, batch, with_retired, held)
                batch = []
        yield from _grown(kind, batch, with_retired, held)


def _grown(
    kind: str, batch: list[Record], with_retired: bool, held: set[tuple[str, str]]
) -> Iterator[tuple[str, Tree]]:
    for tree in grown(kind, batch, to=Depth.FULL, with_retired=with_retired, held=held):
        yield kind, {field: value for field, value in tree.items() if (kind, field) != ("organization", "services")}


def documents(*, with_retired: bool = False) -> Iterator[Any]:
    """What is written as JSON, one after the other. Where the fields do not tell the kind, a list around it does."""
    for kind, tree in trees(with_retired=with_retired):
        yield tree if kind_of(tree) == kind else {_LIST_OF[kind]: [tree]}
    for row in LooseRow.objects.order_by("id").iterator():
        if row.table in TABLES:
            yield {TABLES[row.table].file: [row.data]}


def write_lines(to: TextIO, *, with_retired: bool = False, progress: Callable[[int], object] | None = None) -> int:
    """Write one record a line; how many there were.

    Args:
        to: an open file of text.
        with_retired: as for `trees`.
        progress: called with how many were written since.
    """
    return _write(to, ("", "\n", "\n"), with_retired, progress)


def write_list(to: TextIO, *, with_retired: bool = False, progress: Callable[[int], object] | None = None) -> int:
    """Write one list of all records; how many there were. Arguments as for `write_lines`."""
    return _write(to, ("[\n", ",\n", "\n]\n"), with_retired, progress)


def _write(
    to: TextIO, signs: tuple[str, str, str], with_retired: bool, progress: Callable[[int], object] | None
) -> int:
    begin, between, end = signs
    to.write(begin)
    count = 0
    for count, document in enumerate(documents(with_retired=with_retired), start=1):
        if count > 1:
            to.write(between)
        to.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        if progress:
            progress(1)
    if count or begin:
        to.write(end)
    return count
