"""End: leave a note unanswered, end a meeting, take back what one wrote there, put it away."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.actions import put_aside
from leeward.audience.models import Ring, RingKind
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.circles.meeting import is_over
from leeward.circles.models import LightCall, Line, Meeting, MeetingAudience
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import stop_waiting
from leeward.notifications.actions import let_rest, untell


def decline(meeting: Meeting, *, by: Member) -> None:
    """Leave a note unanswered, and have it no more among the new ones. Its writer learns nothing of it, ever.

    Raises:
        PermissionError: it is not a note to her, or she has answered it.
    """
    if meeting.asked_id != by.pk or meeting.answered_at is not None:
        raise PermissionError("Only whom a note is for leaves it unanswered.")
    with transaction.atomic():
        seen = Meeting.objects.filter(pk=meeting.pk).visible_to(Viewer.member(by))
        seen.filter(answered_at=None).update(declined_at=now_us())
        let_rest(by, "circles.note", "circles.meeting", [meeting.pk])


def end(meeting: Meeting, *, by: Member) -> None:
    """End a meeting: neither writes any more. Nobody is told who it was. Twice is once.

    Raises:
        PermissionError: she is neither of the two, or it was never answered.
    """
    if by.pk not in {meeting.author_id, meeting.asked_id} or meeting.answered_at is None:
        raise PermissionError("Only one of the two ends a meeting.")
    with transaction.atomic():
        once_at_a_time(by)
        _end(meeting)


def take_back_mine(meeting: Meeting, *, by: Member) -> None:
    """Take back everything that one wrote in a meeting. A note that was not answered is gone from the other with it.

    Its row stays without a word until it would have lapsed, so that taking back does not make room for more notes.

    Raises:
        PermissionError: she is neither of the two.
    """
    if by.pk not in {meeting.author_id, meeting.asked_id}:
        raise PermissionError("Only her own words are hers to take back.")
    with transaction.atomic():
        once_at_a_time(by)
        for line in list(Line.objects.written_by(by).filter(meeting=meeting)):
            stop_waiting(line)
            line.delete()
        if meeting.author_id != by.pk:
            return
        stop_waiting(meeting)
        Meeting.objects.written_by(by).filter(pk=meeting.pk).update(text="", notes=0, perhaps=0, not_inside=0)
        meeting.refresh_from_db()
        if meeting.answered_at is None:
            _end(meeting)
            untell(meeting)
            unshow([meeting.pk])


def put_away(meeting: Meeting, *, by: Member) -> None:
    """Put what is over out of one's own sight.

    Raises:
        PermissionError: it is not over.
    """
    if not (is_over(meeting, by) or (meeting.asked_id == by.pk and meeting.declined_at)):
        raise PermissionError("Only what is over is put away.")
    put_aside(by, meeting)


def end_between(member: Member, other: Member) -> None:
    """End what is between two when one blocks the other: meetings, notes, and what a light would have told.

    Registered with blocks: called inside their transaction. To the other it looks like any end.
    """
    both = {member.pk, other.pk}
    rows = everything(Meeting, reason="a block ends what is between two").filter(
        author__in=both, asked__in=both, answered_at__isnull=False, ended_at=None
    )
    rows.update(ended_at=now_us())
    for owner, newcomer in ((member, other), (other, member)):
        LightCall.objects.filter(light__member=owner, newcomer=newcomer, told_at=None).delete()


def unshow(meetings: list[int]) -> None:
    """Show notes to nobody but their writers, and forget the pairs that they were for."""
    rings = MeetingAudience.objects.filter(thing__in=meetings, ring__kind=RingKind.PAIR).values_list("ring", flat=True)
    Ring.objects.filter(pk__in=list(rings)).delete()  # the audience goes with the ring


def _end(meeting: Meeting) -> None:
    everything(Meeting, reason="one of the two has ended it").filter(pk=meeting.pk, ended_at=None).update(
        ended_at=now_us()
    )
    meeting.refresh_from_db(from_queryset=everything(Meeting, reason="as it is now"))
