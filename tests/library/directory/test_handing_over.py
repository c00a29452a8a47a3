"""What an import remembers, and what it hands over to those who derive from services."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from leeward.library.directory import changes
from leeward.library.directory.gathering import Whole, gathered
from leeward.library.directory.models import Location, Organization, Service
from leeward.library.directory.reading.found import Origin
from leeward.library.directory.telling import _Origins
from tests.library.directory.invented import brought, location, service

pytestmark = pytest.mark.django_db


def test_what_an_import_hands_over_is_what_stands_in_the_database(monkeypatch) -> None:
    monkeypatch.setattr("leeward.library.directory.telling.CHUNK", 1)
    handed: list[Whole] = []
    monkeypatch.setattr(changes, "_followers", [lambda ids, wholes: handed.extend(wholes)])
    again = service(id="s2", name="Morning group", service_at_locations=[{"id": "sl2", "location": location()}])
    brought(service(), again)
    Location.objects.update(edits={"name": {"is": "Our house", "was": "Lamp House"}})
    Service.objects.filter(pk="s1").update(edits={"name": {"is": "Ours", "was": "Evening group"}})
    Organization.objects.update(retired_at=timezone.now())
    brought(service(description="Another room."), again, service(id="s3", service_at_locations=[]))
    last = {whole.record.id: whole for whole in handed}
    assert last["s1"].data["name"] == "Ours"
    assert last["s1"].places[0].location["name"] == "Our house"
    stands = gathered(Service.objects.order_by("id"))
    assert [_said(last[whole.record.id]) for whole in stands] == [_said(whole) for whole in stands]


def _said(whole: Whole) -> list[Any]:
    columns = [field.attname for field in Service._meta.concrete_fields]
    record = {name: getattr(whole.record, name) for name in columns if name not in {"changed_at", "brought_by_id"}}
    return [record, whole.data, whole.organization, whole.program, whole.places, whole.terms]


def test_where_things_stood_is_remembered_in_few_bytes() -> None:
    origins, places = _Origins(), [Origin("a.json", 3, 1 << 40), Origin("b.json", 1 << 33), Origin("a.json")]
    packed = [origins.packed(place) for place in places]
    assert [origins.unpacked(one) for one in packed] == places
