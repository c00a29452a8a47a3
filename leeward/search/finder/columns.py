"""Arrays that live in files: mapped into memory, read as they are touched, grown when they are full.

What is written reaches the file at once. A file is trusted again only if its process ended in order (finder.state).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Column:
    """One array in one file, its last axis counting what it is about (documents, passages) unless said otherwise.

    Args:
        path: its file, for this place's own user alone.
        dtype: of its numbers.
        shape: of the whole array.
        fill: what new places hold.
    """

    def __init__(self, path: Path, dtype: DTypeLike, shape: tuple[int, ...], *, fill: int = 0) -> None:
        self.path, self.dtype, self.fill = path, np.dtype(dtype), fill
        if not path.exists() or path.stat().st_size != self._bytes(shape):
            self._write(np.full(shape, fill, dtype=self.dtype))
        self.array: NDArray[Any] = self._mapped(shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the whole array."""
        return self.array.shape

    def grow(self, shape: tuple[int, ...]) -> None:
        """Make room; what it holds stays where it is."""
        larger = np.full(shape, self.fill, dtype=self.dtype)
        larger[tuple(slice(0, size) for size in self.array.shape)] = self.array
        self._write(larger)
        self.array = self._mapped(shape)

    def read(self, first: NDArray[Any], many: NDArray[Any]) -> NDArray[Any]:
        """Runs of rows one after the other, read from the file: what is mapped would stay in memory once touched."""
        width = self._bytes(self.array.shape[1:])
        with self.path.open("rb", buffering=0) as file:
            runs = zip(first.tolist(), many.tolist(), strict=True)
            said = b"".join([os.pread(file.fileno(), width * length, width * start) for start, length in runs])
        return np.frombuffer(said, dtype=self.dtype).reshape(-1, *self.array.shape[1:])

    def flush(self) -> None:
        """See that it is on the disk."""
        if isinstance(self.array, np.memmap):
            self.array.flush()

    def _write(self, array: NDArray[Any]) -> None:
        new = self.path.with_suffix(".new")
        new.touch(mode=0o600)
        array.tofile(new)
        new.replace(self.path)

    def _mapped(self, shape: tuple[int, ...]) -> NDArray[Any]:
        return np.memmap(self.path, dtype=self.dtype, mode="r+", shape=shape)

    def _bytes(self, shape: tuple[int, ...]) -> int:
        return int(np.prod(shape)) * self.dtype.itemsize
