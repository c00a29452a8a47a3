"""Write: begin a story or a chapter, keep it as it grows, and notice when another tab has changed it."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction

from leeward.audience.shared import State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in, is_hidden
from leeward.stories.models import SENT_TWICE, Chapter, Story
from leeward.stories.paces import CHANGES

Told = TypeVar("Told", Story, Chapter)
"""What has a title and a text of its author's: a story, or how it goes on."""


class ChangedElsewhere(Exception):
    """The words were changed in another tab since this one was opened. `kept` is what is kept now."""

    def __init__(self, kept: Story | Chapter) -> None:
        super().__init__("changed elsewhere")
        self.kept = kept


def begin(*, by: Member, title: str, text: str) -> Story:
    """Keep the first words of a new story, for its author alone. The same words sent twice in a row are one story."""
    with transaction.atomic():
        once_at_a_time(by)
        drafts = Story.objects.written_by(by).filter(state=State.DRAFT, title=title, text=text)
        again: Story | None = drafts.filter(touched_at__gt=now_us() - SENT_TWICE).first()
        story: Story = again or Story.objects.create(author=by, title=title, text=text)
    return story


def begin_chapter(story: Story, *, by: Member, **words: str | int | None) -> Chapter:
    """Keep the first words of how a story goes on, for its author alone. Sent twice in a row they are one chapter.

    Args:
        story: her own, with its words.
        by: its author.
        words: its title, its text, and when it was.

    Raises:
        PermissionError: somebody else's story, one that was taken back, or one that two tell together.
    """
    if story.author_id != by.pk or story.taken_back_at:
        raise PermissionError("Only its author goes on with a story.")
    with transaction.atomic():
        once_at_a_time(by)
        if not Story.objects.written_by(by).filter(pk=story.pk, with_teller=None).exists():
            raise PermissionError("What two tell together goes on only when it is one's alone again.")
        drafts = Chapter.objects.written_by(by).filter(story=story, state=State.DRAFT, **words)
        again: Chapter | None = drafts.filter(touched_at__gt=now_us() - SENT_TWICE).first()
        chapter: Chapter = again or Chapter.objects.create(story=story, author=by, signed=story.signed, **words)
    return chapter


def write(told: Told, *, by: Member, stamp: int, only_draft: bool = False, **words: str | int | None) -> Told:
    """Keep new words of a story or of a chapter. What others see is held until they were read; the caller settles it.

    Args:
        told: the author's own.
        by: its author.
        stamp: `touched_at` as the writer's page knew it.
        only_draft: whether nothing is written if it was shown meanwhile: nobody pressed a button for that.
        words: its `title`, which may be empty, its `text` in Markdown; of a chapter when it was, as well.

    Raises:
        PermissionError: somebody else's words; or others see them and she may not write to others at present.
        ChangedElsewhere: another tab has written, or shown it, since, or two tell it now; nothing was overwritten.
        TooOften: she has changed what others see as often as may be for now.
    """
    if told.author_id != by.pk or _story_of(told).taken_back_at:
        raise PermissionError("Only its author writes a story.")
    if by.is_suspended and told.is_for_others():
        raise PermissionError("A suspended member changes nothing that others see.")
    with transaction.atomic():
        once_at_a_time(by)
        mine = type(told).objects.written_by(by).filter(pk=told.pk)
        if isinstance(told, Story):
            mine = mine.filter(with_teller=None)  # two agreed to the words as they are
        if only_draft:
            mine = mine.filter(state=State.DRAFT)
        kept = mine.filter(touched_at=stamp).update(**words, touched_at=max(now_us(), stamp + 1))
        told.refresh_from_db()
        if not kept and any(getattr(told, name) != value for name, value in words.items()):
            raise ChangedElsewhere(told)
        if kept and told.is_for_others() and _is_read_anew(told):
            keep_pace(CHANGES, by)
            hand_in(told)
    return told


def _story_of(told: Story | Chapter) -> Story:
    return told.story if isinstance(told, Chapter) else told


def _is_read_anew(told: Story | Chapter) -> bool:
    """Whether its new words are read: what is shown, and what waits, which may speak of danger now."""
    return told.state == State.LIVE or (told.state == State.HELD and not is_hidden(told))
