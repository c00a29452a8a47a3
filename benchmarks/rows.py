"""Rows of models stored as quickly as the database takes them. Knows Django and nothing of any place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from tqdm import tqdm

BATCH = 5_000
Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True)
class Table:
    """Rows of one model, to be stored in order.

    Args:
        fields: names of the columns' attributes ("author_id").
        length: how many rows about, for the progress bar.
    """

    model: Any
    fields: tuple[str, ...]
    rows: Rows
    length: int


def store_all(tables: Iterable[Table]) -> None:
    """Store the tables in their order. Rows that are made later get the next keys."""
    stored = []
    for table in tables:
        _store(table)
        stored.append(table.model)
    for statement in connection.ops.sequence_reset_sql(no_style(), stored):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _store(table: Table) -> None:
    meta = table.model._meta
    unsaid = _unsaid(table)
    fields = (*table.fields, *unsaid)
    columns = [connection.ops.quote_name(meta.get_field(name).column) for name in fields]
    into = f"{connection.ops.quote_name(meta.db_table)} ({', '.join(columns)})"
    whole = ((*row, *unsaid.values()) for row in table.rows)
    rows = tqdm(whole, total=table.length, desc=f"{meta.verbose_name_plural!s:>18}", mininterval=0.5)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})"
            for batch in _batches(rows):
                cursor.executemany(statement, batch)


def _unsaid(table: Table) -> dict[str, Any]:
    """The columns that nothing is said of and that are plain unless said, with that: the same in every row."""
    columns = table.model._meta.concrete_fields
    plain = [one for one in columns if not one.has_default() or not callable(one.default)]
    unsaid = {one.attname: one.get_default() for one in plain if one.attname not in table.fields}
    return {name: value for name, value in unsaid.items() if value is not None}


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
