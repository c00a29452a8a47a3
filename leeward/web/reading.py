"""The reader process beside the server: started, started again when it ends, ended with the server."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from django.conf import settings

AGAIN_AFTER = 2.0
"""Seconds between the end of a reader and the start of the next."""
PATIENCE = 5.0
"""Seconds that a reader is given to end."""

log = logging.getLogger("leeward.reading")


def keep_reading(ending: threading.Event) -> None:
    """Keep a reader process running until the event. While it is away texts wait, held; nothing is lost."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "read_texts", "--with-parent"]
    while not ending.is_set():
        # In a session of its own: Ctrl-C at a terminal reaches the server first, which then ends the reader.
        with subprocess.Popen(  # noqa: S603  # our own command, from our own settings
            command, stdout=subprocess.DEVNULL, start_new_session=True
        ) as reader:
            while reader.poll() is None and not ending.wait(0.2):
                pass
            _end(reader)
        if not ending.wait(AGAIN_AFTER):
            log.warning("The reader ended with status %s and is started again.", reader.returncode)


def _end(reader: subprocess.Popen[bytes]) -> None:
    reader.terminate()
    try:
        reader.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        reader.kill()
