"""Quotes go with the words that they were taken from, in the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import withdraw
from leeward.kit.moments import now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.moderation.actions import settle
from leeward.stories.actions.answering import change_answer, take_answer_back
from leeward.stories.actions.chapters import share_chapter, take_chapter_back
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.actions.writing import write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.tending import tend_stories
from tests.conftest import Cast
from tests.stories.quoting import TEXT, left, quoted, sees
from tests.stories.telling import went_on


def again(made: Answer, text: str) -> None:
    assert made.author is not None
    settle(change_answer(made, by=made.author, text=text, notes=0))


def not_quotable(made: Answer) -> None:
    assert made.author is not None
    settle(change_answer(made, by=made.author, text=made.text, notes=0, quotable=False))


ENDS_ANSWER: dict[str, Callable[[Cast, Answer], object]] = {
    "it is taken back": lambda cast, source: take_answer_back(source, by=cast.same_ring),
    "the story's author takes it away": lambda cast, source: take_answer_back(source, by=cast.author),
    "the passage is not in it any more": lambda cast, source: again(source, TEXT.replace("grey", "green")),
    "it may not be quoted any more": lambda cast, source: not_quotable(source),
    "a decision takes it out of sight": lambda cast, source: withdraw(source),
    "its author leaves with her words": lambda cast, source: leave(cast.same_ring, Farewell.TAKE_ALL),
    "the whole story is taken back": lambda cast, source: take_back(source.story, by=cast.author, keep_answers=False),
}


@pytest.mark.parametrize("change", ENDS_ANSWER.values(), ids=ENDS_ANSWER)
def test_a_quote_of_an_answer_is_deleted_when(
    cast: Cast, source: Answer, change: Callable[[Cast, Answer], object]
) -> None:
    quoted(source, cast.other_member)
    change(cast, source)
    assert left() == 0


def reworded(story: Story, text: str) -> None:
    assert story.author is not None
    settle(write(story, by=story.author, stamp=story.touched_at, title="", text=text))


ENDS_STORY: dict[str, Callable[[Cast, Story], object]] = {
    "it is taken back and the answers stay": lambda cast, story: take_back(story, by=cast.author, keep_answers=True),
    "it is taken back": lambda cast, story: take_back(story, by=cast.author, keep_answers=False),
    "the passage is not in it any more": lambda cast, story: reworded(story, "We had waited for weeks."),
    "it may not be quoted any more": lambda cast, story: share(
        story, by=cast.author, sharing=Sharing(ShowTo.EVERYONE, quotable=False)
    ),
    "it is for nobody else any more": lambda cast, story: share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME)),
    "a decision takes it out of sight": lambda cast, story: withdraw(story),
    "its author leaves with her words": lambda cast, story: leave(cast.author, Farewell.TAKE_ALL),
}


@pytest.mark.parametrize("change", ENDS_STORY.values(), ids=ENDS_STORY)
def test_a_quote_of_a_story_is_deleted_when(cast: Cast, story: Story, change: Callable[[Cast, Story], object]) -> None:
    quoted(story, cast.other_member)
    change(cast, story)
    assert left() == 0


def test_a_quote_of_a_story_is_deleted_when_its_day_is_over_and_hidden_before_that(cast: Cast, story: Story) -> None:
    made = quoted(story, cast.other_member)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(until=now_us() - 1)
    assert not sees(cast.author, made)
    tend_stories()
    assert left() == 0


ENDS_CHAPTER: dict[str, Callable[[Cast, Chapter], object]] = {
    "it is taken back": lambda cast, chapter: take_chapter_back(chapter, by=cast.author),
    "its story is taken back and the answers stay": lambda cast, chapter: take_back(
        chapter.story, by=cast.author, keep_answers=True
    ),
    "it may not be quoted any more": lambda cast, chapter: share_chapter(
        chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, quotable=False)
    ),
}


@pytest.mark.parametrize("change", ENDS_CHAPTER.values(), ids=ENDS_CHAPTER)
def test_a_quote_of_a_chapter_is_deleted_when(
    cast: Cast, story: Story, change: Callable[[Cast, Chapter], object]
) -> None:
    chapter = went_on(story, MEMBERS, text=TEXT)
    made = quoted(chapter, cast.other_member)
    assert made.chapter == chapter
    change(cast, chapter)
    assert left() == 0
