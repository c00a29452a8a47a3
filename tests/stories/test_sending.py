"""What a writer is told of a text that she has sent, and what she finds on the next page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from leeward.audience.models import MEMBERS
from leeward.journeys.actions import tell_of_self
from leeward.journeys.models import ChildWord
from leeward.members.consents import give
from leeward.members.models import Purpose, Session
from leeward.moderation.actions import report
from leeward.moderation.models import Act, FirstTexts
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import decided
from tests.reading import no_reader, reader
from tests.stories.telling import told

PANEL = "these lines are open"
MARKS = ("hostile", "threat", "screening", "detect", "risk", "found in your")


@pytest.fixture(autouse=True)
def _marked(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ, settings.READING_HOURS = 0, "weekday evenings"
    with reader(settings):
        yield


def head_of(page: Any) -> str:
    """What stands at the head of a page, before its main part."""
    said = html.unescape(page.content.decode())
    return said[said.index("</nav>") : said.index("<main")]


def answered(client: Client, story: Story, text: str) -> Any:
    return client.post(f"/stories/{story.ref}/answer/", {"text": text}, follow=True)


def shared(client: Client, text: str, show_to: str = "members") -> Any:
    told_at = client.post("/stories/tell/", {"title": "", "text": text})
    choices = {"show_to": show_to, "signed": "yes", "answers_from": "all"}
    return client.post(told_at["Location"], choices, follow=True)


def test_what_is_shown_is_told_in_a_word(cast: Cast) -> None:
    assert "It is there now, for those whom you chose." in head_of(shared(signed_in(cast.author), "four days now"))
    assert "Kept. Only you see it." in head_of(shared(signed_in(cast.author), "five days now", show_to="only_me"))


def test_what_is_held_is_told_kindly_with_the_rules_and_when_and_not_with_what_was_found(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for page in (
        answered(signed_in(cast.other_member), story, "Your own fault #hostile"),
        shared(signed_in(cast.other_member), "Your own fault #threat"),
    ):
        said = head_of(page)
        assert "A person will read it first: it may touch one of the" in said
        assert '<a href="/rules/">rules of the house</a>' in said
        assert "Until then only you see it." in said
        assert "Someone reads here: weekday evenings" in said
        assert not [mark for mark in MARKS if mark in said]
        assert "/me/waiting/" in page.content.decode()
        assert PANEL not in said


def test_a_new_member_is_told_that_first_texts_are_read_by_a_person(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 1
    story = told(cast.author, MEMBERS)
    for text in ("with you", "your own fault #hostile"):
        said = head_of(answered(signed_in(cast.other_member), story, text))
        assert "A person will read it first, as all first texts here." in said
        assert "rules of the house" not in said
    FirstTexts.objects.create(member=cast.same_ring, released=1)
    assert "A person" not in head_of(answered(signed_in(cast.same_ring), story, "with you"))


def test_while_the_reader_is_down_she_is_told_that_it_is_safe_and_waits(cast: Cast, settings: Any) -> None:
    no_reader(settings)
    page = shared(signed_in(cast.author), "four days now")
    assert "It is safe, and waits" in head_of(page)
    assert "/me/waiting/" in page.content.decode()


def test_a_long_text_is_told_to_be_there_in_about_a_minute(cast: Cast) -> None:
    assert "in about a minute" in head_of(shared(signed_in(cast.author), "and then it was spring " * 100))


def test_a_change_is_told_of_too(cast: Cast) -> None:
    client, story = signed_in(cast.author), told(cast.author, MEMBERS, text="as it was")
    given = {"title": "", "ref": story.ref, "stamp": story.touched_at}
    page = client.post(f"/stories/{story.ref}/write/", {**given, "text": "as it is #hostile"}, follow=True)
    assert "A person will read it first" in head_of(page)
    answered(client, told(cast.host, MEMBERS), "with you")
    made: Answer = Answer.objects.written_by(cast.author).get()
    page = client.post(f"/answers/{made.ref}/change/", {"text": "with you all"}, follow=True)
    assert "Kept." in head_of(page)
    page = client.post(f"/answers/{made.ref}/change/", {"text": "with you #selling"}, follow=True)
    assert "A person will read it first" in head_of(page)


def test_what_a_moderator_hid_is_not_said_to_wait_for_its_first_reading(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="as it was")
    decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.ASK)
    choices = {"show_to": "members", "signed": "yes", "answers_from": "all"}
    said = head_of(signed_in(cast.author).post(f"/stories/{story.ref}/share/", choices, follow=True))
    assert "It stays out of sight" in said
    assert "A person will read it first" not in said


def test_who_may_need_help_finds_open_lines_on_the_next_page_once(cast: Cast) -> None:
    client, story = signed_in(cast.other_member), told(cast.author, MEMBERS)
    page = answered(client, story, "so tired of it all #care")
    said = head_of(page)
    assert PANEL in said
    assert not [mark for mark in MARKS if mark in said]
    assert page.redirect_chain[-1][0] == story.get_absolute_url()  # at its head, where the help stands
    made: Answer = Answer.objects.written_by(cast.other_member).get()
    assert made.is_live
    assert PANEL not in client.get("/stories/").content.decode()
    assert PANEL not in client.get(story.get_absolute_url()).content.decode()


def test_nothing_of_the_help_is_kept(cast: Cast) -> None:
    client, story = signed_in(cast.other_member), told(cast.author, MEMBERS)
    answered(client, story, "with you")
    before = set(client.session.keys())
    answered(client, story, "so tired of it all #care")
    assert set(client.session.keys()) == before
    kept = client.session.decode(Session.objects.get(member=cast.other_member).data)
    assert "help" not in str(kept)


def test_a_plan_is_held_very_kindly_and_help_is_shown(cast: Cast) -> None:
    page = shared(signed_in(cast.author), "I know how #plan")
    said = head_of(page)
    assert PANEL in said
    assert "Despair may be spoken of here; ways are kept from others" in said
    assert said.index(PANEL) < said.index("Despair may be spoken of")
    assert not [mark for mark in MARKS if mark in said]


def test_the_lines_are_those_of_the_country_that_she_told_of_and_open_day_and_night(cast: Cast) -> None:
    give(cast.author, Purpose.JOURNEY)
    tell_of_self(cast.author, country="IE", word=ChildWord.BABY)
    said = head_of(shared(signed_in(cast.author), "so tired of it all #care"))
    assert "Samaritans" in said
    assert 'href="tel:116123"' in said
    assert "/help/ie/#body" in said
    assert "Monday to Friday" not in said
    unknown = head_of(shared(signed_in(cast.host), "so tired of it all #care"))
    assert 'href="/help/ie/"' in unknown
    assert 'href="/help/nz/"' in unknown
    assert 'href="tel:116123"' not in unknown
