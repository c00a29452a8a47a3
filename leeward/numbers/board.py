"""The published numbers as they stand, of all lists together. Whatever is said of them is read from here alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from leeward.numbers.cells import Layout
from leeward.numbers.lists import Table, table_name
from leeward.numbers.mechanism.release import Cells
from leeward.numbers.mechanism.saying import Said, say
from leeward.numbers.models import Generation, Published


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
    def of(cls, tables: Iterable[Table]) -> Board:
        """The tables of these that were published. Two queries."""
        wanted = {table_name(table): table for table in tables}
        generations = {each.pk: each for each in Generation.objects.exclude(published=None)}
        found: dict[Table, list[_Sheet]] = {}
        rows = Published.objects.filter(table__in=wanted, generation__in=list(generations))
        for row in rows.order_by("generation_id"):
            generation, table = generations[row.generation_id], wanted[row.table]
            shape = generation.shape(table)
            cells = np.frombuffer(bytes(row.cells), dtype="<i4").astype(np.int32).reshape(shape)
            found.setdefault(table, []).append(_Sheet(generation, cells))
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
