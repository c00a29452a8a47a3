"""The processes beside the server: whichever ends is started again, until the server ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from leeward.web import companions


def children() -> set[int]:
    """The processes that this one started."""
    said = [path.read_text() for path in Path(f"/proc/{os.getpid()}/task").glob("*/children")]
    return {int(number) for line in said for number in line.split()}


def soon_another(than: set[int]) -> int:
    ends = time.monotonic() + 60
    while not (new := children() - than):
        assert time.monotonic() < ends, "no process was started within a minute"
        time.sleep(0.1)
    return new.pop()


def test_a_companion_that_is_killed_is_started_again_and_ends_with_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("LEEWARD_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(companions, "AGAIN_AFTER", 0.1)
    before, ending = children(), threading.Event()
    keeping = threading.Thread(target=companions.keep_running, args=("keep_finding", ending))
    keeping.start()
    first = soon_another(before)
    os.kill(first, signal.SIGKILL)
    second = soon_another(before | {first})
    ending.set()
    keeping.join(30)
    assert not keeping.is_alive()
    assert not children() & {first, second}
    assert "keep_finding ended with status -9 and is started again." in caplog.text
