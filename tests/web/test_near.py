"""Near: the page "Am I the only one?"."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import MEMBERS, Aside
from leeward.audience.publishing import publish, show_to
from leeward.journeys.actions import weigh
from leeward.journeys.models import Fact, Weighing
from leeward.journeys.weighing import Counts
from leeward.members.consents import give
from leeward.members.models import Purpose
from leeward.stories.models import ShownFact, Story
from tests.circles.people import IVF, findable, known
from tests.conftest import Cast, signed_in
from tests.finding import no_finder
from tests.stories.telling import told

HERS = "I lost her at twenty weeks"


@pytest.fixture(autouse=True)
def _without_finder(settings: Any) -> None:
    no_finder(settings)


@pytest.fixture
def reader(cast: Cast) -> Client:
    give(cast.other_member, Purpose.JOURNEY)
    for facet, key in (("path", "ivf"), ("kind", "ectopic")):
        Fact.objects.create(member=cast.other_member, facet=facet, key=key)
    return signed_in(cast.other_member)


def shows(cast: Cast, title: str, **facts: str) -> Story:
    story = told(cast.author, title=title)
    ShownFact.objects.bulk_create([ShownFact(story=story, facet=facet, key=key) for facet, key in facts.items()])
    show_to(story, [MEMBERS])
    publish(story)
    return story


def test_she_is_told_that_she_is_not_the_only_one_where_it_is_true(cast: Cast, reader: Client) -> None:
    alone = reader.get("/near/").content.decode()
    assert "You are not the only one." not in alone
    assert "Leave a light on" in alone
    shows(cast, "the same way", path="ivf")
    page = reader.get("/near/").content.decode()
    assert "You are not the only one." in page
    assert "also through IVF" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]


def test_one_fact_less_leaves_it_out_this_time(cast: Cast, reader: Client) -> None:
    shows(cast, "the same way", path="ivf")
    page = reader.post("/near/", {"words": "", "without": "path"}).content.decode()
    assert "the same way" not in page
    assert "This time without: the path." in page
    assert "the same way" in reader.get("/near/").content.decode()


def test_her_words_are_kept_nowhere_and_what_they_say_is_offered(cast: Cast, reader: Client) -> None:
    page = reader.post("/near/", {"words": HERS}).content.decode()
    assert "You seem to say" in page
    assert "weeks:20" in page
    assert HERS not in reader.get("/near/").content.decode()
    assert not Fact.objects.filter(facet="weeks").exists()
    shows(cast, "at twenty", weeks="20")
    used = reader.post("/near/", {"words": HERS, "use": "weeks:20"}).content.decode()
    assert "at twenty" in used


def test_what_she_writes_stands_in_no_address_and_no_log(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = reader.post("/near/", {"words": "kestrelquarry", "without": "path"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert not [record for record in caplog.records if "kestrelquarry" in record.getMessage()]
    assert "kestrelquarry" not in reader.get("/near/?words=kestrelquarry").content.decode()


def test_who_left_out_everything_is_told_so(cast: Cast, reader: Client) -> None:
    shows(cast, "the same way", path="ivf")
    page = reader.post("/near/", {"words": "", "without": ["path", "kind"]}).content.decode()
    assert "there is nothing to look by" in page
    assert "the same way" not in page


def test_who_may_not_write_yet_reads_why_once_and_no_button(cast: Cast, reader: Client) -> None:
    findable(cast.author, IVF)
    page = reader.get("/near/").content.decode()
    assert page.count("New accounts wait a week") == 1
    assert "Write to Maud" not in page
    known(cast.other_member)
    assert "Who writes to somebody can be found too" in reader.get("/near/").content.decode()
    findable(cast.other_member, IVF)
    assert "Write to Maud" in reader.get("/near/").content.decode()


def test_a_stranger_and_who_told_nothing_read_what_is_true_of_very_many(cast: Cast) -> None:
    for client in (Client(), signed_in(cast.other_member)):
        page = client.get("/near/").content.decode()
        assert "It is a question that very many people ask." in page
        assert "About one adult in six lives through infertility" in page


def test_what_counts_for_her_is_kept_and_goes_with_her_journey(cast: Cast, reader: Client) -> None:
    reader.post("/near/counts/", {"path": "not", "kind": "more"})
    assert dict(Weighing.objects.values_list("facet", "more")) == {"path": False, "kind": True}
    shows(cast, "the same way", path="ivf")
    assert "the same way" not in reader.get("/near/").content.decode()
    weigh(cast.other_member, {"path": Counts.AS_USUAL})
    assert "the same way" in reader.get("/near/").content.decode()


def test_not_this_puts_it_aside_and_nothing_else(cast: Cast, reader: Client) -> None:
    story = shows(cast, "the same way", path="ivf")
    assert reader.post("/near/not-this/", {"thing": f"stories.story:{story.ref}"}, follow=True).status_code == 200
    assert Aside.objects.filter(member=cast.other_member).count() == 1
    assert "the same way" not in reader.get("/near/").content.decode()
    shows(cast, "another way", path="ivf")
    once_more = shows(cast, "a third", path="ivf")
    sent = {"thing": f"stories.story:{once_more.ref}", "words": HERS, "without": "kind"}
    page = reader.post("/near/not-this/", sent).content.decode()
    assert f"{HERS}</textarea>" in page.replace(">\n", ">")
    assert "This time without: what happened." in page
    assert f'name="words" value="{HERS}"' in page
    assert "another way" in page
    assert "a third" not in page
    hidden = told(cast.author, title="for nobody")
    assert reader.post("/near/not-this/", {"thing": f"stories.story:{hidden.ref}"}).status_code == 404


def test_it_says_so_when_only_the_newest_were_looked_through(reader: Client) -> None:
    assert "only the newest were looked through" in reader.get("/near/").content.decode()
