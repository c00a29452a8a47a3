"""How long the database takes to find what a viewer may see, on SQLite and on PostgreSQL.

Builds an invented crowd (50,000 members, 100,000 stories, 1,000,000 answers, one story with 8,000), lets seven viewers
ask for the 20 newest stories that they may and want to see, at the top of the list and about page 200, proves every
page against brute force, and asks the same in two shapes that are common elsewhere. SQLite's file is kept in the data
folder; a PostgreSQL server of its own is started, filled (about a minute) and taken away.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.machine import described
from benchmarks.tables import table

ROOT = Path(__file__).resolve().parent.parent
SERVER = ("shared_buffers=512MB", "max_wal_size=4GB")
"""What is set in the temporary server's postgresql.conf; all else as PostgreSQL comes."""
TARGET_MS = 5.0


def main() -> int:
    """Measure and print. The exit status is 1 if a page was wrong, or slower than the target with all rows."""
    options = _options()
    if options.database:
        found = [_measure_here(options)]
    else:
        found = [_measure_apart(options, f"sqlite:///{_sqlite_file(options)}"), _measure_on_postgres(options)]
    if options.json:
        print(json.dumps({"machine": described(), "databases": found}, indent=1))
    else:
        for one in found:
            _print(one)
    return 0 if all(_is_well(one, quick=options.quick) for one in found) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visibility", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a crowd of 2,000 and fewer samples: to see that it runs")
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of tables")
    parser.add_argument("--database", metavar="URL", help="measure only this one: empty, or of an earlier run")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "benchmarks", help="where the crowd is kept")
    parser.add_argument("--samples", type=int, default=40, help="samples of each figure (40)")
    return parser.parse_args()


def _sqlite_file(options: argparse.Namespace) -> Path:
    return Path(options.data).resolve() / ("visibility-quick.sqlite3" if options.quick else "visibility.sqlite3")


def _measure_on_postgres(options: argparse.Namespace) -> dict[str, Any]:
    from bin.with_postgres import PostgresServer  # noqa: PLC0415  # needs the development lock; --database does not

    with PostgresServer(*SERVER) as server:
        return _measure_apart(options, server.url)


def _measure_apart(options: argparse.Namespace, url: str) -> dict[str, Any]:
    """In a process of its own: the settings name one database for all of a process's life."""
    command = [sys.executable, "-m", "benchmarks.visibility", "--json", "--database", url, "--data", str(options.data)]
    command += ["--samples", str(options.samples), *(["--quick"] if options.quick else [])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if not done.stdout:
        raise SystemExit(f"The measurement on {url.partition(':')[0]} broke off; what it said stands above.")
    measured: dict[str, Any] = json.loads(done.stdout)["databases"][0]
    return measured


def _measure_here(options: argparse.Namespace) -> dict[str, Any]:
    options.data.mkdir(parents=True, exist_ok=True)
    os.environ["LEEWARD_DATA"] = str(options.data.resolve())
    os.environ["DATABASE_URL"] = options.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    import django  # noqa: PLC0415  # reads the two variables above

    django.setup()
    from benchmarks.looking import measure_all  # noqa: PLC0415  # its models load after Django

    return measure_all(quick=options.quick, samples=10 if options.quick else options.samples)


def _is_well(one: dict[str, Any], *, quick: bool) -> bool:
    slowest = max(figures["database_median_ms"] for row in one["viewers"] for figures in row["ours"].values())
    return not one["wrong"] and (quick or slowest < TARGET_MS)


def _print(one: dict[str, Any]) -> None:
    print(f"\n## {one['database']}: {one['crowd']}\n")
    print("Database time in ms, median / worst (CPU of the whole answer in ms, median).\n")
    names = list(one["viewers"][0]["ours"])
    rows = [[row["viewer"], *(_cell(row["ours"][name]) for name in names)] for row in one["viewers"]]
    print(table(["viewer", *names], rows))
    print("\nThe same page of the newest, in this same run, as it is commonly made elsewhere:\n")
    peers = list(one["viewers"][0]["peers"])
    rows = [[row["viewer"], *(_cell(row["peers"][name]) for name in peers)] for row in one["viewers"]]
    print(table(["viewer", *peers], rows))
    print(f"\nProved against brute force: {one['proved']} results, wrong: {len(one['wrong'])}.")
    for wrong in one["wrong"]:
        print(f"WRONG: {wrong}")


def _cell(figures: dict[str, float]) -> str:
    database = f"{figures['database_median_ms']:.2f} / {figures['database_worst_ms']:.2f}"
    return f"{database} ({figures['cpu_median_ms']:.1f})"


if __name__ == "__main__":
    sys.exit(main())
