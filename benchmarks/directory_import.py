"""How long 100,000 services take to come in, again, and out again, and in how much memory; on both databases.

    .venv/bin/python -m benchmarks.directory_import [--quick] [--json] [--only sqlite|postgresql] [--alone]

The commands run as a host runs them, each in a process of its own. Processor and memory are as the system tells them,
of the process that reads for it too; memory is looked at every fifth of a second, and the most is told. With what the
place derives from services (finding, the API, the desk), unless `--alone`. The data are invented (`directory_data.py`).
What was given out must come in again as the same, record by record, or it stops with an error.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.directory_data import SERVICES, write
from benchmarks.kept_postgres import SETTINGS
from benchmarks.machine import described, yardstick
from benchmarks.processes import family, memory
from bin.with_postgres import PostgresServer

ROOT = Path(__file__).resolve().parent.parent
QUICK = 5_000
RUN = """
import os, sys, resource
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
import django; django.setup()
from django.core.management import call_command
from leeward.library.directory import changes
if os.environ.get("ALONE"): changes._followers.clear()
call_command(*sys.argv[1:])
told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print("\\n@", sum(one.ru_utime + one.ru_stime for one in told))
"""


def _run(environment: dict[str, str], *words: str, same: bool = False) -> dict[str, float]:
    begun = time.monotonic()
    command = [sys.executable, "-c", RUN, *words]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with running as process, ThreadPoolExecutor(1) as apart:
        held = apart.submit(_most_held, process)
        output, _errors = process.communicate()
        peak = held.result()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    said, _at, told = output.rpartition("@")
    if same and (other := _not_the_same(json.loads(said))):
        raise AssertionError(f"What was given out is not the same when it comes in again: {other}")
    return {
        "seconds": round(time.monotonic() - begun, 1),
        "processor_seconds": round(float(told), 1),
        "peak_mib": round(peak),
    }


def _most_held(process: subprocess.Popen[str]) -> float:
    """MiB that a process and those that come from it held together at most; what they share counts once."""
    most = 0.0
    while process.poll() is None:
        with contextlib.suppress(OSError):  # one of them has just ended
            most = max(most, memory(family(process.pid)))
        time.sleep(0.2)
    return most


def _not_the_same(outcome: dict[str, Any]) -> dict[str, Any]:
    """What an import found to be other than it is here."""
    counts = {kind: counted for kind, counted in outcome["counts"].items() if set(counted) - {"same"}}
    broken = {
        what: outcome[what] for what in ("refused", "broken", "conflicts", "differences") if outcome[what]["count"]
    }
    return {**counts, **broken}


def measured(database: str, data: Path, folder: Path, *, alone: bool) -> dict[str, dict[str, float]]:
    """Every step on one database: lines in, a rehearsal, lines out and in again, tables out and in again.

    Args:
        database: the DATABASE_URL; "" for SQLite.
        data: the directory as lines.
        folder: for the place's data and for what is given out.
        alone: whether nothing is derived from what comes in.
    """
    environment = {**os.environ, "DATABASE_URL": database, "LEEWARD_DATA": str(folder), "LEEWARD_PRODUCTION": "0"}
    environment |= {"ALONE": "1"} if alone else {}
    lines, tables = folder / "out.jsonl", folder / "out.zip"
    _run(environment, "migrate", "--verbosity", "0")
    bring = ("import_services", "--source", "great", "--json")
    return {
        "lines in": _run(environment, *bring, str(data)),
        "a rehearsal": _run(environment, *bring, "--dry-run", str(data), same=True),
        "lines out": _run(environment, "export_services", "--quiet", str(lines)),
        "lines in again": _run(environment, *bring, str(lines), same=True),
        "tables out": _run(environment, "export_services", "--quiet", str(tables)),
        "tables in again": _run(environment, *bring, str(tables), same=True),
    }


@contextlib.contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with PostgresServer(*SETTINGS) as server:
        yield server.url


def main() -> None:
    """Measure, and print a table or JSON."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--quick", action="store_true", help=f"{QUICK:,} services instead of {SERVICES:,}")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    asked.add_argument("--alone", action="store_true", help="without what is derived from services")
    chosen = asked.parse_args()
    count = QUICK if chosen.quick else SERVICES
    told: dict[str, Any] = {"machine": described(), "yardstick_ms": round(yardstick(), 1), "services": count}
    with tempfile.TemporaryDirectory(prefix="leeward-directory-") as name:
        data = write(Path(name) / "directory.jsonl", count, quiet=True)
        told["bytes"] = data.stat().st_size
        for kind in (chosen.only,) if chosen.only else ("sqlite", "postgresql"):
            folder = Path(name) / kind
            folder.mkdir()
            with _database(kind) as url:
                told[kind] = measured(url, data, folder, alone=chosen.alone)
    print(json.dumps(told, indent=1) if chosen.json else _table(told))


def _table(told: dict[str, Any]) -> str:
    rows = [f"{told['services']:,} services, {told['bytes']:,} bytes; {told['machine']['processor']}"]
    for kind in ("sqlite", "postgresql"):
        for step, figures in told.get(kind, {}).items():
            row = f"{kind:<11} {step:<16} {figures['seconds']:>7.1f} s  {figures['processor_seconds']:>7.1f} s of the"
            rows.append(f"{row} processor  {figures['peak_mib']:>5} MiB")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
