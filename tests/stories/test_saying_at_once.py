"""Words said and taken back by very many at the same moment: none is lost, none stands twice, nobody says too many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from leeward.audience.models import MEMBERS
from leeward.audience.viewers import Viewer
from leeward.members.limits import digest_of_today
from leeward.members.models import Attempt, Member
from leeward.members.pace import TooOften
from leeward.stories.actions.answering import react_to
from leeward.stories.models import Reaction, ReactionWord, Story
from leeward.stories.paces import WORDS
from tests.at_once import at_once
from tests.conftest import Cast, make_member
from tests.stories.telling import told

pytestmark = pytest.mark.django_db(transaction=True)

WITH_YOU, ME_TOO = ReactionWord.WITH_YOU, ReactionWord.ME_TOO


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story that all members may read."""
    return told(cast.author, MEMBERS)


def saying(story: Story, member: Member, word: ReactionWord, said: bool = True) -> Callable[[], None]:
    """What one click does."""
    return partial(react_to, story.ref, Viewer.member(member), by=member, word=word, said=said)


def standing(story: Story) -> list[tuple[int, str]]:
    """Who says what."""
    return sorted(Reaction.objects.filter(story=story).values_list("member_id", "word"))


def test_sixty_four_clicks_at_once_some_of_them_double_are_counted_once_each(story: Story) -> None:
    members = [make_member(f"Reader {turn}") for turn in range(16)]
    at_once([saying(story, member, word) for member in members for word in (WITH_YOU, ME_TOO) for _double in range(2)])
    assert standing(story) == sorted((member.pk, word) for member in members for word in (WITH_YOU, ME_TOO))


def test_of_words_said_and_others_taken_back_at_once_exactly_those_stand_that_were_not_taken_back(story: Story) -> None:
    members = [make_member(f"Reader {turn}") for turn in range(32)]
    say, take_back = members[:16], members[16:]
    for member in take_back:
        saying(story, member, WITH_YOU)()
    at_once([saying(story, member, WITH_YOU, member in say) for member in members for _double in range(2)])
    assert standing(story) == [(member.pk, WITH_YOU) for member in say]


def test_who_clicks_there_and_back_at_once_says_it_once_or_not_at_all_and_can_go_on(cast: Cast, story: Story) -> None:
    at_once([saying(story, cast.other_member, WITH_YOU, said) for said in (True, False) * 16])
    assert len(standing(story)) <= 1
    for said in (True, False, True):
        saying(story, cast.other_member, WITH_YOU, said)()
        assert standing(story) == [(cast.other_member.pk, WITH_YOU)] * said


def test_of_many_clicks_at_once_no_more_go_through_than_may(cast: Cast, story: Story) -> None:
    ((most, _hour),) = WORDS.steps
    subject = digest_of_today(f"member {cast.other_member.ref}")
    before = [Attempt(door=WORDS.key, subject=subject, at=timezone.now()) for _turn in range(most - 4)]
    Attempt.objects.bulk_create(before)
    with pytest.raises(ExceptionGroup) as refused:
        at_once([saying(story, cast.other_member, WITH_YOU, said) for said in (True, False) * 6])
    assert len(refused.value.exceptions) == 8
    assert all(isinstance(one, TooOften) for one in refused.value.exceptions)
    assert Attempt.objects.filter(door=WORDS.key).count() == most
