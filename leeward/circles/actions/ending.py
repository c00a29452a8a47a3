"""End: leave a note unanswered, end a meeting, take back what one wrote there, put it away."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from leeward.audience.actions import put_aside
from leeward.audience.models import Ring, RingKind
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.circles.actions.talking import LINE, NOTE
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
        let_rest(by, NOTE, "circles.meeting", [meeting.pk])


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

    Registered with blocks: called inside their transaction. To the other it looks like any end after which words were
    taken back: she keeps the meeting, with her own words in it, also where the one who blocks wrote first. So that
    meeting counts as not signed; its first note is kept from her by `meeting.reads_note`.
    """
    between = everything(Meeting, reason="a block ends what is between two")
    between = between.filter(Q(author=member, asked=other) | Q(author=other, asked=member))
    met = between.exclude(answered_at=None)
    met.filter(ended_at=None).update(ended_at=now_us())
    met.filter(author=member).update(signed=False)
    met.filter(author=other).update(signed=True)  # she who blocks does not meet it any more
    notes = list(between.values_list("pk", flat=True))
    lines = everything(Line, reason="what a block hides rings no more").filter(meeting__in=notes)
    for one in (member, other):
        let_rest(one, NOTE, "circles.meeting", notes)
        let_rest(one, LINE, "circles.line", list(lines.exclude(author=one).values_list("pk", flat=True)))
    for owner, newcomer in ((member, other), (other, member)):
        LightCall.objects.filter(light__member=owner, newcomer=newcomer, told_at=None).delete()


def let_waiting_notes_go(member: Member) -> None:
    """Let notes that nobody has read yet not reach a member who is found no more; their writers read the same.

    Registered for the end of her agreement to be found: called inside its transaction.
    """
    notes = everything(Meeting, reason="who is found no more gets no notes").filter(asked=member, answered_at=None)
    unshow(list(notes.filter(at=None).values_list("pk", flat=True)))


def unshow(meetings: list[int]) -> None:
    """Show notes to nobody but their writers, and forget the pairs that they were for."""
    rings = MeetingAudience.objects.filter(thing__in=meetings, ring__kind=RingKind.PAIR).values_list("ring", flat=True)
    Ring.objects.filter(pk__in=list(rings)).delete()  # the audience goes with the ring


def _end(meeting: Meeting) -> None:
    """It counts as not signed from then on, as after a block: else the doors to block its writer would tell which."""
    everything(Meeting, reason="one of the two has ended it").filter(pk=meeting.pk, ended_at=None).update(
        ended_at=now_us(), signed=False
    )
    meeting.refresh_from_db(from_queryset=everything(Meeting, reason="as it is now"))
