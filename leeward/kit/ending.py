"""When a process that runs beside the server is to end: when it is told to, or when the server has ended."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser


class Ending:
    """Made first of all, in the main thread: a server that ends while the process still begins is noticed too.

    Args:
        with_parent: whether to end when the process that started this one has ended.
    """

    def __init__(self, *, with_parent: bool) -> None:
        self._told = threading.Event()
        self._parent = os.getppid() if with_parent else None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._told.set())

    @staticmethod
    def add_argument(parser: ArgumentParser) -> None:
        """The option of a command that decides it: `with_parent`."""
        parser.add_argument("--with-parent", action="store_true", help="end when the process that started it has ended")

    def comes_within(self, seconds: float) -> bool:
        """Wait for so long, or until the process is to end; whether it is."""
        return self._told.wait(seconds) or (self._parent is not None and os.getppid() != self._parent)
