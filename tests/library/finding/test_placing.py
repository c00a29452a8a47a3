"""Services whose directory tells no coordinates: they stand in the middle of their postcode, if that is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.library.directory import changes
from leeward.library.directory.models import Service
from leeward.library.finding.cards import cards_of
from leeward.library.finding.finder import find
from leeward.library.finding.models import NOWHERE, ListingPlace
from leeward.library.finding.sought import Sought
from leeward.library.finding.spots import Spot
from tests.library.finding.keeping import FAR, LOWLAMP, at, id_of, retire, service, weekly

pytestmark = pytest.mark.django_db
HERE = Spot(*LOWLAMP)
ROWS = (
    "XL\tXL1 6AN\tLowlamp\t\t\t\t\t\t\t56.3201\t-12.4331\t6",
    "XL\tXL1 6AN\tLowlamp Hill\t\t\t\t\t\t\t56.3401\t-12.4331\t6",
    "XL\tXL2\tFarness\t\t\t\t\t\t\t57.9\t-12.4\t4",
    "XM\tXL1 6AN\tElsewhere\t\t\t\t\t\t\t10.0\t10.0\t4",
)


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    path = tmp_path / "XL.txt"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return path


def unplaced(code: str, town: str = "Lowlamp", country: str = "XL", **more: Any) -> dict[str, Any]:
    """A service_at_location of which the directory tells the address alone."""
    place = at(LOWLAMP, town)
    location = {name: value for name, value in place["location"].items() if name not in {"latitude", "longitude"}}
    location["id"] = id_of("unplaced", code, town, country, sorted(more))
    location["addresses"] = [{**location["addresses"][0], "postal_code": code, "country": country, **more}]
    return {**place, "location": location}


def near(within: float = 10) -> list[str]:
    return [card.name for card in cards_of(find(Sought(near=HERE, within=within, places=True)).hits)]


def test_a_service_with_an_address_alone_is_found_near_its_postcode(gazetteer: Path) -> None:
    call_command("import_places", gazetteer, verbosity=0)
    service("house", unplaced("xl1 6an"))
    (hit,) = find(Sought(near=HERE, within=10)).hits
    assert hit.away == pytest.approx(1.11, abs=0.01), "in the middle of the two rows of its postcode"
    (card,) = cards_of([hit])
    assert (card.name, card.place, card.away) == ("house", "Lowlamp", "about 1 km away, by its postcode")


def test_what_was_there_before_the_gazetteer_is_placed_when_it_comes_and_again_when_it_changes(gazetteer: Path) -> None:
    service("house", unplaced("XL1 6AN"))
    service("house with coordinates", at(FAR))
    retire(service("retired", unplaced("XL1 6AN", "Retired")))
    assert near() == []
    call_command("import_places", gazetteer, "--dry-run", verbosity=0)
    assert near() == []
    call_command("import_places", gazetteer, verbosity=0)
    assert near() == ["house"]
    gazetteer.write_text("XL\tXL1 6AN\tLowlamp\t\t\t\t\t\t\t10.0\t10.0\t6")
    call_command("import_places", gazetteer, verbosity=0)
    assert near() == []


@pytest.mark.parametrize("code", ["XL2 9ZZ", "XL2-9ZZ", "xl29zz", "XL2"])
def test_a_gazetteer_that_has_first_parts_alone_places_by_these(gazetteer: Path, code: str) -> None:
    call_command("import_places", gazetteer, verbosity=0)
    service("house", unplaced(code))
    (hit,) = find(Sought(near=Spot(*FAR), within=2)).hits
    assert hit.away == pytest.approx(0)
    assert cards_of([hit])[0].away == "about 1 km away, by its postcode"


@pytest.mark.parametrize(
    "place",
    [
        unplaced("XL1 6AN", country=""),
        unplaced("XL1 6AN", country="XN"),
        unplaced("XL1 6AN", country="XM"),
        unplaced("XL9 9ZZ"),
        unplaced(""),
        unplaced("X"),
        unplaced("XL1 6AN", address_type="postal"),
    ],
)
def test_a_postcode_that_nobody_knows_or_of_another_country_or_for_letters_places_nothing(
    gazetteer: Path, place: dict[str, Any]
) -> None:
    call_command("import_places", gazetteer, verbosity=0)
    service("house", place)
    assert near() == []


def test_without_a_country_it_is_the_one_that_the_place_serves(gazetteer: Path, settings: Any) -> None:
    settings.COUNTRIES = ("XL",)
    call_command("import_places", gazetteer, verbosity=0)
    service("house", unplaced("XL1 6AN", country=""))
    assert near() == ["house"]


def test_of_several_places_each_is_shown_where_it_is_whichever_are_placed_by_postcode(gazetteer: Path) -> None:
    closed, opened = weekly("TU", "09:00Z", "12:00Z"), weekly("MO", "09:00Z", "12:00Z")
    key = service(
        "three houses",
        unplaced("XL9 9ZZ", "Nowhere", schedules=[closed]) | {"schedules": [closed]},
        unplaced("XL1 6AN", "Lowlamp") | {"schedules": [opened]},
        at(FAR, "Farness", schedules=[closed]),
    )
    call_command("import_places", gazetteer, verbosity=0)
    for spot, town in ((HERE, "Lowlamp"), (Spot(*FAR), "Farness")):
        (card,) = cards_of(find(Sought(near=spot, within=10)).hits)
        assert card.place == town
        assert ("Monday" in card.hours.lines[0]) is (town == "Lowlamp")
    assert list(ListingPlace.objects.filter(leads=True).values_list("listing__service_id", flat=True)) == [key]


def test_many_are_placed_with_as_many_questions_as_one(gazetteer: Path) -> None:
    call_command("import_places", gazetteer, verbosity=0)
    service("house 0", unplaced("XL1 6AN", "House 0"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            changes.tell(list(Service.objects.values_list("id", flat=True)))
        return len(questions)

    one = asked()
    for turn in range(1, 6):
        service(f"house {turn}", unplaced("XL1 6AN", f"House {turn}"))
    assert asked() == one


def test_of_very_many_places_that_nobody_can_place_none_lends_its_hours_or_country(monkeypatch: Any) -> None:
    monkeypatch.setattr("leeward.library.finding.deriving.MOST_PLACES", 2)
    opened = {"schedules": [weekly("MO", "09:00Z", "12:00Z")]}
    service("houses", *(unplaced("XL9 9ZZ", f"House {turn}", country="XM") | opened for turn in range(4)))
    row = ListingPlace.objects.get()
    assert (row.number, row.leads, row.country, row.week_begins) == (NOWHERE, True, "", 0)
    (card,) = cards_of(find(Sought()).hits)
    assert (card.place, card.hours.lines) == ("", [])


def test_the_one_house_of_a_service_is_named_though_it_has_a_line_too(gazetteer: Path) -> None:
    line = at(LOWLAMP, "Nowhere")
    line["location"] |= {"location_type": "virtual", "id": id_of("line")}
    service("house and line", line, at(FAR, "Farness"))
    (card,) = cards_of(find(Sought()).hits)
    assert card.place == "Farness"
