"""How telling together ends, what each of the two has of it, and decisions about it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.utils import timezone

from leeward.audience.actions import block
from leeward.audience.models import EVERYONE
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.moderation.actions import Ruling, decide, open_case, report
from leeward.moderation.appeals import may_object
from leeward.moderation.models import Act, Case
from leeward.moderation.statements import decisions_about
from leeward.stories.actions.following import follow
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.jointly.agreeing import (
    AGREED,
    CannotBeToldTogether,
    agree,
    agree_up_to,
    ask_to_tell_together,
    rings_of,
)
from leeward.stories.jointly.parting import part
from leeward.stories.jointly.questions import UpTo
from leeward.stories.models import Follow, Story
from tests.at_once import at_once
from tests.conftest import Cast
from tests.stories.reading_together import WORDS, as_it_is, draft, handed, rings
from tests.stories.telling_together import as_told, asked, joint, said_of, sees


@pytest.mark.parametrize("who", ["author", "same_ring"])
def test_either_ends_it_for_all_at_once(cast: Cast, who: str) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    part(story, by=getattr(cast, who))
    story = as_told(story)
    for member in (cast.same_ring, cast.other_member, None):
        assert not sees(member, story)
    assert sees(cast.author, story)
    assert (story.also_id, story.agreed_up_to, story.text) == (None, None, WORDS)
    assert said_of(cast.same_ring) == []
    assert rings(cast.author, AGREED) <= 1, "nobody is told that it ended"


def test_nobody_else_ends_it(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    with pytest.raises(PermissionError):
        part(story, by=cast.other_member)
    assert sees(cast.other_member, story)


@pytest.mark.parametrize(("who", "whom"), [("author", "same_ring"), ("same_ring", "author")])
def test_a_block_between_the_two_ends_it(cast: Cast, who: str, whom: str) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    block(getattr(cast, who), getattr(cast, whom))
    assert not sees(None, story)
    assert not sees(cast.same_ring, story)
    assert as_told(story).also_id is None


@pytest.mark.parametrize("farewell", list(Farewell))
def test_it_ends_when_the_second_leaves(cast: Cast, farewell: Farewell) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    leave(cast.same_ring, farewell)
    assert not sees(None, story)
    assert as_told(story).also_id is None


@pytest.mark.parametrize("farewell", list(Farewell))
def test_joint_words_are_never_left_behind(cast: Cast, farewell: Farewell) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    leave(cast.author, farewell)
    assert not Story.objects.filter(pk=story.pk).visible_to(Viewer.member(cast.same_ring)).exists()
    assert not Story.objects.filter(pk=story.pk).visible_to(Viewer.stranger()).exists()


@pytest.mark.parametrize("who", ["author", "same_ring"])
@pytest.mark.parametrize("act", [Act.PAUSE, Act.END])
def test_it_ends_when_either_is_kept_from_writing(cast: Cast, who: str, act: Act) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    other = draft(getattr(cast, who), title="Something else", text="Rough words.")
    share(other, by=getattr(cast, who), sharing=Sharing(ShowTo.MEMBERS))
    case = report(other, by=cast.other_member, reason="cruel")
    open_case(case, moderator=cast.moderator)
    decide(case, moderator=cast.moderator, ruling=Ruling(act, "kind", "As it was."), seen=other.touched_at)
    assert not sees(None, story)
    assert as_told(story).also_id is None


def test_what_one_takes_back_is_nobodys_though_answers_stay(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.MEMBERS)
    take_back(story, by=cast.author, keep_answers=True)
    assert as_told(story).also_id is None
    assert as_told(story).text == ""


def test_taken_back_from_a_page_that_is_older_than_the_agreement_it_is_nobodys_either(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.MEMBERS)
    story.with_teller = None  # as her page knew it
    take_back(story, by=cast.author, keep_answers=True)
    assert as_told(story).also_id is None


def test_what_is_gone_in_that_moment_is_neither_asked_about_nor_agreed_to(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    take_back(as_told(reading.story), by=cast.author, keep_answers=False)
    with pytest.raises(CannotBeToldTogether):
        ask_to_tell_together(reading, by=cast.author)
    with pytest.raises(CannotBeToldTogether):
        agree(reading, by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=reading.touched_at)


def test_who_tells_it_does_not_follow_it_and_a_block_of_the_second_ends_following(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.MEMBERS)
    with pytest.raises(PermissionError):
        follow(story, by=cast.same_ring, follows=True)
    follow(story, by=cast.other_member, follows=True)
    block(cast.other_member, cast.same_ring)
    assert not Follow.objects.exists()


def test_after_the_end_it_is_asked_anew_and_shown_anew(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    part(story, by=cast.same_ring)
    reading = handed(as_told(story), cast.same_ring)
    ask_to_tell_together(reading, by=cast.author)
    again = agree(as_it_is(reading), by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=as_it_is(reading).touched_at)
    assert again.pk == story.pk
    assert not sees(cast.other_member, story)


@pytest.mark.django_db(transaction=True)
def test_showing_and_ending_at_once_shows_nothing_of_two(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)

    page = as_told(story)

    def show() -> None:
        with suppress(PermissionError):
            share(page, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))

    at_once([show, lambda: part(as_told(story), by=cast.same_ring)])
    now = as_told(story)
    assert now.also_id is None
    assert rings_of(now) == set()


def test_her_copy_holds_the_words_as_long_as_it_stands(cast: Cast) -> None:
    joint(cast.author, cast.same_ring)
    (row,) = said_of(cast.same_ring)
    assert isinstance(row, dict)
    assert (row["text"], row["with"]) == (WORDS, "Maud")
    assert said_of(cast.author) == []


def test_a_decision_reaches_both_and_the_second_cannot_turn_it(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    with pytest.raises(PermissionError):
        report(story, by=cast.same_ring, reason="cruel")
    case = report(story, by=cast.other_member, reason="cruel")
    open_case(case, moderator=cast.moderator)
    ruling = Ruling(Act.HIDE, "kind", "What it says.")
    decision = decide(case, moderator=cast.moderator, ruling=ruling, seen=as_told(story).touched_at)
    assert not sees(cast.other_member, story)
    for member in (cast.author, cast.same_ring):
        (told,) = decisions_about(member)
        assert told.facts == "What it says."
        assert told.thing == story
        assert rings(member, "moderation.decided") == 1
    assert may_object(decision, cast.author)
    assert not may_object(decision, cast.same_ring)
    agree_up_to(as_told(story), by=cast.same_ring, up_to=UpTo.MEMBERS)
    part(as_told(story), by=cast.same_ring)
    assert as_told(story).state == State.HELD
    assert not sees(cast.other_member, story)


def test_what_is_decided_after_the_end_is_the_authors_alone(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    case = report(story, by=cast.other_member, reason="cruel")
    assert case.also_id == cast.same_ring.pk
    part(story, by=cast.same_ring)
    assert Case.objects.get(pk=case.pk).also_id is None


def test_a_moderator_decides_nothing_that_she_tells_with_another(cast: Cast) -> None:
    story = joint(cast.author, cast.moderator)
    case = report(story, by=cast.other_member, reason="cruel")
    with pytest.raises(PermissionError):
        open_case(case, moderator=cast.moderator)


def test_who_is_kept_from_writing_neither_asks_nor_agrees(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    Member.objects.filter(pk=cast.same_ring.pk).update(suspended_at=timezone.now())
    cast.same_ring.refresh_from_db()
    with pytest.raises(CannotBeToldTogether):
        agree(reading, by=cast.same_ring, up_to=UpTo.EVERYONE, stamp=reading.touched_at)
    assert EVERYONE not in rings_of(as_told(reading.story))
