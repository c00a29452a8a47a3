"""Filters narrow what is listed, each by itself and all together; what is wrong with one is said."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.library.directory.api import lists
from leeward.library.directory.models import Location, Organization, Service
from leeward.library.finding.gazetteer import make_places
from leeward.library.finding.models import Postcode
from tests.library.directory.api.asking import ask, ids
from tests.library.directory.invented import brought, location, organization, plain, service, term

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def directory(db: None) -> None:
    """Three services of two organizations; s1 and s2 carry terms, s1 and s3 are given somewhere."""
    legal = term(id="t2", code="legal", name="Legal advice", parent_id="t1")
    brought(
        service(),
        plain(
            "s2",
            organization=organization(id="o2", name="The Harbour"),
            attributes=[{"id": "a2", "link_entity": "service", "taxonomy_term": legal}],
        ),
        plain(
            "s3",
            organization=organization(),
            service_at_locations=[{"id": "sl3", "location": location(id="l3", latitude=56.5, longitude=-12.0)}],
        ),
    )
    Location.objects.filter(id="l1").update(data=location(latitude=56.32, longitude=-12.43))


def test_services_are_filtered_by_term_taxonomy_and_organization_together(directory: None) -> None:
    assert ids("services", taxonomy_term_id="t1") == ["s1"]
    assert ids("services", taxonomy_id="x1") == ["s1", "s2"]
    assert ids("services", organization_id="o1") == ["s1", "s3"]
    assert ids("services", taxonomy_id="x1", organization_id="o1") == ["s1"]
    assert ids("services", taxonomy_term_id="t2", organization_id="o1") == []
    assert ids("services", taxonomy_id="of nobody") == []


def test_services_are_searched_by_the_words_that_people_find_them_by(directory: None) -> None:
    assert ids("services", search="quiet evening") == ["s1"]
    assert ids("services", search="quiet", organization_id="o2") == []
    assert ids("services", search="") == ["s1", "s2", "s3"]
    assert ids("service_at_locations", search="evening") == ["sl1"]


def test_other_lists_are_searched_by_their_names_also_by_those_given_here(directory: None) -> None:
    Organization.objects.filter(id="o2").update(edits={"name": {"is": "The Pier", "was": "The Harbour"}})
    assert ids("organizations", search="lamp") == ["o1"]
    assert ids("organizations", search="pier") == ["o2"]
    assert ids("taxonomy_terms", search="legal advice") == ["t2"]
    assert ids("taxonomies", search="100% of '\"\\ nothing") == []


@pytest.mark.parametrize("many", [1, lists.MANY])
def test_what_changed_since_is_told_also_where_only_what_it_shows_changed(
    directory: None, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(lists, "MANY", many)
    now = timezone.now()
    for model in (Service, Organization, Location):
        model.objects.update(changed_at=LONG_AGO)
    assert "s1" in ids("services", modified_after="2019-12-31")
    moment = (now + datetime.timedelta(hours=1)).isoformat()
    assert ids("services", modified_after=moment) == []
    Location.objects.filter(id="l3").update(changed_at=now + datetime.timedelta(hours=2))
    assert ids("services", modified_after=moment) == ["s3"]
    assert ids("service_at_locations", modified_after=moment) == ["sl3"]
    Organization.objects.filter(id="o2").update(changed_at=now + datetime.timedelta(hours=2))
    assert ids("services", modified_after=moment) == ["s2", "s3"]
    assert ids("services", modified_after=moment, organization_id="o1") == ["s3"]
    Service.objects.filter(id="s1").update(changed_at=now + datetime.timedelta(hours=2))
    assert ids("service_at_locations", modified_after=moment) == ["sl1", "sl3"]


def test_terms_are_filtered_by_taxonomy_and_parent(directory: None) -> None:
    assert ids("taxonomy_terms", taxonomy_id="x1") == ["t1", "t2"]
    assert ids("taxonomy_terms", parent_id="t1") == ["t2"]
    assert ids("taxonomy_terms", top_only="true") == ["t1"]


def test_where_services_are_given_is_filtered_around_a_postcode(directory: None) -> None:
    Postcode.objects.create(
        country="XL", code="XL1 6AN", key="XL16AN", name="Lowlamp", name_key="lowlamp", latitude=56.5, longitude=-12.01
    )
    make_places(["XL"])
    assert ids("service_at_locations", postcode="xl1 6an") == ["sl3"]
    assert ids("service_at_locations", postcode="XL1 6AN", proximity=700) == ["sl3"]
    assert ids("service_at_locations", postcode="XL1 6AN", proximity=500) == []
    assert ids("service_at_locations", postcode="XL1 6AN", organization_id="o2") == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("services", {"page": "0"}),
        ("services", {"page": "-1"}),
        ("services", {"page": "one"}),
        ("services", {"page": "99999999999999999999"}),
        ("services", {"page": ""}),
        ("services", {"per_page": "0"}),
        ("services", {"per_page": "101"}),
        ("services", {"per_page": "5001", "minimal": "true"}),
        ("organizations", {"per_page": "101"}),
        ("services", {"full": "perhaps"}),
        ("services", {"minimal": "1"}),
        ("services", {"format": "csv"}),
        ("services", {"format": "ndjson"}),
        ("services", {"modified_after": "yesterday"}),
        ("services", {"modified_after": "2026-02-31"}),
        ("services", {"modified_after": "0001-01-01T00:00:00+14:00"}),
        ("services", {"taxonomy_id": "a\0b"}),
        ("services", {"taxonomy_term_id": ""}),
        ("services", {"organization_id": "x" * 121}),
        ("services", {"search": "a\0b"}),
        ("services", {"search": "x" * 301}),
        ("service_at_locations", {"proximity": "500"}),
        ("service_at_locations", {"postcode": "ZZ9 9ZZ"}),
        ("service_at_locations", {"postcode": "ZZ9 9ZZ", "proximity": "far"}),
        ("organizations/o1", {"full_service": "all"}),
        ("taxonomy_terms", {"top_only": "maybe"}),
    ],
)
def test_what_cannot_be_taken_is_named(db: None, path: str, asked: dict[str, str]) -> None:
    said = ask(path, 422, **asked)
    assert set(said["parameters"]) <= set(asked)
    assert said["error"]
    assert all(said["parameters"].values())


def test_a_date_may_be_told_in_several_ways(db: None) -> None:
    for moment in ("2026-11-21", "2026-11-21T09:30:00Z", "2026-11-21T09:30:00+01:00", "2026-11-21T09:30:00 01:00"):
        ask("services", modified_after=moment)


def test_more_services_than_fit_are_not_given_within_an_organization(db: None, monkeypatch: Any) -> None:
    from leeward.library.directory.api import endpoints  # noqa: PLC0415  # it is read when it is asked first

    monkeypatch.setattr(endpoints, "MOST_WITHIN", 1)
    brought(service(), plain("s2", organization=organization()))
    for path in ("organizations", "organizations/o1"):
        assert "full_service" in ask(path, 422, full_service="true")["parameters"]
    assert len(ask("organizations/o1")["services"]) == 2


def test_a_page_costs_no_more_questions_however_many_stand_on_it(village: list[Any]) -> None:
    ask("services")
    counts = []
    for size in (10, 100):
        with CaptureQueriesContext(connection) as queries:
            ask("services", full="true", per_page=size)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20
