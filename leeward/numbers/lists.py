"""The lists of tables: which questions are counted, alone and together, and how many people a place needs for it.

A list is fixed in public before anybody is counted in it, and never changed. The more tables, the more noise each
has: so a small place has few. What a list is for, and where its noise comes from, is in docs/decisions/0022-numbers.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from leeward.numbers.mechanism.factor import scale

FACETS = ("kind", "now", "year", "weeks", "relation", "path", "count", "cause", "diagnosis")
"""What may be counted, in canonical order. Never children, body, heart, support, faith or whom she told."""

Table = tuple[str, ...]
"""The facets that a table crosses, in canonical order; one alone for a table of single facts."""


@dataclass(frozen=True)
class Tables:
    """A list.

    Args:
        name: S, M, L or XL.
        opens_above: it is opened when the published total passes this; 0 for the first.
        tables: all of it.
    """

    name: str
    opens_above: int
    tables: tuple[Table, ...]

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that any table has, in canonical order."""
        found = {facet for table in self.tables for facet in table}
        return tuple(facet for facet in FACETS if facet in found)

    @property
    def most_with_one_fact(self) -> int:
        """How many tables hold the same facet, at most."""
        return max(sum(facet in table for table in self.tables) for facet in self.facets)

    @property
    def s0(self) -> float:
        """The standard deviation of one shock of its noise."""
        return scale(len(self.tables), self.most_with_one_fact)


def table_name(table: Iterable[str]) -> str:
    """The name of a table, in addresses, in the database and in the noise: "kind-now"."""
    return "-".join(table)


def _all_up_to(size: int) -> tuple[Table, ...]:
    return tuple(table for most in range(1, size + 1) for table in combinations(FACETS, most))


SINGLES = _all_up_to(1)
PAIRS_WITH_KIND: tuple[Table, ...] = tuple(("kind", other) for other in FACETS[1:])

LISTS = (
    Tables("S", 0, (("kind",), ("now",), ("year",))),
    Tables("M", 5_000, (*SINGLES, *PAIRS_WITH_KIND)),
    Tables("L", 300_000, _all_up_to(3)),
    Tables("XL", 1_000_000, _all_up_to(4)),
)
"""In the order in which they are opened."""

BY_NAME = {each.name: each for each in LISTS}
"""Lists by their name."""


def list_for(published_total: int) -> Tables:
    """The list that a place opens when so many people are counted, as published."""
    people = max(0, published_total)  # its noise may take it below zero
    return max((each for each in LISTS if people >= each.opens_above), key=lambda each: each.opens_above)
