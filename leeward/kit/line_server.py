"""Asking another process of this machine over a socket in the data folder: one line of JSON there, one back."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import socketserver
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

LONGEST = 1_000_000
"""Longest question, in bytes."""
PATIENCE = 10.0
"""How long (seconds) a client may take to ask."""


class AlreadyListening(Exception):
    """Another process listens at this path already."""


class LineServer(socketserver.ThreadingUnixStreamServer):
    """Answers questions, one line of JSON each, for this place's own user alone. Who uses it says `answer`."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, path: Path) -> None:
        """Listen at a path. What a killed process left there is put away; a living one is not.

        Raises:
            AlreadyListening: another process listens there.
        """
        before = os.umask(0o177)
        try:
            self._held = _hold(path)
            path.unlink(missing_ok=True)
            super().__init__(str(path), _Line)
        finally:
            os.umask(before)

    def server_close(self) -> None:
        """Listen no more, and let another listen."""
        super().server_close()
        self._held.close()

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to one question."""
        raise NotImplementedError

    def handle_error(self, request: object, client_address: object) -> None:
        """Say where an answer stumbled. What was asked may stand in the error's words: they reach no log."""
        error = sys.exc_info()[1]
        where = traceback.extract_tb(error.__traceback__)[-1] if error else None
        at = f"{where.filename}:{where.lineno}" if where else "somewhere"
        sys.stderr.write(f"A question could not be answered: {type(error).__name__} at {at}\n")


def ask(path: Path, question: dict[str, Any], patience: float) -> dict[str, Any]:
    """Ask the process that listens at a path.

    Args:
        path: its socket.
        question: what JSON can say.
        patience: how long (seconds) an answer is waited for.

    Raises:
        OSError: nobody listens there, or does not answer in time.
        ValueError: what came back is no answer.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(patience)
        line.connect(str(path))
        line.sendall(json.dumps(question).encode() + b"\n")
        with line.makefile("rb") as answer:
            said = json.loads(answer.readline())
    if not isinstance(said, dict):
        raise ValueError("not an answer")
    return said


class _Line(socketserver.StreamRequestHandler):
    timeout = PATIENCE
    server: LineServer

    def handle(self) -> None:
        line = self.rfile.readline(LONGEST)
        if not line.endswith(b"\n"):
            return
        try:
            question = json.loads(line)
        except ValueError:
            return
        if isinstance(question, dict):
            self.wfile.write(json.dumps(self.server.answer(question)).encode() + b"\n")


def _hold(path: Path) -> BinaryIO:
    """Hold the lock of a path until it is closed, or its process ends: no two can both believe that it is free."""
    held = path.with_name(f"{path.name}.lock").open("ab")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as other:
        held.close()
        raise AlreadyListening(str(path)) from other
    return held
