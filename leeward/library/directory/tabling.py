"""The directory as a tabular data package: a CSV file for each table, and a description that names what it holds.

A cell is exactly what was told: a text that begins with =, +, - or @ too, which some programs for tables take for a
formula. What cells cannot tell stands in a column of our own (`hsds.MORE`), so that what is read again is the same.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from leeward.library.directory.giving_out import records
from leeward.library.directory.hsds import CORE, LINKS, MORE, TABLES
from leeward.library.directory.models import LooseRow
from leeward.library.directory.tables import Table

_LARGEST = 10**17

Row = dict[str, Any]


@dataclass
class _Cells:
    """A row that is being made: plain cells, and what they cannot tell."""

    plain: Row = field(default_factory=dict)
    put: Row = field(default_factory=dict)
    drop: list[str] = field(default_factory=list)

    def finished(self) -> Row:
        if self.put or self.drop:
            more = {**({"unset": self.drop} if self.drop else {}), **({"set": self.put} if self.put else {})}
            self.plain[MORE] = json.dumps(more, ensure_ascii=False, separators=(",", ":"))
        return self.plain


class Survey:
    """What must be known before the first row is written: which columns there are, and which ids say two things."""

    def __init__(self, *, with_retired: bool) -> None:
        self.columns: dict[str, dict[str, None]] = defaultdict(dict)
        self.said: dict[int, int] = {}
        self.twofold: set[int] = set()
        for kind in CORE:
            for record in records(kind, with_retired=with_retired).iterator():
                self._look(TABLES[kind], record.overlaid)
        for row in LooseRow.objects.iterator():
            named = (name for name, value in row.data.items() if _is_text(value) and _is_column(name))
            self.columns[row.table].update((name, None) for name in named)

    def _look(self, table: Table, data: Mapping[str, Any]) -> None:
        for name, value in data.items():
            if name in table.children and isinstance(value, list):
                for row in value:
                    if isinstance(row, dict):
                        self._look_at_child(TABLES[table.children[name]], row)
            elif name in table.inner and isinstance(value, dict):
                self._look_at_child(TABLES[table.inner[name]], value, whole=True)
            elif name not in table.fields and name not in table.nested and _is_text(value) and _is_column(name):
                self.columns[table.name][name] = None

    def _look_at_child(self, table: Table, row: Mapping[str, Any], *, whole: bool = False) -> None:
        held = row if whole else {name: row[name] for name in table.nested & row.keys()}
        key, said = _key(table, row), hash(_written(held)) if held else 0
        if self.said.setdefault(key, said) != said:
            self.twofold.add(key)
        self._look(table, row)

    def is_twofold(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Whether another row of the same id holds other rows: then both hold theirs within themselves."""
        return _key(table, row) in self.twofold


def _key(table: Table, row: Mapping[str, Any]) -> int:
    return int.from_bytes(hashlib.blake2b(f"{table.name}/{row.get('id')}".encode(), digest_size=8).digest())


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _is_column(name: str) -> bool:
    return name.isprintable() and name == name.strip() and name not in {"", MORE}


def _is_text(value: Any) -> bool:
    return type(value) is str and value != ""


class Tabling:
    """Makes rows of records.

    Args:
        survey: what the directory holds.
    """

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.listed: dict[tuple[str, str], str] = {}
        self.nested: set[int] = set()

    def rows(self, kind: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
        """The rows of a record: table and cells; its own first, then what it holds.

        Args:
            kind: its table. Organizations come before programs and locations.
            data: as this place shows it.
        """
        table, cells = TABLES[kind], _Cells()
        within = list(self._fill(table, data, cells))
        if (kind, data["id"]) in self.listed and "organization_id" not in data:
            cells.plain["organization_id"] = self.listed[kind, data["id"]]
            cells.drop.append("organization_id")
        yield kind, cells.finished()
        yield from within

    def loose(self, table: str, data: Mapping[str, Any]) -> Row:
        """The cells of a row that belongs to nothing."""
        cells = _Cells()
        for name, value in data.items():
            self._tell(TABLES.get(table, Table(table, "", {})), name, value, cells)
        return cells.finished()

    def _fill(self, table: Table, data: Mapping[str, Any], cells: _Cells) -> Iterator[tuple[str, Row]]:
        for name, value in data.items():
            to = table.references.get(name)
            if name in table.children and self._are_rows(value):
                for row in value:
                    yield from self._child(TABLES[table.children[name]], row, table, data["id"])
            elif name in table.inner and isinstance(value, dict) and self._is_plain(TABLES[table.inner[name]], value):
                cells.plain[f"{name}_id"] = value["id"]
                yield from self._inner(TABLES[table.inner[name]], value)
            elif to is not None and not to.many and _is_text(value) and not data.get(to.key):
                cells.plain[to.key] = value
            else:
                if to is not None and to.many and not to.here and isinstance(value, list):
                    self.listed.update(((to.to, one), data["id"]) for one in value if isinstance(one, str))
                self._tell(table, name, value, cells)

    def _are_rows(self, value: Any) -> bool:
        """Whether each can be a row: with an id, by which it is found again."""
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(row, dict) and _is_text(row.get("id")) for row in value)
        )

    def _is_plain(self, table: Table, row: Mapping[str, Any]) -> bool:
        return _is_text(row.get("id")) and not self.survey.is_twofold(table, row)

    def _tell(self, table: Table, name: str, value: Any, cells: _Cells) -> None:
        """Put a value into its cell, or where anything can stand."""
        known = table.fields.get(name)
        if known is None:
            plain = _is_text(value) and name in self.survey.columns.get(table.name, ())
        elif known.type == "number":
            plain = _is_plain_number(value)
        else:
            plain = _is_text(value)
        if plain and name != MORE:
            cells.plain[name] = value
        else:
            cells.put[name] = value

    def _child(self, table: Table, row: Mapping[str, Any], parent: Table, one: str) -> Iterator[tuple[str, Row]]:
        cells = _Cells()
        placing = {*table.parents, *LINKS.get(table.name, ())}
        within: list[tuple[str, Row]] = []
        if self.survey.is_twofold(table, row):
            for name, value in row.items():
                if name in placing or name in table.nested:
                    cells.put[name] = value
                else:
                    self._tell(table, name, value, cells)
        else:
            cells.put.update((name, value) for name, value in row.items() if name in placing)
            within = list(self._fill(table, {n: v for n, v in row.items() if n not in placing}, cells))
        self._place(table, row, parent, one, cells)
        yield table.name, cells.finished()
        key = _key(table, row)
        if within and key not in self.nested:  # a row of the same id held the same, and holds it for both
            self.nested.add(key)
            yield from within

    def _place(self, table: Table, row: Mapping[str, Any], parent: Table, one: str, cells: _Cells) -> None:
        """Say where the row stands."""
        if table.name not in LINKS:
            cells.plain[next(column for column, name in table.parents.items() if name == parent.name)] = one
            return
        link, entity = LINKS[table.name]
        cells.plain |= {link: one, entity: parent.name}
        if row.get(entity) == parent.name:
            del cells.put[entity]
        elif entity not in row:
            cells.drop.append(entity)

    def _inner(self, table: Table, row: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
        key = _key(table, row)
        if key not in self.nested:
            self.nested.add(key)
            cells = _Cells()
            within = list(self._fill(table, row, cells))
            yield table.name, cells.finished()
            yield from within


def _is_plain_number(value: Any) -> bool:
    if type(value) is int:
        return -_LARGEST < value < _LARGEST
    return type(value) is float and "e" not in repr(value) and len(repr(value)) <= 18
