"""The editors' desk: what is suggested is looked at, changed and approved, and what is not needed goes."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leeward.library.public_stories import registering
from leeward.library.public_stories.actions import ChangedMeanwhile, NotReady, approve, change, remove
from leeward.library.public_stories.forms import StoryForm
from leeward.library.public_stories.models import PublicStory, RemovalAsked, Removed, State, Telling
from leeward.library.public_stories.refusing import Refused
from leeward.members.belongings import Farewell
from leeward.members.models import Member, Unsent
from leeward.members.tending import tend
from tests.conftest import Cast, make_member, signed_in
from tests.library.public_stories.corpus import articles
from tests.library.public_stories.making import SAID, in_the_library, on_the_desk

DESK = "/library/stories/desk/"


@pytest.fixture
def editor(cast: Cast) -> Member:
    return make_member("Linden", is_editor=True)


@pytest.fixture
def desk(editor: Member) -> Client:
    return signed_in(editor)


def page_of(story: PublicStory) -> str:
    return f"{DESK}{story.ref}/"


def filled(story: PublicStory, **changes: Any) -> dict[str, Any]:
    """What the form of a story holds when it is opened, with changes."""
    form = StoryForm.of(story)
    held = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**held, **changes}.items() if value not in (None, False)}


def all_said(story: PublicStory, **changes: Any) -> dict[str, Any]:
    said = {"summary": SAID.summary, "ground": SAID.ground, "told_by_herself": "on", "source": "The Lantern"}
    return filled(story, **{"address": SAID.address, "act": "approve", **said, **changes})


def test_the_page_shows_what_is_suggested_with_its_words(desk: Client) -> None:
    story = on_the_desk()
    page = desk.get(page_of(story)).content.decode()
    assert "<mark>three days</mark>" in page or "<mark>lived for three days</mark>" in page
    assert 'value="kind:multiple" checked' in page
    assert 'value="living_child" checked' in page
    assert "“His twin survived”" in page


def test_approved_its_text_and_the_suggesting_words_are_gone_at_once(desk: Client, editor: Member) -> None:
    story = on_the_desk()
    assert story.body
    assert story.suggested["facets"]
    assert desk.post(page_of(story), all_said(story)).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.body, story.suggested) == (State.APPROVED, "", {})
    assert story.approved_by == editor
    assert story.is_shown
    assert {(fact.facet, fact.key) for fact in story.facts.all()} >= {("kind", "multiple")}
    assert story.summary == SAID.summary


@pytest.mark.parametrize("missing", ["title", "source", "address", "summary", "ground", "told_by_herself"])
def test_without_it_nothing_is_approved(desk: Client, missing: str) -> None:
    story = on_the_desk()
    page = desk.post(page_of(story), all_said(story, **{missing: ""}))
    assert page.status_code == 200
    assert "needs another look" in page.content.decode()
    story.refresh_from_db()
    assert story.state == State.SUGGESTED
    assert story.body


def test_a_way_round_the_page_approves_nothing_that_is_not_ready(cast: Cast) -> None:
    story = on_the_desk()
    with pytest.raises(NotReady):
        approve(story, replace(SAID, told_by_herself=False), by=cast.host, seen=story.version)


def test_half_done_it_is_kept_for_later(desk: Client) -> None:
    story = on_the_desk()
    desk.post(page_of(story), filled(story, summary="Of two.", facts=["kind:neonatal"], act="keep"))
    story.refresh_from_db()
    assert (story.state, story.summary) == (State.SUGGESTED, "Of two.")
    assert [(fact.facet, fact.key) for fact in story.facts.all()] == [("kind", "neonatal")]
    assert story.body


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://lantern.example/a", "data:text/html,a", "//a b"])
def test_a_link_is_an_address_of_the_web(desk: Client, address: str) -> None:
    story = on_the_desk()
    page = desk.post(page_of(story), all_said(story, address=address))
    story.refresh_from_db()
    assert page.status_code == 200
    assert story.state == State.SUGGESTED


def test_a_second_press_and_a_second_editor_change_nothing_in_silence(desk: Client, cast: Cast) -> None:
    story = on_the_desk()
    sent = all_said(story)
    assert desk.post(page_of(story), sent).status_code == 302
    again = signed_in(cast.host).post(page_of(story), {**sent, "summary": "Other words."})
    assert again.status_code == 200
    assert "changed it meanwhile" in again.content.decode()
    assert "Other words." in again.content.decode()
    story.refresh_from_db()
    assert story.summary == SAID.summary
    assert Unsent.objects.filter(member=cast.host).exists()


def test_a_role_that_was_taken_away_opens_nothing(desk: Client, editor: Member) -> None:
    story = on_the_desk()
    sent = all_said(story)
    Member.objects.filter(pk=editor.pk).update(is_editor=False)
    for path in (DESK, page_of(story), f"{page_of(story)}remove/", f"{DESK}add/"):
        assert desk.get(path).status_code == 404
    assert desk.post(page_of(story), sent).status_code == 404
    story.refresh_from_db()
    assert story.state == State.SUGGESTED
    editor.refresh_from_db()
    for act in (change, approve):
        with pytest.raises(PermissionDenied):
            act(story, SAID, by=editor, seen=story.version)
    with pytest.raises(PermissionDenied):
        remove(story, by=editor, seen=story.version)


def test_two_entries_never_have_one_address(desk: Client, cast: Cast) -> None:
    in_the_library(cast.host, address="https://lantern.example/one")
    other = on_the_desk("07_no_next_time")
    page = desk.post(page_of(other), all_said(other, address="https://www.lantern.example/one/?utm_source=a"))
    assert "It is here already." in page.content.decode()


def test_removed_it_leaves_digests_alone_and_does_not_come_back(desk: Client, cast: Cast) -> None:
    story = in_the_library(cast.host)
    assert desk.post(f"{page_of(story)}remove/", {"seen": story.version, "act": "remove"}).status_code == 302
    assert not PublicStory.objects.exists()
    assert not Telling.objects.exists()
    kept = set(Removed.objects.values_list("digest", flat=True))
    assert kept == {story.text_digest, story.address_digest}
    with pytest.raises(Refused):
        on_the_desk()
    other = on_the_desk("07_no_next_time")
    page = desk.post(page_of(other), all_said(other, address=story.address))
    assert "Its removal was asked for." in page.content.decode()


def test_what_changed_meanwhile_is_not_removed(cast: Cast) -> None:
    story = on_the_desk()
    change(story, SAID, by=cast.host, seen=story.version)
    with pytest.raises(ChangedMeanwhile):
        remove(story, by=cast.host, seen=story.version)


def test_what_nobody_approves_goes_with_its_text(cast: Cast) -> None:
    old, new, kept = on_the_desk("01_ivf"), on_the_desk("03_stillbirth"), in_the_library(cast.host)
    long_ago = old.brought_at - datetime.timedelta(days=31)
    PublicStory.objects.filter(pk__in=[old.pk, kept.pk]).update(brought_at=long_ago)
    assert tend()["public_stories"] == 1
    assert set(PublicStory.objects.values_list("pk", flat=True)) == {new.pk, kept.pk}


def test_a_request_that_was_answered_goes_after_its_time(cast: Cast) -> None:
    story = in_the_library(cast.host)
    long_ago = story.brought_at - datetime.timedelta(days=91)
    RemovalAsked.objects.create(story=story, who="reader", kept_at=long_ago)
    waiting = RemovalAsked.objects.create(story=story, who="reader", asked_at=long_ago)
    assert tend()["removals_asked"] == 1
    assert list(RemovalAsked.objects.all()) == [waiting]


def test_an_editor_who_leaves_takes_her_name_from_it(editor: Member) -> None:
    story = in_the_library(editor)
    assert [row["title"] for row in registering._export(editor)] == [story.title]
    registering._erase(editor, Farewell.TAKE_ALL)
    story.refresh_from_db()
    assert story.approved_by is None
    assert story.is_shown


def test_an_article_is_brought_in_by_hand(desk: Client) -> None:
    raw = next(one.raw for one in articles() if one.name == "05_twins")
    said = {"text": raw, "source": "The Lantern", "address": "https://lantern.example/one-cot"}
    response = desk.post(f"{DESK}add/", said)
    story = PublicStory.objects.get()
    assert response["Location"] == page_of(story)
    assert (story.source, story.address) == ("The Lantern", "https://lantern.example/one-cot")
    assert desk.get(page_of(story)).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": "   "},
        {"text": "too few words"},
        {"text": "0101;0202;[]{}()!!" * 90},
        {"text": "<p>She lost</p> <b>a</b>"},
        {"text": "Wir haben unser Kind verloren, und das ist nicht leicht für uns und die Familie. " * 9},
    ],
    ids=["nothing", "blank", "few words", "a table", "a page", "another language"],
)
def test_what_is_no_article_is_refused_in_words(desk: Client, sent: dict[str, Any]) -> None:
    response = desk.post(f"{DESK}add/", sent)
    assert response.status_code == 200
    assert "needs another look" in response.content.decode()
    assert not PublicStory.objects.exists()
