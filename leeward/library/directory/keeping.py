"""Where an import finds what is known, and puts what it brings: the database, or, in a rehearsal, memory."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from leeward.kit import bulk
from leeward.library.directory.columns import columns_of
from leeward.library.directory.models import CORE, BringingIn, Record, Source, overlaid

TOLD_OFTEN = frozenset({"taxonomy", "taxonomy_term", "organization", "program", "location"})
"""Kinds that stand in many trees: what one tree tells of them, another may add to."""


class Known(NamedTuple):
    """What is known of a record before it is looked at closely.

    Args:
        digest: of its data.
        source: which source it belongs to, by number.
        now: whether this import has already told it.
        retired: whether its source no longer had it.
        edited: whether anything of it was changed here.
    """

    digest: str
    source: int
    now: bool
    retired: bool
    edited: bool


class Whole(NamedTuple):
    """A record with all that it says."""

    data: dict[str, Any]
    edits: dict[str, Any]


class Kept:
    """The records in the database.

    Args:
        source: from which records are brought in.
        bringing: the import; None in a rehearsal.
    """

    def __init__(self, source: Source, bringing: BringingIn | None) -> None:
        self.source, self.bringing = source, bringing

    def known(self, kind: str, ids: Collection[str]) -> dict[str, Known]:
        """What is known of those that there are."""
        fields = ("id", "digest", "source_id", "brought_by_id", "retired_at", "edits")
        rows = CORE[kind]._default_manager.filter(id__in=ids).values_list(*fields)
        now = self.bringing.pk if self.bringing else 0
        return {
            one: Known(digest, source, brought == now, retired is not None, bool(edits))
            for one, digest, source, brought, retired, edits in rows
        }

    def whole(self, kind: str, ids: Collection[str]) -> dict[str, Whole]:
        """Those that there are, held until the transaction ends."""
        if not ids:
            return {}
        rows = CORE[kind]._default_manager.filter(id__in=ids).select_for_update().values_list("id", "data", "edits")
        return {one: Whole(data, edits) for one, data, edits in rows}

    def put(self, kind: str, records: Iterable[tuple[str, str, Whole]]) -> dict[str, Record]:
        """Write records: id, digest, and what they say. What was changed here is not touched.

        Returns:
            What was written as it stands, by the ids.
        """
        now, model = timezone.now(), CORE[kind]
        told = ["source", "data", "digest", "changed_at", "brought_by", "retired_at", *columns_of(kind, {})]
        rows, written = [], {}
        for one, digest, whole in records:
            row = self._row(kind, one, digest, whole, now)
            written[one] = model(**row, edits=whole.edits)
            rows.append(row)
        bulk.insert(model, rows, updates=told, known_by="id")
        return written

    def _row(self, kind: str, one: str, digest: str, whole: Whole, now: Any) -> bulk.Row:
        return {
            "id": one,
            "source_id": self.source.pk,
            "data": whole.data,
            "digest": digest,
            "changed_at": now,
            "brought_by_id": self.bringing.pk if self.bringing else None,
            "retired_at": None,
            **columns_of(kind, overlaid(whole.data, whole.edits)),
        }

    def touch(self, kind: str, ids: Collection[str]) -> None:
        """Say that this import has seen them."""
        if ids:
            CORE[kind]._default_manager.filter(id__in=ids, source_id=self.source.pk).update(brought_by=self.bringing)

    def unseen(self, kind: str, told: Collection[str]) -> Iterator[str]:
        """Ids that the source had and this import has not told; what a later import brought is no matter of it."""
        imports = BringingIn.objects.filter(source_id=self.source.pk or 0)
        if self.bringing:
            imports = imports.filter(pk__lt=self.bringing.pk)
        # Asked by the import alone: SQLite would take the index of sources, and read every row to its end.
        before = Q(brought_by__in=list(imports.values_list("pk", flat=True))) | Q(brought_by=None)
        rows = CORE[kind]._default_manager.filter(before).values_list("id", "source_id", "retired_at")
        return (
            one
            for one, source, retired in rows.order_by("id").iterator()
            if source == self.source.pk and retired is None and one not in told
        )

    def retire(self, kind: str, ids: Collection[str]) -> None:
        """Say that their source no longer has them."""
        now = timezone.now()
        CORE[kind]._default_manager.filter(id__in=ids).update(retired_at=now, changed_at=now)


class Rehearsed(Kept):
    """The same for a rehearsal: nothing is written, and what would be is remembered where it may be told again."""

    def __init__(self, source: Source) -> None:
        super().__init__(source, None)
        self.written: dict[tuple[str, str], tuple[str, bytes]] = {}
        self.seen: dict[str, set[str]] = {kind: set() for kind in CORE}

    def known(self, kind: str, ids: Collection[str]) -> dict[str, Known]:
        """As in the database, but for what would have been written."""
        found = {one: known._replace(now=one in self.seen[kind]) for one, known in super().known(kind, ids).items()}
        for one in ids:
            if (kind, one) in self.written:
                edited = one in found and found[one].edited
                found[one] = Known(self.written[kind, one][0], self.source.pk or 0, True, False, edited)
        return found

    def whole(self, kind: str, ids: Collection[str]) -> dict[str, Whole]:
        """As in the database, but for what would have been written."""
        rows = CORE[kind]._default_manager.filter(id__in=ids).values_list("id", "data", "edits")
        found = {one: Whole(data, edits) for one, data, edits in rows}
        for one in ids:
            if (kind, one) in self.written:
                data = json.loads(zlib.decompress(self.written[kind, one][1]))
                found[one] = Whole(data, found[one].edits if one in found else {})
        return found

    def put(self, kind: str, records: Iterable[tuple[str, str, Whole]]) -> dict[str, Record]:
        """Remember what would be written; nothing is."""
        for one, digest, whole in records:
            self.seen[kind].add(one)
            if kind in TOLD_OFTEN:
                self.written[kind, one] = (digest, zlib.compress(json.dumps(whole.data).encode(), 1))
        return {}

    def touch(self, kind: str, ids: Collection[str]) -> None:
        """Remember what was seen."""
        self.seen[kind].update(ids)

    def retire(self, kind: str, ids: Collection[str]) -> None:
        """Nothing is retired."""
