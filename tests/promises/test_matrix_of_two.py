"""The matrix goes on: a story that two tell together × who looks × audience × state × who blocked whom."""

from __future__ import annotations

import pytest

from leeward.audience.actions import block
from leeward.audience.models import MEMBERS, Opening
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import State
from leeward.audience.things import kind_of
from leeward.kit.moments import now_us
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member
from tests.promises.test_matrix import SEEN_WHEN_LIVE, rings_of, who_sees

TWO = {"author", "other_member"}
AUDIENCES = ("only_me", "chosen", "way", "members", "everyone")


def by_two(cast: Cast, audience: str) -> Story:
    """Told by the author and `other_member`."""
    story: Story = Story.objects.create(
        author=cast.author, with_teller=cast.other_member, agreed_up_to=MEMBERS, text="told by two"
    )
    show_to(story, rings_of(audience, cast))
    publish(story)
    return story


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_is_seen_by_the_two_and_by_whom_it_is_for(cast: Cast, audience: str) -> None:
    assert who_sees(by_two(cast, audience), cast) == SEEN_WHEN_LIVE[audience, True] | TWO


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_not_live_is_seen_by_the_two_alone(cast: Cast, audience: str, state: State) -> None:
    story = by_two(cast, audience)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=state)
    assert who_sees(story, cast) == TWO


@pytest.mark.parametrize("audience", AUDIENCES)
def test_past_its_date_it_is_seen_by_the_two_alone(cast: Cast, audience: str) -> None:
    story = by_two(cast, audience)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(until=now_us() - 1)
    assert who_sees(story, cast) == TWO


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_wall_to_the_second_hides_it_as_one_to_the_author_does(cast: Cast, audience: str, turned: bool) -> None:
    story = by_two(cast, audience)
    two = (cast.host, cast.other_member) if turned else (cast.other_member, cast.host)
    block(*two)
    assert who_sees(story, cast) == (SEEN_WHEN_LIVE[audience, True] | TWO) - {"host"}


def test_an_opened_case_lets_its_moderator_see_it(cast: Cast) -> None:
    story = by_two(cast, "only_me")
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(story), thing_id=story.pk, reason="a report")
    assert who_sees(story, cast) == TWO | {"moderator"}


def test_what_is_inside_follows_it(cast: Cast) -> None:
    story = by_two(cast, "everyone")
    writer = make_member("Odile")
    made: Answer = Answer.objects.create(story=story, author=writer, text="an answer")
    publish(made)
    block(cast.other_member, cast.host)
    assert "host" not in who_sees(made, cast)
    assert "same_ring" in who_sees(made, cast)
