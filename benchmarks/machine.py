"""On what it was measured: figures mean nothing without it."""

from __future__ import annotations

import datetime
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path


def described() -> dict[str, str]:
    """The machine, its load, the day and the versions, in words."""
    cores = os.cpu_count() or 0
    return {
        "day": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "processor": f"{cores} cores, {_processor()}",
        "load": f"{os.getloadavg()[0]:.1f} in the last minute",
        "memory": f"{_memory_gib()} GiB",
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "django": version("django"),
        "psycopg": version("psycopg"),
    }


def yardstick() -> float:
    """Milliseconds of the processor for counting to a hundred thousand: how quick the machine is at this moment.

    A machine that is shared may be half as quick a minute later. The best of five.
    """
    return min(_counting() for _turn in range(5)) * 1000


def _counting() -> float:
    begun, total = time.process_time(), 0
    for number in range(100_000):
        total += number * number % 7
    return time.process_time() - begun


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory_gib() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    except (ValueError, OSError):
        return 0
