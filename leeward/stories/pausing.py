"""The pause before an answer is sent: what the story's author would rather not meet counts most.

Under what she did not sign her list is not asked (docs/decisions/0017-hard-phrases-and-unsigned-stories.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from leeward.members.models import Member
from leeward.members.pace import Pace
from leeward.moderation.pausing import Pause, pause_over
from leeward.moderation.phrases import found_of, phrases_of
from leeward.stories.answers import ShownAnswer
from leeward.stories.models import Answer, Story


def pause_before(
    story: Story, member: Member, text: str, *, shown: str = "", before: str = "", sent_as: Pace | None = None
) -> Pause | None:
    """The pause before a text is sent as an answer; None if it goes at once.

    Args:
        story: what is answered.
        member: who answers; her own story's author is never asked to look again.
        text: what she is about to send.
        shown: what the form carried: one mark for each time that it was looked at.
        before: the words as they stand, if an answer is changed: what was in them is not looked at again.
        sent_as: as what each text that goes at once is counted by the caller, in place of a look.

    Raises:
        TooOften: as much of hers was looked at as may be for now.
    """
    if story.author_id == member.pk:
        return None
    hers = phrases_of(story.author) if story.signed and story.author is not None else []
    return pause_over(member, text, hers, shown=shown, before=before, sent_as=sent_as)


def hard_for(author: Member, answers: Iterable[Answer | ShownAnswer]) -> set[int]:
    """Which of these answers to her own story have words that she would rather not meet: their keys."""
    phrases = phrases_of(author)
    if not phrases:
        return set()
    return {made.pk for made in answers if made.author_id != author.pk and found_of(phrases, made.text)}
