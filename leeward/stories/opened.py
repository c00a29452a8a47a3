"""A story that somebody opens, with all that its page asks of the database for her beside the answers: one question.

What is rare (chapters, photos, facts, her own words that wait) is only asked whether it is there, so that it costs
nothing where it is not. Whoever adds a part to the page adds such a line here, and asks for the part where it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.rows import columns_of, thing_from
from leeward.audience.shared import Shared
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.members.models import Member, Unsent
from leeward.stories.models import Answer, Chapter, Follow, Picture, Reaction, ReactionWord, ShownFact, Story


@dataclass(frozen=True)
class Opened:
    """A story and what is there for who opens it.

    Args:
        story: it, with its author.
        goes_on: whether it has chapters at all; which of them she sees, the rule says.
        has_pictures: whether it has photos at all.
        has_facts: whether facts are shown with it.
        follows: whether she follows it.
        waits: whether an answer of hers waits here.
        has_begun: whether she has begun anything that is not sent.
        words: what she herself said to it.
    """

    story: Story
    goes_on: bool
    has_pictures: bool
    has_facts: bool
    follows: bool = False
    waits: bool = False
    has_begun: bool = False
    words: tuple[ReactionWord, ...] = ()


def open_story(ref: str, viewer: Viewer) -> Opened | None:
    """The story of this name, if this viewer may see it; None if not, and if there is none."""
    found = _opened(viewer, ref=ref) if ref.isalnum() else []  # PostgreSQL refuses to look for some signs
    if not found:
        return None
    columns = len(columns_of(Story))
    row, there = found[0][:columns], map(bool, found[0][columns:])
    goes_on, has_pictures, has_facts, *hers = there
    follows, waits, has_begun, *said = hers or [False] * 3
    words = tuple(word for word, is_said in zip(_WORDS, said, strict=False) if is_said)
    return Opened(thing_from(Story, row), goes_on, has_pictures, has_facts, follows, waits, has_begun, words)


def story_named(ref: str, viewer: Viewer) -> Story | None:
    """The same story alone, for whoever does something with it."""
    found = _named(viewer, ref=ref) if ref.isalnum() else []
    return thing_from(Story, found[0]) if found else None


def words_said(story: Story, member: Member) -> list[ReactionWord]:
    """To the author: which words people said to her story, nobody named, none counted. To others: their own.

    A word is not signed, and so a block leaves it as it is (decision 0011): if it vanished, an author who blocks one
    after the other would find who had said "me too".
    """
    said = Reaction.objects.filter(story=story)
    if story.author_id != member.pk:
        said = said.filter(member=member)
    return [word for word in _WORDS if said.filter(word=word).exists()]


_WORDS = sorted(ReactionWord)
_WHETHER = "whether the rule need be asked about any"


@prepared
def _opened(viewer: Viewer, *, ref: str) -> QuerySet[Any, tuple[Any, ...]]:
    def of_story(model: type[Any], **more: Any) -> QuerySet[Any]:
        there = everything(model, reason=_WHETHER) if issubclass(model, Shared) else model.objects.all()
        return there.filter(story=OuterRef("pk"), **more)

    there = [Exists(of_story(model)) for model in (Chapter, Picture, ShownFact)]
    if viewer.is_member:
        hers = viewer.member_id
        there += [Exists(of_story(Follow, member_id=hers)), Exists(of_story(Answer, author_id=hers, at=None))]
        there += [Exists(Unsent.objects.filter(member_id=hers))]
        there += [Exists(of_story(Reaction, member_id=hers, word=word)) for word in _WORDS]
    return _seen(ref, viewer).values_list(*columns_of(Story), *there)


@prepared
def _named(viewer: Viewer, *, ref: str) -> QuerySet[Any, tuple[Any, ...]]:
    return _seen(ref, viewer).values_list(*columns_of(Story))


def _seen(ref: str, viewer: Viewer) -> QuerySet[Story]:
    seen: QuerySet[Story] = Story.objects.filter(ref=ref).visible_to(viewer)
    return seen
