"""A small directory for tests: services as an import keeps them, each with what a test says of it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone

from leeward.library.directory import changes
from leeward.library.directory.columns import columns_of
from leeward.library.directory.models import CORE, Service, Source
from leeward.library.directory.trees import parts

LOWLAMP = (56.3201, -12.4331)
CANDLEWICK = (56.3562, -12.4230)  # 4 km from there
FAR = (57.9, -12.4)  # 176 km from there


def source() -> Source:
    """The directory that all of it comes from."""
    return Source.objects.get_or_create(
        key="lanterns", defaults={"name": "Lantern directory", "licence": "CC BY 4.0", "address": "https://d.example"}
    )[0]


def id_of(*words: object) -> str:
    """An id, the same for the same words."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(map(str, words))))


def term(taxonomy: str, code: str, name: str = "") -> dict[str, Any]:
    """An attribute with a term of a taxonomy."""
    return {
        "id": id_of("attribute", taxonomy, code),
        "taxonomy_term": {
            "id": id_of("term", taxonomy, code),
            "code": code,
            "name": name or code.title(),
            "description": code,
            "taxonomy": taxonomy,
        },
    }


def checked(days_ago: int = 10) -> str:
    """A day on which something was assured."""
    return (timezone.localdate() - datetime.timedelta(days=days_ago)).isoformat()


def at(spot: tuple[float, float], town: str = "Lowlamp", **more: Any) -> dict[str, Any]:
    """A service_at_location there."""
    place = id_of("location", spot, town)
    address = {"id": id_of("address", place), "address_1": "1 Lamp Hill", "city": town, "country": "XL"}
    location = {
        "id": place,
        "location_type": "physical",
        "name": f"{town} House",
        "latitude": spot[0],
        "longitude": spot[1],
        "addresses": [address | {"state_province": "Isles", "postal_code": "XL1 6AN", "address_type": "physical"}],
    }
    return {"location": location, **more}


def weekly(days: str, opens: str, closes: str, **more: Any) -> dict[str, Any]:
    """A schedule."""
    rule = {"freq": "WEEKLY", "interval": 1, "byday": days, "opens_at": opens, "closes_at": closes}
    return {"id": id_of("schedule", days, opens, closes), **rule, **more}


def service(name: str, *places: dict[str, Any], **fields: Any) -> str:
    """Keep a service, as an import does; the same name again changes it.

    Returns:
        Its id.
    """
    key = str(fields.pop("id", id_of("service", name)))
    tree = {
        "id": key,
        "name": name,
        "description": "Someone listens.",
        "status": "active",
        "assured_date": checked(),
        "assurer_email": "desk@lanterns.example",
        "organization": {"id": id_of("organization"), "name": "Lantern Trust", "description": "We keep lamps."},
        "service_at_locations": [{"id": id_of("given", key, turn), **place} for turn, place in enumerate(places)],
        **fields,
    }
    for part in parts("service", tree):
        CORE[part.kind]._default_manager.update_or_create(
            id=part.id,
            defaults={"source": source(), "data": part.data, "digest": "", **columns_of(part.kind, part.data)},
        )
    changes.tell([key])
    return key


def retire(key: str) -> None:
    """Its source no longer has it."""
    Service.objects.filter(pk=key).update(retired_at=timezone.now())
    changes.tell([key])
