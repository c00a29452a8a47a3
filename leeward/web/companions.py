"""The processes beside the server: started, started again when they end, ended with the server.

While one is away nothing is lost: without the reader texts wait, held; without the finder the search is by words;
without the darkroom photos wait.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from django.conf import settings

COMPANIONS = ("read_texts", "keep_finding", "prepare_photos")
"""The commands of manage.py that run beside the server."""
AGAIN_AFTER = 2.0
"""Seconds between the end of a companion and the start of the next."""
PATIENCE = 5.0
"""Seconds that a companion is given to end."""

log = logging.getLogger("leeward.companions")


def start_companions(ending: threading.Event) -> list[threading.Thread]:
    """Keep all companions running until the event; the threads that do."""
    threads = [threading.Thread(target=keep_running, args=(name, ending), name=name) for name in COMPANIONS]
    for thread in threads:
        thread.start()
    return threads


def keep_running(name: str, ending: threading.Event) -> None:
    """Keep one companion running until the event.

    Args:
        name: its command of manage.py, which knows `--with-parent`.
        ending: set when the server ends.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), name, "--with-parent"]
    while not ending.is_set():
        # In a session of its own: Ctrl-C at a terminal reaches the server first, which then ends its companions.
        with subprocess.Popen(  # noqa: S603  # our own command, from our own settings
            command, stdout=subprocess.DEVNULL, start_new_session=True
        ) as companion:
            while companion.poll() is None and not ending.wait(0.2):
                pass
            _end(companion)
        if not ending.wait(AGAIN_AFTER):
            log.warning("%s ended with status %s and is started again.", name, companion.returncode)


def _end(companion: subprocess.Popen[bytes]) -> None:
    companion.terminate()
    try:
        companion.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        companion.kill()
