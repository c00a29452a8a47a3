"""Stores the invented crowd in the database that the settings name, unless it is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from tqdm import tqdm

from benchmarks.population import Population, Size, Table, fingerprint
from leeward.audience.models import EVERYONE, MEMBERS, Ring, RingKind

MARK = "benchmark_crowd"
"""The table that says that a database is ours, and which crowd is in it."""
BATCH = 5_000


class NotOurs(RuntimeError):
    """The database holds something that this benchmark did not put there."""


def build(size: Size) -> None:
    """Make the tables by the place's migrations and fill them with the crowd of this size.

    Raises:
        NotOurs: there are tables in the database, and not of an earlier run.
    """
    build_once(fingerprint(size), lambda: fill(size))


def build_once(stamp: str, fill_it: Callable[[], None]) -> None:
    """Make the tables and fill them, unless they were made and filled under the same stamp before.

    Raises:
        NotOurs: there are tables in the database, and not of an earlier run.
    """
    tables = connection.introspection.table_names()
    if MARK in tables:
        if _stored() == stamp:
            return
        _clear()
    elif tables:
        raise NotOurs("This database has tables already, and not of an earlier run: give an empty one.")
    call_command("migrate", verbosity=0)
    _execute(f"CREATE TABLE {MARK} (fingerprint varchar(16))")  # now, so that a run that ends half-way is known as ours
    fill_it()
    if connection.vendor == "postgresql":
        _execute("VACUUM ANALYZE")  # what its autovacuum does by itself in time
    _execute(f"INSERT INTO {MARK} VALUES ('{stamp}')")


def fill(size: Size) -> None:
    """Store the crowd in tables that are there and empty."""
    store_all(Population(size).tables())


def store_all(tables: Iterable[Table]) -> None:
    """Store all rows, after those of the great rings."""
    for key in (EVERYONE, MEMBERS):
        Ring.objects.get_or_create(pk=key, defaults={"kind": RingKind.GREAT})
    stored = []
    for table in tables:
        _store(table)
        stored.append(table.model)
    for statement in connection.ops.sequence_reset_sql(no_style(), stored):
        _execute(statement)  # rows came with keys of ours: the next one made is to have the next


def _store(table: Table) -> None:
    meta = table.model._meta
    unsaid = _unsaid(table)
    fields = (*table.fields, *unsaid)
    columns = [connection.ops.quote_name(meta.get_field(name).column) for name in fields]
    into = f"{connection.ops.quote_name(meta.db_table)} ({', '.join(columns)})"
    whole = ((*row, *unsaid.values()) for row in table.rows)
    rows = tqdm(whole, total=table.length, desc=f"{meta.verbose_name_plural:>18}", mininterval=0.5)
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
    """The columns that the crowd says nothing of and that are plain unless said, with that: the same in every row."""
    columns = table.model._meta.concrete_fields
    plain = [one for one in columns if not one.has_default() or not callable(one.default)]
    unsaid = {one.attname: one.get_default() for one in plain if one.attname not in table.fields}
    return {name: value for name, value in unsaid.items() if value is not None}


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fingerprint FROM {MARK}")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _clear() -> None:
    """Take an earlier crowd away."""
    if connection.vendor == "postgresql":
        _execute("DROP SCHEMA public CASCADE")
        _execute("CREATE SCHEMA public")
        return
    path = connection.settings_dict["NAME"]
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
