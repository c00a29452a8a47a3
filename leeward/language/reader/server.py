"""The reader: one process that holds the models and answers over a socket of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leeward.kit.line_server import AlreadyListening, LineServer
from leeward.language.judgement import Judgement

__all__ = ["AlreadyListening", "Reader"]

LONG = 4000
"""From so many characters on a text is read beside the short ones, for which somebody waits, and not before them."""


class Reader(LineServer):
    """Answers questions about texts. At most one short and one long text are read at a time."""

    def __init__(self, path: Path, judge: Callable[[str], Judgement]) -> None:
        """Listen at a path, and read with this judge.

        Raises:
            AlreadyListening: another reader listens there.
        """
        self.judge, self.turn, self.long_turn = judge, threading.Lock(), threading.Lock()
        super().__init__(path)

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to one question."""
        if "read" in question:
            text = str(question["read"])
            with self.long_turn if len(text) > LONG else self.turn:
                return self.judge(text).to_json()
        return {"pong": True}
