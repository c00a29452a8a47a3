"""Who writes with whom: her list of meetings, and the lines of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Max, Q

from leeward.audience.known import Known
from leeward.audience.models import Aside
from leeward.audience.viewers import Viewer
from leeward.circles.meeting import is_over, other_of
from leeward.circles.models import Line, Meeting
from leeward.kit.moments import FAR_FUTURE
from leeward.members.models import Member

MOST = 200
"""So many meetings are listed, the latest."""
PAGE = 40
"""So many lines a page shows."""


@dataclass(frozen=True)
class Met:
    """One meeting or note, as one of the two sees it in her list.

    Args:
        meeting: the row.
        other: the other's name; "" if that one has left.
        has_new: whether something was written that she has not read.
        last_at: when the last was written, microseconds; 0 for a note of hers that nobody but her sees yet.
        is_over: whether nothing more is written there.
        by_her: whether she wrote first.
    """

    meeting: Meeting
    other: str
    has_new: bool
    last_at: int
    is_over: bool
    by_her: bool

    @property
    def waits(self) -> bool:
        """Whether it is a note of hers that has no answer."""
        return self.by_her and self.meeting.answered_at is None and not self.is_over

    @property
    def is_new_note(self) -> bool:
        """Whether it is a note to her that she has neither answered nor left."""
        return not self.by_her and self.meeting.answered_at is None and not self.is_over and not self.is_left

    @property
    def is_left(self) -> bool:
        """Whether it is a note to her that she left unanswered."""
        return not self.by_her and self.meeting.answered_at is None and self.meeting.declined_at is not None

    @property
    def goes_on(self) -> bool:
        """Whether the two write with each other."""
        return self.meeting.answered_at is not None and not self.is_over


@dataclass(frozen=True)
class Said:
    """One line as one of the two reads it. folded: whether something is inside that she asked not to meet."""

    line: Line
    mine: bool
    folded: bool


@dataclass(frozen=True)
class Lines:
    """Lines, oldest first, and from where earlier ones are read (microseconds), or None."""

    said: list[Said]
    before: int | None
    newest: int


def meetings_of(member: Member, viewer: Viewer) -> list[Met]:
    """Her notes and meetings but those she put away: what she has not read first, then the latest."""
    seen = Meeting.objects.filter(Q(author=member) | Q(asked=member)).visible_to(viewer)
    seen = seen.gentle_for(replace(viewer, shield=0)).exclude(pk__in=_aside(member, "circles.meeting"))
    meetings = list(seen.select_related("author", "asked").order_by("-touched_at")[:MOST])
    lines = Line.objects.filter(meeting__in=[meeting.pk for meeting in meetings]).visible_to(viewer)
    last = dict(lines.order_by().values_list("meeting").annotate(last=Max("at")))
    by_others = lines.exclude(author=member).order_by().values_list("meeting").annotate(last=Max("at"))
    theirs = dict(by_others)
    known = Known(member)
    met = [_met(meeting, member, known, last.get(meeting.pk) or 0, theirs.get(meeting.pk) or 0) for meeting in meetings]
    return sorted(met, key=lambda one: (one.has_new, one.last_at), reverse=True)


def lines_of(meeting: Meeting, member: Member, viewer: Viewer, *, before: int = FAR_FUTURE) -> Lines:
    """The lines of a meeting, the latest page of them: what she asked not to meet stands folded behind its note.

    Her own that still wait to be read stand last.

    Args:
        meeting: one that she may see.
        member: one of the two.
        viewer: as whom she looks.
        before: only lines written before this moment, microseconds.
    """
    seen = Line.objects.filter(meeting=meeting).visible_to(viewer).exclude(pk__in=_aside(member, "circles.line"))
    found = list(seen.filter(at__lt=before).order_by("-at")[: PAGE + 1])
    more = len(found) > PAGE
    shown = list(reversed(found[:PAGE]))
    waiting = list(seen.filter(at=None, author=member).order_by("pk")) if before == FAR_FUTURE else []
    for line in (*shown, *waiting):
        line.meeting = meeting  # at hand already
    newest = max((line.at or 0 for line in shown), default=0)
    said = [_said(line, member, viewer) for line in (*shown, *waiting)]
    return Lines(said, shown[0].at if more else None, max(newest, meeting.at or 0))


def _said(line: Line, member: Member, viewer: Viewer) -> Said:
    mine = line.author_id == member.pk
    return Said(line, mine, folded=not mine and bool(line.notes & viewer.shield))


def _met(meeting: Meeting, member: Member, known: Known, last: int, theirs: int) -> Met:
    by_her = meeting.author_id == member.pk
    if not by_her:
        theirs = max(theirs, meeting.at or 0)
    read_at = meeting.author_read_at if by_her else meeting.asked_read_at
    return Met(
        meeting=meeting,
        other=known.name_of(other_of(meeting, member)),
        has_new=theirs > read_at and not (meeting.declined_at and not by_her),
        last_at=max(last, meeting.at or 0),
        is_over=is_over(meeting, member),
        by_her=by_her,
    )


def _aside(member: Member, kind: str) -> list[int]:
    return list(Aside.objects.filter(member=member, kind=kind).values_list("thing_id", flat=True))
