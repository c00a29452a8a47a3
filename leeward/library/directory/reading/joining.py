"""Rows of tables made into trees: children are put to the records that they name, however many there are.

A directory of a hundred thousand services has more than a million rows, in tables whose order nobody promises. They
wait in a temporary file of SQLite (no part of the place's database, deleted at the end), and what is held in memory is
one batch.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from django.utils.translation import gettext as _

from leeward.library.directory.hsds import LINKS, TABLES, list_in
from leeward.library.directory.reading.cells import Row
from leeward.library.directory.reading.decoding import MOST_RECORD, shortened
from leeward.library.directory.reading.found import LOOSE, Fault, Origin, Read
from leeward.library.directory.tables import CORE_ORDER, Table

BATCH = 200
"""Rows, or records, that are looked at together."""
_MADE = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
PRAGMA page_size=16384;
PRAGMA cache_size=-16000;
CREATE TABLE row (n INTEGER PRIMARY KEY, tab TEXT, id TEXT, key TEXT, file TEXT, line INT, placed INT, data TEXT);
CREATE INDEX row_by_key ON row (key, tab, placed) WHERE key IS NOT NULL;
CREATE TABLE stands (tab TEXT, id TEXT, n INT, length INT);
BEGIN;
"""
_NAMED_BY_KEY = "SELECT DISTINCT row.key, tab FROM json_each(?) AS asked JOIN row ON row.key = asked.value AND placed"
_NAMED_BY_ID = "SELECT DISTINCT row.id, tab FROM json_each(?) AS asked JOIN row ON row.id = asked.value AND placed"

_HOLDERS = {name for table in TABLES.values() for name in (*table.parents.values(), *table.inner.values())}
"""Tables whose rows others name in a column. Any row may be named by an attribute, but those come late."""

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Trees = list[tuple[str, dict[str, Any]]]
"""Ids with the records that are being put together."""


def loading_order(table: Table) -> int:
    """Tables must be added in this order: a row is placed when it comes, so what it names must be there."""
    if table.is_core:
        return CORE_ORDER.index(table.name)
    last = ["unit", "contact", "phone", "language", "service_capacity", "*", "attribute", "metadata"]
    return len(CORE_ORDER) + last.index(table.name if table.name in last else "*")


class Joining:
    """A place where rows wait for each other. Use it in `with`."""

    def __enter__(self) -> Joining:
        self._folder = tempfile.TemporaryDirectory(prefix="leeward-reading-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "rows", isolation_level=None)
        self._rows.executescript(_MADE)
        self._question = _NAMED_BY_KEY
        self._count = 0
        self._spans: list[tuple[str, int, int]] = []
        self._holds: set[str] = set()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()
        self._folder.cleanup()

    def add(self, table: Table, rows: list[Row], file: str) -> None:
        """Keep rows of a table. Tables come in `loading_order`."""
        if table.name in LINKS and self._question is _NAMED_BY_KEY:
            self._rows.execute("CREATE INDEX row_by_id ON row (id, tab, placed)")
            self._question = _NAMED_BY_ID
        self._spans.append((table.name, self._count + 1, self._count + len(rows)))
        named = [self._named(table, row.cells) for row in rows]
        have = self._have({one for places in named for _name, one in places.values()})
        inner, columns = self._inner(table, rows), [f"{field}_id" for field in table.inner]
        kept, standing = [], []
        for row, asked in zip(rows, named, strict=True):
            self._count += 1
            found = {column: place for column, ask in asked.items() if (place := _found(table, ask, have))}
            data = {name: cell for name, cell in row.cells.items() if name not in found}
            if row.more:
                data = {name: value for name, value in data.items() if name not in row.more.get("unset", ())}
                data |= row.more.get("set", {})
            one = _id_of(data)
            held = [column for column in columns if (column, str(data.get(column))) in inner]
            standing += [(table.name, one, *inner[column, str(data.pop(column))]) for column in held]
            written = _written(data)
            standing += [(*place, self._count, len(written)) for place in found.values()]
            is_placed = table.is_core or bool(found)
            key = one if table.name in _HOLDERS else None
            kept.append((self._count, table.name, one, key, file, row.line, is_placed, written))
        self._stand(standing)
        self._rows.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)

    def found(self) -> Iterator[Read | Fault]:
        """Every record of a core table with all that belongs to it, then the rows that belong to nothing here."""
        self._rows.execute("CREATE INDEX stands_in ON stands (tab, id, length)")
        yield from self._too_much()
        for name, *span in sorted(self._spans, key=lambda span: span[1]):
            if name in CORE_ORDER:
                rows = self._rows.execute("SELECT file, line, data FROM row WHERE n BETWEEN ? AND ? ORDER BY n", span)
                read = [Read(name, json.loads(data), Origin(file, line)) for file, line, data in rows]
                self._grow(name, [(_id_of(one.tree), one.tree) for one in read])
                yield from read
        for name, file, line, data in self._rows.execute("SELECT tab, file, line, data FROM row WHERE NOT placed"):
            yield Read(LOOSE + name, json.loads(data), Origin(file, line))

    @staticmethod
    def _named(table: Table, cells: dict[str, Any]) -> dict[str, tuple[str, str]]:
        """Where a row says that it stands: column -> (table, or "" if it does not say, and id)."""
        named = {column: (name, str(cells[column])) for column, name in table.parents.items() if column in cells}
        if table.name in LINKS:
            key, entity = LINKS[table.name]
            if key in cells:
                named[key] = (table_called(str(cells.get(entity, ""))), str(cells[key]))
        return named

    def _have(self, ids: set[str]) -> dict[str, list[str]]:
        """In which tables rows with these ids are that have their place."""
        have: dict[str, list[str]] = {}
        for one, name in self._rows.execute(self._question, (_written(list(ids)),)) if ids else ():
            have.setdefault(one, []).append(name)
        return have

    def _stand(self, standing: list[tuple[str, str, int, int]]) -> None:
        self._holds.update(name for name, _id, _row, _length in standing)
        self._rows.executemany("INSERT INTO stands VALUES (?, ?, ?, ?)", standing)

    def _inner(self, table: Table, rows: list[Row]) -> dict[tuple[str, str], tuple[int, int]]:
        """Rows that stand within these (a capacity's unit): these name them, and they came before."""
        question = (
            "SELECT row.key, n, length(data) FROM json_each(?) AS asked JOIN row ON row.key = asked.value AND tab = ?"
        )
        inner = {}
        for field, name in table.inner.items():
            column = f"{field}_id"
            ids = {str(row.cells[column]) for row in rows if column in row.cells}
            found = self._rows.execute(question, (_written(list(ids)), name)).fetchall()
            inner.update({(column, one): (n, length) for one, n, length in found})
        self._rows.executemany("UPDATE row SET placed = 1 WHERE n = ?", [(n,) for n, _length in inner.values()])
        return inner

    def _too_much(self) -> Iterator[Fault]:
        """What would not fit into memory is left out, and said."""
        heavy = "SELECT tab, id, min(n) FROM stands GROUP BY tab, id HAVING sum(length) > ?"
        for name, one, first in self._rows.execute(heavy, (MOST_RECORD,)).fetchall():
            file, line = self._rows.execute("SELECT file, line FROM row WHERE n = ?", (first,)).fetchone()
            words = _("More than %(size)s MB of rows belong to %(table)s %(id)s. They were left out.")
            told = {"size": MOST_RECORD // 1024 // 1024, "table": name, "id": shortened(one)}
            yield Fault(Origin(file, line), words % told)
            self._rows.execute("DELETE FROM stands WHERE tab = ? AND id = ?", (name, one))

    def _grow(self, name: str, trees: _Trees) -> None:
        """Put to these records of one table all that stands in them, and in that what stands in it."""
        if name not in self._holds:
            return
        waiting = defaultdict(list)
        for one, tree in trees:
            waiting[one].append(tree)
        found = self._rows.execute(
            "SELECT stands.id, row.tab, row.id, row.data FROM json_each(?) AS wanted"
            " JOIN stands ON stands.tab = ? AND stands.id = wanted.value JOIN row ON row.n = stands.n"
            " ORDER BY row.tab, row.n",
            (_written(list(waiting)), name),
        ).fetchall()
        for table, rows in groupby(found, key=lambda row: str(row[1])):
            inner = next((field for field, held in TABLES[name].inner.items() if held == table), "")
            field = list_in(name, table)
            children: _Trees = []
            for parent, _tab, one, data in rows:
                for tree in waiting[parent]:
                    child = json.loads(data)
                    children.append((one, child))
                    if inner:
                        tree[inner] = child
                    else:
                        tree.setdefault(field, []).append(child)
            self._grow(table, children)


def _found(table: Table, asked: tuple[str, str], have: dict[str, list[str]]) -> tuple[str, str] | None:
    """Where a row stands, of what is here: in the table that it names; if it names none, in the only one."""
    name, one = asked
    known = have.get(one, [])
    name = name or (known[0] if len(known) == 1 else "")
    return (name, one) if name in known and list_in(name, table.name) else None


def _id_of(data: dict[str, Any]) -> str:
    return str(data.get("id", ""))


@lru_cache(maxsize=1000)
def table_called(name: str) -> str:
    """The table that somebody wrote as `service`, `Services` or `services.csv`; "" if it says nothing."""
    plain = name.strip().lower().removesuffix(".csv").replace(" ", "_").replace("-", "_")
    known = {table.file.removesuffix(".csv"): table.name for table in TABLES.values()}
    return plain if plain in TABLES else known.get(plain, "")
