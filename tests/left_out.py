"""Names what could not run at the end of a test run. With REQUIRE_ALL=1 anything left out fails the run.

But for tests that read files of others, which are not ours to ship (the standard's own schemas and examples, articles):
they are named where the files are not here, and what they show is shown by files of our own as well.

Browser tests carry the mark `browser`; they are left out where there is no Chromium. A test of what only one database
does, or of what a page looks like, which is the same on any, carries the mark `only_on`: it is part of that database's
run, and no part of the other's. What the run as a whole leaves out (the suite on PostgreSQL) is handed in by
bin/run_tests.py as LEFT_OUT.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import connection

_OF_OTHERS = "files of others are not here: "
_skipped: dict[str, int] = {}


def needs_files_of_others(file: Path, variable: str) -> pytest.MarkDecorator:
    """The mark of tests that read such files.

    Args:
        file: one of them.
        variable: of the environment, which names their folder.
    """
    return pytest.mark.skipif(not file.exists(), reason=f"{_OF_OTHERS}name their folder in {variable}")


def chromium() -> str | None:
    """The path of the browser that tests use, or None."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return path if Path(path).exists() else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what belongs to the run on another database; leave browser tests out where there is no browser."""
    elsewhere = [item for item in items if (mark := item.get_closest_marker("only_on")) and not _is_here(mark)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    if chromium() is not None:
        return
    reason = "no Chromium: install it, or name it in CHROMIUM"
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=reason))


def _is_here(only_on: pytest.Mark) -> bool:
    return bool(only_on.args[0] == connection.vendor)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember why each test was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        _skipped[reason] = _skipped.get(reason, 0) + 1


def _left_out() -> list[str]:
    whole = [line for line in os.environ.get("LEFT_OUT", "").splitlines() if line]
    return whole + [f"{count} tests: {reason}" for reason, count in _skipped.items()]


def _has_to_run() -> list[str]:
    return [line for line in _left_out() if _OF_OTHERS not in line]


def _all_required() -> bool:
    return os.environ.get("REQUIRE_ALL", "0") == "1"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if anything was left out and all was asked for."""
    if not hasattr(session.config, "workerinput") and _all_required() and _has_to_run() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what did not run."""
    left_out = _left_out()
    if not left_out:
        return
    terminalreporter.section(
        "left out" + (" (REQUIRE_ALL=1: this fails the run)" if _all_required() and _has_to_run() else "")
    )
    for line in left_out:
        terminalreporter.line(line)
