"""How long the database takes, and how much of the processor the whole answer takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper


@dataclass
class Clock:
    """What the database took: seconds of waiting for it, and how many statements."""

    seconds: float = 0.0
    statements: int = 0


class _TimedCursor(CursorWrapper):
    """A cursor that adds the time of sending, executing and fetching to a clock."""

    clock: Clock

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Execute, timed."""
        self.clock.statements += 1
        with self._timed():
            return super().execute(sql, params)

    def fetchone(self) -> Any:
        """Fetch a row, timed."""
        with self._timed():
            return self.cursor.fetchone()

    def fetchmany(self, size: int) -> Any:
        """Fetch some rows, timed."""
        with self._timed():
            return self.cursor.fetchmany(size)

    def fetchall(self) -> Any:
        """Fetch all rows, timed."""
        with self._timed():
            return self.cursor.fetchall()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.clock.seconds += time.perf_counter() - start


@contextmanager
def database_clock() -> Iterator[Clock]:
    """Time every statement of Django's connection inside the block: sent, executed, and fetched to the last row."""
    clock = Clock()
    timed = type("TimedCursor", (_TimedCursor,), {"clock": clock})
    usual = connection.make_cursor
    connection.make_cursor = lambda cursor: timed(cursor, connection)  # type: ignore[method-assign]  # for the block
    try:
        yield clock
    finally:
        connection.make_cursor = usual  # type: ignore[method-assign]  # as it was


@dataclass
class Figures:
    """Samples of one operation, in milliseconds."""

    database: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    statements: int = 0

    def as_dict(self) -> dict[str, float | int]:
        """Medians and worst, rounded to hundredths; the worst of few samples is no percentile."""
        return {
            "database_median_ms": round(statistics.median(self.database), 2),
            "database_worst_ms": round(max(self.database), 2),
            "cpu_median_ms": round(statistics.median(self.processor), 2),
            "statements": self.statements,
            "samples": len(self.database),
        }


def measure(work: Callable[[int], object], *, samples: int, warm: int = 3, budget: float = 60.0) -> Figures:
    """Do the work often and time it: waiting for the database by the wall clock, the rest as CPU of this process.

    Args:
        work: called with the number of the sample, so that it need not ask the same twice.
        samples: how many are kept.
        warm: how many are done before and thrown away.
        budget: after so many seconds no further sample is begun (but one is always taken).
    """
    figures = Figures()
    ends = time.monotonic() + budget
    for number in range(warm):
        if time.monotonic() < ends:
            work(number)
    for number in range(samples):
        if figures.database and time.monotonic() > ends:
            break
        with database_clock() as clock:
            start = time.process_time()
            work(number)
            figures.processor.append((time.process_time() - start) * 1000)
        figures.database.append(clock.seconds * 1000)
        figures.statements = max(figures.statements, clock.statements)
    return figures
