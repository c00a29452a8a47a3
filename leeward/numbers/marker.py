"""Up to which month numbers were published: beside the database, so that winding it back publishes nothing twice.

Two releases of one month from two states of the database would have the same noise, and their difference would be
exact. The database can be wound back by a backup or a copied file; this file is not in any backup, and whoever restores
one writes the month of that day into it. A month too few costs nothing but a month.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from leeward.numbers.months import this_month

FILE = "numbers_month"
"""Its name in the data folder."""


def marker_path() -> Path:
    """Where it is."""
    path: Path = settings.DATA / FILE
    return path


def published_through() -> int | None:
    """The last month that was published, or may have been; None if there is no such file, or it says no month."""
    try:
        return int(marker_path().read_text())
    except (FileNotFoundError, ValueError):
        return None


def keep_through(month: int) -> None:
    """Note that this month is published or must not be. Never goes back.

    Raises:
        OSError: the folder cannot be written.
    """
    path = marker_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    with unfinished.open("w") as file:
        file.write(str(max(month, published_through() or month)))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def not_this_month() -> None:
    """After a backup came back: this month may have been published before. Called by whoever restores."""
    keep_through(this_month())


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Publish alone: a second process waits until the first has published, and then finds it done."""
    path = marker_path().with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
