"""The pages, by plain forms: a step at a time, every one skippable, nothing asked twice, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leeward.journeys.actions import agree
from leeward.journeys.facts import current_facts
from leeward.journeys.models import Fact, Journey, OwnWord
from leeward.journeys.steps import STEPS
from leeward.members.consents import has_consented, withdraw
from leeward.members.models import Member, Purpose
from tests.conftest import Cast
from tests.journeys.journeying import keys, lost, step_path, text_of, told


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    response = Client().get(reverse("journeys:overview"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("members:sign_in"))


def test_before_she_agrees_every_door_leads_to_the_welcome(cast: Cast, client: Client) -> None:
    for path in (
        reverse("journeys:overview"),
        step_path("now"),
        reverse("journeys:loss_add"),
        reverse("journeys:changed"),
    ):
        assert client.get(path)["Location"] == reverse("journeys:welcome")
    client.post(step_path("now"), {"now": ["trying"]})
    assert not Fact.objects.exists()


def test_the_welcome_asks_for_each_agreement_on_its_own(cast: Cast, client: Client) -> None:
    assert client.get(reverse("journeys:welcome")).status_code == 200
    refused = client.post(reverse("journeys:welcome"), {"counted": "on"})
    assert "Nothing is kept unless you agree" in text_of(refused)
    assert not has_consented(cast.author, Purpose.COUNTED)
    agreed = client.post(reverse("journeys:welcome"), {"journey": "on", "faith": "on"})
    assert agreed["Location"] == step_path(STEPS[0].slug)
    given = {purpose for purpose in Purpose if has_consented(cast.author, purpose)}
    assert given == {Purpose.JOURNEY, Purpose.FAITH}
    assert client.get(reverse("journeys:welcome"))["Location"] == reverse("journeys:overview")


@pytest.mark.usefixtures("member")
def test_every_page_opens_and_every_question_can_be_left_open(client: Client) -> None:
    for step in STEPS:
        page = text_of(client.get(step_path(step.slug)))
        assert str(step.title) in page
        assert client.post(step_path(step.slug), {"then": "next"}).status_code == 302
    assert not Fact.objects.exists()
    assert client.get(step_path("no-such")).status_code == 404


@pytest.mark.usefixtures("member")
def test_every_question_offers_own_words_and_rather_not_say(client: Client) -> None:
    for step in STEPS:
        page = text_of(client.get(step_path(step.slug)))
        for facet in step.facets:
            assert f'name="{facet.key}__words"' in page, facet.key
            assert f'name="{facet.key}" value="rather_not_say"' in page, facet.key


def test_each_step_saves_and_she_can_stop_after_one(member: Member, client: Client) -> None:
    onward = client.post(step_path("you"), {"relation": ["carried"], "country": "IE", "word": "baby", "then": "next"})
    assert onward["Location"] == step_path("losses")
    stopped = client.post(step_path("paths"), {"path": ["ivf"], "path__words": "twice", "then": "stop"})
    assert stopped["Location"] == reverse("journeys:overview")
    assert keys(member, "path") == {"ivf", "own_words"}
    journey = Journey.objects.get(member=member)
    assert (journey.country, journey.word) == ("IE", "baby")


def test_what_was_told_is_there_again_and_is_not_asked_again(member: Member, client: Client) -> None:
    told(member, path=["ivf"], now=["trying"])
    page = text_of(client.get(step_path("paths")))
    assert "checked" in page.split('value="ivf"')[1].split(">")[0]
    assert "checked" not in page.split('value="iui"')[1].split(">")[0]
    onward = client.post(step_path("losses"), {"then": "next"})
    assert onward["Location"] == step_path("found")
    changed = client.post(step_path("paths"), {"path": ["iui"], "then": "stop"})
    assert changed["Location"] == reverse("journeys:overview")
    assert keys(member, "path") == {"iui"}


def test_an_answer_and_rather_not_say_together_are_asked_about_and_nothing_is_lost(
    member: Member, client: Client
) -> None:
    page = text_of(client.post(step_path("paths"), {"path": ["ivf", "rather_not_say"], "path__words": "kept words"}))
    assert "Leave the one you mean" in page
    assert "kept words" in page
    assert keys(member, "path") == set()


@pytest.mark.parametrize(("before", "after"), [("ivf", "rather_not_say"), ("rather_not_say", "ivf")])
def test_of_an_answer_and_rather_not_say_the_newer_one_counts(
    member: Member, client: Client, before: str, after: str
) -> None:
    told(member, path=[before])
    client.post(step_path("paths"), {"path": [before, after], "then": "stop"})
    assert keys(member, "path") == {after}


def test_the_day_since_when_is_kept_for_what_is_new_and_changed_for_what_was(member: Member, client: Client) -> None:
    client.post(step_path("now"), {"now": ["trying"], "now__since": "2024-05-03", "then": "stop"})
    assert str(current_facts(member).get(facet="now").since) == "2024-05-03"
    sent = {"now": ["trying", "told_to_wait"], "now__since_trying": "2024-06-01", "now__since": "", "then": "stop"}
    client.post(step_path("now"), sent)
    assert {fact.key: str(fact.since) for fact in current_facts(member).filter(facet="now")} == {
        "trying": "2024-06-01",
        "told_to_wait": "None",
    }
    page = text_of(client.post(step_path("now"), {"now": ["trying"], "now__since_trying": "2999-01-01"}))
    assert "This day has not come yet." in page


def test_faith_is_kept_only_with_its_own_agreement(member: Member, client: Client) -> None:
    page = text_of(client.post(step_path("faith"), {"faith": ["sikh"]}))
    assert "we need your agreement" in page
    assert keys(member, "faith") == set()
    client.post(step_path("faith"), {"faith": ["sikh"], "agree": "on", "then": "stop"})
    assert keys(member, "faith") == {"sikh"}
    withdraw(member, Purpose.FAITH)
    assert keys(member, "faith") == set()


def test_who_did_not_agree_on_faith_is_not_led_to_the_question(member: Member, client: Client) -> None:
    onward = client.post(step_path("remembering"), {"then": "next"})
    assert onward["Location"] == reverse("journeys:overview")
    agree(member, {Purpose.FAITH})
    onward = client.post(step_path("remembering"), {"then": "next"})
    assert onward["Location"] == step_path("faith")


def test_the_overview_shows_all_and_each_can_be_taken_away(member: Member, client: Client) -> None:
    told(member, path=["ivf"], children=["rather_not_say"])
    page = text_of(client.get(reverse("journeys:overview")))
    assert "IVF" in page
    assert "d rather not say" in page
    fact = current_facts(member).get(key="ivf")
    assert reverse("journeys:fact_remove", args=[fact.pk]) in page
    client.post(reverse("journeys:fact_remove", args=[fact.pk]))
    assert keys(member, "path") == set()


def test_the_overview_asks_the_same_number_of_questions_however_much_was_told(
    member: Member, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(reverse("journeys:overview"))
    told(member, path=["ivf", "iui", "fet"], heart=["guilt", "anger", "numb"], now=["trying"])
    for kind in ("ectopic", "molar", "stillbirth"):
        lost(member, kind, weeks=9)
    with django_assert_max_num_queries(16):
        client.get(reverse("journeys:overview"))


def test_her_own_word_is_used_to_her(member: Member, client: Client) -> None:
    lost(member, "tfmr")
    path = reverse("journeys:word") + "?of=kind.tfmr"
    assert "Ended for medical reasons" in text_of(client.get(path))
    client.post(path, {"word": "our goodbye"})
    assert OwnWord.objects.get().word == "our goodbye"
    assert "our goodbye" in text_of(client.get(reverse("journeys:overview")))
    assert client.get(reverse("journeys:word") + "?of=kind.nothing").status_code == 404
    assert client.get(reverse("journeys:word")).status_code == 404


def test_titles_give_nothing_away(member: Member, client: Client) -> None:
    lost(member, "stillbirth")
    for path in (reverse("journeys:overview"), *(step_path(step.slug) for step in STEPS), reverse("journeys:loss_add")):
        title = text_of(client.get(path)).split("<title>")[1].split("</title>")[0]
        assert title == "My journey"


def test_home_begins_with_where_she_is(member: Member, client: Client) -> None:
    lost(member, "stillbirth", weeks=38)
    assert "Stillbirth, 38 weeks" in text_of(client.get("/"))
