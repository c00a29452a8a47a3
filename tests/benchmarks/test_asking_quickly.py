"""The quick connection reads answers whole, and what processes spend and hold is counted."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.great_clients import LINES, Progress, one_after_the_other, opened
from benchmarks.great_places import Asked, Place
from benchmarks.processes import below, command, end, family, kill_all, memory, processor
from benchmarks.quick_line import Ended, QuickLine

PLAIN = b"HTTP/1.1 302 Found\r\nLocation: /here\r\ncontent-length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"


@pytest.fixture
def port() -> int:
    """A server that says two answers over one connection, in pieces, and then closes it."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        line, _from = listening.accept()
        with listening, line:
            for answered in (PLAIN, CHUNKED):
                line.recv(4096)
                for letter in answered:
                    line.sendall(bytes([letter]))
            line.recv(4096)

    threading.Thread(target=answer, daemon=True).start()
    return int(listening.getsockname()[1])


def test_answers_are_read_whole_and_a_closed_line_is_said(port: int) -> None:
    line = QuickLine(port)
    first, second = line.ask("GET", "/"), line.ask("POST", "/", body="a=b")
    assert (first.status, first.body, first.header("location")) == (302, b"hello", "/here")
    assert (second.status, second.body) == (200, b"abcde")
    with pytest.raises(Ended):
        line.ask("GET", "/")


class _KeepsLines(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"


def test_what_opens_the_connections_is_no_part_of_what_is_measured(tmp_path: Path) -> None:
    progress, numbers = Progress(), list[int]()

    def work(number: int) -> Asked:
        numbers.append(number)
        return Asked("GET", "/", "")

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_KeepsLines, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        lines = opened(Place(tmp_path, server.server_port, quick=True), "page", work, progress)
        assert numbers == list(range(LINES))
        done = one_after_the_other(lines, "page", work, progress, 0.1)
        for line in lines.values():
            line.close()
        server.shutdown()
    assert len(numbers) == LINES + done.many
    assert sorted(numbers) == sorted(progress.done("page"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of processes")
def test_what_a_process_and_its_children_spend_and_hold_is_counted() -> None:
    busy = "import os, time; os.fork()\nwhile True: sum(range(10_000))"
    with subprocess.Popen([sys.executable, "-c", busy]) as process:
        ends = time.monotonic() + 20
        while len(family(process.pid)) < 2 and time.monotonic() < ends:
            time.sleep(0.05)
        every = family(process.pid)
        assert process.pid in below(os.getpid())
        assert len(every) == 2
        assert "sum(range" in command(process.pid)
        before = processor(every)
        time.sleep(0.3)
        assert 0.01 < processor(every) - before < 2
        assert 1 < memory(every) < 200
        kill_all(every)
    assert command(process.pid) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of processes")
def test_what_does_not_end_in_order_is_ended_with_what_came_from_it() -> None:
    deaf = (
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork()\nwhile True: time.sleep(1)"
    )
    with subprocess.Popen([sys.executable, "-c", deaf]) as process:
        ends = time.monotonic() + 20
        while len(family(process.pid)) < 2 and time.monotonic() < ends:
            time.sleep(0.05)
        _first, child = family(process.pid)
        end(process, patience=0.2)
        assert process.returncode == -signal.SIGKILL
    assert command(child) == ""
