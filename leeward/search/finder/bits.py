"""Weighing a million documents at once, sixty-four at a stroke: bit-sliced counters over packed bitmaps.

A bitmap is an array of uint64 words; document n is bit n % 64 of word n // 64. A counter keeps the weights of all
documents as planes: plane p is the bitmap of those whose weight has bit p (O'Neil and Quass, 1997). Nothing here is
estimated: what it gives is what `search.plans.weigh` says of each document alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bitmap = NDArray[np.uint64]
Slots = NDArray[np.int64]

WORD = 64


def words_for(many: int) -> int:
    """How many words a bitmap of so many documents takes."""
    return (many + WORD - 1) // WORD


def count(bitmap: Bitmap) -> int:
    """How many documents are in it."""
    return int(np.bitwise_count(bitmap).sum(dtype=np.int64))


def slots_in(bitmap: Bitmap) -> Slots:
    """The documents that are in it, in their order."""
    some = np.flatnonzero(bitmap)
    bits = np.unpackbits(bitmap[some].view(np.uint8), bitorder="little")
    places = np.flatnonzero(bits)
    return some[places // WORD] * WORD + places % WORD


def bitmap_of(slots: Slots, words: int) -> Bitmap:
    """The bitmap of these documents."""
    apart = np.zeros(words * WORD, dtype=np.uint8)
    apart[slots] = 1
    return np.packbits(apart, bitorder="little").view(np.uint64)


def holds(bitmap: Bitmap, slots: Slots) -> NDArray[np.bool_]:
    """For each of these documents whether it is in the bitmap."""
    found: NDArray[np.bool_] = (bitmap[slots // WORD] >> (slots % WORD).astype(np.uint64)) & np.uint64(1) != 0
    return found


def any_and_more(bitmaps: Iterable[Bitmap], words: int) -> tuple[Bitmap, Bitmap]:
    """The documents in at least one of the bitmaps, and those in at least two."""
    any_of, more = np.zeros(words, dtype=np.uint64), np.zeros(words, dtype=np.uint64)
    both = np.empty(words, dtype=np.uint64)
    for bitmap in bitmaps:
        np.bitwise_and(any_of, bitmap, out=both)
        more |= both
        any_of |= bitmap
    return any_of, more


class Counter:
    """The weights of all documents, to which weights are added for all documents of a bitmap at once."""

    def __init__(self, words: int) -> None:
        self.words, self.planes, self.most = words, list[Bitmap](), 0

    def add(self, bitmap: Bitmap, weight: int) -> None:
        """Add a weight (from 0 on) to each document of the bitmap."""
        self.most += weight
        while len(self.planes) < self.most.bit_length():
            self.planes.append(np.zeros(self.words, dtype=np.uint64))
        spare = np.empty(self.words, dtype=np.uint64)
        for bit in range(weight.bit_length()):
            if weight >> bit & 1:
                carry = bitmap.copy()
                for plane in self.planes[bit:]:
                    np.bitwise_and(plane, carry, out=spare)
                    np.bitwise_xor(plane, carry, out=plane)
                    carry, spare = spare, carry

    def weights(self, slots: Slots) -> NDArray[np.int64]:
        """What these documents weigh."""
        total = np.zeros(len(slots), dtype=np.int64)
        for bit, plane in enumerate(self.planes):
            total += holds(plane, slots).astype(np.int64) << bit
        return total

    def weighty(self, within: Bitmap) -> Bitmap:
        """Those of a bitmap that weigh anything."""
        found = np.zeros(self.words, dtype=np.uint64)
        for plane in self.planes:
            found |= plane
        return found & within

    def heaviest(self, many: int, within: Bitmap) -> tuple[Bitmap, Bitmap, int]:
        """The heaviest documents, found by going down the planes.

        Args:
            many: how many are wanted.
            within: among these; those that weigh nothing are left out.

        Returns:
            Those that are surely among the heaviest; those that weigh alike, of which the rest is to be taken; and how
            many that rest is.
        """
        sure, tied = np.zeros(self.words, dtype=np.uint64), self.weighty(within)
        sure_many, tied_many = 0, count(tied)
        if tied_many <= many:
            return tied, sure, 0
        for plane in reversed(self.planes):
            heavier = tied & plane
            heavier_many = count(heavier)
            if sure_many + heavier_many > many:
                tied = heavier
            else:
                sure |= heavier
                sure_many += heavier_many
                tied &= ~plane
            if sure_many == many:
                break
        return sure, tied, many - sure_many


def newest(slots: Slots, many: int, at: NDArray[np.int64], keys: NDArray[np.int64]) -> Slots:
    """So many of these documents, the newest, of the same moment those of the higher key."""
    if many <= 0:
        return slots[:0]
    if many >= len(slots):
        return slots
    moments = at[slots]
    edge = np.partition(moments, len(slots) - many)[len(slots) - many]
    later, same = slots[moments > edge], slots[moments == edge]
    by_key = same[np.argsort(-keys[same], kind="stable")]
    return np.concatenate([later, by_key[: many - len(later)]])


def in_order(weights: NDArray[Any], at: Slots, keys: Slots) -> Slots:
    """The order of documents: heaviest first, then newest, then the higher key. Gives places in the arrays."""
    order: Slots = np.lexsort((-keys, -at, -weights))
    return order
