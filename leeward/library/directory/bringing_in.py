"""Bring records of a directory in: again and again, from one source, without losing what was changed here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.library.directory import changes
from leeward.library.directory.checking import digest_of, faults_of
from leeward.library.directory.circles import Lineage
from leeward.library.directory.keeping import Kept, Known, Rehearsed, Whole
from leeward.library.directory.loose import LooseRows
from leeward.library.directory.models import CORE, BringingIn, Record, Source
from leeward.library.directory.outcome import Change, Difference, Named, Outcome, Trouble
from leeward.library.directory.showing import Shown
from leeward.library.directory.telling import CHUNK, Chunk, Telling, contradiction, in_chunks
from leeward.library.directory.trees import united


class _NothingIsKept(Exception):
    """Something was broken, and the import was to be strict."""


def bring_in(
    source: Source,
    chunks: Iterable[Chunk],
    *,
    dry_run: bool = False,
    strict: bool = False,
    complete: bool = True,
    name_changes: int = 100,
    reached: Mapping[str, Any] | None = None,
) -> Outcome:
    """Bring in what was found.

    What was committed stays when this is broken off; nothing has retired then, and running it again completes it. What
    was not told is retired at the end, if all was read. Of two imports at the same time the later one's word holds.

    Args:
        source: of the records; unsaved only in a rehearsal.
        chunks: what was found, in any order, taken apart (`chunks_of`); gone through once, and never held as a whole.
        dry_run: say what would change, and write nothing.
        strict: write nothing if anything is broken; others wait until all is written.
        complete: whether what is not in it is no longer in the source.
        name_changes: how many changes are named; all are counted.
        reached: how far an API was read, kept up to date by whoever reads it; kept with each chunk, for `went_so_far`.
    """
    outcome = Outcome(changes=Named(name_changes), kept=not dry_run)
    bringing = None if dry_run else BringingIn.objects.create(source=source)
    import_ = _Import(source, bringing, outcome, reached)
    try:
        with transaction.atomic() if strict and not dry_run else contextlib.nullcontext():
            import_.run(chunks, complete=complete)
            if strict and not outcome.is_sound:
                raise _NothingIsKept
    except _NothingIsKept:
        outcome.kept = False
    if bringing is not None:
        bringing.ended_at = timezone.now()
        bringing.counted = outcome.counted() if outcome.kept else {}
        bringing.reached = dict(reached or {}) if outcome.kept else {}
        bringing.save(update_fields=["ended_at", "counted", "reached"])
    return outcome


def went_so_far(source: Source) -> dict[str, Any]:
    """How far the last import of a source read its API; empty if it read to the end, or read no API."""
    last = BringingIn.objects.filter(source=source).order_by("pk").last()
    return dict(last.reached) if last else {}


class _Import:
    """One import, from its first chunk to its end."""

    def __init__(
        self,
        source: Source,
        bringing: BringingIn | None,
        outcome: Outcome,
        reached: Mapping[str, Any] | None,
    ) -> None:
        self.source, self.outcome = source, outcome
        self.bringing, self.reached = bringing, reached
        self.kept = Kept(source, bringing) if bringing else Rehearsed(source)
        self.loose = LooseRows(source, bringing)
        self.lineage = Lineage()
        self.shown = Shown()
        self.status: dict[str, dict[str, str]] = {kind: {} for kind in CORE}
        self.unsaid: dict[tuple[str, str], set[str]] = {}
        self.lacking: dict[tuple[str, str], Trouble] = {}
        self.writes = bringing is not None

    def run(self, chunks: Iterable[Chunk], *, complete: bool) -> None:
        """Write all of it, and end it."""
        for chunk in chunks:
            self._note(chunk)
            with self._turn():
                self._write(chunk)
                self._say_how_far()
        for trouble in self.lacking.values():
            self.outcome.counts[trouble.kind]["refused"] += 1
            self.outcome.faults.add(trouble)
        self.outcome.retiring = self._why_not(complete=complete)
        if not self.outcome.retiring:
            self._forget_unsaid()
            self._retire()
        self._cut_circles()
        with self._turn():
            changes.tell(self._home_comers())
        for ids in in_chunks(self.shown.by_terms() if self.writes else (), CHUNK):
            with self._turn():
                changes.tell(ids)

    def _note(self, chunk: Chunk) -> None:
        self.outcome.fatal |= chunk.fatal
        for named, troubles in (
            (self.outcome.faults, chunk.faults),
            (self.outcome.remarks, chunk.remarks),
            (self.outcome.conflicts, chunk.conflicts),
        ):
            for trouble in troubles:
                named.add(trouble)
        for kind, count in chunk.refused.items():
            self.outcome.counts[kind]["refused"] += count

    def _turn(self) -> AbstractContextManager[None]:
        # Within a savepoint SQLite would keep every page as it was before each row.
        return transaction.atomic(savepoint=False) if self.writes else contextlib.nullcontext()

    def _say_how_far(self) -> None:
        if self.bringing is not None and self.reached:
            self.bringing.reached = dict(self.reached)
            self.bringing.save(update_fields=["reached"])

    def _why_not(self, *, complete: bool) -> str:
        if not complete:
            return _("only a part of the directory was brought in")
        if self.outcome.fatal:
            return _("not all could be read")
        return "" if any(self.status.values()) else _("nothing was found")

    def _write(self, chunk: Chunk) -> None:
        written: dict[type[Record], dict[str, Record]] = {}
        for kind in CORE:
            told = chunk.told.get(kind, {})
            known = self.kept.known(kind, [*told, *chunk.again.get(kind, ())])
            written[CORE[kind]] = self._write_kind(kind, told, known)
            again = chunk.again.get(kind, set()) & known.keys()
            self.kept.touch(kind, again)
            self.status[kind].update((one, "refused") for one in again if one not in self.status[kind])
        self.loose.take(chunk.loose)
        if self.writes:
            touched = {kind: set(written[model]) for kind, model in CORE.items()}
            changes.tell(self.shown.by(touched), written)

    def _write_kind(self, kind: str, told: Mapping[str, Telling], known: Mapping[str, Known]) -> dict[str, Record]:
        """Write what is told of one table; what was written, as it stands, by the ids."""
        look, same = [], set()
        for one, telling in told.items():
            have = known.get(one)
            self.lineage.note(kind, one, telling.data, telling.origin)
            if have is not None and have.source != self.source.pk and not have.retired:
                self._elsewhere(kind, one, telling, have)
            elif have is not None and not (have.digest != telling.digest or have.retired or have.edited):
                same.add(one)
            else:
                look.append(one)
        whole = self.kept.whole(kind, [one for one in look if one in known])
        new = [row for one in look if (row := self._looked_at(kind, one, told[one], known.get(one), whole.get(one)))]
        written = self.kept.put(kind, new)
        if kind == "service":
            for one, _digest, told_now in new:
                self.shown.note(one, told_now.data)
        ids = {one for one, _digest, _whole in new}
        same.update(one for one in look if one in known and one not in ids and (kind, one) not in self.lacking)
        for one in same:
            self._count(kind, one, "same")
        self.kept.touch(kind, same)
        return written

    def _elsewhere(self, kind: str, one: str, telling: Telling, have: Known) -> None:
        if have.digest == telling.digest:
            self._count(kind, one, "elsewhere")
            return
        words = _("Another source brought a record of this id, with other content. That one stays.")
        self._count(kind, one, "refused")
        self.outcome.faults.add(Trouble(telling.origin, words, kind, one, telling.path))

    def _looked_at(
        self, kind: str, one: str, telling: Telling, have: Known | None, whole: Whole | None
    ) -> tuple[str, str, Whole] | None:
        """What is to be written of a record that is new or was told otherwise before; None: nothing."""
        edits = whole.edits if whole else {}
        data = self._together(kind, one, telling, have, whole)
        lacks = next((flaw for flaw in faults_of(kind, data) if flaw.grave), None) if telling.lacks else None
        if lacks is not None:
            words = _("%(field)s is missing, and HSDS requires it.") % {"field": lacks.path}
            self.lacking[kind, one] = Trouble(telling.origin, words, kind, one, telling.path)
            return None
        self.lacking.pop((kind, one), None)
        self._compare(kind, one, data, edits)
        digest = telling.digest if data is telling.data else digest_of(data)
        if have is None:
            self._change(kind, one, "new", None, data)
        elif have.retired:
            self._change(kind, one, "returned", whole, data)
        elif digest != have.digest:
            self._change(kind, one, "changed", whole, data)
        else:
            return None
        return one, digest, Whole(data, edits)

    def _together(
        self, kind: str, one: str, telling: Telling, have: Known | None, whole: Whole | None
    ) -> dict[str, Any]:
        """What this import has told of a record so far, and what was known of it that it may still tell."""
        if have is None or whole is None:
            return telling.data
        if have.now:
            unsaid = self.unsaid.get((kind, one), set())
            said = {field: value for field, value in whole.data.items() if field not in unsaid}
            data = united(
                said, telling.data, lambda field: self.outcome.conflicts.add(contradiction(kind, one, field, telling))
            )
            unsaid -= data.keys()
            return {**data, **{field: whole.data[field] for field in unsaid}}
        if not telling.path:
            return telling.data
        unsaid = whole.data.keys() - telling.data.keys()
        if unsaid:
            self.unsaid[kind, one] = unsaid
        return {**telling.data, **{field: whole.data[field] for field in unsaid}}

    def _compare(self, kind: str, one: str, data: Mapping[str, Any], edits: Mapping[str, Any]) -> None:
        for field, edit in edits.items():
            if data.get(field) != edit.get("was"):
                self.outcome.differences.add(
                    Difference(kind, one, field, edit.get("is"), edit.get("was"), data.get(field))
                )

    def _change(self, kind: str, one: str, what: str, before: Whole | None, data: Mapping[str, Any]) -> None:
        have = before.data if before else {}
        fields = sorted(have.keys() | data.keys()) if what != "new" else ()
        self.outcome.changes.add(
            Change(kind, one, what, {f: (have.get(f), data.get(f)) for f in fields if have.get(f) != data.get(f)})
        )
        self._count(kind, one, what)

    def _count(self, kind: str, one: str, what: str) -> None:
        """Count a record once, by the most that happened to it."""
        before = self.status[kind].get(one)
        if before is None or (before in {"same", "refused"} and what not in {"same", "refused"}):
            if before is not None:
                self.outcome.counts[kind][before] -= 1
            self.status[kind][one] = what
            self.outcome.counts[kind][what] += 1

    def _forget_unsaid(self) -> None:
        """Fields that the source no longer tells of records which stood within others."""
        left = [(kind, one, fields) for (kind, one), fields in self.unsaid.items() if fields]
        for some in in_chunks(left, CHUNK):
            with self._turn():
                touched: dict[str, set[str]] = {kind: set() for kind in CORE}
                for kind, one, fields in some:
                    whole = self.kept.whole(kind, [one])[one]
                    data = {field: value for field, value in whole.data.items() if field not in fields}
                    self._change(kind, one, "changed", whole, data)
                    self.kept.put(kind, [(one, digest_of(data), Whole(data, whole.edits))])
                    touched[kind].add(one)
                if self.writes:
                    changes.tell(self.shown.by(touched))

    def _retire(self) -> None:
        for kind in CORE:
            for ids in in_chunks(self.kept.unseen(kind, self.status[kind]), CHUNK):
                self.outcome.counts[kind]["retired"] += len(ids)
                for one in ids:
                    self.outcome.changes.add(Change(kind, one, "retired"))
                with self._turn():
                    self.kept.retire(kind, ids)
                    if self.writes:
                        changes.tell(self.shown.by({kind: set(ids)}))
        with self._turn():
            self.loose.forget_unseen()

    def _home_comers(self) -> set[str]:
        """Loose rows whose record has come; the services that show it."""
        return self.shown.by(self.loose.bring_home()) if self.writes else set()

    def _cut_circles(self) -> None:
        for trouble in self.lineage.cut(writes=self.writes):
            self.outcome.faults.add(trouble)
