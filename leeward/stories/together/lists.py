"""What a member reads with others: what she is asked to read, what she handed over, and what she wrote about it."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.audience.known import Known
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.models import Chapter, FirstReading, Remark, Story
from leeward.stories.together.questions import asked_of, drafts_of, is_over

MOST = 100
"""So many of each are listed, the latest."""


@dataclass(frozen=True)
class Handed:
    """One first reading in a list, with the name of the other of the two; "" for one who has left."""

    reading: FirstReading
    name: str


@dataclass(frozen=True)
class Together:
    """The lists of one member.

    Args:
        asked: what she is asked to read.
        handed: what others read for her now.
        ended: what others have read for her, where something was written about it.
        drafts: her own that nobody else sees, and that nobody reads yet.
        remarks: what she wrote about others' drafts, hers to take back.
    """

    asked: list[Handed]
    handed: list[Handed]
    ended: list[Handed]
    drafts: list[Story | Chapter]
    remarks: list[Remark]


def read_together(member: Member, viewer: Viewer) -> Together:
    """All of it, as she sees it now."""
    known = Known(member)
    asked = asked_of(member, viewer).select_related("author").order_by("-at")[:MOST]
    hers = list(
        FirstReading.objects.written_by(member).select_related("reader", "story", "chapter").order_by("-pk")[:MOST]
    )
    now = [reading for reading in hers if not is_over(reading)]
    written = Remark.objects.filter(reading__in=[reading.pk for reading in hers]).visible_to(viewer)
    spoken_of = set(written.values_list("reading", flat=True))
    ended = [reading for reading in hers if is_over(reading) and reading.pk in spoken_of]
    read_now = {(reading.story_id, reading.chapter_id) for reading in now}
    mine = Remark.objects.written_by(member).exclude(reading__in=[reading.pk for reading in hers])
    return Together(
        asked=[Handed(reading, known.name_of(reading.author)) for reading in asked],
        handed=[Handed(reading, known.name_of(reading.reader)) for reading in now],
        ended=[Handed(reading, known.name_of(reading.reader)) for reading in ended],
        drafts=[part for part in drafts_of(member) if _key(part) not in read_now][:MOST],
        remarks=list(mine.order_by("-pk")[:MOST]),
    )


def _key(part: Story | Chapter) -> tuple[int, int | None]:
    return (part.story_id, part.pk) if isinstance(part, Chapter) else (part.pk, None)
