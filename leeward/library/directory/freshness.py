"""How fresh a service is: when it was last checked and by whom, or that nobody says so; and whether that is recent.

Two kinds of checking are told apart. A named person of the host may have checked an entry here, exactly as it stands
(`Confirmation`, as for crisis lines). Else the directory it came from may say when it was assured and by whom (HSDS:
`assured_date`, `assurer_email`); that is a claim of the directory's, and pages say so.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from leeward.library.directory.models import Location, Organization, Record, Service, ServiceAtLocation
from leeward.library.fingerprints import fingerprint_of
from leeward.library.models import Confirmation
from leeward.library.standing import Standing, standings

_NOT_CONTENT = frozenset({"last_modified", "assured_date", "assurer_email", "metadata"})
"""Fields about the entry, not about the service: another value asks nobody to check again."""
OF_WHO_GIVES_IT = ("name", "phones", "website", "url", "email")
"""What the page of a service shows of its organization as ways to reach it: checked with it, and changed with it."""


@dataclass(frozen=True)
class Checkable:
    """A service as it stands, for a confirmation to point at."""

    key: str
    fingerprint: str


@dataclass(frozen=True)
class Freshness:
    """When a service was last checked, and by whom.

    Args:
        on: the day; None: nobody says that it ever was.
        by: the named person of this place, or the address that the directory gives; may be empty.
        here: whether it was checked here; else it is what the directory says.
        changed: whether it was checked here once, with other content.
    """

    on: datetime.date | None = None
    by: str = ""
    here: bool = False
    changed: bool = False

    @property
    def is_current(self) -> bool:
        """Whether it was checked within the host's limit (LEEWARD_SERVICES_CURRENT_DAYS)."""
        return self.on is not None and self.on >= oldest_current()


def oldest_current() -> datetime.date:
    """What was checked before this day is not shown as current."""
    return timezone.localdate() - datetime.timedelta(days=settings.SERVICES_CURRENT_DAYS)


def standing_of(services: Collection[Service]) -> dict[str, Freshness]:
    """The freshness of each, by id, with four questions to the database however many there are."""
    checked = checkables(services)
    ours = standings(checked.values())
    return {service.id: _freshness(service, ours[checked[service.id].key]) for service in services}


def checked_here(services: Iterable[Service]) -> dict[str, Freshness]:
    """How fresh those are that a named person here ever checked, by id. Most never were: of them nothing is read."""
    keys = {f"service:{service.id}": service for service in services}
    known = set(Confirmation.objects.filter(line_key__in=list(keys)).values_list("line_key", flat=True))
    return standing_of([keys[key] for key in known]) if known else {}


def _freshness(service: Service, ours: Standing) -> Freshness:
    said = assured_on(service.overlaid)
    day = timezone.localtime(ours.at).date() if ours.at is not None else None
    if day is not None and (said is None or day >= said):
        return Freshness(day, ours.by, here=True)
    return Freshness(said, str(service.overlaid.get("assurer_email") or ""), changed=ours.changed)


def assured_on(data: Mapping[str, Any]) -> datetime.date | None:
    """The day on which the directory says that it was assured; None if it says none, no date, or one to come."""
    try:
        day = datetime.date.fromisoformat(str(data.get("assured_date") or "")[:10])
    except ValueError:
        return None
    return day if day <= timezone.localdate() + datetime.timedelta(days=1) else None


def checkables(services: Collection[Service]) -> dict[str, Checkable]:
    """What a confirmation of each points at, by id: the service, where it is given and who gives it, as they stand."""
    ids = [service.id for service in services]
    given = list(ServiceAtLocation.objects.filter(service_id__in=ids, retired_at=None).order_by("id"))
    there = Location.objects.filter(id__in={one.location_id for one in given}, retired_at=None)
    places = {place.id: place for place in there}
    around: dict[str, list[Record]] = defaultdict(list)
    for one in given:
        around[one.service_id] += [one, *([places[one.location_id]] if one.location_id in places else [])]
    reached = _ways_to_givers({service.organization_id for service in services} - {""})
    return {
        service.id: Checkable(
            f"service:{service.id}",
            _fingerprint([service, *around[service.id]], reached.get(service.organization_id, {})),
        )
        for service in services
    }


def _ways_to_givers(ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """How each organization is reached: where a service has no telephone of its own, its page shows these."""
    found = {one.id: one.overlaid for one in Organization.objects.filter(id__in=ids)} if ids else {}
    return {key: {field: said for field in OF_WHO_GIVES_IT if (said := data.get(field))} for key, data in found.items()}


def _fingerprint(records: Iterable[Record], giver: Mapping[str, Any]) -> str:
    content = [
        {field: value for field, value in record.overlaid.items() if field not in _NOT_CONTENT} for record in records
    ]
    return fingerprint_of([*content, giver])
