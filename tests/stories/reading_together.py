"""A draft that was handed to one person, for tests."""

from __future__ import annotations

from leeward.audience.actions import choose
from leeward.members.models import Member
from leeward.moderation.actions import settle
from leeward.moderation.models import FirstTexts
from leeward.notifications.models import Notice
from leeward.stories.actions.writing import begin, begin_chapter
from leeward.stories.models import Chapter, FirstReading, Remark, Story
from leeward.stories.together.handing import hand_over
from leeward.stories.together.talking import remark

WORDS = "The lamp was still on when we came home."


def trusting(*members: Member) -> None:
    """Members whose first texts are read, and who all have put each other among the people they choose."""
    for member in members:
        FirstTexts.objects.update_or_create(member=member, defaults={"released": 100})
        for other in members:
            if other != member:
                choose(member, other)


def draft(author: Member, *, title: str = "The lamp", text: str = WORDS) -> Story:
    """The first words of a story."""
    return begin(by=author, title=title, text=text)


def draft_of_chapter(story: Story, *, title: str = "A year later", text: str = "I kept the lamp.") -> Chapter:
    """The first words of how a story goes on."""
    assert story.author is not None
    return begin_chapter(story, by=story.author, title=title, text=text, year=None, month=None, day=None)


def handed(part: Story | Chapter, to: Member, *, days: int = 7, notes: int = 0) -> FirstReading:
    """A draft in one person's hands, read by the screening."""
    assert part.author is not None
    reading = hand_over(part, by=part.author, to=to, days=days, notes=notes, stamp=part.touched_at)
    settle(reading)
    return reading


def remarked(reading: FirstReading, by: Member, text: str = "I read it twice.", notes: int = 0) -> Remark:
    """What one of the two wrote about it, read and shown."""
    made = remark(reading, by=by, text=text, notes=notes)
    settle(made)
    return made


def as_it_is(reading: FirstReading) -> FirstReading:
    """A first reading as it stands written now."""
    assert reading.author is not None
    found: FirstReading = FirstReading.objects.written_by(reading.author).get(pk=reading.pk)
    return found


def rings(member: Member, kind: str) -> int:
    """How many notices of a kind wait unread."""
    return Notice.objects.filter(member=member, kind=kind, read_at=None).count()
