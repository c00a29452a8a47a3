"""The pages of services: for everyone, without scripts, and with nothing in an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from leeward.journeys.models import Fact, Journey
from leeward.library.finding import views
from leeward.library.finding.bringing_places import bring_places
from leeward.members.limits import Door
from leeward.members.models import Attempt
from leeward.village.directory import PLACES
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost
from tests.journeys.journeying import told as journey_of
from tests.library.finding.keeping import CANDLEWICK, LOWLAMP, at, checked, id_of, retire, service, term, weekly

pytestmark = pytest.mark.django_db
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"


def page_of(client: Client | None = None, status: int = 200, **sent: Any) -> str:
    answer = (client or Client()).post("/services/", sent)
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_the_page_is_there_for_everyone_and_says_when_nothing_was_brought_in() -> None:
    page = Client().get("/services/").content.decode()
    assert "No directory of services has been brought in here yet." in page
    service("Lamp")
    assert "No directory of services" not in Client().get("/services/").content.decode()


def test_a_card_says_what_it_is_who_runs_it_when_at_what_cost_and_how_to_reach_it() -> None:
    service(
        "Night line",
        description="Someone listens. " * 40,
        phones=[{"id": "1", "number": "+44 1632 960101", "extension": 7, "description": "Ask for Ida"}],
        schedules=[weekly(EVERY_DAY, "00:00Z", "23:59Z")],
        cost_options=[{"id": "1", "amount": 0}],
        languages=[{"id": "1", "code": "pl", "name": "Polish"}],
        attributes=[term("leeward-need", "helpline"), term("leeward-audience", "lgbtq")],
        url="https://line.example/",
    )
    page = page_of(need="helpline")
    for words in ("Night line", "Lantern Trust", "Open day and night", "Costs nothing", "Polish", "LGBTQ+ people"):
        assert words in page
    assert 'href="tel:+441632960101;ext=7"' in page
    assert '<a href="https://line.example/" rel="noreferrer">line.example</a>' in page
    assert "desk@lanterns.example checked it on" in page
    assert page.count("Someone listens.") < 15, "two lines"


def test_everything_that_was_chosen_stays_and_nothing_of_it_is_in_an_address() -> None:
    service("Lamp", at(LOWLAMP))
    bring_places(PLACES)
    page = page_of(
        need="group", words="<b>lamp</b>", place="lowlamp", within="10", way="near", open_now="on", free="on"
    )
    assert '<option value="group" selected>' in page
    assert 'value="&lt;b&gt;lamp&lt;/b&gt;"' in page
    assert 'value="lowlamp"' in page
    assert '<option value="10" selected>' in page
    assert '<details class="opens" open>' in page
    assert "?" not in page.partition("<main")[2].partition('action="')[2].partition('"')[0]


def test_nothing_found_says_what_to_leave_out_and_where_help_is() -> None:
    service("Lamp")
    page = page_of(words="zebra", open_now="on")
    assert "Nothing was found that fits all of this" in page
    assert "<li>In your words</li><li>Open now</li>" in page
    assert reverse("library:help_now") in page.partition("<main")[2]


def test_of_two_places_of_one_name_she_chooses_and_then_it_is_found() -> None:
    bring_places(PLACES)
    service("Lamp", at(LOWLAMP))
    page = page_of(place="Lower Fetch")
    assert "Which of these do you mean?" in page
    assert page.count('name="which"') == 2
    assert 'class="card service"' not in page
    which = page.partition('name="which" value="')[2].partition('"')[0]
    assert "found" in page_of(place="Lower Fetch", which=which, within="200")
    assert "Which of these" in page_of(place="Lower Fetch", which="XL:999999")


def test_a_place_that_is_not_known_is_said_so_and_nothing_is_lost() -> None:
    bring_places(PLACES)
    page = page_of(status=422, place="Atlantis", words="lamp")
    assert "No place of this name is known here" in page
    assert 'value="lamp"' in page


@pytest.mark.parametrize(
    "sent",
    [
        {"need": "x"},
        {"page": "-1"},
        {"page": "x"},
        {"page": "9" * 40},
        {"audience": "x"},
        {"language": "zz"},
        {"way": "x"},
    ],
)
def test_what_no_page_offers_is_refused_in_words(sent: dict[str, str]) -> None:
    assert "needs another look" in page_of(None, 422, **sent)


def test_what_was_not_checked_lately_stands_apart_below_and_is_said_to_be_so() -> None:
    service("Old lamp", assured_date=checked(settings.SERVICES_CURRENT_DAYS + 2))
    service("New lamp")
    page = page_of()
    assert page.index("New lamp") < page.index("Not checked lately") < page.index("Old lamp")
    assert "it may no longer be so" in page
    whole = Client().get(f"/services/{id_of('service', 'Old lamp')}/").content.decode()
    assert "This was not checked lately" in whole
    assert (
        "This was not checked lately" not in Client().get(f"/services/{id_of('service', 'New lamp')}/").content.decode()
    )


def test_many_are_turned_over_page_by_page() -> None:
    for turn in range(45):
        service(f"Lamp {turn}")
    first, last = page_of(), page_of(page="3")
    assert (first.count("card service"), last.count("card service")) == (20, 5)
    assert "Page 1 of 3" in first
    assert 'name="page" value="2"' in first
    assert "Those after" not in last
    assert page_of(page="9").count("card service") == 5, "a page that is no longer there is the last"


def test_her_journey_is_used_only_when_she_says_so_and_it_is_said_what_was_used(cast: Cast) -> None:
    journey_of(cast.author, relation=["carried"], children=["none_living"])
    lost(cast.author, "tfmr", weeks=20)
    Journey.objects.filter(pk=cast.author.pk).update(country="GB")
    service("After ending", attributes=[term("leeward-journey", "kind:tfmr")])
    service("After a stillbirth", attributes=[term("leeward-journey", "kind:stillbirth")])
    client = signed_in(cast.author)
    before = Fact.objects.count()
    assert 'name="journey"' in client.get("/services/").content.decode()
    without = page_of(client)
    assert "After a stillbirth" in without
    assert "Used for this search" not in without
    page = page_of(client, journey="on")
    assert "Used for this search, and not kept: " in page
    for words in ("Ended for medical reasons", "No living child", "United Kingdom"):
        assert words in page
    assert "After ending" in page
    assert "After a stillbirth" not in page
    assert Fact.objects.count() == before
    assert "After a stillbirth" in page_of(client), "only for that search"


def test_who_told_no_journey_is_not_asked_about_it(cast: Cast) -> None:
    service("Lamp", attributes=[term("leeward-journey", "kind:stillbirth")])
    assert 'name="journey"' not in Client().get("/services/").content.decode()
    assert 'name="journey"' not in signed_in(cast.same_ring).get("/services/").content.decode()
    assert "Lamp" in page_of(journey="on"), "a stranger who sends it has none"


def test_words_that_sound_as_if_help_were_needed_show_help() -> None:
    assert 'class="care' in page_of(words="I want to kill myself")


def test_whoever_copies_the_directory_meets_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FIND", Door("find_service", 3, 3, views.FIND.window))
    for _turn in range(3):
        page_of()
    page_of(status=429, words="lamp")
    assert Attempt.objects.filter(door="find_service").count() == 3


# -- A service whole ---------------------------------------------------------------------------------------------------


def whole(key: str, status: int = 200) -> str:
    answer = Client().get(reverse("finding:service", args=[key]))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_service_is_shown_whole() -> None:
    access = [{"id": "1", "description": "No steps.", "details": "90 cm."}]
    given = at(LOWLAMP, schedules=[weekly("MO", "09:00Z", "12:00Z")])
    given["location"]["accessibility"] = access
    key = service(
        "Scan clinic",
        given,
        description="One line.\n\nAnother line.",
        eligibility_description="For anyone in the county.",
        minimum_age=16,
        application_process="Ring first.",
        wait_time="Two days",
        fees_description="No charge.",
        cost_options=[{"id": "1", "option": "A copy", "amount": 3.5, "currency": "gbp", "amount_description": "each"}],
        required_documents=[{"id": "1", "document": "A letter from the ward"}],
        interpretation_services="Interpreters by telephone.",
        phones=[{"id": "1", "number": "+44 1632 960101"}],
    )
    page = whole(key)
    for words in (
        "<p>One line.</p><p>Another line.</p>", "Lantern Trust", "Ring first.", "Two days", "Monday, 9 a.m. to noon",
        "1 Lamp Hill", "geo:56.32010,-12.43310", "No steps. 90 cm.", "For anyone in the county.",
        "From 16 years of age on.", "A copy: 3.5 GBP, each", "A letter from the ward", "Interpreters by telephone.",
        "Lantern directory", "CC BY 4.0", "desk@lanterns.example checked it on",
    ):  # fmt: skip
        assert words in page, words
    assert "<img" not in page.partition("<main")[2]


def test_words_of_a_directory_are_text_and_its_addresses_lead_only_where_addresses_may() -> None:
    key = service(
        "<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)>",
        url="javascript:alert(1)",
        email='a@b.example"onclick="x',
        additional_urls=[{"id": "1", "label": "<b>", "url": "data:text/html,x"}],
        phones=[{"id": "1", "number": "<i>\"'"}, {"id": "2", "number": "07700 900000", "extension": "1;x"}],
    )
    for page in (whole(key), page_of()):
        main = page.partition("<main")[2]
        assert "<script>alert" not in main
        assert "<img" not in main
        assert "javascript:" not in main
        assert "data:" not in main
        assert "onclick" not in main
        assert 'href="tel:07700900000"' in main


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("email", "a@b.example%0ABcc:other@x.example"),
        ("email", "a@b.example,other@x.example"),
        ("email", "a@b.example;other@x.example"),
        ("email", "a@b.example%3Fsubject=x"),
        ("url", "https://clinic.example@elsewhere.example/"),
        ("url", "https://clinic.example\\@elsewhere.example/"),
        ("url", "https:///nowhere"),
    ],
)
def test_an_address_that_leads_elsewhere_than_it_seems_is_no_way(field: str, said: str) -> None:
    page = whole(service("Lamp", **{field: said}))
    assert "How to reach it" not in page
    assert "mailto:" not in page.partition("<main")[2].partition("</main")[0]


def test_an_address_of_letters_or_of_the_web_is_a_way() -> None:
    page = whole(service("Lamp", email="first.name+ward@care.nhs.example", url="http://clinic.example?at=@x"))
    assert 'href="mailto:first.name+ward@care.nhs.example"' in page
    assert 'href="http://clinic.example?at=@x"' in page


def test_what_is_over_says_so_and_a_guessed_id_is_nothing() -> None:
    gone, over = service("Gone"), service("Over", status="defunct", alert="The house was sold.")
    retire(gone)
    for key in (gone, over):
        page = whole(key, 410)
        assert "This is no longer offered" in page
        assert "/services/" in page
    assert "The house was sold." in whole(over, 410)
    for guess in ("guessed", id_of("guessed"), "x" * 400, "%00", "a/b/c", "1; DROP TABLE", "é☂", "a\0b"):
        assert Client().get(f"/services/{quote(guess)}/").status_code == 404, guess
        assert Client().get(f"/organisations/{quote(guess)}/").status_code == 404, guess


@pytest.mark.parametrize("key", ["a/b", "a b", "Ä?ö#1", "%2F", "x" * 120, "1", "a&b=c", "'\"<>"])
def test_an_id_may_be_whatever_a_directory_has(key: str) -> None:
    service("Lamp", id=key)
    assert "Lamp" in whole(key)
    address = reverse("finding:service", args=[key])
    assert Client().get(address).status_code == 200
    assert "Lamp" in page_of()


def test_an_organisation_shows_what_it_offers() -> None:
    service("Lamp", at(CANDLEWICK, "Candlewick"))
    service("Old lamp", assured_date=None)
    service("Over", status="defunct")
    page = Client().get(f"/organisations/{id_of('organization')}/").content.decode()
    assert "We keep lamps." in page
    assert page.index("Lamp") < page.index("Not checked lately") < page.index("Old lamp")
    assert ">Over<" not in page
    assert Client().get("/organisations/guessed/").status_code == 404
