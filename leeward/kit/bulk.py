"""Many rows written at once, by one statement that is compiled once.

`bulk_create` makes an object of each row and the text of a statement anew for every few dozen, and takes each column of
each row through a dozen calls: several times as long as a database needs to write them. Here rows are plain values.
Django compiles the statement of one row; SQLite is handed the values of all, PostgreSQL all rows as one text of JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

Row = Mapping[str, Any]
"""The values of a row by the names of its columns (`source_id`); a column that no row names has its default."""

_AS_THEY_ARE = (BooleanField, CharField, FloatField, IntegerField, TextField)
"""Columns whose values SQLite takes as they are."""
MOST_AT_ONCE = 16 * 1024 * 1024
"""Characters of JSON in one statement: PostgreSQL refuses a jsonb of 256 MiB."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda at: at.isoformat()).encode
_VALUES = re.compile(r"VALUES \(.*?\)(?= ON CONFLICT|$)")


def insert(model: type[Model], rows: Sequence[Row], *, updates: Collection[str] = (), known_by: str = "") -> None:
    """Write rows. Their keys are not read back where the database makes them.

    Args:
        model: what they are rows of.
        rows: all of the same columns, of plain values, dates and moments; of those that are known by the same, one.
        updates: the fields that are written where there is such a row already; nothing: there is none.
        known_by: the unique field that tells whether there is.
    """
    if not rows:
        return
    columns = [column for column in model._meta.local_concrete_fields if not isinstance(column, AutoField)]
    rest = {column.attname: column.get_default() for column in columns if column.attname not in rows[0]}
    rows = [{**rest, **row} for row in rows] if rest else rows
    statement = _compiled(model(**rows[0]), columns, updates, known_by)
    connection = connections[DEFAULT_DB_ALIAS]
    connection.validate_no_broken_transaction()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            cursor.executemany(statement, list(_values(rows, columns)))
        else:
            names = ", ".join(connection.ops.quote_name(column.attname) for column in columns)
            table = connection.ops.quote_name(model._meta.db_table)
            taken = f"SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, %s)"  # noqa: S608  # Django's own names
            _execute_with(connection.connection, _VALUES.sub(taken, statement, count=1), rows)


def _compiled(row: Model, columns: Sequence[Any], updates: Collection[str], known_by: str) -> str:
    query = InsertQuery(
        type(row),
        on_conflict=OnConflict.UPDATE if updates else None,
        update_fields=[row._meta.get_field(name) for name in updates],
        unique_fields=[row._meta.get_field(known_by)] if updates else [],
    )
    query.insert_values(columns, [row])
    ((statement, _values_of_one),) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return str(statement)


def _values(rows: Sequence[Row], columns: Sequence[Any]) -> Iterator[list[Any]]:
    connection, names = connections[DEFAULT_DB_ALIAS], [column.attname for column in columns]
    adapted = [(place, column) for place, column in enumerate(columns) if not _is_as_it_is(column)]
    before: dict[int, tuple[Any, Any]] = {}  # what is the same in row after row, such as a moment, is adapted once
    for row in rows:
        values = [row[name] for name in names]
        for place, column in adapted:
            value, sent = before.get(place, (None, None))
            if value is not values[place]:
                value = values[place]
                sent = column.get_db_prep_save(value, connection)
                before[place] = value, sent
            values[place] = sent
        yield values


def _execute_with(connection: Any, statement: str, rows: Sequence[Row]) -> None:
    """Execute a statement with the rows as JSON, so many at a time as one value may hold."""
    import psycopg  # noqa: PLC0415  # only where there is PostgreSQL

    cursor = psycopg.Cursor(connection)  # not Django's, which would write all of it into the text of the statement
    some, size = list[str](), 0
    for row in rows:
        written = _ENCODE(row)
        if some and size + len(written) > MOST_AT_ONCE:
            cursor.execute(statement, [f"[{','.join(some)}]"], prepare=True)
            some, size = [], 0
        some.append(written)
        size += len(written)
    cursor.execute(statement, [f"[{','.join(some)}]"], prepare=True)


def _is_as_it_is(column: Any) -> bool:
    while isinstance(column, ForeignKey):
        column = column.target_field
    return isinstance(column, _AS_THEY_ARE)
