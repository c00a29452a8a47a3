"""Originals that wait to be prepared: files in the data folder, until their sizes stand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from leeward.photos.folders import need_room, photos_folder
from leeward.photos.stores.local import write_whole


def original_of(ref: str) -> Path:
    """Where the original of the photo of this name lies, while it waits."""
    return photos_folder("inbox") / ref


def keep(ref: str, blocks: Iterable[bytes]) -> None:
    """Keep an original. If that fails nothing of it is left.

    Raises:
        OSError: the disk is full, or nearly so.
    """
    path = original_of(ref)
    need_room(path.parent)
    try:
        write_whole(path, blocks)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def drop(ref: str) -> None:
    """Delete an original, if it is there."""
    original_of(ref).unlink(missing_ok=True)
