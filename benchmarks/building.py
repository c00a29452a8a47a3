"""Stores the invented crowd in the database that the settings name, unless it is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from benchmarks.population import Population, Size, fingerprint
from benchmarks.rows import Table, store_all
from leeward.audience.models import EVERYONE, MEMBERS, Ring, RingKind

MARK = "benchmark_crowd"
"""The table that says that a database is ours, and which crowd is in it."""


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
            call_command("migrate", verbosity=0)  # tables that the rows say nothing of may have come since
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
    store_everything(Population(size).tables())


def store_everything(tables: Iterable[Table]) -> None:
    """Store all rows, after those of the great rings."""
    for key in (EVERYONE, MEMBERS):
        Ring.objects.get_or_create(pk=key, defaults={"kind": RingKind.GREAT})
    store_all(tables)


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
