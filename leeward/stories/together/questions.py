"""Questions about first readings: what may be handed over, to whom, and what one of the two may do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from leeward.audience.known import Known
from leeward.audience.models import Choice
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.stories.models import (
    Chapter,
    ChapterAudience,
    FirstReading,
    Remark,
    Story,
    StoryAudience,
    story_and_chapter,
)


def may_be_handed(part: Story | Chapter) -> bool:
    """Whether one's own words can be handed to somebody: nobody else sees them, and no decision keeps them away."""
    story, _chapter = story_and_chapter(part)
    alone = story.also_id is None and not story.taken_back_at
    return alone and part.state in {State.DRAFT, State.LIVE} and not part.is_for_others()


def reading_of(part: Story | Chapter, author: Member) -> FirstReading | None:
    """The first reading of a part that goes on now, if there is one."""
    story, chapter = story_and_chapter(part)
    hers = FirstReading.objects.written_by(author).filter(story=story, chapter=chapter)
    found: FirstReading | None = hers.filter(ended_at=None, until__gt=now_us()).select_related("reader").first()
    return found


def first_reading_of_draft(story: Story, member: Member) -> FirstReading | None:
    """Who reads a draft first now, for its author's page of it; of what is no draft nothing is asked."""
    return reading_of(story, member) if story.state == State.DRAFT and story.author_id == member.pk else None


def people_to_ask(author: Member) -> list[tuple[Member, str]]:
    """Whom a member may hand a draft to: the people whom she chose, each with the name she knows."""
    chosen = Choice.objects.filter(member=author).select_related("chosen")
    return Known(author).in_order(row.chosen for row in chosen)


def asked_of(member: Member, viewer: Viewer) -> QuerySet[FirstReading]:
    """What a member is asked to read: by people whom she chose too, without what she put away.

    What is inside hides nothing here: it is named, and she is asked before anything opens.
    """
    hers = Choice.objects.filter(member=member, chosen=OuterRef("author_id"))
    seen = FirstReading.objects.filter(Exists(hers), reader=member, ended_at=None).visible_to(viewer)
    asked: QuerySet[FirstReading] = seen.gentle_for(replace(viewer, shield=0))
    return asked


def is_over(reading: FirstReading) -> bool:
    """Whether nobody but its author sees it any more."""
    return reading.ended_at is not None or reading.until <= now_us()


def may_remark(reading: FirstReading, member: Member) -> bool:
    """Whether this member, one of the two, may write about it now."""
    return (
        member.pk in {reading.author_id, reading.reader_id}
        and reading.is_live
        and not is_over(reading)
        and (not member.is_suspended)
    )


def other_of(reading: FirstReading, member: Member) -> Member | None:
    """The other of the two; None if that one has left."""
    return reading.reader if reading.author_id == member.pk else reading.author


@dataclass(frozen=True)
class Said:
    """What one of the two wrote. folded: whether something is inside that she who looks asked not to meet."""

    remark: Remark
    mine: bool
    folded: bool


def remarks_of(reading: FirstReading, member: Member, viewer: Viewer) -> list[Said]:
    """What the two wrote, as one of them sees it: in order, what waits to be read last."""
    seen = list(Remark.objects.filter(reading=reading).visible_to(viewer).gentle_for(replace(viewer, shield=0)))
    for remark in seen:
        remark.reading = reading  # at hand already
    seen.sort(key=lambda remark: (remark.at is None, remark.at or remark.pk))
    return [_said(remark, member, viewer) for remark in seen]


def drafts_of(member: Member) -> list[Story | Chapter]:
    """Her stories and chapters that nobody else sees, the latest first."""
    stories = Story.objects.written_by(member).filter(
        ~Exists(StoryAudience.objects.filter(thing=OuterRef("pk"))),
        state__in=[State.DRAFT, State.LIVE],
        taken_back_at=None,
        with_teller=None,
    )
    chapters = Chapter.objects.written_by(member).filter(
        ~Exists(ChapterAudience.objects.filter(thing=OuterRef("pk"))),
        state__in=[State.DRAFT, State.LIVE],
        story__taken_back_at=None,
    )
    found: list[Story | Chapter] = [*stories, *chapters.select_related("story")]
    return sorted(found, key=lambda part: part.touched_at, reverse=True)


def _said(remark: Remark, member: Member, viewer: Viewer) -> Said:
    mine = remark.author_id == member.pk
    return Said(remark, mine, folded=not mine and bool(remark.notes & viewer.shield))
