"""Run the tests as `make test` does: the whole suite on SQLite, then the whole suite on PostgreSQL.

Environment:
    FAST=1          SQLite only, without browser tests: the part for while you work.
    REQUIRE_ALL=1   what cannot run fails the run, instead of being named at its end.
    CHROMIUM        the browser, if it is not /usr/bin/chromium.

The first part that fails ends the run. The last lines are always pytest's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from bin.with_postgres import CannotStart, PostgresServer

ROOT = Path(__file__).resolve().parent.parent


def pytest(title: str, *arguments: str, **environment: str) -> int:
    """Run pytest once under a title; its exit status."""
    print(f"\n== {title}\n", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def main() -> int:
    """Run the parts; the exit status of the first that failed, or 0."""
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("FAST", "0") == "1":
        return pytest("SQLite, without a browser", "-m", "not browser", "-n", "2")
    with ExitStack() as stack:
        left_out, url = "", ""
        try:
            url = stack.enter_context(PostgresServer()).url
        except CannotStart as error:
            left_out = f"the suite on PostgreSQL: {error}"
        status = pytest("SQLite", "-n", "2", "--dist", "worksteal", LEFT_OUT=left_out)
        if status or not url:
            return status
        return pytest("PostgreSQL", "-n", "2", "--dist", "worksteal", DATABASE_URL=url)


if __name__ == "__main__":
    sys.exit(main())
