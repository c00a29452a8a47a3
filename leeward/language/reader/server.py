"""The reader: one process that holds the models and answers over a socket of this machine."""

from __future__ import annotations

import json
import os
import socketserver
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from leeward.language.judgement import Judgement

LONGEST = 1_000_000
"""Longest question, in bytes; whatever is longer is no text of this place."""
LONG = 4000
"""From so many characters on a text is read beside the short ones, for which somebody waits, and not before them."""
PATIENCE = 10.0
"""How long (seconds) a client may take to ask."""


class Reader(socketserver.ThreadingUnixStreamServer):
    """Answers questions, one line of JSON each. At most one short and one long text are read at a time."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, path: Path, judge: Callable[[str], Judgement]) -> None:
        """Listen at a path. What a killed reader left there is put away; a living one is not.

        Raises:
            AlreadyReading: another reader listens there.
        """
        self.judge, self.turn, self.long_turn = judge, threading.Lock(), threading.Lock()
        if path.exists():
            if _answers(path):
                raise AlreadyReading(str(path))
            path.unlink()
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Line)
        finally:
            os.umask(before)

    def answer(self, question: dict[str, object]) -> dict[str, object]:
        """The answer to one question."""
        if "read" in question:
            text = str(question["read"])
            with self.long_turn if len(text) > LONG else self.turn:
                return self.judge(text).to_json()
        return {"pong": True}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say where a reading stumbled. What was read may stand in the error's words: they reach no log."""
        error = sys.exc_info()[1]
        where = traceback.extract_tb(error.__traceback__)[-1] if error else None
        at = f"{where.filename}:{where.lineno}" if where else "somewhere"
        sys.stderr.write(f"A question could not be answered: {type(error).__name__} at {at}\n")


class AlreadyReading(Exception):
    """A reader listens at this path already."""


class _Line(socketserver.StreamRequestHandler):
    timeout = PATIENCE
    server: Reader

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


def _answers(path: Path) -> bool:
    import socket  # noqa: PLC0415

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True
