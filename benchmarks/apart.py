"""A measurement in a process and a data folder of its own, on SQLite or on a PostgreSQL server of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def figures_of(module: str, *asked: str, server: Sequence[str] = ()) -> dict[str, Any]:
    """What a module's own measurement says: the last line that it writes, as JSON.

    Args:
        module: run as a program, "benchmarks.search".
        asked: what it is asked for.
        server: lines of postgresql.conf for a server of its own; none: it is measured on SQLite.
    """
    command = [sys.executable, "-m", module, *asked]
    with tempfile.TemporaryDirectory(prefix="leeward-apart-") as folder:
        environment = {**os.environ, "LEEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "leeward.settings"}
        environment.pop("DATABASE_URL", None)
        if not server:
            return _said(command, environment)
        from bin.with_postgres import PostgresServer  # noqa: PLC0415  # needs the development lock

        with PostgresServer(*server) as running:
            return _said(command, {**environment, "DATABASE_URL": running.url})


def _said(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    said = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return figures


def processor_clock(connection: Any) -> Callable[[], float]:
    """Seconds of the processor of this process, and of PostgreSQL's that serves it."""
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9
