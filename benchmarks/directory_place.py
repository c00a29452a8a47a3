"""The invented directory, kept as an import keeps it; and the plain table that is asked beside the place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from benchmarks.directory_data import services
from leeward.library.directory.columns import columns_of
from leeward.library.directory.models import CORE, Source
from leeward.library.directory.trees import parts

AT_ONCE = 2_000


def kept(many: int) -> None:
    """Keep so many services, and what stands around them, without making listings of them."""
    source = Source.objects.create(key="invented", name="An invented directory")
    known: dict[str, set[str]] = {kind: set() for kind in CORE}
    with transaction.atomic():
        for trees in _batches(services(many)):
            rows: dict[str, list[Any]] = {kind: [] for kind in CORE}
            for tree in trees:
                for part in parts("service", tree):
                    if part.id in known[part.kind]:
                        continue
                    known[part.kind].add(part.id)
                    columns = columns_of(part.kind, part.data)
                    record = CORE[part.kind](id=part.id, source=source, data=part.data, digest="", **columns)
                    rows[part.kind].append(record)
            for kind, some in rows.items():
                CORE[kind]._default_manager.bulk_create(some)


def stand_by(cursor: Any) -> None:
    """The plain table: all words of a service in one tsvector, as the place's own index has them, with a GIN index."""
    cursor.execute(
        """CREATE TABLE plain_services AS SELECT service_id AS id,
            to_tsvector('english', title || ' ' || about || ' ' || text) AS words FROM finding_listing"""
    )
    cursor.execute("CREATE INDEX ON plain_services USING gin (words)")
    cursor.execute("ANALYZE plain_services")


def _batches(trees: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(trees, AT_ONCE)):
        yield some
