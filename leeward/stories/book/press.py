"""The PDF of a book, set by a process of its own: in bounded time, one at a time, with nothing left behind."""

from __future__ import annotations

import fcntl
import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from leeward.stories.book.tree import tree_of

SECONDS = 20
"""So long a book may take, and so long it waits at most while another is being set; most take less than one."""
_PROGRAM = Path(__file__).with_name("setting.py")

LONGEST = 1_000_000
"""So many characters are set at most, so that a small machine has room for it: some four hundred pages."""

log = logging.getLogger(__name__)


class NotSet(Exception):
    """The PDF could not be made."""


def pdf_of(html: str, *, title: str, photos: Mapping[str, str] | None = None) -> bytes:
    """The book as a PDF. Nothing of it is written to the disk.

    Args:
        html: the book as a page (`stories.book.pages`).
        title: what the document calls itself.
        photos: drawings that hold the photos, by the names under which the page has them.

    Raises:
        NotSet: it is too long; or typst is missing, too slow, or refused.
    """
    if len(html) > LONGEST:
        raise NotSet
    book = {"title": title, "lang": settings.LANGUAGE_CODE.split("-")[0], "body": tree_of(html), "photos": photos or {}}
    told = json.dumps(book)
    try:
        with _turn(), TemporaryDirectory() as empty:
            made = _set(told, Path(empty))
    except (subprocess.SubprocessError, OSError) as fault:
        log.warning("A book could not be set as a PDF: %s", _kind_of(fault))
        raise NotSet from None
    if not made.startswith(b"%PDF"):
        raise NotSet
    return made


def _set(told: str, folder: Path) -> bytes:
    return subprocess.run(  # noqa: S603  # our own program, by its path; what she wrote goes in as input
        [sys.executable, "-I", "-B", str(_PROGRAM)],
        input=told.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it would quote what she wrote
        cwd=folder,
        env={"LC_ALL": "C.UTF-8", "RAYON_NUM_THREADS": "2"},
        timeout=SECONDS,
        check=True,
    ).stdout


def _kind_of(fault: Exception) -> str:
    """What went wrong, without anything that she wrote."""
    if isinstance(fault, subprocess.CalledProcessError):
        return f"the press ended with {fault.returncode}"
    return type(fault).__name__


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other book is being set on this machine: a page must not wait for memory because of it."""
    until = time.monotonic() + SECONDS
    with (settings.DATA / "press.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise NotSet from None
                time.sleep(0.1)
        yield
