"""Records are brought in again and again, and nothing is lost, neither theirs nor ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leeward.library.directory.bringing_in import bring_in
from leeward.library.directory.models import (
    BringingIn,
    Organization,
    Service,
    ServiceAtLocation,
    Source,
    TaxonomyTerm,
)
from leeward.library.directory.reading.found import Fault, Origin, Read
from leeward.library.directory.telling import chunks_of
from tests.library.directory.invented import (
    brought,
    emptied,
    given,
    kept,
    organization,
    plain,
    reads,
    service,
    source,
    term,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


# -- Once and again -------------------------------------------------------------------------------------------------


def test_what_is_new_is_counted_and_kept_with_the_columns_by_which_it_is_found() -> None:
    outcome = brought(service())
    assert outcome.counted() == {
        kind: {"new": 1}
        for kind in ("taxonomy", "taxonomy_term", "organization", "location", "service", "service_at_location")
    }
    one = Service.objects.get()
    assert (one.organization_id, one.source.key, one.retired_at) == ("o1", "county", None)
    given_at = ServiceAtLocation.objects.get()
    assert (given_at.service_id, given_at.location_id) == ("s1", "l1")
    assert TaxonomyTerm.objects.get().taxonomy_id == "x1"


def test_the_same_again_changes_nothing_and_tells_nobody(told) -> None:
    brought(service())
    before = {one.pk: (one.changed_at, one.digest) for one in Service.objects.all()}
    told.clear()
    outcome = brought(service())
    assert {what for counts in outcome.counted().values() for what in counts} == {"same"}
    assert {one.pk: (one.changed_at, one.digest) for one in Service.objects.all()} == before
    assert set().union(*told) == set()
    assert Service.objects.get().brought_by == BringingIn.objects.latest("pk")


def test_the_same_id_is_brought_up_to_date_and_what_changed_is_named() -> None:
    brought(service())
    outcome = brought(service(name="Morning group"))
    assert outcome.counted()["service"] == {"changed": 1}
    change = next(one for one in outcome.changes if one.kind == "service")
    assert (change.what, change.fields) == ("changed", {"name": ("Evening group", "Morning group")})
    assert Service.objects.get().data["name"] == "Morning group"


def test_a_field_that_the_source_no_longer_tells_is_gone_at_its_end() -> None:
    brought(service(organization=organization(email="desk@lamp.example")))
    outcome = brought(service())
    assert outcome.counted()["organization"] == {"changed": 1}
    assert "email" not in Organization.objects.get().data


def test_what_one_record_leaves_out_another_may_tell() -> None:
    stub, whole = organization(), organization(email="desk@lamp.example")
    brought(plain("s1", organization=stub), plain("s2", organization=whole))
    assert Organization.objects.get().data == whole
    outcome = brought(plain("s1", organization=stub), plain("s2", organization=whole))
    assert outcome.counted()["organization"] == {"same": 1}
    assert not outcome.conflicts.count


def test_what_two_records_tell_otherwise_of_a_third_is_said(monkeypatch) -> None:
    for size in (1_000, 1):
        emptied()
        monkeypatch.setattr("leeward.library.directory.telling.CHUNK", size)
        monkeypatch.setattr("leeward.library.directory.bringing_in.CHUNK", size)
        outcome = brought(plain("s1", organization=organization()), plain("s2", organization=organization(name="Else")))
        assert [(one.origin.line, one.kind, one.path) for one in outcome.conflicts] == [
            (2, "organization", "organization.name")
        ]
        assert Organization.objects.get().data["name"] == "The Lamp"


def test_what_is_no_longer_there_retires_and_comes_back_when_it_comes_again(told) -> None:
    brought(plain("s1"), plain("s2"))
    told.clear()
    outcome = brought(plain("s1"))
    assert outcome.counted()["service"] == {"same": 1, "retired": 1}
    assert Service.objects.get(id="s2").retired_at
    assert set().union(*told) == {"s2"}
    assert [tree["id"] for tree in given()] == ["s1"]
    again = brought(plain("s1"), plain("s2"))
    assert again.counted()["service"] == {"same": 1, "returned": 1}
    assert Service.objects.get(id="s2").retired_at is None


@pytest.mark.parametrize(
    ("found", "how", "why"),
    [
        ([plain("s1")], {"complete": False}, "only a part"),
        ([plain("s1"), Fault(Origin("x", 2), "It ends in the middle.", fatal=True)], {}, "not all could be read"),
        ([], {}, "nothing was found"),
    ],
)
def test_a_part_a_broken_end_and_nothing_at_all_retire_nothing(found, how, why) -> None:
    brought(plain("s1"), plain("s2"))
    assert why in brought(*found, **how).retiring
    assert not Service.objects.exclude(retired_at=None).exists()


def test_an_import_that_breaks_off_keeps_what_was_written_and_runs_to_its_end_again(monkeypatch) -> None:
    monkeypatch.setattr("leeward.library.directory.telling.CHUNK", 1)
    brought(plain("s0"))

    def breaks() -> Iterator[Read | Fault]:
        yield from reads(plain("s1"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(source(), chunks_of(breaks()))
    assert set(Service.objects.filter(retired_at=None).values_list("id", flat=True)) == {"s0", "s1"}
    assert BringingIn.objects.latest("pk").ended_at is None
    outcome = brought(plain("s1"), plain("s2"))
    assert outcome.counted()["service"] == {"same": 1, "new": 1, "retired": 1}


def test_two_imports_of_one_source_at_once_do_not_retire_what_the_other_saw() -> None:
    brought(plain("s1"), plain("s2"))

    def other_comes_between() -> Iterator[Read | Fault]:
        yield from reads(plain("s1"))
        brought(plain("s1"), plain("s2"), plain("s3"))

    bring_in(source(), chunks_of(other_comes_between()))
    assert not Service.objects.exclude(retired_at=None).exists()


# -- What is ours ---------------------------------------------------------------------------------------------------


def test_what_was_changed_here_stays_and_what_the_directory_says_now_is_a_difference() -> None:
    brought(plain("s1"))
    Service.objects.update(edits={"name": {"is": "Ours", "was": "Service s1"}})
    assert not brought(plain("s1")).differences.count
    outcome = brought(plain("s1", name="Theirs"))
    one = Service.objects.get()
    assert (one.overlaid["name"], one.data["name"]) == ("Ours", "Theirs")
    assert [(d.id, d.field, d.here, d.was, d.now) for d in outcome.differences] == [
        ("s1", "name", "Ours", "Service s1", "Theirs")
    ]


def test_what_another_source_brought_is_left_alone_if_it_is_the_same_and_refused_if_not() -> None:
    brought(plain("s1"), plain("s2"))
    outcome = brought(plain("s1"), plain("s2", name="Mine"), of="other")
    assert outcome.counted()["service"] == {"elsewhere": 1, "refused": 1}
    assert "Another source" in next(iter(outcome.faults)).reason
    assert {one.source.key for one in Service.objects.all()} == {"county"}
    assert Service.objects.get(id="s2").data == plain("s2")


def test_what_its_source_gave_up_another_may_bring() -> None:
    brought(plain("s1"), plain("s2"))
    brought(plain("s1"))
    assert brought(plain("s2", name="Mine"), of="other").counted()["service"] == {"returned": 1}
    assert Service.objects.get(id="s2").source.key == "other"


# -- What is broken -------------------------------------------------------------------------------------------------


def test_a_broken_record_is_named_and_the_rest_goes_in() -> None:
    outcome = brought(plain("s1"), plain("s2", status="open"), {"name": "No id"}, plain("s4", url="lamp"))
    assert set(Service.objects.values_list("id", flat=True)) == {"s1", "s4"}
    assert [(str(one.origin), one.id) for one in outcome.faults] == [
        ("county.jsonl:2:1", "s2"),
        ("county.jsonl:3:1", ""),
    ]
    assert [(str(one.origin), one.path) for one in outcome.remarks] == [("county.jsonl:4:1", "url")]
    assert Service.objects.get(id="s4").data["url"] == "lamp"


def test_a_record_that_comes_broken_stays_as_it_was_and_does_not_retire() -> None:
    brought(service())
    outcome = brought(service(status="open"), plain("s2"))
    assert outcome.counted()["service"] == {"refused": 1, "new": 1}
    assert not Service.objects.exclude(retired_at=None).exists()
    assert not ServiceAtLocation.objects.exclude(retired_at=None).exists()
    assert Service.objects.get(id="s1").data["status"] == "active"


def test_a_record_within_another_that_is_only_named_is_refused_if_nobody_tells_the_rest() -> None:
    named = {"id": "o1", "name": "The Lamp"}
    outcome = brought(plain("s1", organization=named))
    assert outcome.counted() == {"service": {"new": 1}, "organization": {"refused": 1}}
    assert Service.objects.get().organization_id == "o1"
    assert not brought(plain("s1", organization=named), plain("s2", organization=organization())).faults.count
    assert Organization.objects.get().data == organization()


@pytest.mark.parametrize("broken", [plain("s2", status="open"), plain("s2", url="lamp")])
def test_strict_brings_in_nothing_if_anything_is_broken(broken, told, monkeypatch) -> None:
    monkeypatch.setattr("leeward.library.directory.telling.CHUNK", 1)
    outcome = brought(plain("s1"), broken, strict=True)
    assert not outcome.kept
    assert not Service.objects.exists()
    assert brought(plain("s1"), strict=True).kept
    assert Service.objects.count() == 1


def test_the_same_id_twice_is_once_if_it_says_the_same_and_a_fault_if_not() -> None:
    outcome = brought(plain("s1"), plain("s1"), plain("s1", name="Else"))
    assert outcome.counted()["service"] == {"new": 1, "refused": 1}
    fault = next(iter(outcome.faults))
    assert (fault.origin.line, "county.jsonl:1:1" in fault.reason) == (3, True)
    assert Service.objects.get().data == plain("s1")


def test_parents_that_lead_back_to_themselves_are_cut_where_the_place_goes_by_them_and_kept() -> None:
    circle = [term(id="t1", parent_id="t2"), term(id="t2", parent_id="t1"), term(id="t3", parent_id="t1")]
    outcome = brought(*circle, kind="taxonomy_term")
    assert [one.reason for one in outcome.faults] == [
        "Its parents lead back to itself: t1 → t2 → t1. The link was cut."
    ]
    parents = dict(TaxonomyTerm.objects.values_list("id", "parent_id"))
    assert parents == {"t1": "", "t2": "", "t3": "t1"}
    assert TaxonomyTerm.objects.get(id="t1").data["parent_id"] == "t2"
    ring = [organization(id="o1", parent_organization_id="o1")]
    assert "lead back" in next(iter(brought(*ring, kind="organization", of="other").faults)).reason


@pytest.mark.parametrize("value", ["a\0b", "\ud800", float("nan")])
def test_what_no_database_can_hold_is_refused_in_words_and_the_rest_goes_in(value) -> None:
    outcome = brought(plain("s1", description=value), plain("s2", description="\\u0000"), plain("s\0", name="x"))
    assert outcome.counted()["service"] == {"refused": 2, "new": 1}
    assert Service.objects.get().data["description"] == "\\u0000"


def test_a_kind_that_nobody_knows_is_refused() -> None:
    assert brought(Read("spaceship", {"id": "1"}, Origin("x", 1))).faults.count == 1


# -- A rehearsal ----------------------------------------------------------------------------------------------------


def test_a_rehearsal_says_what_an_import_then_does_and_writes_nothing(told) -> None:
    brought(service(), plain("s2"), plain("s3"))
    before, imports = kept(), BringingIn.objects.count()
    told.clear()
    found = (
        service(name="Morning group", organization=organization(email="a@lamp.example")),
        plain("s4", organization=organization(legal_status="Charity")),
        plain("s3", status="open"),
    )
    rehearsed = brought(*found, dry_run=True)
    assert (kept(), BringingIn.objects.count(), told) == (before, imports, [])
    assert not Service.objects.exclude(retired_at=None).exists()
    done = brought(*found)
    assert rehearsed.counted() == done.counted()
    assert list(rehearsed.changes) == list(done.changes)
    assert done.counted()["service"] == {"changed": 1, "new": 1, "refused": 1, "retired": 1}


def test_a_rehearsal_of_a_new_source_needs_none() -> None:
    assert bring_in(Source(key="new"), chunks_of(reads(service())), dry_run=True).counted()["service"] == {"new": 1}
    assert not Source.objects.exists()
