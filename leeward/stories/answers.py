"""The answers under a story, a page at a time, and the words said to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import F
from django.db.models.lookups import GreaterThan

from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.models import Answer, Reaction, ReactionWord, Story

PAGE = 30
"""How many answers a page shows."""


@dataclass(frozen=True)
class AnswersPage:
    """Answers, oldest first.

    Args:
        answers: those of this page.
        after: where the next page begins (microseconds), or None.
        some_kept: whether answers are kept from her because of what is inside.
        folded: the keys of those that are shown all the same, and stand folded behind their notes.
    """

    answers: list[Answer]
    after: int | None
    some_kept: bool = False
    folded: frozenset[int] = frozenset()


def answers_page(story: Story, viewer: Viewer, *, after: int = 0, kept_too: bool = False) -> AnswersPage:
    """The answers to a story that this viewer may and wants to see; her own that still wait stand first in line.

    Args:
        story: a story that she may see.
        viewer: who is looking.
        after: answers published after this moment (microseconds).
        kept_too: also those that are kept from her because of what is inside.
    """
    without_notes = replace(viewer, shield=0)
    whole = Answer.objects.filter(story=story).visible_to(viewer).gentle_for(without_notes).select_related("author")
    noted = GreaterThan(F("notes").bitand(viewer.shield), 0)
    some_kept = bool(viewer.shield) and whole.filter(noted).exclude(author=viewer.member_id).exists()
    seen = whole if kept_too or not some_kept else whole.gentle_for(viewer)
    waiting = list(seen.filter(at=None)) if not after and viewer.is_member else []
    found = list(seen.filter(at__gt=after).order_by("at")[: PAGE + 1])
    more = found[PAGE - 1].at if len(found) > PAGE else None
    answers = found[:PAGE] + (waiting if more is None else [])
    for made in answers:
        made.story = story  # at hand already: its text need not be fetched with each answer
    folded = {made.pk for made in answers if made.notes & viewer.shield and made.author_id != viewer.member_id}
    return AnswersPage(answers, more, some_kept, frozenset(folded))


def words_said(story: Story, member: Member) -> list[ReactionWord]:
    """To the author: which words people said to her story, nobody named, none counted. To others: their own.

    A word is not signed, and so a block leaves it as it is (decision 0011): if it vanished, an author who blocks one
    after the other would find who had said "me too".
    """
    said = Reaction.objects.filter(story=story)
    if story.author_id != member.pk:
        said = said.filter(member=member)
    return [ReactionWord(word) for word in sorted(set(said.values_list("word", flat=True)))]
