"""The pages of this room, through their doors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import mask_of
from leeward.journeys.shown import pairs_in_words
from leeward.moderation.actions import report
from leeward.moderation.models import Act
from leeward.stories.actions.answering import answer as has_answered
from leeward.stories.models import ANSWER_LENGTH, Answer, ShownFact, Story
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import told as has_told
from tests.moderation.casework import decided
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def the_story(cast: Cast) -> Story:
    story: Story = Story.objects.written_by(cast.author).get()
    return story


def test_a_story_is_told_in_two_steps(cast: Cast) -> None:
    client = signed_in(cast.author)
    answer = client.post("/stories/tell/", {"title": "", "text": "It was a Tuesday."})
    story = the_story(cast)
    assert answer.headers["Location"] == f"/stories/{story.ref}/share/"
    choices = {"show_to": "members", "signed": "yes", "answers_from": "all", "notes": ["loss_detail"]}
    answer = client.post(f"/stories/{story.ref}/share/", choices, follow=True)
    assert "It is there now" in answer.content.decode()
    seen = signed_in(cast.other_member).get(f"/stories/{story.ref}/").content.decode()
    assert "It was a Tuesday." in seen
    assert "a loss told closely" in seen


def test_what_she_left_out_stays_out_while_her_story_waits_to_be_read(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 3
    has_told(cast.author, path=["ivf", "iui"], body=["milk"])
    client = signed_in(cast.author)
    client.post("/stories/tell/", {"title": "", "text": "It was a Tuesday."})
    share = f"/stories/{the_story(cast).ref}/share/"
    choices = {"show_to": "members", "signed": "yes", "answers_from": "all", "facts": ["path=iui", "body=milk"]}
    client.post(share, choices)
    assert the_story(cast).is_held
    page = client.get(share).content.decode()
    facts = ("path=ivf", "path=iui", "body=milk")
    ticked = {fact for fact in facts if "checked" in page.split(f'value="{fact}"')[1].split(">")[0]}
    assert ticked == {"path=iui", "body=milk"}


def test_shown_facts_stand_in_the_order_of_the_vocabulary_and_one_week_is_one() -> None:
    pairs = [("body", "milk"), ("count", "two"), ("weeks", "1"), ("kind", "ectopic"), ("count", "gone")]
    assert pairs_in_words(pairs) == ["Ectopic pregnancy", "1 week", "Two losses", "Milk came", "gone"]


def test_no_words_is_said_kindly_and_the_title_is_still_there(cast: Cast) -> None:
    page = signed_in(cast.author).post("/stories/tell/", {"title": " ", "text": "  "})
    assert "There are no words yet" in page.content.decode()
    assert not Story.objects.written_by(cast.author).exists()


def test_choices_that_contradict_each_other_are_explained_and_kept(cast: Cast) -> None:
    story = told(cast.author)
    choices = {"show_to": "chosen", "signed": "no", "answers_from": "all"}
    page = signed_in(cast.author).post(f"/stories/{story.ref}/share/", choices).content.decode()
    assert "would know that it is you" in page


def test_a_draft_is_kept_while_it_is_written_and_two_tabs_do_not_overwrite_each_other(cast: Cast) -> None:
    client = signed_in(cast.author)
    kept = client.post("/stories/keep/", {"title": "", "text": "one", "stamp": "", "ref": ""}).json()
    one = client.post("/stories/keep/", {"title": "", "text": "one two", **kept})
    assert one.status_code == 200
    other = client.post("/stories/keep/", {"title": "", "text": "one three", **kept})
    assert other.status_code == 409
    assert the_story(cast).text == "one two"
    page = client.post(f"/stories/{kept['ref']}/write/", {"title": "", "text": "one three", **kept})
    assert page.status_code == 409
    assert "one three" in page.content.decode()
    assert "one two" in page.content.decode()
    assert the_story(cast).text == "one two"


def test_keeping_says_so_when_she_was_signed_out(db: None) -> None:
    answer = Client().post("/stories/keep/", {"title": "", "text": "one"})
    assert answer.status_code == 403
    assert "signed out" in answer.json()["message"]


def test_a_live_story_is_never_changed_by_keeping(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="as it was")
    given = {"title": "", "text": "half a", "stamp": str(story.touched_at), "ref": story.ref}
    assert signed_in(cast.author).post("/stories/keep/", given).status_code == 400
    assert the_story(cast).text == "as it was"


def test_what_a_story_shows_can_be_unticked_though_she_no_longer_holds_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    ShownFact.objects.create(story=story, facet="now", key="trying")
    client = signed_in(cast.author)
    page = client.get(f"/stories/{story.ref}/share/").content.decode()
    assert 'value="now=trying"' in page
    client.post(f"/stories/{story.ref}/share/", {"show_to": "members", "signed": "yes", "answers_from": "all"})
    assert not ShownFact.objects.exists()


def test_an_answer_that_is_too_long_is_still_in_its_box(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    long = "w" * (ANSWER_LENGTH + 1)
    page = signed_in(cast.other_member).post(f"/stories/{story.ref}/answer/", {"text": long})
    assert page.status_code == 422
    assert long in page.content.decode()


def test_an_answer_is_read_where_it_was_given(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client = signed_in(cast.other_member)
    page = client.post(f"/stories/{story.ref}/answer/", {"text": "I am **here**.", "unsigned": "on"}, follow=True)
    html = page.content.decode()
    assert "<strong>here</strong>" in html
    made: Answer = Answer.objects.written_by(cast.other_member).get()
    assert not made.signed
    assert "Tobias" not in signed_in(cast.author).get(f"/stories/{story.ref}/").content.decode()


def test_the_writer_can_take_back_and_the_page_is_gone(cast: Cast) -> None:
    story = told(cast.author, EVERYONE, text="my words")
    signed_in(cast.author).post(f"/stories/{story.ref}/take-back/", {"answers": "go"})
    assert Client().get(f"/stories/{story.ref}/").status_code == 404


def test_another_persons_story_cannot_be_written_shown_or_taken_back(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    client = signed_in(cast.other_member)
    for door in ("write", "share", "take-back"):
        assert client.get(f"/stories/{story.ref}/{door}/").status_code == 404
        assert client.post(f"/stories/{story.ref}/{door}/", {"answers": "go"}).status_code == 404


def test_what_a_reader_asked_not_to_meet_opens_behind_its_note_and_stands_in_no_list(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="Small boots", text="the words inside", notes=mask_of(["living_child"]))
    set_shield(cast.other_member, mask_of(["living_child", "bump"]))
    client = signed_in(cast.other_member)
    assert "Small boots" not in client.get("/stories/").content.decode()
    closed = client.get(f"/stories/{story.ref}/").content.decode()
    assert "living children" in closed
    assert "the words inside" not in closed
    assert "the words inside" in client.get(f"/stories/{story.ref}/?open").content.decode()


@pytest.mark.parametrize("junk", ["abc", "-1", "9" * 40, "%00", "1e9", ""])
def test_an_address_that_was_tampered_with_shows_a_page(cast: Cast, junk: str) -> None:
    story = told(cast.author, EVERYONE)
    for address in (f"/stories/?before={junk}", f"/stories/{story.ref}/?after={junk}", f"/near/?to={story.ref}"):
        assert Client().get(address).status_code == 200


def test_only_what_is_for_everyone_may_be_indexed_and_only_if_the_host_allows(cast: Cast, settings: Any) -> None:
    public, members = told(cast.author, EVERYONE), told(cast.author, MEMBERS)
    assert "noindex" in Client().get(f"/stories/{public.ref}/").headers["X-Robots-Tag"]
    assert "Disallow: /" in Client().get("/robots.txt").content.decode()
    settings.PUBLIC_INDEXING = True
    assert Client().get(f"/stories/{public.ref}/").headers["X-Robots-Tag"] == "all"
    assert "noindex" in signed_in(cast.host).get(f"/stories/{members.ref}/").headers["X-Robots-Tag"]
    assert "noindex" in Client().get("/stories/").headers["X-Robots-Tag"]


def test_a_story_that_was_answered_is_not_indexed_since_who_answered_did_not_say_everyone(
    cast: Cast, settings: Any
) -> None:
    settings.PUBLIC_INDEXING, settings.FIRST_TEXTS_READ = True, 0
    story = told(cast.author, EVERYONE)
    has_answered(story, by=cast.other_member, text="with you")
    assert "noindex" in Client().get(story.get_absolute_url())["X-Robots-Tag"]
    page = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    assert "Whoever can read this story can read your answer" in page


def test_a_hidden_story_says_so_to_its_author_and_not_that_it_waits(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text="It was a Tuesday.")
    decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.ASK)
    page = signed_in(cast.author).get(f"/stories/{story.ref}/").content.decode()
    assert "A moderator took this out of sight" in page
    assert "A person will read this" not in page
