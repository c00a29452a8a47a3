"""Keeping entries in step with the directory: in the same transaction, whoever changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models.fields.json import KeyTextTransform

from leeward.library.directory.desk.differences import differing
from leeward.library.directory.desk.link_uses import drop_unused
from leeward.library.directory.desk.models import Entry, Step
from leeward.library.directory.freshness import Freshness, assured_on, standing_of
from leeward.library.directory.models import CORE, Service, ServiceAtLocation
from leeward.library.models import Confirmation
from leeward.search.documents import plain

AT_ONCE = 1_000
"""So many services are read and written together."""
_KEPT = ["source", "name", "plain", "checked_on", "here", "differs", "retired", "links_at"]


def refresh(services: Collection[str]) -> None:
    """Write down anew how these services stand. Called by whoever changes them (`directory.changes`).

    Args:
        services: their ids.
    """
    ids = sorted(set(services))
    edited = _edited()
    for start in range(0, len(ids), AT_ONCE):
        _refresh(ids[start : start + AT_ONCE], edited)


def _refresh(ids: list[str], edited: Mapping[str, set[str]]) -> None:
    said = KeyTextTransform("name", "data"), KeyTextTransform("assured_date", "data")
    rows = Service.objects.filter(id__in=ids).values_list("id", "source_id", *said, "retired_at", "edits")
    checked, differs = _checked_here(ids), _differing(ids, edited)
    made = []
    for one, source, name, assured, retired, edits in rows.iterator():
        data = {"name": name, "assured_date": assured, **{field: edit.get("is") for field, edit in edits.items()}}
        fresh = checked.get(one) or Freshness(assured_on(data))
        title = " ".join(str(data["name"] or "").split())[:200]
        made.append(
            Entry(
                service_id=one,
                source_id=source,
                name=title,
                plain=plain(title).casefold()[:200],
                checked_on=fresh.on,
                here=fresh.here,
                differs=min(differs.get(one, 0), 999),
                retired=retired is not None,
            )
        )
    Entry.objects.bulk_create(made, update_conflicts=True, unique_fields=["service"], update_fields=_KEPT)
    drop_unused(ids)


def _checked_here(ids: Collection[str]) -> dict[str, Freshness]:
    """How fresh those are that somebody here has ever checked; most were never."""
    keys = [f"service:{one}" for one in ids]
    known = set(Confirmation.objects.filter(line_key__in=keys).values_list("line_key", flat=True))
    return standing_of(list(Service.objects.filter(id__in=[key.partition(":")[2] for key in known]))) if known else {}


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
