"""Which stories are brought before a greeter: first ones without an answer, that she may see and answer."""

from __future__ import annotations

import pytest

from leeward.audience.actions import chosen_ring, mute, put_aside, set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import mask_of
from leeward.audience.publishing import hold, publish
from leeward.members.models import Member
from leeward.stories.actions.sharing import take_back
from leeward.stories.greeting import unanswered_first_stories
from leeward.stories.models import Answer, AnswersFrom, Story
from tests.conftest import Cast
from tests.stories.telling import told


def waiting(reader: Member) -> set[str]:
    return set(unanswered_first_stories(reader).values_list("title", flat=True))


def answer(story: Story, by: Member, *, held: bool = False) -> Answer:
    made: Answer = Answer.objects.create(story=story, author=by, text="So did I.", by_teller=story.author_id == by.pk)
    if held:
        hold(made)
    else:
        publish(made)
    return made


def test_the_first_of_a_members_stories_waits_and_later_ones_do_not(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="first")
    told(cast.author, MEMBERS, title="second")
    told(cast.same_ring, EVERYONE, title="another's")
    assert waiting(cast.other_member) == {"first", "another's"}
    assert waiting(cast.author) == {"another's"}


def test_an_answer_by_anybody_else_ends_the_wait_and_her_own_does_not(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="first")
    answer(story, cast.author)
    assert waiting(cast.other_member) == {"first"}
    answer(story, cast.host)
    assert waiting(cast.other_member) == set()


def test_an_answer_that_waits_itself_is_known_to_its_writer_alone(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="first")
    answer(story, cast.other_member, held=True)
    assert waiting(cast.other_member) == set()
    assert waiting(cast.host) == {"first"}


def test_what_she_may_not_see_or_asked_to_be_spared_does_not_come_up(cast: Cast) -> None:
    told(cast.author, title="for me alone")
    told(cast.same_ring, chosen_ring(cast.same_ring).pk, title="for chosen people")
    held = told(cast.host, MEMBERS, title="held")
    hold(held)
    noted = told(cast.moderator, MEMBERS, title="noted", notes=mask_of(["ultrasound"]))
    assert waiting(cast.other_member) == {"noted"}
    set_shield(cast.other_member, mask_of(["ultrasound"]))
    assert waiting(cast.other_member) == set()
    set_shield(cast.other_member, 0)
    put_aside(cast.other_member, noted)
    assert waiting(cast.other_member) == set()
    mute(cast.author, cast.moderator)
    assert waiting(cast.author) == set()


def test_between_people_who_blocked_each_other_nothing_comes_up(cast: Cast) -> None:
    told(cast.author, MEMBERS, title="hers")
    told(cast.blocked, MEMBERS, title="his")
    assert waiting(cast.blocked) == set()
    assert waiting(cast.author) == set()
    assert waiting(cast.other_member) == {"hers", "his"}


def test_only_where_she_may_answer(cast: Cast) -> None:
    for by, answers_from in (
        (cast.author, AnswersFrom.CHOSEN),
        (cast.host, AnswersFrom.NOBODY),
        (cast.moderator, AnswersFrom.ALL),
    ):
        story = told(by, MEMBERS, title=answers_from)
        Story.objects.written_by(by).filter(pk=story.pk).update(answers_from=answers_from)
    assert waiting(cast.same_ring) == {"chosen", "all"}
    assert waiting(cast.other_member) == {"all"}


@pytest.mark.parametrize("first_is_signed", [True, False])
def test_the_list_does_not_tell_who_wrote_what_is_not_signed(cast: Cast, first_is_signed: bool) -> None:
    """Whichever came first: both wait, so that neither says that the other is hers."""
    told(cast.author, MEMBERS, title="signed" if first_is_signed else "no name", signed=first_is_signed)
    told(cast.author, MEMBERS, title="no name" if first_is_signed else "signed", signed=not first_is_signed)
    told(cast.same_ring, MEMBERS, title="no name either", signed=False)
    assert waiting(cast.other_member) == {"signed", "no name", "no name either"}


def test_a_story_that_she_cannot_see_does_not_betray_itself_by_what_is_missing(cast: Cast) -> None:
    told(cast.author, chosen_ring(cast.author).pk, title="for chosen people")
    told(cast.author, MEMBERS, title="for members")
    assert waiting(cast.other_member) == {"for members"}
    assert waiting(cast.same_ring) == {"for chosen people"}


def test_when_an_author_has_left_what_she_did_not_sign_stays_where_it_was(cast: Cast) -> None:
    for signed in (True, False):
        told(cast.author, MEMBERS, title="signed" if signed else "no name", signed=signed)
    Story.objects.written_by(cast.author).update(author=None)
    assert waiting(cast.other_member) == {"no name"}


def test_what_was_taken_back_does_not_wait(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="first")
    answer(story, cast.author)
    take_back(story, by=cast.author, keep_answers=True)
    assert waiting(cast.other_member) == set()
