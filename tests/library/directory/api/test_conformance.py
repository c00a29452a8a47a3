"""Every path answers as HSDS has it: validated against schemas of our own, and the official ones where they are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.models import Location, Service, Source
from leeward.library.directory.reading.reader import read
from leeward.library.directory.telling import chunks_of
from tests.library.directory.api.asking import ask, every
from tests.library.directory.api.schemas import OFFICIAL, faults, needs_official, official, own
from tests.library.directory.invented import brought, plain, service

LISTS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
HEAD = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}


def answers() -> list[tuple[str, Any]]:
    """Records by every path: of lists in each depth, and one by one."""
    found: list[tuple[str, Any]] = []
    for path, kind in LISTS.items():
        listed = list(every(path, per_page=100))
        found += [(kind, record) for record in listed]
        found += [(kind, ask(f"{path}/{record['id']}")) for record in listed[:15]]
        if not kind.startswith("taxonom"):
            found += [(kind, record) for record in every(path, full="true", per_page=100)]
    found += [("organization", one) for one in every("organizations", full_service="true", per_page=100)]
    return found


def test_every_answer_is_as_our_own_schemas_have_it(village: list[Any]) -> None:
    checked = answers()
    wrong = [(kind, record["id"], said) for kind, record in checked if (said := faults(own(kind), record))]
    assert not wrong, wrong[:3]
    assert len(checked) > 1_300


@needs_official
def test_every_answer_is_as_the_official_schemas_have_it(village: list[Any]) -> None:
    wrong = [(kind, record["id"], said) for kind, record in answers() if (said := faults(official(kind), record))]
    assert not wrong, wrong[:3]


@pytest.mark.parametrize("schema", [own, pytest.param(official, marks=needs_official)])
def test_a_broken_record_would_be_found(schema: Any) -> None:
    assert not faults(schema("service"), plain("s1"))
    assert faults(schema("service"), {"id": "s1", "name": 7, "status": "open"})
    assert faults(schema("service"), plain("s1", phones=[{"id": "p1"}]))


def test_the_root_says_which_version_it_speaks_and_where_it_is_described(db: None) -> None:
    said = ask("")
    assert said["version"] == "3.0"
    assert said["profile"].startswith("https://")
    assert said["openapi_url"] == "http://testserver/hsds/openapi.json"


def test_every_list_is_paged_as_the_standard_has_it(village: list[Any]) -> None:
    for path in LISTS:
        first = ask(path, per_page=2)
        assert {name: type(value) for name, value in first.items()} == HEAD
        assert (first["page_number"], first["size"], first["first_page"], first["empty"]) == (1, 2, True, False)
        assert first["total_pages"] == -(-first["total_items"] // 2)
        last = ask(path, per_page=2, page=first["total_pages"])
        assert last["last_page"]
        beyond = ask(path, per_page=2, page=first["total_pages"] + 1)
        assert (beyond["contents"], beyond["empty"], beyond["last_page"]) == ([], True, True)
        found = [record["id"] for record in every(path, per_page=29)]
        assert len(found) == len(set(found)) == first["total_items"]
        assert found == sorted(found)


def test_an_empty_directory_answers_with_an_empty_page(db: None) -> None:
    for path in LISTS:
        page = ask(path)
        assert (page["total_items"], page["total_pages"], page["empty"], page["last_page"]) == (0, 0, True, True)


def test_a_listed_record_has_what_there_is_one_of_and_a_full_one_has_everything(db: None) -> None:
    brought(service())
    (listed,) = ask("services")["contents"]
    assert listed["organization"]["name"] == "The Lamp"
    assert not [name for name, value in listed.items() if isinstance(value, list)]
    (full,) = ask("services", full="true")["contents"]
    assert full == ask("services/s1")
    assert full["service_at_locations"][0]["location"]["name"] == "Lamp House"
    assert full["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "need"
    assert full["phones"][0]["languages"][0]["code"] == "en"
    (minimal,) = ask("services", minimal="true")["contents"]
    assert set(minimal) <= {"id", "name", "last_modified"}


def test_an_organization_holds_its_services_shortly_or_whole(db: None) -> None:
    brought(service())
    assert "phones" not in ask("organizations/o1")["services"][0]
    assert ask("organizations/o1", full_service="true")["services"][0]["phones"]
    assert "services" not in ask("organizations")["contents"][0]
    assert "phones" not in ask("organizations", full="true")["contents"][0]["services"][0]
    assert ask("organizations", full_service="true")["contents"][0]["services"][0]["phones"]


def test_what_its_source_no_longer_has_is_not_given(db: None) -> None:
    brought(plain("s1"), plain("s2"), complete=True)
    brought(plain("s2"), complete=True)
    assert [record["id"] for record in ask("services")["contents"]] == ["s2"]
    ask("services/s1", 404)


def test_what_was_changed_here_is_given_as_it_is_shown_here(db: None) -> None:
    brought(service())
    Service.objects.update(edits={"name": {"is": "Morning group", "was": "Evening group"}})
    Location.objects.update(edits={"name": {"is": "Lantern House", "was": "Lamp House"}})
    full = ask("services/s1")
    assert full["name"] == "Morning group"
    assert full["service_at_locations"][0]["location"]["name"] == "Lantern House"


def test_a_null_is_left_out_since_the_standard_knows_none(db: None) -> None:
    brought(service(url=None, phones=[{"id": "p1", "number": "01632 960000", "description": None}]))
    full = ask("services/s1")
    assert "url" not in full
    assert full["phones"] == [{"id": "p1", "number": "01632 960000"}]


def test_extensions_and_what_a_directory_told_otherwise_are_passed_on(db: None) -> None:
    brought(service(x_quiet_room={"is": ["yes"]}, email="no address"))
    full = ask("services/s1")
    assert full["x_quiet_room"] == {"is": ["yes"]}
    assert full["email"] == "no address"


def test_an_id_may_hold_a_slash(db: None) -> None:
    brought(plain("county/1 a"))
    assert ask("services/county%2F1%20a")["id"] == "county/1 a"


@needs_official
def test_the_official_examples_are_given_as_they_came(db: None) -> None:
    """Brought in from the standard's own file, and asked for: the same record, in other order."""
    path = OFFICIAL / "examples/service_full.json"
    bring_in(Source.objects.create(key="official", name="Official"), chunks_of(read(path)), complete=True)
    told = json.loads(path.read_text())
    given = ask(f"services/{told['id']}")
    assert told.keys() <= given.keys()
    assert {name: given[name] for name in told if not isinstance(told[name], list | dict)} == {
        name: value for name, value in told.items() if not isinstance(value, list | dict)
    }
    assert given["phones"] == told["phones"]
    assert given["schedules"] == told["schedules"]
