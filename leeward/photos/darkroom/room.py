"""The darkroom as a process: it listens at a socket to be woken, looks by itself besides, and works."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from django.db import DatabaseError, close_old_connections

from leeward.kit.ending import Ending
from leeward.kit.line_server import LineServer
from leeward.photos.darkroom.working import free_all, prepare_next

LOOK_EVERY = 5.0
"""Seconds between two looks, where nobody wakes it."""
STORE_AGAIN = 15.0
"""Seconds until the store is tried again that did not take a photo."""
EYES_OPEN = 0.25
"""Seconds between two looks whether it is to end."""

log = logging.getLogger("leeward.photos")


class Darkroom(LineServer):
    """Wakes up when it is told to, and prepares photos one after the other."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._woken = threading.Event()

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """To be woken is all that is asked of it."""
        self._woken.set()
        return {"awake": True}

    def work(self, ending: Ending) -> None:
        """Work until the end."""
        has_freed = False
        while not ending.comes_within(0):
            self._woken.clear()
            close_old_connections()
            try:
                if not has_freed:
                    free_all()
                    has_freed = True
                while (prepared := prepare_next(ending.comes_within)) and not ending.comes_within(0):
                    pass
            except (DatabaseError, OSError) as error:  # busy, restarting, full: what waits is safe
                log.error("Photos could not be prepared: %s", type(error).__name__)
                prepared = None
            self._rest(STORE_AGAIN if prepared is None else LOOK_EVERY, ending)

    def _rest(self, seconds: float, ending: Ending) -> None:
        """Wait until somebody wakes it, or so long, or until the end."""
        for _look in range(int(seconds / EYES_OPEN)):
            if self._woken.wait(EYES_OPEN) or ending.comes_within(0):
                return
