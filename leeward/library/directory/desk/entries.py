"""Keeping entries in step with the directory: in the same transaction, whoever changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from leeward.kit import bulk
from leeward.library.directory.desk.differences import differing
from leeward.library.directory.desk.link_uses import drop_unused
from leeward.library.directory.desk.models import Entry, Step
from leeward.library.directory.freshness import Freshness, assured_on, checked_here
from leeward.library.directory.gathering import Whole
from leeward.library.directory.models import CORE, ServiceAtLocation
from leeward.search.documents import plain

_KEPT = ["source", "name", "plain", "checked_on", "here", "differs", "retired", "links_at"]


def refresh(services: Sequence[str], wholes: Sequence[Whole]) -> None:
    """Write down anew how these services stand. Called by whoever changes them (`directory.changes`).

    Args:
        services: their ids.
        wholes: those of them that there are.
    """
    checked, differs = checked_here(whole.record for whole in wholes), _differing(services, _edited())
    made = []
    for whole in wholes:
        record = whole.record
        fresh = checked.get(record.id) or Freshness(assured_on(whole.data))
        title = " ".join(str(whole.data.get("name") or "").split())[:200]
        made.append(
            {
                "service_id": record.id,
                "source_id": record.source_id,
                "name": title,
                "plain": plain(title).casefold()[:200],
                "checked_on": fresh.on,
                "here": fresh.here,
                "differs": min(differs.get(record.id, 0), 999),
                "retired": record.retired_at is not None,
            }
        )
    bulk.insert(Entry, made, updates=_KEPT, known_by="service")
    drop_unused(services)


def _edited() -> dict[str, set[str]]:
    """The records that editors ever changed, by kind. Few, however large the directory."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, one in Step.objects.exclude(kind="").values_list("kind", "record_id").distinct().order_by():
        found[kind].add(one)
    return found


def _differing(ids: Collection[str], edited: Mapping[str, set[str]]) -> dict[str, int]:
    """How many fields of each differ from what its directory says since they were changed here."""
    counts: dict[str, int] = defaultdict(int)
    if edited:
        for kind, one, services in _places_of(ids, edited):
            record = CORE[kind]._default_manager.filter(pk=one).first()
            many = len(differing(record)) if record else 0
            for service in services:
                counts[service] += many
    return counts


def _places_of(ids: Collection[str], edited: Mapping[str, set[str]]) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Each changed record that one of these services shows, and which do."""
    for one in edited.get("service", set()).intersection(ids):
        yield "service", one, [one]
    if "location" not in edited and "service_at_location" not in edited:
        return
    given = ServiceAtLocation.objects.filter(service_id__in=ids).values_list("id", "location_id", "service_id")
    around: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at, place, service in given:
        if at in edited.get("service_at_location", ()):
            around["service_at_location", at].add(service)
        if place in edited.get("location", ()):
            around["location", place].add(service)
    yield from ((kind, one, services) for (kind, one), services in around.items())
