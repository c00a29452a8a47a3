"""Write: begin a story, keep it as it grows, and notice when another tab has changed it."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.shared import State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in, is_hidden
from leeward.stories.models import SENT_TWICE, Story, StoryAudience
from leeward.stories.paces import CHANGES


class ChangedElsewhere(Exception):
    """The story was changed in another tab since this one was opened."""

    def __init__(self, story: Story) -> None:
        super().__init__("changed elsewhere")
        self.story = story


def begin(*, by: Member, title: str, text: str) -> Story:
    """Keep the first words of a new story, for its author alone. The same words sent twice in a row are one story."""
    with transaction.atomic():
        once_at_a_time(by)
        drafts = Story.objects.written_by(by).filter(state=State.DRAFT, title=title, text=text)
        again: Story | None = drafts.filter(touched_at__gt=now_us() - SENT_TWICE).first()
        story: Story = again or Story.objects.create(author=by, title=title, text=text)
    return story


def write(story: Story, *, by: Member, title: str, text: str, stamp: int) -> Story:
    """Keep new words of a story. What others see is held until the new words were read; the caller settles it.

    Args:
        story: the author's own.
        by: its author.
        title: may be empty.
        text: Markdown.
        stamp: `touched_at` as the writer's page knew it.

    Raises:
        PermissionError: somebody else's story; or others see it and she may not write to others at present.
        ChangedElsewhere: another tab has written since; nothing was overwritten.
        TooOften: she has changed what others see as often as may be for now.
    """
    if story.author_id != by.pk or story.taken_back_at:
        raise PermissionError("Only its author writes a story.")
    if by.is_suspended and others_see(story):
        raise PermissionError("A suspended member changes nothing that others see.")
    with transaction.atomic():
        once_at_a_time(by)
        mine = Story.objects.written_by(by).filter(pk=story.pk)
        kept = mine.filter(touched_at=stamp).update(title=title, text=text, touched_at=max(now_us(), stamp + 1))
        story.refresh_from_db()
        if not kept and (story.title, story.text) != (title, text):
            raise ChangedElsewhere(story)
        if kept and others_see(story) and _is_read_anew(story):
            keep_pace(CHANGES, by)
            hand_in(story)
    return story


def _is_read_anew(story: Story) -> bool:
    """Whether its new words are read: what is shown, and what waits, which may speak of danger now."""
    return story.state == State.LIVE or (story.state == State.HELD and not is_hidden(story))


def others_see(story: Story) -> bool:
    """Whether a story is for anybody but its author."""
    return StoryAudience.objects.filter(thing=story).exists()
