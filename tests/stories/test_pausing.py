"""The pause before an answer is sent."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from leeward.audience.actions import block
from leeward.audience.models import MEMBERS
from leeward.language.phrases import about
from leeward.members.models import Attempt
from leeward.members.pace import HOUR, Pace
from leeward.moderation import pausing
from leeward.moderation.actions.phrases import keep_phrases
from leeward.moderation.pausing import MOST_PAUSES
from leeward.stories.actions.answering import write_answer
from leeward.stories.models import Answer, AnswersFrom, Story
from leeward.stories.views import answering as views
from tests.conftest import Cast, signed_in
from tests.members.people import hidden, sign_in, text_of
from tests.reading import no_reader, reader
from tests.stories.telling import told

HURTS = "So sorry. {at least you know you can} All my thoughts."
HERS = "The person who wrote this would rather not meet these words."


@pytest.fixture(autouse=True)
def _marked(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


def send(client: Client, story: Story, text: str, **fields: str) -> str:
    """The main part of the page that comes back, or of the one that it leads to."""
    page = client.post(f"/stories/{story.ref}/answer/", {"text": text, **fields}, follow=True)
    assert page.status_code == 200
    said = page.content.decode()
    return html.unescape(said[said.index("<main") : said.index("</main")])


def asks(page: str) -> bool:
    return "Nothing has been sent yet" in page


def carried(page: str) -> dict[str, str]:
    """What the pause's form carries besides the words."""
    return {"paused": re.findall(r'name="paused" value="([^"]*)"', page)[0]}


def answers_of(cast: Cast) -> list[str]:
    return sorted(Answer.objects.written_by(cast.other_member).values_list("text", flat=True))


def test_words_that_hurt_are_shown_marked_with_why_and_what_else_could_be_said(cast: Cast) -> None:
    page = send(signed_in(cast.other_member), told(cast.author, MEMBERS), HURTS)
    assert asks(page)
    assert "<mark>{at least you know you can}</mark>" in page
    assert about("at_least").why in page
    assert all(f"“{said}”" in page for said in about("at_least").instead)
    assert HERS not in page
    assert answers_of(cast) == []


def test_it_can_always_be_sent_as_it_is_and_nothing_of_it_is_lost(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    fields = {"unsigned": "on", "notes": "loss_detail"}
    page = send(client, story, HURTS, **fields)
    assert HURTS in re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)[0]
    assert re.findall(r'name="(?:unsigned|notes)"[^>]*checked', page)
    page = send(client, story, HURTS, **fields, **carried(page), as_it_is="1")
    assert not asks(page)
    made: Answer = Answer.objects.written_by(cast.other_member).get()
    assert (made.text, made.signed, made.is_live) == (HURTS, False, True)
    assert [note.key for note in made.content_notes] == ["loss_detail"]


def test_both_ways_to_send_weigh_the_same(cast: Cast) -> None:
    page = send(signed_in(cast.other_member), told(cast.author, MEMBERS), HURTS)
    assert len(re.findall(r'<button class="button" type="submit"', page)) == 2


def test_changed_words_are_looked_at_again_but_never_more_than_twice_in_a_row(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    page = send(client, story, "{one}", changed="1")
    for turn in range(1, MOST_PAUSES):
        page = send(client, story, f"{{two {turn}}}", changed="1", **carried(page))
        assert asks(page)
    page = send(client, story, "{three}", changed="1", **carried(page))
    assert not asks(page)
    assert answers_of(cast) == ["{three}"]


def test_the_same_words_are_not_looked_at_twice_and_gentler_ones_go_at_once(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    page = send(client, story, "{one}")
    assert not asks(send(client, story, " {one}  ", changed="1", **carried(page)))
    assert not asks(send(client, story, "I am so sorry.", changed="1", **carried(page)))
    assert answers_of(cast) == ["I am so sorry.", "{one}"]


@pytest.mark.parametrize("forged", ["x", "a b", "0" * 5000, "\x00", "<b>"])
def test_a_form_that_was_tampered_with_is_no_error(cast: Cast, forged: str) -> None:
    address = f"/stories/{told(cast.author, MEMBERS).ref}/answer/"
    page = signed_in(cast.other_member).post(address, {"text": HURTS, "paused": forged}, follow=True)
    assert page.status_code in {200, 422}
    assert page.status_code == 200 or HURTS in html.unescape(page.content.decode())


def test_nobody_is_asked_under_her_own_story(cast: Cast) -> None:
    keep_phrases(cast.author, ["rainbow"])
    story = told(cast.author, MEMBERS)
    assert not asks(send(signed_in(cast.author), story, f"{HURTS} rainbow"))


def test_everybody_else_is_asked_moderators_too(cast: Cast) -> None:
    for member in (cast.moderator, cast.host, cast.same_ring):
        assert asks(send(signed_in(member), told(cast.author, MEMBERS), HURTS))


def test_without_the_reader_only_the_authors_own_list_opens_a_pause(cast: Cast, settings: Any) -> None:
    no_reader(settings)
    keep_phrases(cast.author, ["hang in there"])
    story = told(cast.author, MEMBERS)
    page = send(signed_in(cast.other_member), story, "Hang in there, all of you.")
    assert asks(page)
    assert "<mark>Hang in there</mark>" in page
    assert not asks(send(signed_in(cast.other_member), story, HURTS))


def test_the_authors_own_words_count_most_and_are_said_to_be_hers(cast: Cast) -> None:
    keep_phrases(cast.author, ["hang in there", "everything happens for a reason"])
    page = send(
        signed_in(cast.other_member), told(cast.author, MEMBERS), "Everything happens for a reason, hang in there"
    )
    assert HERS in page
    assert about("reason").why in page
    assert page.index(HERS) < page.index(about("reason").why)


def test_words_that_hurt_in_several_ways_are_marked_once(cast: Cast) -> None:
    keep_phrases(cast.author, ["at least"])
    page = send(signed_in(cast.other_member), told(cast.author, MEMBERS), HURTS)
    assert page.count("<mark>") == 1
    assert page.count(about("at_least").why) == 1


def test_her_words_are_shown_as_text_and_never_as_a_page(cast: Cast) -> None:
    page = signed_in(cast.other_member).post(
        f"/stories/{told(cast.author, MEMBERS).ref}/answer/", {"text": "{<script>alert(1)</script>} <b>x</b>"}
    )
    assert b"<script>alert" not in page.content
    assert b"<b>x</b>" not in page.content


def test_an_answer_that_is_changed_is_looked_at_for_its_new_words_only(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client = signed_in(cast.other_member)
    send(client, story, "{one} and more", as_it_is="1")
    made: Answer = Answer.objects.written_by(cast.other_member).get()
    address = f"/answers/{made.ref}/change/"
    assert not asks(client.post(address, {"text": "{one} and less"}, follow=True).content.decode())
    page = client.post(address, {"text": "{one} and {two}"}, follow=True).content.decode()
    assert asks(page)
    assert "<mark>{two}</mark>" in page
    assert "<mark>{one}</mark>" not in page
    assert answers_of(cast) == ["{one} and less"]
    client.post(address, {"text": "{one} and {two}", "as_it_is": "1"})
    assert answers_of(cast) == ["{one} and {two}"]


def test_who_cannot_answer_cannot_try_out_what_the_author_would_rather_not_meet(cast: Cast) -> None:
    keep_phrases(cast.author, ["lighthouse"])
    story = told(cast.author, MEMBERS)
    made = write_answer(story, by=cast.other_member, text="with you")
    Story.objects.written_by(cast.author).update(answers_from=AnswersFrom.CHOSEN)
    client = signed_in(cast.other_member)
    refused = client.post(f"/stories/{story.ref}/answer/", {"text": "lighthouse"})
    assert refused.status_code == 422
    assert not asks(refused.content.decode())
    assert not asks(client.post(f"/answers/{made.ref}/change/", {"text": "lighthouse"}, follow=True).content.decode())
    Story.objects.written_by(cast.author).update(answers_from=AnswersFrom.ALL)
    block(cast.author, cast.other_member)
    changed = client.post(f"/answers/{made.ref}/change/", {"text": "lighthouse, again"}, follow=True)
    assert not asks(changed.content.decode())


def test_what_she_wrote_when_her_session_had_ended_comes_to_the_pause_too(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), Client()
    page = client.post(f"/stories/{story.ref}/answer/", {"text": HURTS})
    assert page.status_code == 401
    again = sign_in(client, "Tobias", carried=hidden(page, "carried"))
    assert HURTS in text_of(again)
    assert asks(send(client, story, HURTS))
    assert answers_of(cast) == []


def test_who_has_one_answer_after_the_other_looked_at_waits_and_keeps_her_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pausing, "LOOKS", Pace("looked_at", ((2, HOUR),)))
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    made = write_answer(story, by=cast.other_member, text="As it was.")
    for at in range(2):
        assert asks(send(client, story, f"{HURTS} {at}"))
    for address in (reverse("stories:answer", args=[story.ref]), reverse("stories:change_answer", args=[made.ref])):
        page = client.post(address, {"text": HURTS})
        assert page.status_code == 429
        assert "as much as the place takes from one person" in page.content.decode()
        assert "at least you know you can" in page.content.decode()
    assert answers_of(cast) == ["As it was."]


def test_what_goes_at_once_counts_as_an_answer_and_sent_again_as_a_look(cast: Cast) -> None:
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)

    def counted() -> dict[str, int]:
        return dict(Attempt.objects.values_list("door").annotate(times=Count("pk")))

    for looked_at in range(3):
        assert not asks(send(client, story, "We thought of you both."))
        assert counted() == {"answer": 1} | ({"looked_at": looked_at} if looked_at else {})
    assert asks(send(client, story, HURTS))
    assert counted() == {"answer": 1, "looked_at": 3}
    assert answers_of(cast) == ["We thought of you both."]


def test_who_has_answered_as_often_as_may_be_is_asked_to_wait_before_her_words_are_looked_at(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ANSWERS", Pace("answer", ((1, HOUR),)))
    story, client = told(cast.author, MEMBERS), signed_in(cast.other_member)
    send(client, story, "We thought of you both.")
    page = client.post(f"/stories/{story.ref}/answer/", {"text": HURTS})
    assert page.status_code == 429
    assert not asks(page.content.decode())
    assert "at least you know you can" in page.content.decode()
    assert not Attempt.objects.filter(door="looked_at").exists()
