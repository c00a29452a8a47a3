"""Talk: answer a note, write on in a meeting, and take back one's own words."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.audience.rule import is_visible_to
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.circles.actions.asking import SENT_TWICE
from leeward.circles.meeting import MayNotWrite, may_write, other_of
from leeward.circles.models import Line, Meeting
from leeward.circles.paces import LINES
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in
from leeward.notifications.actions import let_rest, tell
from leeward.notifications.bell import rings_unread

NOTE = "circles.note"
LINE = "circles.line"


def write_line(meeting: Meeting, *, by: Member, text: str, notes: int = 0) -> Line:
    """Write to the other of the two, held until it was read; the caller settles it. An answer to a note is a line too.

    Args:
        meeting: a meeting, or a note to her, that she may see.
        by: one of the two.
        text: Markdown, not empty.
        notes: bit mask of what is inside.

    Raises:
        MayNotWrite: it is over, her note was not answered yet, or she may not write at present.
        TooOften: she has written as much as may be for now.
    """
    with transaction.atomic():
        once_at_a_time(by)
        if not is_visible_to(meeting, Viewer.member(by)):
            raise MayNotWrite(_("Nothing more can be written here."))
        meeting.refresh_from_db()  # it may have ended since her page was opened
        if not may_write(meeting, by):
            raise MayNotWrite(_("Nothing more can be written here."))
        hers = Line.objects.written_by(by).filter(meeting=meeting, text=text)
        again: Line | None = hers.filter(touched_at__gt=now_us() - SENT_TWICE).first()
        if again is not None:
            return again
        keep_pace(LINES, by)
        made: Line = Line.objects.create(meeting=meeting, author=by, text=text, notes=notes)
        hand_in(made)
    return made


def tell_the_asked(note: Meeting) -> None:
    """Ring for whom a first note is, once it was read. Part of the transaction that shows it."""
    if note.asked is not None and note.ended_at is None:
        tell(note.asked, NOTE, note)


def tell_the_other(line: Line) -> None:
    """Ring for the other of the two, once a line was read; the first of the asked makes the note a meeting.

    What she has not read yet of the same meeting rings once.
    """
    meeting, writer = line.meeting, line.author
    if writer is None:
        return
    if writer.pk == meeting.asked_id:
        Meeting.objects.filter(pk=meeting.pk).visible_to(Viewer.member(writer)).filter(answered_at=None).update(
            answered_at=now_us(), declined_at=None
        )
    other = other_of(meeting, writer)
    if other is None or meeting.ended_at is not None:
        return
    if not rings_unread(other, LINE, kind_of(line), _lines_for(other, meeting)):
        tell(other, LINE, line)


def take_back_line(line: Line, *, by: Member) -> None:
    """Delete one's own line. It rings no more; what else she wrote there and was not read rings in its place.

    Raises:
        PermissionError: it is not hers.
    """
    if line.author_id != by.pk:
        raise PermissionError("Only its writer takes a line back.")
    with transaction.atomic():
        other = other_of(line.meeting, by)
        rang = other is not None and rings_unread(other, LINE, kind_of(line), [line.pk])
        meeting = line.meeting
        line.delete()
        if rang and other is not None:
            left = Line.objects.written_by(by).filter(meeting=meeting, at__gt=_read_at(meeting, other))
            newest = left.visible_to(Viewer.member(other)).order_by("-at").first()
            if newest is not None:
                tell(other, LINE, newest)


def read_until(meeting: Meeting, *, by: Member, moment: int) -> None:
    """Keep, for herself, until when one of the two has read; her bell is quiet about it. The other never learns.

    Args:
        meeting: what she reads.
        by: who reads.
        moment: `at` of the newest that was shown to her, microseconds.
    """
    field = "author_read_at" if meeting.author_id == by.pk else "asked_read_at"
    if moment <= getattr(meeting, field):
        return
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).visible_to(Viewer.member(by)).update(**{field: moment})
        let_rest(by, NOTE, kind_of(meeting), [meeting.pk])
        let_rest(by, LINE, "circles.line", _lines_for(by, meeting))


def _read_at(meeting: Meeting, member: Member) -> int:
    return meeting.author_read_at if meeting.author_id == member.pk else meeting.asked_read_at


def _lines_for(member: Member, meeting: Meeting) -> list[int]:
    seen = Line.objects.filter(meeting=meeting).visible_to(Viewer.member(member)).exclude(author=member)
    return list(seen.values_list("pk", flat=True))
