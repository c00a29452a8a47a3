"""Services for the tests of the desk, brought in as a directory would, and an editor."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html  # type: ignore[import-untyped]  # it has no types

from leeward.library.directory import changes
from leeward.library.directory.checking import digest_of
from leeward.library.directory.models import Location, Service, ServiceAtLocation, Source
from leeward.members.models import Member
from tests.conftest import make_member

WEEKDAYS = {
    "id": "hours-1",
    "freq": "WEEKLY",
    "byday": "MO,TU",
    "dtstart": "2024-04-01",
    "timezone": 0,
    "opens_at": "09:00Z",
    "closes_at": "17:00Z",
}


def an_editor(name: str = "Linden") -> Member:
    return make_member(name, is_editor=True)


def a_service(one: str = "s1", **said: Any) -> Service:
    """A service of the county's at a place of its own, told to all who follow."""
    source = Source.objects.get_or_create(key="county", defaults={"name": "County list"})[0]
    data = {"id": one, "name": "Clinic", "status": "active", "phones": [{"id": "p1", "number": "01632 960001"}], **said}
    service = Service.objects.create(id=one, source=source, digest=digest_of(data), data=data)
    address = {"id": "a1", "address_1": "1 Lamp Hill", "city": "Lowlamp", "state_province": "Isles"}
    address |= {"postal_code": "XL1", "country": "XL", "address_type": "physical"}
    place: dict[str, Any] = {"id": f"{one}-place", "location_type": "physical", "name": "House", "addresses": [address]}
    Location.objects.create(id=place["id"], source=source, digest="", data=place)
    given: dict[str, Any] = {"id": f"{one}-at", "service": one, "location": place["id"], "schedules": [WEEKDAYS]}
    ServiceAtLocation.objects.create(
        id=given["id"], source=source, digest="", data=given, service_id=one, location_id=place["id"]
    )
    changes.tell([one])
    return service


def said_by_directory(service: Service, **said: Any) -> None:
    """The directory says something else from now on."""
    data = {**Service.objects.get(pk=service.pk).data, **said}
    Service.objects.filter(pk=service.pk).update(data=data, digest=digest_of(data))
    changes.tell([service.pk])


def forms_on(client: Client, address: str) -> list[tuple[str, dict[str, list[str]]]]:
    """The forms of a page that are sent by POST, each with where it is sent and what it holds, as a browser has it."""
    page = html.fromstring(client.get(address).content.decode())
    found = []
    for form in page.forms:
        if form.method == "POST":
            holds: dict[str, list[str]] = {}
            for name, value in form.form_values():
                holds.setdefault(name, []).append(value)
            found.append((form.get("action") or address, holds))
    return found


def form_at(client: Client, address: str) -> dict[str, list[str]]:
    """What the form of a page holds that is sent to this page itself."""
    return next(holds for to, holds in forms_on(client, address) if to == address)
