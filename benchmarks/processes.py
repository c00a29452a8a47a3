"""What processes of this machine spend and hold, as Linux counts it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_ENDED = frozenset("0ZX")
"""States of a process that runs no more: gone, or not yet fetched by its parent."""
_TICKS = os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """The processes that come from one, at any remove."""
    children: dict[int, list[int]] = {}
    for process in _all():
        parent = int(_stat(process)[1] or 0)
        children.setdefault(parent, []).append(process)
    found, looked = list[int](), [pid]
    while looked:
        some = children.get(looked.pop(), [])
        found += some
        looked += some
    return found


def family(pid: int) -> list[int]:
    """A process and those that come from it."""
    return [pid, *below(pid)]


def command(pid: int) -> str:
    """The command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def end_in_order_when_told() -> None:
    """Let SIGTERM and a closed terminal end this process as Ctrl-C does: what it started is ended before."""
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, lambda *_said: sys.exit("It was ended."))


def end(process: subprocess.Popen[bytes], patience: float = 30.0) -> None:
    """End what was started here: in order, and with SIGKILL what is left after so many seconds, or without it."""
    every = family(process.pid)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    kill_all(every)
    process.wait()


def kill_all(pids: Iterable[int], patience: float = 60.0) -> None:
    """End processes with SIGKILL, all at one stroke, and wait until none of them runs.

    Raises:
        TimeoutError: one still runs.
    """
    every = list(pids)
    for pid in every:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    ends = time.monotonic() + patience
    while any(_stat(pid)[0] not in _ENDED for pid in every):
        if time.monotonic() > ends:
            raise TimeoutError(f"Of {every} some still run.")
        time.sleep(0.02)


def clock(pid: int) -> float:
    """Seconds of the processor that a running process spent so far, its ended threads too.

    Raises:
        OSError: it has ended.
    """
    return time.clock_gettime(~pid << 3 | 2)  # Linux's clock of another process, in nanoseconds


def processor(pids: Iterable[int]) -> float:
    """Seconds of the processor that processes spent so far, with those of their children that have ended."""
    spent = 0.0
    for pid in pids:
        try:
            spent += clock(pid)
        except OSError:  # it has ended; its parent has what it spent
            continue
        fields = _stat(pid)
        spent += (int(fields[13]) + int(fields[14])) / _TICKS
    return spent


def memory(pids: Iterable[int]) -> float:
    """MiB that processes hold; what several share counts for each of them by its part (PSS).

    A database file that is mapped does not count: its pages are the system's cache, which gives them back.
    """
    total = 0
    for pid in pids:
        counts = True
        for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
            if not line.partition(" ")[0].endswith(":"):  # the head of a mapping: addresses, …, its file
                counts = ".sqlite3" not in line
            elif counts and line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _stat(pid: int) -> list[str]:
    """The fields of a process after its name, the state first; zeros if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 50
