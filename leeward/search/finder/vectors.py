"""Vectors of passages: numbers of one byte in a file. Of very many only the bits of their signs stay in memory.

Looking for what is alike goes through the signs first (how many differ), and then measures the few thousand that
differ least. Up to EXACT passages all are measured. Both are without a graph to build, and a passage that goes is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leeward.search.finder.bits import Slots
from leeward.search.finder.columns import Column

SIZE = 384
SIGNS = SIZE // 64
FIRST_ROOM, FIRST_SLOTS = 4096, 4096
EXACT = 4_000
"""Up to so many passages each is measured."""
MEASURED, MOST_MEASURED = 25, 12_000
"""Above, one of so many is measured: those whose signs differ least; at most so many."""
AT_ONCE = 512
"""So many passages are measured at a stroke: their numbers stay near the processor (0.2 ms for 3,000; else up to 8)."""
NOBODY = -1

Floats = NDArray[np.float32]


def packed(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Unit vectors as whole numbers of one byte, and their scales."""
    largest = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
    scales = (largest / 127).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def signs_of(vectors: NDArray[Any]) -> NDArray[np.uint64]:
    """The signs of vectors as bits: SIGNS × vectors."""
    bits = np.packbits(np.ascontiguousarray(vectors > 0), axis=1, bitorder="little")
    return np.ascontiguousarray(bits.view(np.uint64).T)


class Vectors:
    """The passages of all documents. Those of one stand beside each other.

    Args:
        folder: where its files are.
        kept: what `kept` said when it was closed; None: it begins empty.
    """

    def __init__(self, folder: Path, kept: dict[str, Any] | None = None) -> None:
        said, is_kept = kept or {}, kept is not None
        self.used: int = said.get("used", 0)
        room: int = said.get("room", FIRST_ROOM)
        slots: int = said.get("slots", FIRST_SLOTS)
        self.vectors = Column(folder / "vectors", np.int8, (room, SIZE), is_kept=is_kept)
        self.scales = Column(folder / "scales", np.float32, (room,), is_kept=is_kept)
        self.signs = Column(folder / "signs", np.uint64, (SIGNS, room), is_kept=is_kept)
        self.owners = Column(folder / "owners", np.int32, (room,), is_kept=is_kept, fill=NOBODY)
        self.first = Column(folder / "first", np.int32, (slots,), is_kept=is_kept)
        self.many = Column(folder / "many", np.int16, (slots,), is_kept=is_kept)
        self.free: dict[int, list[int]] = {}
        for begins, ends in _runs(np.flatnonzero(self.owners.array[: self.used] == NOBODY)):
            self._leave(begins, ends)

    def kept(self) -> dict[str, Any]:
        """What is needed besides the files to open it again."""
        return {"used": self.used, "room": self.owners.shape[0], "slots": self.first.shape[0]}

    def columns(self) -> list[Column]:
        """All files of it."""
        return [self.vectors, self.scales, self.signs, self.owners, self.first, self.many]

    def put(self, slot: int, vectors: NDArray[np.int8], scales: Floats) -> None:
        """The passages of a document, in place of those it had, which are blotted out."""
        self.make_room(self.used, slot + 1)
        self.remove(slot)
        if not len(vectors):
            return
        first = self._place_for(len(vectors))
        place = slice(first, first + len(vectors))
        self.vectors.write(first, vectors)
        self.scales.array[place] = scales
        self.signs.array[:, place] = signs_of(vectors)
        self.owners.array[place] = slot
        self.first.array[slot], self.many.array[slot] = first, len(vectors)

    def remove(self, slot: int) -> None:
        """Blot out what a document meant."""
        if self.has(slot):
            first = int(self.first.array[slot])
            self._blot_out(first, first + int(self.many.array[slot]))
            self.many.array[slot] = 0

    def has(self, slot: int) -> bool:
        """Whether a document has passages."""
        return slot < self.many.shape[0] and bool(self.many.array[slot])

    def alike(self, asked: Floats, many: int, allowed: NDArray[np.bool_]) -> tuple[Slots, Floats]:
        """The documents of which a passage means most alike, and how alike (cosine), best first.

        Args:
            asked: a unit vector.
            many: at most so many documents.
            allowed: for each slot whether it may be found.
        """
        owners = self.owners.array[: self.used]
        mine = np.zeros(len(allowed) + 1, dtype=np.bool_)  # the last is NOBODY's
        mine[:-1] = allowed
        places = np.flatnonzero(mine[owners])
        if len(places) > EXACT:
            places = self._likely(asked, places, max(len(places) // MEASURED, 8 * many))
        cosines = self._cosines(places, asked)
        order = np.argsort(-cosines, kind="stable")
        slots, first = np.unique(owners[places[order]], return_index=True)
        best = np.argsort(first, kind="stable")[:many]
        return slots[best].astype(np.int64), cosines[order][first[best]]

    def likeness(self, asked: Floats, slots: Slots) -> Floats:
        """How alike each of these documents is at its most alike passage (cosine); 0 where it has none."""
        found = np.zeros(len(slots), dtype=np.float32)
        known = np.flatnonzero(slots < self.many.shape[0])
        known = known[self.many.array[slots[known]] > 0]
        if not len(known):
            return found
        many = self.many.array[slots[known]].astype(np.int64)
        begins = np.concatenate([[0], np.cumsum(many)[:-1]])
        places = np.repeat(self.first.array[slots[known]].astype(np.int64) - begins, many) + np.arange(many.sum())
        found[known] = np.maximum.reduceat(self._cosines(places, asked), begins)
        return found

    def make_room(self, many: int, slots: int) -> None:
        """See that so many passages, and documents in so many slots, have room."""
        room = self.owners.shape[0]
        if many > room:
            room = max(many + many // 4, 2 * room)
            self.vectors.grow((room, SIZE))
            self.scales.grow((room,))
            self.signs.grow((SIGNS, room))
            self.owners.grow((room,))
        if slots > self.first.shape[0]:
            larger = max(slots + slots // 4, 2 * self.first.shape[0])
            self.first.grow((larger,))
            self.many.grow((larger,))

    def _likely(self, asked: Floats, places: Slots, many: int) -> Slots:
        """Those whose signs differ least from the question's; of those that differ alike, all or none but a few."""
        wanted, differing = signs_of(asked[None, :]), np.zeros(self.used, dtype=np.uint16)
        for row in range(SIGNS):
            differing += np.bitwise_count(self.signs.array[row, : self.used] ^ wanted[row, 0])
        here = differing[places]
        upto = np.searchsorted(np.cumsum(np.bincount(here, minlength=SIZE + 1)), min(many, MOST_MEASURED))
        return places[here <= upto][: 2 * MOST_MEASURED]

    def _cosines(self, places: Slots, asked: Floats) -> Floats:
        # Not as a product of matrices: the threads of BLAS spend twenty times its work on waiting for each other.
        parts = [
            np.einsum("ij,j->i", self.vectors.take(some).astype(np.float32), asked) * self.scales.array[some]
            for some in (places[first : first + AT_ONCE] for first in range(0, len(places), AT_ONCE))
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.float32)

    def _place_for(self, many: int) -> int:
        """Where so many passages can stand: where others stood, else at the end."""
        lengths = [length for length in self.free if length >= many]
        if not lengths:
            self.make_room(self.used + many, 0)
            self.used += many
            return self.used - many
        length = min(lengths)
        first = self.free[length].pop()
        if not self.free[length]:
            del self.free[length]
        if length > many:
            self._leave(first + many, first + length)
        return first

    def _leave(self, begins: int, ends: int) -> None:
        self.free.setdefault(ends - begins, []).append(begins)

    def _blot_out(self, first: int, last: int) -> None:
        self.vectors.write(first, np.zeros((last - first, SIZE), dtype=np.int8))
        self.scales.array[first:last] = 0
        self.signs.array[:, first:last], self.owners.array[first:last] = 0, NOBODY
        self._leave(first, last)


def _runs(places: Slots) -> Iterator[tuple[int, int]]:
    """Places that follow each other, each run by its first and the one behind its last."""
    breaks = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    ends = places[np.append(breaks[1:], len(places)) - 1] + 1 if len(places) else places
    return zip(places[breaks].tolist(), ends.tolist(), strict=True)
