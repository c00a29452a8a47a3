"""Rows whose record is not here: kept, given out again, and brought home when it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leeward.library.directory.checking import Unkeepable, digest_of
from leeward.library.directory.hsds import CORE, LINKS, TABLES, list_in
from leeward.library.directory.keeping import Kept, Whole
from leeward.library.directory.models import BringingIn, LooseRow, Source

_LONGEST = 80


class LooseRows:
    """The loose rows of a source.

    Args:
        source: whose they are.
        bringing: the import; None in a rehearsal, which writes none.
    """

    def __init__(self, source: Source, bringing: BringingIn | None) -> None:
        self.source, self.bringing = source, bringing
        self.seen: dict[tuple[str, str], str] = {}

    def take(self, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Keep rows: their table and their columns."""
        if self.bringing is None:
            return
        found = {}
        for table, data in rows:
            try:
                digest = digest_of(data)
            except Unkeepable:
                continue
            row_id = self._id_of(table, data, digest)
            found[table, row_id] = LooseRow(
                source=self.source, table=table, row_id=row_id, data=data, brought_by=self.bringing
            )
        if found:
            LooseRow.objects.bulk_create(
                found.values(),
                batch_size=1_000,
                update_conflicts=True,
                unique_fields=["source", "table", "row_id"],
                update_fields=["data", "brought_by"],
            )

    def _id_of(self, table: str, data: dict[str, Any], digest: str) -> str:
        """Its own id; where it has none, a long one, or shares it with another row, what tells it from others."""
        told = data.get("id")
        own = told if isinstance(told, str) and 0 < len(told) <= _LONGEST else digest
        before = self.seen.setdefault((table, own), digest)
        return own if before == digest else f"{own}~{digest[:16]}"

    def forget_unseen(self) -> None:
        """Take away those that the source no longer has."""
        if self.bringing is not None:
            LooseRow.objects.filter(source=self.source, brought_by__lt=self.bringing.pk).delete()

    def bring_home(self) -> dict[str, set[str]]:
        """Put rows into the records that have come; kind -> ids of those."""
        home: dict[str, set[str]] = {kind: set() for kind in CORE}
        if self.bringing is None:
            return home
        kept = Kept(self.source, self.bringing)
        for row in LooseRow.objects.filter(source=self.source).order_by("id").iterator():
            columns = {column for kind, one, column in homes_of(row.table, row.data) if self._put(kept, kind, one, row)}
            for kind, one, column in homes_of(row.table, row.data):
                if column in columns:
                    home[kind].add(one)
            if columns:
                self._let_go(row, columns)
        return home

    def _put(self, kept: Kept, kind: str, one: str, row: LooseRow) -> bool:
        """Whether the record is here, and has the row now."""
        known = kept.known(kind, [one]).get(one)
        if known is None or known.source != self.source.pk:
            return False
        whole, field = kept.whole(kind, [one])[one], list_in(kind, row.table)
        child = {name: value for name, value in row.data.items() if name not in _placing(row.table)}
        others = [other for other in whole.data.get(field, []) if other.get("id") != child.get("id")]
        data = {**whole.data, field: [*others, child]}
        kept.put(kind, [(one, digest_of(data), Whole(data, whole.edits))])
        return True

    @staticmethod
    def _let_go(row: LooseRow, columns: set[str]) -> None:
        """Take a row away that has come home; where it waits for another record still, it goes on waiting."""
        rest = {name: value for name, value in row.data.items() if name not in columns}
        if any(rest.get(column) for column in _placing(row.table)):
            row.data = rest
            row.save(update_fields=["data"])
        else:
            row.delete()


def homes_of(table: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The core records that a row names: kind, id, and the column that says so."""
    if table in LINKS:
        column, named = LINKS[table]
        kinds = {column: str(data.get(named))}
    else:
        kinds = _parents(table)
    for column, kind in kinds.items():
        one = data.get(column)
        if kind in CORE and isinstance(one, str) and one and list_in(kind, table):
            yield kind, one, column


def _placing(table: str) -> set[str]:
    """The columns that say where a row stands."""
    return {LINKS[table][0]} if table in LINKS else set(_parents(table))


def _parents(table: str) -> dict[str, str]:
    """Of a table that HSDS does not know nobody knows what it names."""
    return dict(TABLES[table].parents) if table in TABLES else {}
