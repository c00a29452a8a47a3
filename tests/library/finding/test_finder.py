"""Finding services by all that can be chosen, alone and together, on both databases."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings

from leeward.library.actions import confirm
from leeward.library.directory import changes
from leeward.library.directory.freshness import checkables
from leeward.library.directory.models import Service
from leeward.library.finding.finder import MOST, find
from leeward.library.finding.following import refind
from leeward.library.finding.models import Listing, ListingPlace, OtherTerm
from leeward.library.finding.sought import Found, Sought
from leeward.library.finding.spots import Spot
from leeward.library.finding.words import read_words
from tests.conftest import Cast
from tests.library.finding.keeping import CANDLEWICK, FAR, LOWLAMP, at, checked, id_of, retire, service, term, weekly

pytestmark = pytest.mark.django_db
HERE = Spot(*LOWLAMP)
MONDAY_TEN = datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC)


def names(moment: datetime.datetime | None = None, **sought: Any) -> list[str]:
    found = find(Sought(**sought), moment)
    named = {record.id: record.data["name"] for record in Service.objects.all()}
    return [named[key] for key in services_of(found)]


def services_of(found: Found) -> list[str]:
    ids = dict(Listing.objects.values_list("pk", "service_id"))
    return [ids[hit.listing] for hit in found.hits]


def test_what_is_over_is_not_found_and_what_rests_is() -> None:
    service("here")
    service("resting", status="temporarily closed")
    service("inactive", status="inactive")
    service("defunct", status="defunct")
    retire(service("retired"))
    assert sorted(names()) == ["here", "resting"]


def test_a_service_that_changes_is_found_by_what_it_is_now_and_one_that_retires_no_more() -> None:
    key = service("Lamp group", attributes=[term("leeward-need", "group")])
    assert names(needs=frozenset({"group"})) == ["Lamp group"]
    service("Lamp line", id=key, attributes=[term("leeward-need", "helpline")])
    assert names(needs=frozenset({"group"})) == []
    assert names(words=read_words("line")) == ["Lamp line"]
    assert names(words=read_words("group")) == []
    retire(key)
    assert names() == []
    assert not ListingPlace.objects.exists()
    Service.objects.update(retired_at=None)
    changes.tell([key])
    assert names() == ["Lamp line"]


def test_needs_and_audiences_are_any_of_those_chosen() -> None:
    service("group", attributes=[term("leeward-need", "group"), term("leeward-audience", "partner")])
    service("law", attributes=[term("leeward-need", "legal"), term("leeward-audience", "grandparent")])
    service("for anyone", attributes=[term("leeward-need", "group")])
    assert sorted(names(needs=frozenset({"group", "legal"}))) == ["for anyone", "group", "law"]
    assert names(audiences=frozenset({"partner"})) == ["group"]
    assert names(needs=frozenset({"legal"}), audiences=frozenset({"partner"})) == []
    assert names(needs=frozenset({"unheard of"})) == []


def test_the_nearest_come_first_then_those_by_telephone_and_what_is_too_far_not_at_all() -> None:
    service("four kilometres", at(CANDLEWICK, "Candlewick"))
    service("next door", at(LOWLAMP))
    service("far away", at(FAR, "Farness"))
    service("by telephone", phones=[{"id": id_of("phone"), "number": "+44 1632 960101"}])
    assert names(near=HERE, within=50) == ["next door", "four kilometres", "by telephone"]
    assert names(near=HERE, within=2) == ["next door", "by telephone"]
    assert names(near=HERE, within=200, places=True) == ["next door", "four kilometres", "far away"]
    assert names(near=HERE, remote=True) == ["by telephone"]
    found = find(Sought(near=HERE))
    away = dict(zip(services_of(found), [hit.away for hit in found.hits], strict=True))
    assert away[id_of("service", "next door")] == pytest.approx(0)
    assert away[id_of("service", "four kilometres")] == pytest.approx(4.06, abs=0.05)
    assert away[id_of("service", "by telephone")] is None


def test_a_service_with_several_places_is_found_once_at_the_nearest() -> None:
    service("two houses", at(FAR, "Farness"), at(CANDLEWICK, "Candlewick"), at(LOWLAMP))
    found = find(Sought(near=HERE, within=200))
    assert len(found.hits) == 1
    assert found.hits[0].away == pytest.approx(0)
    assert names() == ["two houses"]


def test_what_is_near_and_by_telephone_too_stands_where_it_is_near() -> None:
    video = [weekly("MO", "09:00Z", "12:00Z", attending_type="In the room, or by video")]
    service("both", at(LOWLAMP, schedules=video))
    service("further", at(CANDLEWICK, "Candlewick"))
    assert names(near=HERE) == ["both", "further"]
    assert names(remote=True) == ["both"]


def test_what_is_near_is_near_over_the_line_where_the_days_meet() -> None:
    service("east of it", at((-16.8, -179.95), "Taveuni"))
    service("west of it", at((-16.8, 179.95), "Qamea"))
    found = find(Sought(near=Spot(-16.8, 179.97), within=25))
    assert [round(hit.away or 0) for hit in found.hits] == [2, 9]
    service("at the pole", at((89.99, 10.0), "Pole"))
    assert names(near=Spot(89.99, -170.0), within=10) == ["at the pole"]


def test_a_place_that_a_directory_does_not_know_is_nowhere() -> None:
    spots: list[Any] = [(0, 0), (200, 10), ("north", "west"), (None, None), ("1e400", 3), (True, True)]
    for turn, spot in enumerate(spots):
        service(f"odd {turn}", at(spot, f"Town {turn}"))
    assert ListingPlace.objects.exclude(latitude=None).count() == 0
    assert names(near=Spot(0, 0)) == []
    assert len(names()) == 6


def test_a_language_is_the_one_that_is_asked_for() -> None:
    service("Polish", languages=[{"id": "1", "code": "pl", "name": "Polish"}])
    service("sign", languages=[{"id": "2", "code": "bfi", "name": "BSL"}])
    service("by region", phones=[{"id": "3", "number": "1", "languages": [{"id": "4", "code": "pl-PL"}]}])
    service("none said")
    assert sorted(names(language="pl")) == ["Polish", "by region"]
    assert names(language="bfi") == ["sign"]
    assert names(language="bf") == []


def test_what_costs_nothing_is_free_for_everyone() -> None:
    service("free", cost_options=[{"id": "1", "amount": 0}])
    service("free for some", cost_options=[{"id": "2", "amount": 0}, {"id": "3", "amount": 40}])
    service("paid", cost_options=[{"id": "4", "amount": 12.5}])
    service("does not say", fees_description="Ask us.")
    service("says it badly", cost_options=[{"id": "5", "amount": "none"}, "nothing"])
    assert names(free=True) == ["free"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23 10:00", ["always", "mondays", "over there"]),
        ("2026-11-23 09:29", ["always", "over there"]),
        ("2026-11-23 23:30", ["always", "late"]),
        ("2026-11-24 00:30", ["always", "late"]),
        ("2026-12-07 14:10", ["always", "first Monday"]),
        ("2026-12-14 14:10", ["always"]),
    ],
)
def test_open_now_is_open_this_minute(moment: str, expected: list[str]) -> None:
    every = "MO,TU,WE,TH,FR,SA,SU"
    service("mondays", schedules=[weekly("MO", "09:30Z", "12:00Z")])
    service("late", schedules=[weekly("MO", "22:00Z", "02:00Z")])
    service("always", schedules=[weekly(every, "00:00Z", "23:59Z")])
    service("first Monday", schedules=[weekly("1MO", "14:00Z", "15:00Z", freq="MONTHLY")])
    service("over there", schedules=[weekly("MO", "20:00+11:00", "22:00+11:00", timezone=11)])
    service("resting", status="temporarily closed", schedules=[weekly(every, "00:00Z", "23:59Z")])
    service("does not say")
    at_moment = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
    assert sorted(names(at_moment, open_now=True)) == expected


def test_of_several_places_the_one_that_is_open_is_found() -> None:
    closed, opened = weekly("TU", "09:00Z", "12:00Z"), weekly("MO", "09:00Z", "12:00Z")
    service("two houses", at(LOWLAMP, schedules=[closed]), at(CANDLEWICK, "Candlewick", schedules=[opened]))
    assert names(MONDAY_TEN, open_now=True) == ["two houses"]
    (hit,) = find(Sought(open_now=True, near=HERE), MONDAY_TEN).hits
    assert hit.away == pytest.approx(4.06, abs=0.05), "the open one, though the other is nearer"


def test_her_journey_leaves_out_what_is_for_others_and_puts_first_what_names_it() -> None:
    service("for anyone")
    service("after ending", attributes=[term("leeward-journey", "kind:tfmr")])
    service("after a stillbirth", attributes=[term("leeward-journey", "kind:stillbirth")])
    service(
        "for partners", attributes=[term("leeward-journey", "kind:tfmr"), term("leeward-journey", "relation:partner")]
    )
    service("no living child", attributes=[term("leeward-journey", "children:none_living")])
    facts = {"kind": frozenset({"tfmr"}), "relation": frozenset({"carried"}), "children": frozenset({"none_living"})}
    found = names(facts=facts)
    assert sorted(found[:2]) == ["after ending", "no living child"]
    assert found[2:] == ["for anyone"]
    assert len(names()) == 5


def test_services_of_another_country_are_left_out_where_a_country_is_known() -> None:
    service("here", at(LOWLAMP))
    service("by telephone")
    assert sorted(names(country="XL")) == ["by telephone", "here"]
    assert names(country="GB") == ["by telephone"]


def test_terms_of_other_taxonomies_are_found_by_their_names_and_by_choice() -> None:
    shelter = term("Open Eligibility", "1102", "Emergency shelter")
    service("Red house", attributes=[shelter])
    service("Blue house")
    assert OtherTerm.objects.get().name == "Emergency shelter"
    assert names(words=read_words("shelter")) == ["Red house"]
    assert names(terms=frozenset({shelter["taxonomy_term"]["id"]})) == ["Red house"]
    service("Red house", attributes=[])
    refind()
    assert not OtherTerm.objects.exists()


def test_what_was_checked_lately_stands_before_what_was_not() -> None:
    service("old", at(LOWLAMP), assured_date=checked(settings.SERVICES_CURRENT_DAYS + 1))
    service("never", at(LOWLAMP), assured_date=None)
    service("lately", at(CANDLEWICK, "Candlewick"))
    service("line", phones=[{"id": "1", "number": "1"}])
    found = find(Sought(near=HERE))
    assert [hit.is_current for hit in found.hits] == [True, True, False, False]
    assert names(near=HERE)[:2] == ["lately", "line"]
    assert names()[-1] == "never"


def test_what_a_named_person_of_the_host_checked_is_current(cast: Cast) -> None:
    key = service("old", assured_date=checked(900))
    assert not find(Sought()).hits[0].is_current
    confirm(list(checkables([Service.objects.get(pk=key)]).values()), by=cast.host, name="Hesper")
    changes.tell([key])
    assert find(Sought()).hits[0].is_current


def test_more_than_two_hundred_are_said_to_be_more() -> None:
    for turn in range(3):
        service(f"seed {turn}")
    listing = Listing.objects.first()
    assert listing
    row = {
        name: value
        for name, value in ListingPlace.objects.filter(listing=listing).values().get().items()
        if name != "id"
    }
    for turn in range(MOST):
        listing.pk, listing.service_id = None, f"copy-{turn}"
        listing.save(force_insert=True)
        ListingPlace.objects.create(**{**row, "listing_id": listing.pk})
    found = find(Sought())
    assert len(found.hits) == MOST
    assert not found.is_all


def test_all_can_be_made_anew_and_gives_the_same() -> None:
    service(
        "Lamp", at(LOWLAMP), attributes=[term("leeward-need", "group")], schedules=[weekly("MO", "09:00Z", "12:00Z")]
    )
    service("gone", status="defunct")
    before = [*ListingPlace.objects.values("needs", "cell", "week_begins", "is_remote")]
    Listing.objects.create(service_id="nobody", title="left over", about="", text="", language="en")
    seen: list[int] = []
    assert refind(seen.append) == 1
    assert sum(seen) == 2
    assert [*ListingPlace.objects.values("needs", "cell", "week_begins", "is_remote")] == before


@pytest.mark.parametrize("odd", [[], {}, "text", 7, None, [[]], [{"id": 1}], [None, "x"], {"a": []}])
def test_a_record_of_an_odd_shape_is_found_by_what_is_sound_in_it(odd: Any) -> None:
    fields = (
        "phones",
        "schedules",
        "languages",
        "cost_options",
        "attributes",
        "additional_urls",
        "description",
        "alert",
    )
    key = id_of("odd")
    service("Sound", id=key)
    record = Service.objects.get(pk=key)
    record.data |= dict.fromkeys(fields, odd)
    record.save()
    changes.tell([key])
    assert names() == ["Sound"]
