"""The published numbers as they stand, of all lists together. Whatever is said of them is read from here alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet

from leeward.kit.statements import asked
from leeward.numbers.cells import Layout
from leeward.numbers.lists import Table, table_name
from leeward.numbers.mechanism.release import Cells
from leeward.numbers.mechanism.saying import Said, say
from leeward.numbers.models import Generation, Published

Standing = tuple[tuple[str, int | None], ...]
"""Which numbers stand: each list, and the month of its last. A list publishes a month's once."""


def standing_now() -> Standing:
    """Which numbers stand now. One query."""
    return tuple(_standing())


@dataclass(frozen=True)
class _Sheet:
    """One list's numbers of one table."""

    generation: Generation
    cells: Cells


@dataclass
class Board:
    """Some tables, read once.

    Numbers of different lists are added: nobody is in two of them, so their sum is of people too.
    """

    sheets: dict[Table, list[_Sheet]] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[Table], standing: Standing | None = None) -> Board:
        """The tables of these that were published.

        Args:
            tables: those that are wanted.
            standing: what `standing_now` said; else it is asked.
        """
        wanted = {table_name(table): table for table in tables}
        lists = _lists(standing_now() if standing is None else standing)
        found: dict[Table, list[_Sheet]] = {}
        names = {f"table_{place}": name for place, name in enumerate(wanted)}
        for key, name, written in _cells(len(names), **names) if lists and names else ():
            if key in lists:
                shape = lists[key].shape(wanted[name])
                cells = np.frombuffer(bytes(written), dtype="<i4").astype(np.int32).reshape(shape)
                found.setdefault(wanted[name], []).append(_Sheet(lists[key], cells))
        return cls(found)

    @property
    def month(self) -> int | None:
        """The month of the newest numbers here; None if there are none."""
        return max((sheet.generation.published or 0 for each in self.sheets.values() for sheet in each), default=None)

    def has(self, table: Table) -> bool:
        """Whether any list published this table."""
        return table in self.sheets

    def said(self, table: Table, keys: tuple[str, ...]) -> Said:
        """What the number of one cell is said as.

        Args:
            table: one that is here.
            keys: the answer in each of its facets.
        """
        total, variance = 0, 0.0
        for sheet in self.sheets[table]:
            layout = sheet.generation.layout
            if any(key not in layout[facet] for facet, key in zip(table, keys, strict=True)):
                continue  # this list has no such answer
            at = tuple(layout[facet].index(key) for facet, key in zip(table, keys, strict=True))
            total += int(sheet.cells[at])
            variance += sheet.generation.deviation() ** 2
        return say(total, math.sqrt(variance)) if variance else Said.nothing()

    def keys(self, facet: str) -> list[str]:
        """The answers to a question that have a number in any list, in the vocabulary's order."""
        layouts: list[Layout] = [sheet.generation.layout for sheet in self.sheets.get((facet,), ())]
        return list(dict.fromkeys(key for layout in layouts for key in layout[facet]))


def published_total() -> int:
    """How many people are counted, as published: the sum over one table of each list, with its noise.

    Which list is opened next follows from this and from nothing else.
    """
    sheets = Board.of([("kind",)]).sheets.get(("kind",), [])
    return sum(int(sheet.cells.sum()) for sheet in sheets)


@asked
def _standing() -> QuerySet[Generation, tuple[str, int | None]]:
    return Generation.objects.exclude(published=None).values_list("ref", "published")


@lru_cache(1)
def _lists(_standing: Standing) -> dict[int, Generation]:
    """The lists that have numbers, by their keys: read anew when others stand."""
    return {each.pk: each for each in Generation.objects.exclude(published=None)}


@asked
def _cells(_many: int, **tables: str) -> QuerySet[Published, tuple[int, str, bytes | memoryview]]:
    rows = Published.objects.filter(table__in=list(tables.values())).order_by("generation_id")
    return rows.values_list("generation_id", "table", "cells")
