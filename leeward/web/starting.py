"""How the place starts: made ready where it is not, and served."""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import socket
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from leeward.members.invented import holds_invented_people
from leeward.web.companions import start_companions
from leeward.web.tending import tend_once

LOOPBACK = "127.0.0.1"
TEND_EVERY = 300.0
"""Seconds between two rounds of letters and of throwing away what has been kept long enough."""
THREADS = 2
"""Requests that one process works on at once; each has its own database connection. A second one goes on while the
first waits for a disk, another process, or a slow client; more of them only wait for each other, and hold memory."""
TURN = 0.0001
"""Seconds for which one thread of a process computes while another wants to. Each question to the database lets the
other in: with Python's own 5 ms a page of sixteen questions waited for sixteen turns (decision 0034)."""
LEFT_BEHIND = 20_000
"""So many new things that may hold each other a process makes between two looks for those that nothing else holds."""
PATIENCE = 3
"""Seconds that a process is given to end; a browser that keeps its connection open would hold it for ever."""
QUEUE = 64
"""Requests that one process takes on before the others wait in the system's queue."""

log = logging.getLogger("leeward.starting")


def refuse_village_in_production() -> None:
    """Raise if invented people live in a place for real members.

    Raises:
        ImproperlyConfigured: they do.
    """
    if settings.PRODUCTION and holds_invented_people():
        raise ImproperlyConfigured(
            "This data folder or database holds the demonstration village. Real members never share a place with it: "
            "start with an empty LEEWARD_DATA (and an empty DATABASE_URL)."
        )


def needs_migrating() -> bool:
    """Whether the database lacks a migration of the program."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare() -> None:
    """Bring the database and the collected static files up to the program. Quick when nothing changed."""
    if needs_migrating():
        log.info("Bringing the database up to date.")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("bring_in_guides", verbosity=0)
    stamp, now = settings.DATA / "static.stamp", _static_signature()
    if not stamp.exists() or stamp.read_text() != now:
        log.info("Collecting static files.")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


class PortTakenError(RuntimeError):
    """Something else listens there already."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raise if something listens at this port. The server itself would share it, and answer every other request.

    Raises:
        PortTakenError: the port is taken, or this user may not have it; the words say which port to try.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"Port {port} cannot be had ({error.strerror}). Try another: PORT={port + 1}."
            ) from error


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve until SIGINT or SIGTERM, with its companions beside it, tending the place meanwhile.

    Args:
        host: the address to listen at.
        port: the port to listen at.
        workers: how many processes answer.

    Raises:
        PortTakenError: something else listens there.
        SystemExit: a worker could not start.
    """
    refuse_taken_port(host, port)
    connection.close()  # the workers and the tending thread open their own
    server = Server(
        "leeward.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=QUEUE,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        log_access=False,
    )
    ending = threading.Event()
    tending = threading.Thread(target=_tend_until, args=(ending,), name="tending")
    server.on_shutdown(ending.set)
    tending.start()
    companions = start_companions(ending)
    try:
        server.serve(target_loader=_application_apart)
    finally:
        ending.set()
        for companion in companions:
            companion.join()
        tending.join()


def _application_apart(_target: str) -> WSGIHandler:
    """The application, in a worker that Ctrl-C does not reach: told twice to end, it hangs."""
    os.setpgrp()
    from leeward.wsgi import application  # noqa: PLC0415  # in the worker, with connections of its own

    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()  # what is loaded now stays, and need not be looked through again and again
    gc.set_threshold(LEFT_BEHIND)
    return application


def _tend_until(ending: threading.Event) -> None:
    """Tend every few minutes. A round that fails is logged and does not end the place."""
    while not ending.wait(TEND_EVERY):
        try:
            tend_once()
        except Exception:  # whatever a mail server or a database did, the next round tries again
            log.exception("A round of tending failed.")
        finally:
            connection.close()


def _static_signature() -> str:
    """A short name for the static files as they are: path, size and time of each."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            file = Path(storage.path(path)).stat()
            seen.update(f"{path}:{file.st_size}:{file.st_mtime_ns}\n".encode())
    return seen.hexdigest()
