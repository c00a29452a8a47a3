"""What an import has been told so far: each record once, with all that is said of it in one chunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leeward.library.directory.checking import Flaw, Unkeepable, digest_of, faults_of
from leeward.library.directory.hsds import CORE
from leeward.library.directory.models import LONGEST_ID
from leeward.library.directory.outcome import Outcome, Trouble
from leeward.library.directory.reading.found import LOOSE, Fault, Origin, Read
from leeward.library.directory.trees import Part, TreeRefused, parts, united

_MOST_TERMS = 5_000


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
    """Some records, taken apart and looked at, ready to be written."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Telling]] = defaultdict(dict)
        self.again: dict[str, set[str]] = defaultdict(set)
        """Ids of records that are there, refused in their new form: they do not retire."""
        self.loose: list[tuple[str, dict[str, Any]]] = []

    def comes_again(self, kind: str, one: object) -> None:
        """Say that a record is still in the directory, though what it says cannot be taken."""
        if isinstance(one, str) and one.isprintable() and len(one) <= LONGEST_ID:
            self.again[kind].add(one)


class Listener:
    """Takes in what was read, chunk by chunk, and remembers what it was told.

    Args:
        outcome: where faults go.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.tops: dict[str, dict[str, tuple[bytes, Origin]]] = {kind: {} for kind in CORE}
        self.terms: dict[str, dict[str, Any]] = {}
        self.digests: dict[str, dict[str, tuple[bytes, ...]]] = {kind: {} for kind in CORE}

    def chunk(self, found: Iterable[Read | Fault]) -> Chunk:
        """Take in some; faults are told, records are looked at."""
        chunk = Chunk()
        for one in found:
            if isinstance(one, Fault):
                self.outcome.fatal |= one.fatal
                self.outcome.faults.add(Trouble(one.origin, one.reason))
            elif one.kind.startswith(LOOSE):
                chunk.loose.append((one.kind.removeprefix(LOOSE), one.tree))
            elif one.kind in CORE:
                self._take(one, chunk)
            else:
                self.outcome.faults.add(Trouble(one.origin, _("HSDS has no table of this name."), one.kind))
        return chunk

    def _take(self, read: Read, chunk: Chunk) -> None:
        kind = read.kind
        remarks: list[tuple[str, str]] = []
        try:
            pieces = parts(kind, read.tree, lambda path, reason: remarks.append((path, reason)), self._heard)
        except TreeRefused as refused:
            self.terms.clear()
            self._refuse(read.origin, str(refused), kind, read.tree.get("id"))
            chunk.comes_again(kind, read.tree.get("id"))
            return
        for path, reason in remarks:
            self.outcome.conflicts.add(Trouble(read.origin, reason, kind, read.tree["id"], path))
        top = next(part for part in pieces if (part.kind, part.id) == (kind, read.tree["id"]))
        if not self._hear(read.origin, top, chunk, top=True):
            chunk.again["service_at_location"].update(part.id for part in pieces if part.kind == "service_at_location")
            pieces = [part for part in pieces if part.kind != "service_at_location"]
        for part in pieces:
            if part is not top:
                self._hear(read.origin, part, chunk, top=False)

    def _heard(self, kind: str, tree: dict[str, Any]) -> bool:
        """Whether this is a term that was told before as it is: they stand in every service, several times."""
        if kind != "taxonomy_term":
            return False
        if self.terms.get(tree["id"]) == tree:
            return True
        if len(self.terms) >= _MOST_TERMS:
            self.terms.clear()
        self.terms[tree["id"]] = tree
        return False

    def _hear(self, origin: Origin, part: Part, chunk: Chunk, *, top: bool) -> bool:
        """Take in a part; whether it is sound enough to be written."""
        try:
            digest = digest_of(part.data)
        except Unkeepable as reason:
            self._refuse(origin, f"{reason}.", part.kind, part.id, part.path)
            chunk.comes_again(part.kind, part.id)
            return False
        raw = bytes.fromhex(digest)
        heard = self.digests[part.kind].get(part.id, ())
        if not top and raw in heard:
            return True
        if top and not self._is_first(origin, part, raw):
            return False
        flaws = faults_of(part.kind, part.data)
        grave = next((flaw for flaw in flaws if flaw.grave), None)
        if grave is not None and (top or part.data.get(grave.path) not in (None, "") or grave.path == "id"):
            chunk.comes_again(part.kind, part.id)
            self._refuse(origin, _sentence(grave), part.kind, part.id, part.path)
            return False
        for flaw in flaws:
            if not flaw.grave:
                self.outcome.remarks.add(
                    Trouble(origin, _sentence(flaw), part.kind, part.id, _joined(part.path, flaw.path))
                )
        self.digests[part.kind][part.id] = (*heard, raw)
        self._add(chunk, part, Telling(part.data, digest, origin, part.path, grave))
        return True

    def _is_first(self, origin: Origin, part: Part, raw: bytes) -> bool:
        """Whether no other row was this record; the same word for word counts as one."""
        before = self.tops[part.kind].setdefault(part.id, (raw, origin))
        if before[1] is origin or before[0] == raw:
            return True
        words = _("The same id stands at %(place)s with other content. That one was taken.") % {"place": before[1]}
        self._refuse(origin, words, part.kind, part.id)
        return False

    def _add(self, chunk: Chunk, part: Part, telling: Telling) -> None:
        before = chunk.told[part.kind].get(part.id)
        if before is not None:
            data = united(
                before.data, telling.data, lambda field: self.contradiction(part.kind, part.id, field, telling)
            )
            lacks = next((flaw for flaw in faults_of(part.kind, data) if flaw.grave), None)
            telling = Telling(data, digest_of(data), before.origin, before.path, lacks)
        chunk.told[part.kind][part.id] = telling

    def contradiction(self, kind: str, one: str, field: str, telling: Telling) -> None:
        """Say that a record is told in two ways."""
        path = _joined(telling.path, field)
        words = _("This was told otherwise before. The first telling stays.")
        self.outcome.conflicts.add(Trouble(telling.origin, words, kind, one, path))

    def _refuse(self, origin: Origin, reason: str, kind: str, one: object, path: str = "") -> None:
        self.outcome.counts[kind]["refused"] += 1
        self.outcome.faults.add(Trouble(origin, reason, kind, one if isinstance(one, str) else "", path))


def _sentence(flaw: Flaw) -> str:
    return f"{flaw.path.rpartition('.')[2]} {flaw.reason}."


def _joined(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
