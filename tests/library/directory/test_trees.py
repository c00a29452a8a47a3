"""Trees of HSDS are taken apart into records, and grow again from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from leeward.library.directory.checking import Unkeepable, digest_of, faults_of
from leeward.library.directory.columns import columns_of
from leeward.library.directory.models import Organization, Service
from leeward.library.directory.trees import DEEPEST, Depth, Part, TreeRefused, grown, parts
from tests.library.directory.invented import brought, location, organization, plain, service, term

pytestmark = pytest.mark.usefixtures("nobody_follows")

VILLAGE = Path(settings.BASE_DIR) / "leeward" / "village" / "services" / "services.jsonl"


def taken(kind: str, tree: dict[str, Any]) -> dict[tuple[str, str], Part]:
    return {(part.kind, part.id): part for part in parts(kind, tree)}


def test_core_records_leave_their_ids_behind_and_are_written_before_what_names_them() -> None:
    found = parts("service", service())
    assert [part.kind for part in found] == [
        "taxonomy", "taxonomy_term", "organization", "location", "service", "service_at_location",
    ]  # fmt: skip
    by_kind = {part.kind: part.data for part in found}
    assert by_kind["service"]["organization"] == "o1"
    assert by_kind["service"]["service_at_locations"] == ["sl1"]
    assert by_kind["service"]["attributes"][0]["taxonomy_term"] == "t1"
    assert by_kind["taxonomy_term"]["taxonomy_detail"] == "x1"
    assert by_kind["service_at_location"] == {"id": "sl1", "location": "l1", "service": "s1"}


def test_a_tree_is_not_changed_when_it_is_taken_apart() -> None:
    tree = service()
    before = json.dumps(tree)
    parts("service", tree)
    assert json.dumps(tree) == before


def test_an_id_in_a_column_and_a_record_in_its_place_say_the_same() -> None:
    in_column = taken("service", plain("s1", organization_id="o1"))["service", "s1"].data
    embedded = taken("service", plain("s1", organization=organization()))["service", "s1"].data
    both = taken("service", plain("s1", organization=organization(), organization_id="o1"))["service", "s1"].data
    assert in_column == embedded == both == plain("s1", organization="o1")


def test_a_column_that_names_another_record_than_the_one_beside_it_is_kept_and_said() -> None:
    said = []
    tree = plain("s1", organization=organization(), organization_id="o2")
    found = parts("service", tree, lambda path, reason: said.append(path))
    assert found[-1].data == plain("s1", organization="o1", organization_id="o2")
    assert said == ["organization_id"]


def test_what_one_tree_tells_twice_is_one_record_with_all_that_is_told() -> None:
    fuller = location(description="With a garden.")
    tree = service(organization=organization(locations=[location(transportation="Bus 2")]))
    tree["service_at_locations"][0]["location"] = fuller
    assert taken("service", tree)["location", "l1"].data == location(
        description="With a garden.", transportation="Bus 2"
    )


def test_what_is_told_in_two_ways_stays_as_it_was_first_and_is_said() -> None:
    said = []
    tree = service(organization=organization(locations=[location(name="Another House")]))
    found = {part.id: part.data for part in parts("service", tree, lambda path, reason: said.append(path))}
    assert found["l1"]["name"] in {"Another House", "Lamp House"}
    assert len(said) == 1
    assert said[0].endswith("name")


def test_an_organization_within_its_own_service_within_itself_ends() -> None:
    tree = organization(services=[plain("s1", organization=organization(email="a@lamp.example"))])
    found = taken("organization", tree)
    assert found["organization", "o1"].data == organization(email="a@lamp.example")
    assert found["service", "s1"].data == plain("s1", organization="o1")


def test_records_within_records_without_end_are_refused_in_words() -> None:
    tree = organization()
    for number in range(DEEPEST + 1):
        tree = organization(id=f"o{number}", services=[plain(f"s{number}", organization=tree)])
    with pytest.raises(TreeRefused, match="nested too deeply"):
        parts("organization", tree)


@pytest.mark.parametrize("one", [None, "", 7, ["s1"]])
def test_a_record_without_an_id_is_refused(one) -> None:
    with pytest.raises(TreeRefused, match="no id"):
        parts("service", {**service(), "id": one})


def test_unknown_fields_and_extensions_pass_as_they_are() -> None:
    tree = service(x_rooms=[{"n": None}], organization=organization(x_kind="ours"))
    found = taken("service", tree)
    assert found["service", "s1"].data["x_rooms"] == [{"n": None}]
    assert found["organization", "o1"].data["x_kind"] == "ours"


def test_an_id_too_long_for_a_column_leaves_it_empty() -> None:
    assert columns_of("service", {"organization": "o" * 500, "program": "p1"}) == {
        "organization_id": "",
        "program_id": "p1",
    }


@pytest.mark.django_db
def test_the_trees_of_the_village_grow_again_to_the_letter() -> None:
    told = [json.loads(line) for line in VILLAGE.read_text().splitlines()]
    assert brought(*told).is_sound
    found = {tree["id"]: tree for tree in grown("service", Service.objects.all(), to=Depth.FULL)}
    assert len(told) == 200
    assert [found[tree["id"]] for tree in told] == told


@pytest.mark.django_db
def test_many_trees_cost_as_many_questions_as_one(django_assert_max_num_queries) -> None:
    brought(*(json.loads(line) for line in VILLAGE.read_text().splitlines()))
    for some in (Service.objects.all()[:20], Service.objects.all()):
        records = list(some)
        with django_assert_max_num_queries(9):
            grown("service", records, to=Depth.FULL)


@pytest.mark.django_db
def test_less_is_grown_where_less_is_asked_for() -> None:
    brought(service())
    one = Service.objects.get()
    assert grown("service", [one], to=Depth.MINIMAL) == [{"id": "s1", "name": "Evening group"}]
    listed = grown("service", [one], to=Depth.LISTED)[0]
    assert listed.keys() == {"id", "name", "status", "description", "organization"}
    assert listed["organization"] == organization()
    theirs = grown("organization", Organization.objects.all(), to=Depth.FULL)[0]
    assert [row["id"] for row in theirs["services"]] == ["s1"]
    assert "phones" not in theirs["services"][0]
    whole = grown("organization", Organization.objects.all(), to=Depth.WHOLE)[0]
    assert whole["services"][0]["service_at_locations"][0]["location"] == location()


@pytest.mark.django_db
def test_what_was_changed_here_grows_in_its_place() -> None:
    brought(service())
    Service.objects.update(edits={"name": {"is": "Ours", "was": "Evening group"}})
    assert grown("service", Service.objects.all(), to=Depth.FULL)[0]["name"] == "Ours"


# -- Sound or not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"status": "open"}, "status"),
        ({"name": 7}, "name"),
        ({"id": "s" * 121}, "id"),
        ({"id": "../../help"}, "id"),
        ({"id": "a/./b"}, "id"),
    ],
)
def test_a_record_with_a_broken_required_field_is_none(told, path) -> None:
    assert [(flaw.path, flaw.grave) for flaw in faults_of("service", {**plain("s1"), **told})] == [(path, True)]


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"url": "www.lamp.example"}, "url"),
        ({"minimum_age": "ten"}, "minimum_age"),
        ({"minimum_age": True}, "minimum_age"),
        ({"email": "nobody"}, "email"),
        ({"assured_date": "21.11.2026"}, "assured_date"),
        ({"phones": {}}, "phones"),
        ({"phones": ["x"]}, "phones[0]"),
        ({"phones": [{"id": "p1"}]}, "phones[0].number"),
        ({"schedules": [{"id": "h1", "opens_at": "nine"}]}, "schedules[0].opens_at"),
        ({"capacities": [{"id": "c", "available": 1, "updated": "2026-01-01T00:00:00Z", "unit": {"id": "u"}}]},
         "capacities[0].unit.name"),
    ],
)  # fmt: skip
def test_any_other_broken_field_is_only_said(told, path) -> None:
    assert [(flaw.path, flaw.grave) for flaw in faults_of("service", {**plain("s1"), **told})] == [(path, False)]


def test_nulls_in_optional_fields_and_ids_of_every_sort_are_sound() -> None:
    assert faults_of("service", plain("A-1/7", url=None, phones=None)) == []
    assert faults_of("taxonomy_term", term(taxonomy_detail="x1")) == []


@pytest.mark.parametrize("value", ["a\0b", "\ud800", float("nan"), float("inf"), {"k\0": 1}])
def test_what_no_database_can_hold_is_found(value) -> None:
    with pytest.raises(Unkeepable):
        digest_of({"id": "s1", "x": [value]})


def test_a_backslash_before_zeros_is_no_nul_and_the_order_of_fields_is_no_difference() -> None:
    assert len(digest_of({"x": "\\u0000"})) == 32
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
