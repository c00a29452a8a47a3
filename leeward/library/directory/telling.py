"""What an import has been told so far: each record once, with all that is said of it in one chunk."""

from __future__ import annotations

import hashlib
import marshal
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from leeward.library.directory.checking import Flaw, Unkeepable, digest_of, faults_of
from leeward.library.directory.hsds import CORE
from leeward.library.directory.models import LONGEST_ID
from leeward.library.directory.outcome import Trouble
from leeward.library.directory.reading.found import LOOSE, Fault, Origin, Read
from leeward.library.directory.trees import Part, TreeRefused, parts, united

T = TypeVar("T")

CHUNK = 1_000
"""Records that are read before they are written in one transaction: other writers get their turn after each."""
DIGEST = 16
"""Bytes of a digest (`checking.digest_of`)."""
_OFTEN = frozenset({"taxonomy_term", "taxonomy", "organization", "program", "location"})
"""Tables whose records stand in many trees, word for word."""


@dataclass(slots=True)
class Telling:
    """What one chunk tells of one record.

    Attributes:
        data: all that is told.
        digest: of data.
        origin: where it was read first.
        path: where in the tree it stood; "" for the tree itself.
        lacks: why it is no whole record; None if it is one. Another chunk, or an earlier import, may know the rest.
    """

    data: dict[str, Any]
    digest: str
    origin: Origin
    path: str
    lacks: Flaw | None = None


class Chunk:
    """Some records, taken apart and looked at, ready to be written; and what there is to say of them.

    Attributes:
        read: how much was read for it.
        fatal: whether what is gone can no longer be told from what could not be read.
        faults, remarks, conflicts: as of `Outcome`.
        refused: how many records of each table were.
    """

    def __init__(self) -> None:
        self.read = 0
        self.fatal = False
        self.faults: list[Trouble] = []
        self.remarks: list[Trouble] = []
        self.conflicts: list[Trouble] = []
        self.refused: Counter[str] = Counter()
        self.told: dict[str, dict[str, Telling]] = defaultdict(dict)
        self.again: dict[str, set[str]] = defaultdict(set)
        """Ids of records that are there, refused in their new form: they do not retire."""
        self.loose: list[tuple[str, dict[str, Any]]] = []

    def comes_again(self, kind: str, one: object) -> None:
        """Say that a record is still in the directory, though what it says cannot be taken."""
        if isinstance(one, str) and one.isprintable() and len(one) <= LONGEST_ID:
            self.again[kind].add(one)

    def refuse(self, origin: Origin, reason: str, kind: str, one: object, path: str = "") -> None:
        """Say why a record cannot be taken."""
        self.refused[kind] += 1
        self.faults.append(Trouble(origin, reason, kind, one if isinstance(one, str) else "", path))


def chunks_of(found: Iterable[Read | Fault]) -> Iterator[Chunk]:
    """What was read, taken apart and looked at, some at a time. It needs no database, and holds what it was told."""
    listener = _Listener()
    for some in in_chunks(found, CHUNK):
        yield listener.chunk(some)


class _Listener:
    """Takes in what was read, chunk by chunk, and remembers what it was told."""

    def __init__(self) -> None:
        self.tops: dict[str, dict[str, bytes]] = {kind: {} for kind in CORE}
        """Of each record that stood by itself: its digest, and where it stood."""
        self.origins = _Origins()
        self.accepted: dict[tuple[str, str], bytes] = {}
        """What stood within trees that were taken in whole: by table and id, a digest of how it was told last."""
        self.met: dict[tuple[str, str], bytes] = {}
        """The same of the tree that is being taken apart."""
        self.digests: dict[str, dict[str, bytes]] = {kind: {} for kind in CORE}
        """Of each record: the digests of all that was told of it, one after the other."""

    def chunk(self, found: list[Read | Fault]) -> Chunk:
        """Take in some; faults are told, records are looked at."""
        chunk = Chunk()
        chunk.read = len(found)
        for one in found:
            if isinstance(one, Fault):
                chunk.fatal |= one.fatal
                chunk.faults.append(Trouble(one.origin, one.reason))
            elif one.kind.startswith(LOOSE):
                chunk.loose.append((one.kind.removeprefix(LOOSE), one.tree))
            elif one.kind in CORE:
                self._take(one, chunk)
            else:
                chunk.faults.append(Trouble(one.origin, _("HSDS has no table of this name."), one.kind))
        return chunk

    def _take(self, read: Read, chunk: Chunk) -> None:
        kind = read.kind
        remarks: list[tuple[str, str]] = []
        self.met = {}
        try:
            pieces = parts(kind, read.tree, lambda path, reason: remarks.append((path, reason)), self._heard)
        except TreeRefused as refused:
            chunk.refuse(read.origin, str(refused), kind, read.tree.get("id"))
            chunk.comes_again(kind, read.tree.get("id"))
            return
        chunk.conflicts += [Trouble(read.origin, reason, kind, read.tree["id"], path) for path, reason in remarks]
        top = next(part for part in pieces if (part.kind, part.id) == (kind, read.tree["id"]))
        is_sound = self._hear(read.origin, top, chunk, top=True)
        if not is_sound:
            chunk.again["service_at_location"].update(part.id for part in pieces if part.kind == "service_at_location")
            pieces = [part for part in pieces if part.kind != "service_at_location"]
        within = [self._hear(read.origin, part, chunk, top=False) for part in pieces if part is not top]
        if is_sound and all(within) and not remarks:
            self.accepted.update(self.met)

    def _heard(self, kind: str, tree: dict[str, Any]) -> bool:
        """Whether this was told before as it is, with all that stands in it, and there was nothing to say of it."""
        if kind not in _OFTEN:
            return False
        mark = hashlib.blake2b(marshal.dumps(tree, 2), digest_size=16).digest()  # 2: nothing told by where it lies
        if self.accepted.get((kind, tree["id"])) == mark:
            return True
        self.met[kind, tree["id"]] = mark
        return False

    def _hear(self, origin: Origin, part: Part, chunk: Chunk, *, top: bool) -> bool:
        """Take in a part; whether it is sound enough to be written."""
        try:
            digest = digest_of(part.data)
        except Unkeepable as reason:
            chunk.refuse(origin, f"{reason}.", part.kind, part.id, part.path)
            chunk.comes_again(part.kind, part.id)
            return False
        raw = bytes.fromhex(digest)
        heard = self.digests[part.kind].get(part.id, b"")
        if not top and raw in _digests_in(heard):
            return True
        if top and not self._is_first(origin, part, raw, chunk):
            return False
        flaws = faults_of(part.kind, part.data)
        grave = next((flaw for flaw in flaws if flaw.grave), None)
        if grave is not None and (top or part.data.get(grave.path) not in (None, "") or grave.path == "id"):
            chunk.comes_again(part.kind, part.id)
            chunk.refuse(origin, _sentence(grave), part.kind, part.id, part.path)
            return False
        chunk.remarks += [
            Trouble(origin, _sentence(flaw), part.kind, part.id, _joined(part.path, flaw.path))
            for flaw in flaws
            if not flaw.grave
        ]
        self.digests[part.kind][part.id] = heard + raw
        self._add(chunk, part, Telling(part.data, digest, origin, part.path, grave))
        return True

    def _is_first(self, origin: Origin, part: Part, raw: bytes, chunk: Chunk) -> bool:
        """Whether no other row was this record; the same word for word counts as one."""
        before = self.tops[part.kind].get(part.id)
        if before is None:
            self.tops[part.kind][part.id] = raw + self.origins.packed(origin)
        if before is None or before[:DIGEST] == raw:
            return True
        place = self.origins.unpacked(before[DIGEST:])
        words = _("The same id stands at %(place)s with other content. That one was taken.") % {"place": place}
        chunk.refuse(origin, words, part.kind, part.id)
        return False

    def _add(self, chunk: Chunk, part: Part, telling: Telling) -> None:
        before = chunk.told[part.kind].get(part.id)
        if before is not None:
            data = united(
                before.data,
                telling.data,
                lambda field: chunk.conflicts.append(contradiction(part.kind, part.id, field, telling)),
            )
            lacks = next((flaw for flaw in faults_of(part.kind, data) if flaw.grave), None)
            telling = Telling(data, digest_of(data), before.origin, before.path, lacks)
        chunk.told[part.kind][part.id] = telling


class _Origins:
    """Where things stood, in twenty bytes each: a hundred thousand of them are remembered."""

    _FORM = struct.Struct(">IQQ")

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.files: list[str] = []

    def packed(self, origin: Origin) -> bytes:
        number = self.numbers.setdefault(origin.file, len(self.files))
        if number == len(self.files):
            self.files.append(origin.file)
        return self._FORM.pack(number, origin.line, origin.column)

    def unpacked(self, packed: bytes) -> Origin:
        number, line, column = self._FORM.unpack(packed)
        return Origin(self.files[number], line, column)


def _digests_in(heard: bytes) -> list[bytes]:
    return [heard[start : start + DIGEST] for start in range(0, len(heard), DIGEST)]


def contradiction(kind: str, one: str, field: str, telling: Telling) -> Trouble:
    """What is said of a record that is told in two ways."""
    path = _joined(telling.path, field)
    return Trouble(telling.origin, _("This was told otherwise before. The first telling stays."), kind, one, path)


def in_chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same things, so many at a time."""
    some: list[T] = []
    for one in things:
        some.append(one)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _sentence(flaw: Flaw) -> str:
    return f"{flaw.path.rpartition('.')[2]} {flaw.reason}."


def _joined(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
