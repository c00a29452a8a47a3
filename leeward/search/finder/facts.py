"""The facts index: for each term a bitmap of the documents that have it, and of each its key, thing and moment.

A document has a slot: its bit in all bitmaps. The slot of one that left is used again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leeward.search.finder.bits import (
    WORD,
    Bitmap,
    Counter,
    Slots,
    any_and_more,
    bitmap_of,
    in_order,
    newest,
    slots_in,
    words_for,
)
from leeward.search.finder.columns import Column
from leeward.search.plans import Group, Plan, Row

FIRST_ROOM, FIRST_TERMS = 64 * 64, 256
KIND = "is:"
"""What a kind is called among the terms: who has no kind is not there."""
NOWHERE = -1


class FactsIndex:
    """All documents by their facts.

    Args:
        folder: where its files are.
        kept: what `kept` said when it was closed; None: it begins empty.
    """

    def __init__(self, folder: Path, kept: dict[str, Any] | None = None) -> None:
        said, is_kept = kept or {}, kept is not None
        self.terms: dict[str, int] = {term: place for place, term in enumerate(said.get("terms", []))}
        self.kinds: list[str] = list(said.get("kinds", []))
        self.used: int = said.get("used", 0)
        room: int = said.get("room", FIRST_ROOM)
        rows: int = said.get("rows", FIRST_TERMS)
        self.keys = Column(folder / "keys", np.int64, (room,), is_kept=is_kept)
        self.things = Column(folder / "things", np.int64, (room,), is_kept=is_kept)
        self.at = Column(folder / "at", np.int64, (room,), is_kept=is_kept)
        self.changed = Column(folder / "changed", np.int64, (room,), is_kept=is_kept)
        self.kind = Column(folder / "kind", np.int16, (room,), is_kept=is_kept)
        self.bitmaps = Column(folder / "bitmaps", np.uint64, (rows, words_for(room)), is_kept=is_kept)
        self.by_key = Column(folder / "slots", np.int32, (said.get("most", room),), is_kept=is_kept, fill=NOWHERE)
        self.free: list[int] = slots_in(~self.all()).tolist() if self.used else []
        self.free = [slot for slot in self.free if slot < self.used]

    def kept(self) -> dict[str, Any]:
        """What is needed besides the files to open it again."""
        shapes = {"room": self.room, "rows": self.bitmaps.shape[0], "most": self.by_key.shape[0]}
        return {"terms": list(self.terms), "kinds": self.kinds, "used": self.used, **shapes}

    @property
    def room(self) -> int:
        """For how many documents there is room."""
        return self.keys.shape[0]

    @property
    def words(self) -> int:
        """How many words a bitmap has at present."""
        return words_for(self.used)

    def slot_of(self, key: int) -> int | None:
        """Where a document is, by its key; None: it is not there."""
        slot = int(self.by_key.array[key]) if key < self.by_key.shape[0] else NOWHERE
        return None if slot == NOWHERE else slot

    def slots_of(self, keys: NDArray[np.int64]) -> Slots:
        """Where documents are, by their keys, each in its place; NOWHERE for those that are not there."""
        found = np.full(len(keys), NOWHERE, dtype=np.int64)
        known = (keys >= 0) & (keys < self.by_key.shape[0])
        found[known] = self.by_key.array[keys[known]]
        return found

    def put(self, row: Row) -> int:
        """Put a document in, or change it; its slot."""
        slot = self.slot_of(row.key)
        if slot is None:
            slot = self.free.pop() if self.free else self._next_slot()
            self._make_room_for_key(row.key)
            self.by_key.array[row.key] = slot
        self.keys.array[slot], self.things.array[slot], self.at.array[slot] = row.key, row.thing_id, row.at
        self.kind.array[slot], self.changed.array[slot] = self._kind(row.kind), row.changed_at
        self._set(slot, {self._term(term) for term in (*row.facts, KIND + row.kind)})
        return slot

    def remove(self, key: int) -> int | None:
        """Take a document out; the slot that it had."""
        slot = self.slot_of(key)
        if slot is not None:
            self.by_key.array[key] = NOWHERE
            self._set(slot, set())
            for column in (self.keys, self.things, self.at, self.changed):
                column.array[slot] = 0
            self.free.append(slot)
        return slot

    def fill(self, rows: Iterable[Row]) -> None:
        """Put very many into an empty index, at once."""
        numbers = tuple(array("q") for _ in range(4))
        kinds, having = array("h"), dict[int, "array[int]"]()
        for slot, row in enumerate(rows):
            for those, number in zip(numbers, (row.key, row.thing_id, row.at, row.changed_at), strict=True):
                those.append(number)
            kinds.append(self._kind(row.kind))
            for term in (*row.facts, KIND + row.kind):
                having.setdefault(self._term(term), array("i")).append(slot)
        self.used = len(kinds)
        self._make_room(self.used)
        for column, values in zip(self._by_slot(), (*numbers, kinds), strict=True):
            column.array[: self.used] = values
        for term_place, slots in having.items():
            self.bitmaps.array[term_place] = bitmap_of(np.array(slots, np.int64), self.bitmaps.shape[1])
        if self.used:
            self._make_room_for_key(max(numbers[0]))
            self.by_key.array[self.keys.array[: self.used]] = np.arange(self.used)

    def within(self, kinds: Sequence[str], among: Sequence[int] | None = None) -> Bitmap:
        """The bitmap of all documents of these kinds; only those with the keys of `among`, if it is given."""
        found, _more = any_and_more(self._bitmaps_of(KIND + kind for kind in kinds), self.words)
        if among is None:
            return found
        slots = self.slots_of(np.array(among, dtype=np.int64))
        return found & bitmap_of(slots[slots != NOWHERE], self.words)

    def all(self) -> Bitmap:
        """The bitmap of all documents."""
        found, _more = any_and_more(self._bitmaps_of(KIND + kind for kind in self.kinds), self.words)
        return found

    def nearest(self, plan: Plan, many: int, within: Bitmap) -> tuple[Slots, NDArray[np.int64]]:
        """The documents that weigh most, in order, and what they weigh. Exact; none that weighs nothing."""
        return self.nearest_each(plan, many, [within])[0]

    def nearest_each(self, plan: Plan, many: int, withins: Iterable[Bitmap]) -> list[tuple[Slots, NDArray[np.int64]]]:
        """The same in each of several bitmaps: all documents are weighed once."""
        counter = Counter(self.words)
        self._weigh(counter, (group for group in plan.groups if group.makes_near))
        near = [counter.weighty(within) for within in withins]
        self._weigh(counter, (group for group in plan.groups if not group.makes_near))
        return [self._heaviest(counter, many, those) for those in near]

    def _heaviest(self, counter: Counter, many: int, near: Bitmap) -> tuple[Slots, NDArray[np.int64]]:
        sure, tied, rest = counter.heaviest(many, near)
        taken = newest(slots_in(tied), rest, self.at.array, self.keys.array) if rest else np.empty(0, np.int64)
        slots = np.concatenate([slots_in(sure), taken])
        weights = counter.weights(slots)
        order = in_order(weights, self.at.array[slots], self.keys.array[slots])
        return slots[order], weights[order]

    def _weigh(self, counter: Counter, groups: Iterable[Group]) -> None:
        for group in groups:
            any_of, more = any_and_more(self._bitmaps_of(group.terms), self.words)
            counter.add(any_of, group.weight)
            if group.more:
                counter.add(more, group.more)

    def names(self, slots: Slots) -> list[tuple[str, int]]:
        """Kind and key of the things in these slots."""
        kinds = [self.kinds[kind] for kind in self.kind.array[slots].tolist()]
        return list(zip(kinds, self.things.array[slots].tolist(), strict=True))

    def columns(self) -> list[Column]:
        """All files of it."""
        return [*self._by_slot(), self.bitmaps, self.by_key]

    def _by_slot(self) -> list[Column]:
        return [self.keys, self.things, self.at, self.changed, self.kind]

    def _bitmaps_of(self, terms: Iterable[str]) -> Iterable[Bitmap]:
        for term in dict.fromkeys(terms):
            place = self.terms.get(term)
            if place is not None:
                yield self.bitmaps.array[place, : self.words]

    def _set(self, slot: int, terms: set[int]) -> None:
        word, bit = divmod(slot, WORD)
        mask = np.uint64(1 << bit)
        column = self.bitmaps.array[: len(self.terms), word]
        for place in set(np.flatnonzero(column & mask).tolist()) - terms:
            self.bitmaps.array[place, word] &= ~mask
        for place in terms:
            self.bitmaps.array[place, word] |= mask

    def _kind(self, kind: str) -> int:
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)

    def _term(self, term: str) -> int:
        place = self.terms.setdefault(term, len(self.terms))
        rows, words = self.bitmaps.shape
        if place >= rows:
            self.bitmaps.grow((rows * 2, words))
        return place

    def _next_slot(self) -> int:
        self.used += 1
        self._make_room(self.used)
        return self.used - 1

    def _make_room(self, many: int) -> None:
        if many <= self.room:
            return
        room = max(many + many // 4, 2 * self.room) // WORD * WORD + WORD
        for column in self._by_slot():
            column.grow((room,))
        self.bitmaps.grow((self.bitmaps.shape[0], words_for(room)))

    def _make_room_for_key(self, key: int) -> None:
        if key >= self.by_key.shape[0]:
            self.by_key.grow((max(key + key // 4, 2 * self.by_key.shape[0]) + 1,))
