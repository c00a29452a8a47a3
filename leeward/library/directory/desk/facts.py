"""What a service says, in words for an editor: each field with its name, where it is given, and who gives it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from leeward.library.directory.freshness import OF_WHO_GIVES_IT
from leeward.library.directory.models import Location, Organization, Record, Service, ServiceAtLocation
from leeward.library.hours import in_words, readable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMES: dict[str, str | _StrPromise] = {
    "name": _("Name"),
    "alternate_name": _("Another name"),
    "description": _("What it is"),
    "url": _("Web address"),
    "email": _("E-mail"),
    "status": _("Whether it is offered"),
    "alert": _("Notice at its top"),
    "application_process": _("How to come"),
    "eligibility_description": _("For whom"),
    "fees_description": _("What it costs"),
    "wait_time": _("How long one waits"),
    "interpretation_services": _("Interpreters"),
    "phones": _("Telephone"),
    "schedules": _("Hours"),
    "addresses": _("Address"),
    "transportation": _("How to get there"),
}
"""The fields that are changed on the desk, and what they are called."""

STATUS: dict[str, _StrPromise] = {
    "active": _("Offered"),
    "temporarily closed": _("Closed for a while"),
    "inactive": _("Not offered: it is not found any more"),
    "defunct": _("Over for good: it is not found any more"),
}
_ADDRESS = ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country")


@dataclass(frozen=True)
class Around:
    """A service with the records that an editor changes together with it.

    Args:
        service: the service.
        organization: who gives it; None if the directory does not have it.
        places: where it is given: the record that says so, and the location, None if the directory does not have it.
    """

    service: Service
    organization: Organization | None
    places: tuple[tuple[ServiceAtLocation, Location | None], ...]

    @property
    def name(self) -> str:
        """What it is called; its id where it has no name."""
        return str(self.service.overlaid.get("name") or self.service.id)

    @property
    def records(self) -> list[tuple[str, Record]]:
        """All that can be changed on its page, by kind; each once."""
        given = [("service_at_location", at) for at, _place in self.places]
        places = {place.id: place for _at, place in self.places if place is not None}
        return [("service", self.service), *given, *(("location", place) for place in places.values())]

    def record(self, kind: str, key: str) -> Record | None:
        """One of them."""
        return next((one for its, one in self.records if its == kind and one.id == key), None)


def around(services: Collection[Service]) -> list[Around]:
    """Each with what stands around it; three questions, however many there are."""
    ids = [service.id for service in services]
    given = list(ServiceAtLocation.objects.filter(service_id__in=ids, retired_at=None).order_by("id"))
    places = {one.id: one for one in Location.objects.filter(id__in={at.location_id for at in given})}
    owners = {one.id: one for one in Organization.objects.filter(id__in={one.organization_id for one in services})}
    return [
        Around(
            service,
            owners.get(service.organization_id),
            tuple((at, places.get(at.location_id)) for at in given if at.service_id == service.id),
        )
        for service in services
    ]


def facts_of(one: Around) -> list[tuple[str | _StrPromise, str]]:
    """What is to be checked of a service: each field that it has, with its name; lines within a field are kept."""
    data = one.service.overlaid
    found: list[tuple[str | _StrPromise, str]] = []
    if one.organization is not None:
        found.append((_("Given by"), _giver(one.organization.overlaid)))
    found += [(label, said(field, data.get(field))) for field, label in NAMES.items() if field != "name"]
    found.append((_("Other web addresses"), said("additional_urls", data.get("additional_urls"))))
    for at, place in one.places:
        where = place.overlaid if place is not None else {}
        here = [str(where.get("name") or ""), said("addresses", where.get("addresses"))]
        hours = [said(field, record.get(field)) for record in (at.overlaid, where) for field in ("phones", "schedules")]
        found.append((_("Where"), "\n".join(line for line in (*here, *hours) if line)))
    return [(label, value) for label, value in found if value]


def _giver(data: Mapping[str, Any]) -> str:
    """Who gives it, with what the page of a service shows of them where it has no way of its own."""
    return "\n".join(line for field in OF_WHO_GIVES_IT if (line := said(field, data.get(field))))


def said(field: str, value: Any) -> str:
    """A value in words, line by line."""
    if value in (None, "", [], {}):
        return ""
    if field == "status":
        return str(STATUS.get(str(value), value))
    if isinstance(value, list) and field in _LISTS:
        return "\n".join(line for line in _LISTS[field](value) if line)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _phones(rows: list[Any]) -> list[str]:
    return [_joined(row, ("number", "extension", "type", "description")) for row in rows if isinstance(row, dict)]


def _links(rows: list[Any]) -> list[str]:
    return [_joined(row, ("label", "url")) for row in rows if isinstance(row, dict)]


def _addresses(rows: list[Any]) -> list[str]:
    return [_joined(row, _ADDRESS) for row in rows if isinstance(row, dict)]


def _schedules(rows: list[Any]) -> list[str]:
    """The hours as a clock understands them, else in the words that stand with them."""
    return [
        " · ".join([*in_words(readable([row])), str(row.get("description") or "")]).strip(" ·")
        for row in rows
        if isinstance(row, dict)
    ]


def _joined(row: Mapping[str, Any], fields: Collection[str]) -> str:
    return ", ".join(str(row[field]) for field in fields if row.get(field) not in (None, ""))


_LISTS = {"additional_urls": _links, "phones": _phones, "addresses": _addresses, "schedules": _schedules}
