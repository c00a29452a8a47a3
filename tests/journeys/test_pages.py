"""The pages, by plain forms: a step at a time, every one skippable, nothing asked twice, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leeward.audience.actions import set_shield
from leeward.audience.notes import NOTE
from leeward.journeys.actions import agree, move_on
from leeward.journeys.facts import current_facts
from leeward.journeys.models import Fact, Journey, Loss, Move, News, OwnWord
from leeward.journeys.steps import STEPS
from leeward.members.consents import has_consented, withdraw
from leeward.members.models import Member, Purpose
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost, told


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.author)


@pytest.fixture
def member(cast: Cast) -> Member:
    return told(cast.author)


def step_path(slug: str) -> str:
    return reverse("journeys:step", args=[slug])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def keys(member: Member, facet: str) -> set[str]:
    return set(current_facts(member).filter(facet=facet).values_list("key", flat=True))


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


LOSS: dict[str, Any] = {
    "kind": ["miscarriage_late"],
    "weeks": "20",
    "days": "3",
    "year": "2023",
    "month": "9",
    "alive": "no",
    "cause": ["placenta"],
    "name": "Noor",
    "own_word": "",
    "words": "a grey morning",
}


def test_a_loss_is_told_changed_and_taken_away(member: Member, client: Client) -> None:
    saved = client.post(reverse("journeys:loss_add"), {**LOSS, "then": "next"})
    assert saved["Location"] == step_path("losses")
    loss = Loss.objects.get()
    assert (loss.weeks, loss.days, loss.year, loss.month, loss.day, loss.name) == (20, 3, 2023, 9, None, "Noor")
    assert keys(member, "cause") == {"placenta"}
    edit = reverse("journeys:loss_edit", args=[loss.pk])
    page = text_of(client.get(edit))
    assert "a grey morning" in page
    assert "Loss in the second trimester" in page
    client.post(edit, {**LOSS, "cause": ["cord"], "own_word": "our September", "then": "stop"})
    assert keys(member, "cause") == {"cord"}
    assert "our September, 20 weeks and 3 days, September 2023" in text_of(client.get(step_path("losses")))
    assert "our September" in text_of(client.get(reverse("journeys:loss_remove", args=[loss.pk])))
    client.post(reverse("journeys:loss_remove", args=[loss.pk]))
    assert not Loss.objects.exists()
    assert keys(member, "cause") == set()


def test_telling_of_a_loss_keeps_what_was_ticked_and_leads_on_afterwards(member: Member, client: Client) -> None:
    to_loss = client.post(step_path("losses"), {"count": ["two"], "then": "loss"})
    assert to_loss["Location"] == reverse("journeys:loss_add")
    assert keys(member, "count") == {"two"}
    back = client.post(reverse("journeys:loss_add"), {**LOSS, "then": "next"})
    assert "Save and go on" in text_of(client.get(back["Location"]))
    onward = client.post(step_path("losses"), {"count": ["two"], "then": "next"})
    assert onward["Location"] == step_path("paths")


def test_a_loss_sent_twice_is_one_and_two_told_alike_are_two(member: Member, client: Client) -> None:
    for words in ("a grey morning", "a grey morning, and rain"):
        client.post(reverse("journeys:loss_add"), {**LOSS, "words": words, "sent": "first"})
    assert Loss.objects.get().words == "a grey morning, and rain"
    client.post(reverse("journeys:loss_add"), {**LOSS, "sent": "second"})
    assert Loss.objects.count() == 2


def test_every_form_for_a_loss_has_a_name_of_its_own(member: Member, client: Client) -> None:
    names = {text_of(client.get(reverse("journeys:loss_add"))).split('name="sent" value="')[1][:14] for _each in "ab"}
    assert len(names) == 2


@pytest.mark.usefixtures("member")
def test_an_empty_loss_is_a_loss(client: Client) -> None:
    client.post(reverse("journeys:loss_add"), {"then": "next"})
    assert Loss.objects.count() == 1
    assert "A loss" in text_of(client.get(reverse("journeys:overview")))


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"year": "2023", "month": "2", "day": "30"}, "There is no such day in the past."),
        ({"year": "2999"}, "There is no such day in the past."),
        ({"month": "2"}, "For a month we need its year too."),
        ({"year": "2023", "day": "3"}, "For a day we need its month too."),
        ({"weeks": "", "days": "3"}, "For days we need the weeks too."),
        ({"weeks": "60"}, "45"),
    ],
)
def test_a_time_that_cannot_be_is_said_kindly_and_what_was_written_stays(
    client: Client, sent: dict[str, str], said: str
) -> None:
    page = text_of(client.post(reverse("journeys:loss_add"), {**sent, "words": "still here"}))
    assert said in page
    assert "still here" in page
    assert not Loss.objects.exists()


def test_rather_not_say_when_takes_the_date_away_and_is_kept(member: Member, client: Client) -> None:
    loss = lost(member, weeks=20, year=2023)
    edit = reverse("journeys:loss_edit", args=[loss.pk])
    client.post(edit, {"weeks": "20", "year": "2023", "not_said": ["when"], "then": "stop"})
    loss.refresh_from_db()
    assert (loss.year, loss.weeks, loss.not_said) == (None, 20, "when")
    client.post(edit, {"weeks": "20", "year": "2022", "not_said": ["when"], "then": "stop"})
    loss.refresh_from_db()
    assert (loss.year, loss.not_said) == (2022, "")


def test_somebody_elses_loss_or_answer_is_not_there(cast: Cast, client: Client, member: Member) -> None:
    other = lost(cast.other_member, "ectopic")
    fact = current_facts(cast.other_member).get(key="ectopic")
    assert client.get(reverse("journeys:loss_edit", args=[other.pk])).status_code == 404
    assert client.post(reverse("journeys:loss_remove", args=[other.pk])).status_code == 404
    assert client.post(reverse("journeys:fact_remove", args=[fact.pk])).status_code == 404
    assert Fact.objects.filter(pk=fact.pk).exists()


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


def test_something_has_changed_is_one_act_and_the_next_page_goes_back_on_it(member: Member, client: Client) -> None:
    told(member, now=["trying"])
    page = text_of(client.get(reverse("journeys:changed")))
    assert page.count("<fieldset") == 1
    done = client.post(reverse("journeys:changed"), {"what": "pregnant"})
    move = Move.objects.get()
    assert done["Location"] == reverse("journeys:moved", args=[move.pk])
    after = text_of(client.get(done["Location"]))
    assert "Pregnant after loss" in after
    assert "Nobody learns of it." in after
    client.post(reverse("journeys:undo", args=[move.pk]))
    assert keys(member, "now") == {"trying"}


def test_a_second_click_changes_nothing_twice(member: Member, client: Client) -> None:
    for _each in range(2):
        client.post(reverse("journeys:changed"), {"what": "another_loss", "sent": "once"})
    assert Move.objects.count() == 1
    assert Loss.objects.count() == 1
    client.post(reverse("journeys:undo", args=[Move.objects.get().pk]))
    assert not Loss.objects.exists()


@pytest.mark.usefixtures("member")
def test_what_she_wrote_of_a_change_is_said_back_to_her(client: Client) -> None:
    done = client.post(reverse("journeys:changed"), {"what": "something_else", "words": "we moved to the sea"})
    assert "we moved to the sea" in text_of(client.get(done["Location"]))


@pytest.mark.usefixtures("member")
def test_something_else_asks_for_words_kindly(client: Client) -> None:
    page = text_of(client.post(reverse("journeys:changed"), {"what": "something_else"}))
    assert "Say it in a few words" in page
    assert not Move.objects.exists()
    assert "Choose what has changed" in text_of(client.post(reverse("journeys:changed"), {}))


def test_who_learns_is_nobody_unless_she_ticks_it(cast: Cast, member: Member, client: Client) -> None:
    page = text_of(client.get(reverse("journeys:changed")))
    assert 'name="tell_chosen"' in page
    assert "checked" not in page
    client.post(reverse("journeys:changed"), {"what": "pregnant", "tell_chosen": "on"})
    news = News.objects.written_by(member).get()
    seen = signed_in(cast.same_ring).get(news.get_absolute_url())
    assert "Pregnant, after loss." in text_of(seen)
    for other in (cast.other_member, cast.blocked, cast.moderator, cast.host):
        assert signed_in(other).get(news.get_absolute_url()).status_code == 404


def test_who_chose_nobody_is_not_asked_who_learns(cast: Cast) -> None:
    told(cast.other_member)
    client = signed_in(cast.other_member)
    assert 'name="tell_chosen"' not in text_of(client.get(reverse("journeys:changed")))
    client.post(reverse("journeys:changed"), {"what": "pregnant", "tell_chosen": "on"})
    assert not News.objects.written_by(cast.other_member).exists()


def test_news_that_a_reader_asked_not_to_meet_opens_behind_its_note(cast: Cast) -> None:
    told(cast.author)
    move_on(cast.author, "pregnant", tell_chosen=True)
    news = News.objects.written_by(cast.author).get()
    set_shield(cast.same_ring, NOTE["pregnancy_current"].bit)
    page = text_of(signed_in(cast.same_ring).get(news.get_absolute_url()))
    assert "<details" in page
    assert "someone is pregnant now" in page


def test_titles_give_nothing_away(member: Member, client: Client) -> None:
    lost(member, "stillbirth")
    for path in (reverse("journeys:overview"), *(step_path(step.slug) for step in STEPS), reverse("journeys:loss_add")):
        title = text_of(client.get(path)).split("<title>")[1].split("</title>")[0]
        assert title == "My journey"


def test_home_begins_with_where_she_is(member: Member, client: Client) -> None:
    lost(member, "stillbirth", weeks=38)
    assert "Stillbirth, 38 weeks" in text_of(client.get("/"))
