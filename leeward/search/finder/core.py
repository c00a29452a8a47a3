"""The finder without its socket: it follows the index in the database, embeds what has no vectors, and finds.

Questions are answered from memory and files alone, one at a time; the database is read by `catch_up` and `embed`, which
one thread calls. A document that left is out at the next look, a second later; what is found is asked for with the
guard in any case.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from leeward.kit.moments import MICROSECONDS, now_us
from leeward.search.finder.bits import Bitmap, bitmap_of, in_order, slots_in
from leeward.search.finder.columns import DamagedFile
from leeward.search.finder.facts import NOWHERE, FactsIndex
from leeward.search.finder.state import State
from leeward.search.finder.vectors import SIZE, Floats, Vectors, packed
from leeward.search.models import Departure, IndexedDocument, Passage
from leeward.search.plans import Plan, Row

WINDOWS = 12
"""So many windows of a document are embedded: what it says further on is found by its words."""
RERANKED = 3000
"""So many of the nearest by facts are ranked anew by words."""
ROUNDED = 1.01
"""So much a likeness can be, since its numbers are rounded."""
OVERLAP = 60 * MICROSECONDS
"""Changes are read again for so long (microseconds): a transaction may end after a later one. None lasts as long."""
EMBEDDED_AT_ONCE = 16
"""So many documents are embedded between two looks for changes."""
READ_AT_ONCE = 5000
CHANGED_AT_ONCE = 100
"""So many changed documents are taken up while a question waits."""


class Embedder(Protocol):
    """What turns texts into vectors (language.embedder)."""

    def embed(self, text: str) -> np.ndarray:
        """The vector of a text's first window."""

    def embed_windows(self, text: str, most: int) -> np.ndarray:
        """The vectors of a text's windows."""


class Finder:
    """Everything that can be found, by facts and by meaning.

    Args:
        folder: where its files are.
        embedder: None: meaning is not known, facts are.
        tag: which embedder it is; vectors of another are made anew.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None, tag: str = "") -> None:
        self.embedder, self.tag, self.lock = embedder, tag, threading.RLock()
        self.state, self.folder = State(folder, tag), folder
        kept = self.state.open()
        try:
            self._open(kept)
        except DamagedFile:
            kept = None
            self.state.begin_anew()
            self._open(kept)
        self.stamp, self.is_kept, self.is_ready = 0, kept is not None, False

    def catch_up(self) -> int:
        """Follow what changed in the index since the last look; how many documents. The first look compares all."""
        begun = now_us()
        if not self.is_ready:
            done = self._compare() if self.is_kept else self._read_all()
            self._flush()  # now, for an end has little time
        else:
            since = self.stamp - OVERLAP
            left = Departure.objects.filter(at__gte=since).values_list("document_id", flat=True)
            done = self._take_up(IndexedDocument.objects.filter(changed_at__gte=since)) + self._take_out(list(left))
        self.stamp, self.is_ready = begun, True
        return done

    def embed(self, most: int = EMBEDDED_AT_ONCE) -> int:
        """Embed some documents that have no vectors of this embedder; how many."""
        if self.embedder is None:
            return 0
        other = Q(embedded_by__lt=self.tag) | Q(embedded_by__gt=self.tag)
        waiting = list(IndexedDocument.objects.filter(other).values_list("pk", "changed_at", "title", "text")[:most])
        made = [(key, at, *packed(self._windows(f"{title}\n{text}"))) for key, at, title, text in waiting]
        for key, at, vectors, scales in made:
            if self._keep(key, at, vectors, scales):
                with self.lock:
                    slot = self.facts.slot_of(key)
                    if slot is not None:
                        self.vectors.put(slot, vectors, scales)
        return len(made)

    def near(
        self,
        plan: Plan,
        kinds: Sequence[str],
        *,
        reach: int,
        words: str = "",
        pull: float = 0.0,
        among: Sequence[int] | None = None,
    ) -> list[list[Any]]:
        """The nearest things: kind, key and weight of each, nearest first."""
        asked = self._vector(words) if words and pull else None
        with self.lock:
            within = self.facts.within(kinds, among)
            slots, weights = self.facts.nearest(plan, reach if asked is None else max(reach, RERANKED), within)
            total = weights.astype(np.float64)
            if asked is not None:
                slots, total = _within_reach(slots, total, reach, pull)
                total += pull * np.maximum(self.vectors.likeness(asked, slots), 0)
                order = in_order(total, self.facts.at.array[slots], self.facts.keys.array[slots])[:reach]
                slots, total = slots[order], total[order]
            return self._said(slots, total)

    def near_each(self, plan: Plan, kinds: Sequence[str], *, reach: int) -> list[list[list[Any]]]:
        """The nearest things of each kind by itself, by facts alone, as `near` gives them."""
        with self.lock:
            found = self.facts.nearest_each(plan, reach, [self.facts.within([kind]) for kind in kinds])
            return [self._said(slots, weights.astype(np.float64)) for slots, weights in found]

    def meant(
        self, text: str, plan: Plan, kinds: Sequence[str], *, reach: int, among: Sequence[int] | None = None
    ) -> tuple[list[list[Any]] | None, list[list[Any]]]:
        """What a question finds by meaning (None: there is no embedder), and by its facts."""
        asked = self._vector(text)
        with self.lock:
            within = self.facts.within(kinds, among)
            slots, weights = self.facts.nearest(plan, reach, within)
            by_facts = self._said(slots, weights.astype(np.float64))
            if asked is None:
                return None, by_facts
            alike, cosines = self.vectors.alike(asked, reach, _allowed(within, self.facts.used))
            return self._said(alike, cosines.astype(np.float64)), by_facts

    def close(self) -> None:
        """End in order: the next start trusts the files."""
        with self.lock:
            if self.is_ready:
                self._flush()
                self.state.close({"facts": self.facts.kept(), "vectors": self.vectors.kept()})

    def _open(self, kept: dict[str, Any] | None) -> None:
        self.facts = FactsIndex(self.folder, kept and kept["facts"])
        self.vectors = Vectors(self.folder, kept and kept["vectors"])

    def _flush(self) -> None:
        for column in (*self.facts.columns(), *self.vectors.columns()):
            column.flush()

    def _read_all(self) -> int:
        """Read the whole index into empty files. Nobody is answered meanwhile."""
        self._open(None)  # an earlier try may have ended half-way
        documents, others = IndexedDocument.objects.order_by("pk").values_list(*_READ), set[int]()

        def rows() -> Iterator[Row]:
            for read in documents.iterator(READ_AT_ONCE):
                if read[6] != self.tag:
                    others.add(read[0])
                yield _row(read)

        self.facts.fill(rows())
        self.vectors.make_room(0, self.facts.used)
        for key, vectors, scales in _passages(Passage.objects.all()):
            slot = self.facts.slot_of(key)
            if slot is not None and key not in others:
                self.vectors.put(slot, vectors, scales)
        return self.facts.used

    def _compare(self) -> int:
        """Take up whatever differs between kept files and the database, however far apart they are."""
        rows = IndexedDocument.objects.order_by().values_list("pk", "changed_at").iterator(READ_AT_ONCE)
        there: NDArray[Any] = np.fromiter(rows, dtype=[("key", np.int64), ("changed_at", np.int64)])
        slots = self.facts.slots_of(there["key"])
        differs = (slots == NOWHERE) | (self.facts.changed.array[slots] != there["changed_at"])
        if np.count_nonzero(differs) > len(there) / 2:
            return self._read_all()
        gone = self.facts.all() & ~bitmap_of(slots[slots != NOWHERE], self.facts.words)
        done = self._take_out(self.facts.keys.array[slots_in(gone)].tolist())
        keys = there["key"][differs].tolist()
        for first in range(0, len(keys), CHANGED_AT_ONCE):
            some = keys[first : first + CHANGED_AT_ONCE]
            done += self._take_up(IndexedDocument.objects.filter(pk__in=some))
        return done

    def _take_up(self, changed: QuerySet[IndexedDocument]) -> int:
        """Put in what is not there as it is now, a few at a time: who asks meanwhile waits for a few alone."""
        read = changed.order_by("changed_at", "pk").values_list(*_READ).iterator(READ_AT_ONCE)
        rows, done = (row for row in read if not self._has(row)), 0
        while some := list(islice(rows, CHANGED_AT_ONCE)):
            with self.lock:
                for row in some:
                    self._put(row)
            time.sleep(0)  # the lock is not fair
            done += len(some)
        return done

    def _take_out(self, keys: list[int]) -> int:
        with self.lock:
            slots = [slot for key in keys if (slot := self.facts.remove(key)) is not None]
            for slot in slots:
                self.vectors.remove(slot)
        return len(slots)

    def _has(self, row: tuple[Any, ...]) -> bool:
        slot = self.facts.slot_of(row[0])
        return slot is not None and int(self.facts.changed.array[slot]) == row[5]

    def _put(self, row: tuple[Any, ...]) -> None:
        is_new = self.facts.slot_of(row[0]) is None
        slot = self.facts.put(_row(row))
        if is_new or row[6] != self.tag:
            self.vectors.remove(slot)  # another's that stood here, or its words are other ones now
        if row[6] == self.tag and not self.vectors.has(slot):
            for _key, vectors, scales in _passages(Passage.objects.filter(document_id=row[0])):
                self.vectors.put(slot, vectors, scales)

    def _keep(self, key: int, at: int, vectors: NDArray[np.int8], scales: Floats) -> bool:
        """Write passages down, unless the document changed since its words were read."""
        with transaction.atomic():
            same = IndexedDocument.objects.filter(pk=key, changed_at=at)
            if not same.update(embedded_by=self.tag):
                return False
            Passage.objects.filter(document_id=key).delete()
            Passage.objects.bulk_create(
                Passage(document_id=key, place=place, scale=float(scale), vector=vector.tobytes())
                for place, (vector, scale) in enumerate(zip(vectors, scales, strict=True))
            )
        return True

    def _windows(self, text: str) -> Floats:
        assert self.embedder is not None
        return np.asarray(self.embedder.embed_windows(text, WINDOWS), dtype=np.float32)

    def _vector(self, text: str) -> Floats | None:
        return None if self.embedder is None else np.asarray(self.embedder.embed(text), dtype=np.float32)

    def _said(self, slots: NDArray[np.int64], weights: NDArray[np.float64]) -> list[list[Any]]:
        names = self.facts.names(slots)
        return [[kind, key, round(weight, 4)] for (kind, key), weight in zip(names, weights.tolist(), strict=True)]


_READ = ("pk", "kind", "thing_id", "at", "facts", "changed_at", "embedded_by")


def _row(read: tuple[Any, ...]) -> Row:
    key, kind, thing_id, at, facts, changed_at = read[:6]
    return Row(key, kind, thing_id, at, frozenset(facts.split()), changed_at)


def _passages(of: QuerySet[Passage]) -> Iterator[tuple[int, NDArray[np.int8], Floats]]:
    """Passages, all of one document together, by its key: in the order of their index, so that nothing is sorted."""
    rows = of.order_by("document_id", "place")
    read = rows.values_list("document_id", "scale", "vector").iterator(READ_AT_ONCE)
    for key, some in groupby(read, key=itemgetter(0)):
        _keys, scales, vectors = zip(*some, strict=True)
        numbers = np.frombuffer(b"".join(map(bytes, vectors)), dtype=np.int8).reshape(-1, SIZE)
        yield key, numbers, np.array(scales, dtype=np.float32)


def _within_reach(
    slots: NDArray[np.int64], weights: NDArray[np.float64], reach: int, pull: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Of things in their order those that words can bring among the first so many: a likeness is 1 at the most."""
    if len(slots) <= reach:
        return slots, weights
    upto = np.searchsorted(-weights, pull * ROUNDED - weights[reach - 1], side="right")
    return slots[:upto], weights[:upto]


def _allowed(within: Bitmap, used: int) -> NDArray[np.bool_]:
    allowed = np.zeros(used, dtype=np.bool_)
    allowed[slots_in(within)] = True
    return allowed
