"""Questions about two who meet: who may write to whom, what stands between them, and what is over."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leeward.audience.models import Wall
from leeward.audience.viewers import Viewer
from leeward.circles.actions.being_found import open_to
from leeward.circles.models import Meeting, Presence
from leeward.circles.paces import LAPSES, RESTS
from leeward.kit.moments import now_us, to_datetime
from leeward.members.models import Member
from leeward.members.pace import MayNotSend
from leeward.moderation.first_texts import must_be_read_first


class MayNotWrite(MayNotSend):
    """She may not write to this person at present."""


def presence_of(member: Member) -> Presence | None:
    """Her own presence, whatever its state."""
    found: Presence | None = Presence.objects.written_by(member).first()
    return found


def is_found(member: Member) -> bool:
    """Whether others can find this member now."""
    presence = presence_of(member)
    return presence is not None and presence.is_live and presence.shown_from <= now_us()


def why_not_write(member: Member) -> str | SafeString:
    """Why a member may not write first notes at present, in words for her; empty if she may. Whom to is not asked."""
    if member.is_suspended:
        return _("You cannot write to others at present.")
    opens = open_to(member)
    if opens > now_us():
        day = formats.date_format(to_datetime(opens), "j F Y")
        return _("New accounts wait a week before they write to single people. Yours can from %(day)s on.") % {
            "day": day
        }
    if must_be_read_first(member):
        return _("Your first texts here are read by a person. When she has, you can also write to single people.")
    if not is_found(member):
        said = _("Who writes to somebody can be found too, so that both know with whom they speak.")
        link = format_html('<a href="{}">{}</a>', reverse("circles:found"), _("Let people find me"))
        return format_html("{} {}", said, link)
    return ""


def standing_between(member: Member, other: Member) -> Meeting | None:
    """What is not over between these two, as this member may see it: a note of either, or a meeting."""
    mine = Q(author=member, asked=other) & ~_lapsed()
    hers = Q(author=other, asked=member)
    seen = Meeting.objects.filter(mine | hers, ended_at=None).visible_to(Viewer.member(member))
    found: Meeting | None = seen.order_by("-touched_at").first()
    return found


def rests_until(member: Member, other: Member) -> int:
    """Until when (microseconds) a member does not write to another anew: 0 if she may."""
    mine = Q(author=member, asked=other) & (Q(ended_at__isnull=False) | _lapsed())
    met = Q(author=other, asked=member, answered_at__isnull=False, ended_at__isnull=False)
    rows = Meeting.objects.filter(mine | met).visible_to(Viewer.member(member)).values_list("ended_at", "touched_at")
    until = max(((ended or touched + LAPSES) + RESTS for ended, touched in rows), default=0)
    return until if until > now_us() else 0


def other_of(meeting: Meeting, member: Member) -> Member | None:
    """The other of the two; None if that one has left."""
    return meeting.asked if meeting.author_id == member.pk else meeting.author


def page_beside(meeting: Meeting, member: Member) -> Presence | None:
    """The page by which the other of the two is found, while they may write with each other and she may see it.

    Not beside a note of hers that waits, nor when it is over: that it is gone would tell her of a block.
    """
    waits = meeting.author_id == member.pk and meeting.answered_at is None
    if waits or is_over(meeting, member):
        return None
    seen = Presence.objects.filter(author=other_of(meeting, member)).visible_to(Viewer.member(member))
    found: Presence | None = seen.first()
    return found


def reads_note(meeting: Meeting, member: Member) -> bool:
    """Whether the first note is there for this member, one of the two: not if it was taken back, nor over a block."""
    if meeting.author_id == member.pk or meeting.author_id is None:
        return bool(meeting.text)
    return bool(meeting.text) and not Wall.objects.filter(a=member, b=meeting.author_id).exists()


def is_over(meeting: Meeting, member: Member) -> bool:
    """Whether nothing more is written here: ended, lapsed, taken out of sight, or the other is no member any more.

    To its writer a note has lapsed by its age alone: that one stays open, because an answer to it is being read, would
    tell her of the answer.
    """
    other = other_of(meeting, member)
    if meeting.ended_at is not None or other is None or other.has_ended or not other.is_active:
        return True
    if meeting.author_id == member.pk and meeting.answered_at is None and meeting.touched_at < now_us() - LAPSES:
        return True
    return not (meeting.is_live or meeting.at is None)  # what was shown and is not, a decision took out of sight


def may_write(meeting: Meeting, member: Member) -> bool:
    """Whether this member, one of the two, may write here now: the asked always, the asker once she was answered."""
    if member.is_suspended or is_over(meeting, member) or not meeting.is_live:
        return False
    if meeting.asked_id == member.pk:
        return True
    return meeting.author_id == member.pk and meeting.answered_at is not None


def _lapsed() -> Q:
    """Notes that have lapsed to their writer, whether or not tending has written it down."""
    return Q(answered_at=None, ended_at=None, touched_at__lt=now_us() - LAPSES)
