"""Prepared photos as files in the data folder."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from leeward.photos.stores.store import Kept, StoreUnreachable

UNFINISHED = ".new"
"""How the name of a file ends while it is being written."""


@dataclass(frozen=True)
class LocalStore:
    """Files under one folder.

    Args:
        folder: for this place's own user alone.
    """

    folder: Path

    def put(self, key: str, content: bytes) -> None:
        """Keep a file: under another name first, so that it is there whole or not at all, whatever ends us."""
        path = self.folder / key
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(unfinished, [content])
            unfinished.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise StoreUnreachable(error.errno, error.strerror) from error

    def open(self, key: str) -> IO[bytes]:
        """A file, to be read and closed."""
        return (self.folder / key).open("rb")

    def delete(self, keys: Iterable[str]) -> None:
        """Delete files; those that are not there are passed over."""
        for key in keys:
            (self.folder / key).unlink(missing_ok=True)

    def listing(self) -> Iterator[Kept]:
        """Every file, what was left unfinished included."""
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # taken away while we look
                yield Kept(path.relative_to(self.folder).as_posix(), path.stat().st_mtime_ns // 1000)


def write_whole(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a new file for this place's own user alone, and see that it is on the disk.

    Raises:
        OSError: it is there already, or the disk is full; what was written is left to the caller.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
