"""Arrays that live in files: mapped into memory, read as they are touched, lengthened when they are full.

What is written reaches the file at once. A file is trusted again only if its process ended in order (finder.state).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

BLOCK = 1 << 20
"""So many bytes are written at once where a file is lengthened."""
STAYS = 128 << 20
"""A file of up to so many bytes may stay in memory whole, once its pages were touched."""
AHEAD = 4 << 20
"""So many bytes are asked for at once, ahead of questions: of more the system brings only the beginning."""


class DamagedFile(Exception):
    """A file is not as long as it was when it was closed, or is missing."""


class Column:
    """One array in one file, its last axis counting what it is about (documents, passages) unless said otherwise.

    Args:
        path: its file, for this place's own user alone.
        dtype: of its numbers.
        shape: of the whole array.
        is_kept: whether the file was closed in order; else it is made anew.
        fill: what new places hold.

    Raises:
        DamagedFile: it was kept, and is not what it was.
    """

    def __init__(
        self, path: Path, dtype: DTypeLike, shape: tuple[int, ...], *, is_kept: bool = False, fill: int = 0
    ) -> None:
        self.path, self.dtype, self.fill = path, np.dtype(dtype), fill
        if not is_kept:
            self._made(path, shape)
        elif not path.exists() or path.stat().st_size != self._bytes(shape):
            raise DamagedFile(path.name)
        elif self._bytes(shape) > STAYS:
            _read_ahead(path)
        self.array: NDArray[Any] = self._mapped(path, shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the whole array."""
        return self.array.shape

    def grow(self, shape: tuple[int, ...]) -> None:
        """Make room; what it holds stays where it is."""
        if shape[1:] == self.shape[1:]:
            with self.path.open("ab") as file:
                self._lengthen(file, self._bytes(shape) - self._bytes(self.shape))
        else:
            self._spread(shape)
        self.array = self._mapped(self.path, shape)

    def write(self, first: int, rows: NDArray[Any]) -> None:
        """Put rows in, from a place on; past the memory where the file is long, as in `take`."""
        if self._bytes(self.shape) <= STAYS:
            self.array[first : first + len(rows)] = rows
            return
        with self.path.open("r+b", buffering=0) as file:
            file.seek(first * self._bytes(self.shape[1:]))
            file.write(np.ascontiguousarray(rows, dtype=self.dtype).data)

    def take(self, places: NDArray[np.int64]) -> NDArray[Any]:
        """The rows at these places. Of a long file they are read, for what is mapped stays in memory once touched."""
        if self._bytes(self.shape) <= STAYS:
            return np.asarray(self.array[places])
        breaks = np.flatnonzero(np.diff(places, prepend=-2) != 1)
        lengths = np.diff(breaks, append=len(places))
        width = self._bytes(self.shape[1:])
        with self.path.open("rb", buffering=0) as file:
            runs = zip(places[breaks].tolist(), lengths.tolist(), strict=True)
            said = b"".join([os.pread(file.fileno(), width * length, width * first) for first, length in runs])
        return np.frombuffer(said, dtype=self.dtype).reshape(-1, *self.shape[1:])

    def flush(self) -> None:
        """See that it is on the disk."""
        if isinstance(self.array, np.memmap):
            self.array.flush()

    def _made(self, path: Path, shape: tuple[int, ...]) -> None:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        with path.open("ab") as file:
            self._lengthen(file, self._bytes(shape))

    def _lengthen(self, file: BinaryIO, size: int) -> None:
        """Write so many bytes of what new places hold: a full disk says so here, not where a page is touched."""
        block = np.full(BLOCK // self.dtype.itemsize, self.fill, dtype=self.dtype).tobytes()
        file.writelines(block[: size - first] for first in range(0, size, BLOCK))

    def _spread(self, shape: tuple[int, ...]) -> None:
        """Write it anew with longer rows, one after the other: it is never in memory twice."""
        new = self.path.with_suffix(".new")
        self._made(new, shape)
        larger = self._mapped(new, shape)
        for place, row in enumerate(self.array):
            larger[place, : len(row)] = row
        new.replace(self.path)

    def _mapped(self, path: Path, shape: tuple[int, ...]) -> NDArray[Any]:
        return np.memmap(path, dtype=self.dtype, mode="r+", shape=shape)

    def _bytes(self, shape: tuple[int, ...]) -> int:
        return int(np.prod(shape)) * self.dtype.itemsize


def _read_ahead(path: Path) -> None:
    """Have the system bring a file into its own cache, where it can: the first questions are quick then too."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            for first in range(0, path.stat().st_size, AHEAD):
                os.posix_fadvise(file.fileno(), first, AHEAD, os.POSIX_FADV_WILLNEED)
