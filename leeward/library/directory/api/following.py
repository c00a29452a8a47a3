"""Keeping what the API looks services up by in step with the directory, in the same transaction."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from leeward.library.directory.api.models import ServiceTerm, Spot
from leeward.library.directory.growing import term_ids
from leeward.library.directory.models import LONGEST_ID, Location, Service, ServiceAtLocation

AT_ONCE = 1_000
"""So many services are read and written together."""


def refresh(services: Collection[str]) -> None:
    """Look these services up anew by what they carry and where they are given.

    Args:
        services: their ids; those that are retired stand nowhere.
    """
    ids = iter(sorted(set(services)))
    while some := list(islice(ids, AT_ONCE)):
        ServiceTerm.objects.filter(service_id__in=some).delete()
        Spot.objects.filter(service_id__in=some).delete()
        ServiceTerm.objects.bulk_create(_terms(some))
        _keep_spots(list(_spots(some)))


def _terms(services: Sequence[str]) -> Iterator[ServiceTerm]:
    for record in Service.objects.filter(id__in=services, retired_at=None).only("id", "data", "edits"):
        for term in sorted(term_ids("service", record.overlaid)):
            if 0 < len(term) <= LONGEST_ID:
                yield ServiceTerm(service_id=record.id, term_id=term)


def _keep_spots(spots: Sequence[Spot]) -> None:
    """Write them; what is given somewhere may have belonged to another service before."""
    Spot.objects.filter(pk__in=[spot.pk for spot in spots]).delete()
    Spot.objects.bulk_create(spots)


def _spots(services: Sequence[str]) -> Iterator[Spot]:
    given = ServiceAtLocation.objects.filter(service_id__in=services, retired_at=None)
    rows = list(given.values_list("id", "service_id", "location_id"))
    places = Location.objects.filter(id__in={row[2] for row in rows}, retired_at=None).only("id", "data", "edits")
    found = {place.id: place.overlaid for place in places}
    for one, service, location in rows:
        data = found.get(location, {})
        latitude, longitude = _degrees(data.get("latitude"), 90), _degrees(data.get("longitude"), 180)
        if latitude is not None and longitude is not None:
            yield Spot(service_at_location_id=one, service_id=service, latitude=latitude, longitude=longitude)


def _degrees(value: Any, most: float) -> float | None:
    """A number of degrees; None if it is none."""
    if type(value) not in {int, float} or not math.isfinite(value) or abs(value) > most:
        return None
    return float(value)
