"""What people read of notes and meetings, for tests."""

from __future__ import annotations

from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.circles.models import Line, Meeting
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.notifications.models import Notice
from tests.conftest import signed_in
from tests.journeys.journeying import text_of


def rings(member: Member, kind: str) -> int:
    return Notice.objects.filter(member=member, kind=kind, read_at=None).count()


def page_of(member: Member, meeting: Meeting) -> str:
    return text_of(signed_in(member).get(meeting.get_absolute_url()))


def sees(member: Member, thing: Meeting | Line) -> bool:
    return is_visible_to(thing, Viewer.member(member))


def aged(meeting: Meeting, days: int) -> None:
    for field in ("touched_at", "at", "ended_at"):
        value = getattr(meeting, field)
        if value is not None:
            Meeting._base_manager.filter(pk=meeting.pk).update(**{field: value - days * DAY})
    meeting.refresh_from_db()


def at_one_moment(meeting: Meeting) -> None:
    """Have all lines of a meeting said in the same minute, to compare pages however long the test takes."""
    noon = now_us() // DAY * DAY + DAY // 2
    for nth, line in enumerate(Line._base_manager.filter(meeting=meeting, at__isnull=False).order_by("pk")):
        Line._base_manager.filter(pk=line.pk).update(at=noon + nth)


def plain(page: str) -> str:
    return "".join(line for line in page.splitlines(keepends=True) if "csrf" not in line)
