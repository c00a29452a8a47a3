"""Rows whose record is not here wait for it; and whoever derives something from services is told."""

from __future__ import annotations

import pytest

from leeward.library.directory import changes
from leeward.library.directory.models import Location, LooseRow, Service
from leeward.library.directory.reading.found import Origin, Read
from tests.library.directory.invented import brought, emptied, location, organization, plain, service, term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def loose(table: str, **columns: str) -> Read:
    return Read(f"loose:{table}", columns, Origin("phones.csv", 2))


# -- Rows without a record ------------------------------------------------------------------------------------------


def test_a_row_whose_record_is_not_here_is_kept_and_comes_home_with_it(told) -> None:
    brought(plain("s0"), loose("phone", id="p1", number="01632 960000", service_id="s1"))
    assert LooseRow.objects.get().data["service_id"] == "s1"
    told.clear()
    brought(plain("s1"), complete=False)
    assert not LooseRow.objects.exists()
    assert Service.objects.get(id="s1").data["phones"] == [{"id": "p1", "number": "01632 960000"}]
    assert {"s1"} in told


def test_a_row_that_waits_for_two_records_goes_on_waiting_for_the_other() -> None:
    brought(plain("s1"), loose("phone", id="p1", number="1", service_id="s1", location_id="l9"))
    assert LooseRow.objects.get().data == {"id": "p1", "number": "1", "location_id": "l9"}


def test_attributes_find_home_by_what_they_name_and_tables_of_ones_own_wait_for_ever() -> None:
    brought(
        plain("s1"),
        loose("attribute", id="a1", link_id="s1", link_entity="service", value="x"),
        loose("meta_table_description", id="m1", name="ours"),
        loose("of_ones_own", id="w1", whatever="=1+1"),
    )
    assert Service.objects.get().data["attributes"] == [{"id": "a1", "link_entity": "service", "value": "x"}]
    assert set(LooseRow.objects.values_list("table", flat=True)) == {"meta_table_description", "of_ones_own"}
    brought(plain("s1"))
    assert not LooseRow.objects.exists()


# -- Who is told ----------------------------------------------------------------------------------------------------


def test_services_are_told_of_when_what_they_show_changes(told) -> None:
    brought(service(), plain("s2"))
    assert set().union(*told) == {"s1", "s2"}
    for changed in (
        service(organization=organization(email="a@lamp.example")),
        service(service_at_locations=[{"id": "sl1", "location": location(name="Else")}]),
        service(attributes=[{"id": "a1", "link_entity": "service", "taxonomy_term": term(name="Else")}]),
    ):
        emptied()
        brought(service(), plain("s2"))
        told.clear()
        brought(changed, plain("s2"))
        assert set().union(*told) == {"s1"}


def test_a_service_is_told_of_again_when_a_term_comes_after_it(told) -> None:
    by_id = plain("s1", attributes=[{"id": "a1", "taxonomy_term_id": "t1"}])
    brought(by_id, Read("taxonomy_term", term(), Origin("x", 2)))
    told.clear()
    brought(by_id, Read("taxonomy_term", term(id="t2"), Origin("x", 2)), complete=False)
    assert set().union(*told) == set()


@pytest.mark.django_db(transaction=True)
def test_all_is_told_within_the_transaction_that_writes_it(monkeypatch) -> None:
    def fails(ids: object, wholes: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(changes, "_followers", [fails])
    with pytest.raises(RuntimeError):
        brought(service())
    assert not Location.objects.exists()
