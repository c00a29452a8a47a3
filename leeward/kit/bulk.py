"""Many rows written at once: one statement, compiled once, for all of them.

`bulk_create` makes the text of a statement anew for every few dozen rows, and takes each column of each row through a
dozen calls: several times as long as SQLite needs to write them. Here Django compiles the statement of one row, and the
database is handed the values of all. No SQL is written by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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

_AS_THEY_ARE = (BooleanField, CharField, FloatField, IntegerField, TextField)
"""Columns whose values both databases take as they are."""


def insert(rows: Sequence[Model], *, updates: Collection[str] = (), known_by: str = "") -> None:
    """Write rows. Their keys are not read back where the database makes them.

    Args:
        rows: of one model, whole; plain values, no expressions.
        updates: what is written where there is such a row already; nothing: there is none.
        known_by: the unique field that tells whether there is.
    """
    if not rows:
        return
    columns = [column for column in rows[0]._meta.local_concrete_fields if not isinstance(column, AutoField)]
    statement = _compiled(rows[0], columns, updates, known_by)
    connection = connections[DEFAULT_DB_ALIAS]
    connection.validate_no_broken_transaction()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        _plain(connection, cursor).executemany(statement, list(_values(rows, columns)))


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


def _values(rows: Sequence[Model], columns: Sequence[Any]) -> Iterator[list[Any]]:
    connection, names = connections[DEFAULT_DB_ALIAS], [column.attname for column in columns]
    adapted = [(place, column) for place, column in enumerate(columns) if not _is_as_it_is(column)]
    before: dict[int, tuple[Any, Any]] = {}  # what is the same in row after row, such as a moment, is adapted once
    for row in rows:
        values = [row.__dict__[name] for name in names]
        for place, column in adapted:
            value, sent = before.get(place, (None, None))
            if value is not values[place]:
                value = values[place]
                sent = column.get_db_prep_save(value, connection)
                before[place] = value, sent
            values[place] = sent
        yield values


def _plain(connection: Any, cursor: Any) -> Any:
    """On PostgreSQL one that prepares: Django's writes each row's values into a text, which the server must read."""
    if connection.vendor == "sqlite":
        return cursor
    import psycopg  # noqa: PLC0415  # only where there is PostgreSQL

    return psycopg.Cursor(connection.connection)


def _is_as_it_is(column: Any) -> bool:
    while isinstance(column, ForeignKey):
        column = column.target_field
    return isinstance(column, _AS_THEY_ARE)
