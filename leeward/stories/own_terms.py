"""What an author has chosen beside who sees her story, as its page says it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from leeward.audience.shared import State
from leeward.members.models import Member
from leeward.stories.asking import asking_in_words
from leeward.stories.ends import has_ended, is_near, last_day
from leeward.stories.hidden import hides_some
from leeward.stories.models import Story


@dataclass(frozen=True)
class OwnTerms:
    """What stands on the page of a story.

    Args:
        asking: what she asks for, as a sentence for whoever reads it; may be empty.
        closed: whether nobody else answers any more.
        last_day: to her alone: the last day on which others see it, if there is one.
        ended: to her alone: whether it is over.
        near: to her alone: whether it is near.
        hides_some: to her alone: whether she has hidden answers.
    """

    asking: str
    closed: bool
    last_day: datetime.date | None = None
    ended: bool = False
    near: bool = False
    hides_some: bool = False


def own_terms(story: Story, member: Member | None) -> OwnTerms:
    """The terms of a story for whoever reads it: when it ends is said to its author alone.

    Args:
        story: one that she may see.
        member: who reads, if she is one.
    """
    closed = story.answers_closed_at is not None and not story.taken_back_at
    if member is None or story.author_id != member.pk:
        return OwnTerms(asking_in_words(story, mine=False), closed)
    day = last_day(story) if story.state in {State.LIVE, State.HELD} and not story.taken_back_at else None
    if day is not None and not story.is_for_others():
        day = None
    over = day is not None and has_ended(story)
    near = day is not None and is_near(story)
    return OwnTerms(asking_in_words(story, mine=True), closed, day, over, near, hides_some(story, member))
