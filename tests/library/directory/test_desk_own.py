"""Services of the place's own, made at the editors' desk."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leeward.library.directory.desk.editing import ChangedMeanwhile
from leeward.library.directory.desk.models import Entry, Step
from leeward.library.directory.desk.own import Beginning, begin, show_or_not
from leeward.library.directory.models import Location, Organization, Service, ServiceAtLocation
from tests.conftest import Cast, signed_in
from tests.library.directory.desk_cast import a_service, an_editor, form_at

pytestmark = pytest.mark.django_db
WALK = {"name": "Lamp walk", "description": "By the sea.", "organization": "Lamp friends", "about": "Neighbours."}


def test_a_service_is_made_changed_in_itself_and_found() -> None:
    client = signed_in(an_editor())
    page = client.post(reverse("directory:begin"), WALK, follow=True).content.decode()
    assert "Lamp walk" in page
    service = Service.objects.get()
    assert uuid.UUID(service.pk).version == 4
    assert Organization.objects.get().pk == service.organization_id
    assert "Lamp walk" in Client().get(reverse("finding:service", args=[service.pk])).content.decode()
    address = reverse("directory:edit", args=[service.pk, "words"])
    client.post(address, {**form_at(client, address), "wait_time": "none"})
    service.refresh_from_db()
    assert (service.data["wait_time"], service.edits) == ("none", {})
    assert [step.did for step in Step.objects.all()] == ["changed", "made"]
    client.post(address, {**form_at(client, address), "wait_time": ""})
    service.refresh_from_db()
    assert "wait_time" not in service.data


def test_it_is_given_a_place_with_an_address() -> None:
    editor = an_editor()
    service = begin(Beginning(**WALK), by=editor)
    client = signed_in(editor)
    answer = client.post(reverse("directory:add_place", args=[service.pk]), {"name": "The pier"})
    lines = {"0-address_1": "1 Pier", "0-city": "Lowlamp", "0-state_province": "Isles", "0-postal_code": "XL1"}
    sent = {**form_at(client, answer["Location"]), **lines, "0-country": "XL"}
    assert client.post(answer["Location"], sent).status_code == 302
    assert Location.objects.get().data["addresses"][0]["city"] == "Lowlamp"
    assert ServiceAtLocation.objects.get().service_id == service.pk
    assert "The pier" in Client().get(reverse("finding:service", args=[service.pk])).content.decode()


def test_a_service_and_its_place_sent_twice_are_one_and_with_other_words_another() -> None:
    client, begins = signed_in(an_editor()), reverse("directory:begin")
    holds = form_at(client, begins)
    first, again = (client.post(begins, {**holds, **WALK})["Location"] for _press in range(2))
    assert first == again
    assert client.post(begins, {**holds, **WALK, "name": "Lamp choir"})["Location"] != first
    assert sorted(one.data["name"] for one in Service.objects.all()) == ["Lamp choir", "Lamp walk"]
    address = reverse("directory:add_place", args=[Service.objects.get(data__name="Lamp walk").pk])
    holds = form_at(client, address)
    for name in ("The pier", "The pier", "The hall"):
        client.post(address, {**holds, "name": name})
    assert sorted(one.data["name"] for one in Location.objects.all()) == ["The hall", "The pier"]
    assert ServiceAtLocation.objects.count() == 2


def test_it_is_taken_out_of_sight_and_brought_back_each_with_a_reason() -> None:
    editor = an_editor()
    service = begin(Beginning(**WALK), by=editor)
    client, address = signed_in(editor), reverse("directory:show_or_not", args=[service.pk])
    assert "Please say why" in client.post(address, {"do": "retire"}).content.decode()
    client.post(address, {"do": "retire", "words": "The pier fell."})
    assert Client().get(reverse("finding:service", args=[service.pk])).status_code == 410
    assert Entry.objects.get().retired
    with pytest.raises(ChangedMeanwhile):
        show_or_not(service, shown=False, why="again", by=editor)
    client.post(address, {"do": "show", "words": "It stands again."})
    assert Client().get(reverse("finding:service", args=[service.pk])).status_code == 200
    page = client.get(reverse("directory:desk_service", args=[service.pk])).content.decode()
    assert "The pier fell." in page
    assert "It stands again." in page


def test_a_directorys_service_is_not_taken_away_here_and_only_editors_make_any(cast: Cast) -> None:
    service = a_service()
    client = signed_in(an_editor())
    for door in ("show_or_not", "add_place"):
        assert client.get(reverse(f"directory:{door}", args=[service.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        begin(Beginning(**WALK), by=cast.moderator)
    with pytest.raises(ChangedMeanwhile):
        show_or_not(service, shown=False, why="no", by=an_editor("Rowan"))


def test_an_organisation_of_the_place_is_made_once() -> None:
    editor = an_editor()
    for _time in range(2):
        begin(Beginning(**WALK), by=editor)
    assert (Organization.objects.count(), Service.objects.count()) == (1, 2)
