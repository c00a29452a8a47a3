"""The matrix goes on: answers that a story's author hid, and those under a story whose day is over."""

from __future__ import annotations

import pytest

from leeward.audience.models import Opening
from leeward.audience.publishing import publish
from leeward.audience.things import kind_of
from leeward.kit.moments import now_us
from leeward.stories.models import Answer, Story
from tests.conftest import Cast
from tests.promises.test_matrix import AUTHOR, SEEN_WHEN_LIVE, a_story, who_sees


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_an_answer_that_the_storys_author_hid_is_seen_by_its_writer_and_her_alone(
    cast: Cast, audience: str, signed: bool
) -> None:
    story = a_story(cast, audience, signed=signed)
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer", hidden_at=now_us())
    publish(made)
    assert who_sees(made, cast) == SEEN_WHEN_LIVE[audience, signed] & {"author", "other_member"}


def test_a_case_opens_a_hidden_answer_to_its_moderator(cast: Cast) -> None:
    story = a_story(cast, "everyone")
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer", hidden_at=now_us())
    publish(made)
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(made), thing_id=made.pk, reason="a report about it")
    assert who_sees(made, cast) == {"author", "other_member", "moderator"}


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_an_answer_under_a_story_past_its_date_is_seen_by_the_storys_author_alone(
    cast: Cast, audience: str, signed: bool
) -> None:
    story = a_story(cast, audience, signed=signed)
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer")
    publish(made)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(until=now_us() - 1)
    assert who_sees(made, cast) == AUTHOR
