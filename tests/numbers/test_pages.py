"""The pages: the same numbers for every member, and each member's own account."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leeward.audience.actions import set_shield
from leeward.audience.notes import mask_of
from leeward.members.consents import has_consented
from leeward.members.models import Purpose
from leeward.numbers.models import Counted
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost
from tests.members.people import text_of
from tests.numbers.counting import START, counted, publish_through
from tests.numbers.test_answers import published

pytestmark = pytest.mark.django_db


def main_of(response: object) -> str:
    """The page without its frame."""
    found = re.search(r"<main.*</main>", text_of(response), re.DOTALL)
    assert found is not None
    return found[0]


def test_before_the_first_numbers_the_page_says_when_they_come(cast: Cast) -> None:
    page = main_of(signed_in(cast.author).get("/numbers/"))
    assert "There are no numbers yet" in page


def test_every_member_reads_the_same(cast: Cast) -> None:
    published("M", {("tfmr",): 1500, ("trying",): 213})
    pages = {main_of(signed_in(member).get("/numbers/")) for member in (cast.author, cast.host, cast.blocked)}
    assert len(pages) == 1
    (page,) = pages
    assert "about 1,500 people" in page
    assert "160 people or more" in page
    assert "Too few to say" in page
    assert "2031" not in page  # a year to come


def test_what_she_asked_not_to_meet_is_not_in_a_number(cast: Cast) -> None:
    published("M", {("pregnant_after_loss",): 5000, ("tfmr", "pregnant_after_loss"): 5000})
    hers, theirs = signed_in(cast.author), signed_in(cast.host)
    set_shield(cast.author, mask_of(["pregnancy_current"]))
    for address in ("/numbers/", "/numbers/kind-now/"):
        assert "Pregnant after loss" in main_of(theirs.get(address)), address
        page = main_of(hers.get(address))
        assert "Pregnant after loss" not in page, address
        assert "left out, as you asked" in page, address


def test_two_facts_together_have_a_page_for_each_question(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert "some thousands" in main_of(client.get("/numbers/kind-weeks/"))
    published("M", {("tfmr", "20-23"): 640})
    assert "/numbers/kind-weeks/" in main_of(client.get("/numbers/"))
    page = main_of(client.get("/numbers/kind-weeks/"))
    assert "about 640 people" in page
    assert "Ectopic pregnancy" not in page
    assert client.get("/numbers/now-weeks/").status_code == 404


def test_numbers_are_for_members(client: Client) -> None:
    for address in ("/numbers/", "/numbers/kind-now/", "/numbers/mine/"):
        assert client.get(address).status_code == 302, address


def test_looking_writes_nothing_down(cast: Cast, django_assert_max_num_queries: object) -> None:
    published("S", {("tfmr",): 213})
    client = signed_in(cast.author)
    client.get("/about/")
    with django_assert_max_num_queries(12) as queries:  # type: ignore[operator]  # pytest-django's fixture
        client.get("/numbers/")
    assert not [one for one in queries.captured_queries if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_she_is_counted_and_stops_by_one_tap(cast: Cast) -> None:
    client = signed_in(cast.author)
    assert "You are in no number" in main_of(client.get("/numbers/mine/"))
    client.post("/numbers/mine/", {"what": "count"})
    assert has_consented(cast.author, Purpose.COUNTED)
    assert "your journey is not kept" in main_of(client.get("/numbers/mine/"))
    client.post("/numbers/mine/", {"what": "stop"})
    assert not has_consented(cast.author, Purpose.COUNTED)


@pytest.mark.usefixtures("later")
def test_her_page_says_as_what_since_when_and_what_is_left(cast: Cast) -> None:
    counted(cast.author)
    publish_through(START)
    page = main_of(signed_in(cast.author).get("/numbers/mine/"))
    shown = ("March 2026", "Ended for medical reasons", "Trying", "twice in all", "counted again once", "6 times in 10")
    for words in shown:
        assert words in page, words
    Counted.objects.update(changes=2, returns=1)
    page = main_of(signed_in(cast.author).get("/numbers/mine/"))
    assert "Two changes were counted" in page
    assert "cannot be begun again" in page


def test_she_chooses_her_loss_and_nobody_elses(cast: Cast) -> None:
    first = lost(cast.author, "tfmr", year=2020)
    lost(cast.author, "ectopic", year=2024)
    theirs = lost(cast.other_member, "molar")
    client = signed_in(cast.author)
    page = main_of(client.get("/numbers/mine/"))
    assert page.count('name="loss"') == 2
    client.post("/numbers/mine/", {"what": "loss", "loss": str(first.pk)})
    assert Counted.objects.get().loss == first
    for wrong in (str(theirs.pk), "x", "", "9" * 40):
        assert client.post("/numbers/mine/", {"what": "loss", "loss": wrong}).status_code == 404
    assert client.post("/numbers/mine/", {"what": "else"}).status_code == 404


def test_the_promise_and_what_it_does_not_cover_stand_on_her_page(cast: Cast) -> None:
    page = main_of(signed_in(cast.author).get("/numbers/mine/"))
    shown = ("What we promise", "Several things", "A couple", "What you write", "A break-in", "a group teaches")
    for words in shown:
        assert words in page, words
