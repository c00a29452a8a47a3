"""How fresh a service is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from leeward.library.actions import confirm
from leeward.library.directory.freshness import assured_on, checkables, standing_of
from leeward.library.directory.models import Location, Organization, Service, ServiceAtLocation, Source
from leeward.library.models import Confirmation
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def a_service(number: int = 1, **data: Any) -> Service:
    source = Source.objects.get_or_create(key="county", defaults={"name": "County"})[0]
    place = Location.objects.create(
        id=f"place-{number}", source=source, digest="", data={"id": f"place-{number}", "location_type": "physical"}
    )
    service = Service.objects.create(
        id=f"service-{number}", source=source, digest="", data={"id": f"service-{number}", "name": "Clinic", **data}
    )
    ServiceAtLocation.objects.create(
        id=f"at-{number}",
        source=source,
        digest="",
        data={"id": f"at-{number}"},
        service_id=service.id,
        location_id=place.id,
    )
    return service


def days_ago(days: int) -> str:
    return (timezone.localdate() - datetime.timedelta(days=days)).isoformat()


def test_without_a_date_nobody_is_said_to_have_checked() -> None:
    found = standing_of([a_service()])["service-1"]
    assert (found.on, found.by, found.here, found.is_current) == (None, "", False, False)


def test_what_the_directory_says_is_told_as_its_claim_and_grows_old(settings: Settings) -> None:
    settings.SERVICES_CURRENT_DAYS = 100
    service = a_service(assured_date=days_ago(100), assurer_email="desk@county.example")
    found = standing_of([service])["service-1"]
    assert (found.by, found.here, found.is_current) == ("desk@county.example", False, True)
    settings.SERVICES_CURRENT_DAYS = 99
    assert not standing_of([service])["service-1"].is_current


def test_what_a_named_person_checked_here_counts_until_the_content_changes(cast: Cast) -> None:
    service = a_service()
    confirm(checkables([service]).values(), by=cast.host, name="Ann Field")
    found = standing_of([service])["service-1"]
    assert (found.by, found.here, found.is_current) == ("Ann Field", True, True)
    Location.objects.update(data={"id": "place-1", "location_type": "physical", "name": "Elsewhere"})
    after = standing_of([service])["service-1"]
    assert (after.on, after.here, after.changed) == (None, False, True)


def test_the_numbers_of_who_gives_it_are_checked_with_it(cast: Cast) -> None:
    service = a_service()
    Service.objects.update(organization_id="trust")
    trust = {"id": "trust", "name": "Trust", "phones": [{"id": "1", "number": "01632 960001"}]}
    Organization.objects.create(id="trust", source=service.source, digest="", data=trust)
    service.refresh_from_db()
    confirm(checkables([service]).values(), by=cast.host, name="Ann Field")
    Organization.objects.update(data={**trust, "description": "We keep lamps."})
    assert standing_of([service])["service-1"].here
    Organization.objects.update(data={**trust, "phones": [{"id": "1", "number": "0900 123456"}]})
    assert standing_of([service])["service-1"].changed


def test_a_place_that_is_gone_asks_for_another_check(cast: Cast) -> None:
    service = a_service()
    confirm(checkables([service]).values(), by=cast.host, name="Ann Field")
    Location.objects.update(retired_at=timezone.now())
    assert standing_of([service])["service-1"].changed


def test_what_is_about_the_entry_alone_asks_nobody_to_check_again(cast: Cast) -> None:
    service = a_service(last_modified="2026-01-01T00:00:00Z")
    confirm(checkables([service]).values(), by=cast.host, name="Ann Field")
    service.data = {**service.data, "last_modified": "2026-02-01T00:00:00Z"}
    assert standing_of([service])["service-1"].here


def test_the_day_of_a_check_is_the_day_in_the_place(cast: Cast, settings: Settings) -> None:
    service = a_service(assured_date="2026-03-02")
    confirm(checkables([service]).values(), by=cast.host, name="Ann Field")
    Confirmation.objects.update(at=datetime.datetime(2026, 3, 1, 22, tzinfo=datetime.UTC))
    assert not standing_of([service])["service-1"].here
    settings.TIME_ZONE = "Pacific/Auckland"
    assert standing_of([service])["service-1"].on == datetime.date(2026, 3, 2)
    assert standing_of([service])["service-1"].here


def test_a_date_that_is_none_or_lies_ahead_is_no_check() -> None:
    for said in ("", "soon", "2026-13-01", days_ago(-3), None, 7):
        assert assured_on({"assured_date": said}) is None
    assert assured_on({"assured_date": "2020-02-29T10:00:00Z"}) == datetime.date(2020, 2, 29)


def test_many_cost_four_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    services = [a_service(number) for number in range(5)]
    for service in services:
        service.organization_id = "trust"
    with django_assert_num_queries(4):
        assert len(standing_of(services)) == 5
