"""Write about a draft to the other of the two, and take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.audience.rule import is_visible_to
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import MayNotSend, keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in, stop_waiting
from leeward.notifications.actions import let_rest, tell
from leeward.notifications.bell import rings_unread
from leeward.stories.models import SENT_TWICE, FirstReading, Remark
from leeward.stories.paces import REMARKS
from leeward.stories.together.ending import ASKED, REMARK
from leeward.stories.together.questions import asked_of, may_remark, other_of


class MayNotRemark(MayNotSend):
    """Nothing can be written about it now."""


def remark(reading: FirstReading, *, by: Member, text: str, notes: int = 0) -> Remark:
    """Write about a draft to the other of the two, held until it was read; the caller settles it.

    Args:
        reading: one that she may see.
        by: its author, or the one who reads it.
        text: Markdown, not empty.
        notes: bit mask of what is inside.

    Raises:
        MayNotRemark: it is over, or she may not write at present.
        TooOften: she has written as much as may be for now.
    """
    with transaction.atomic():
        once_at_a_time(by)
        seen = is_visible_to(reading, Viewer.member(by))
        if seen:
            reading.refresh_from_db()  # it may be over since her page was opened
        if not (seen and may_remark(reading, by)):
            raise MayNotRemark(_("Nothing more can be written here."))
        hers = Remark.objects.written_by(by).filter(reading=reading, text=text)
        again: Remark | None = hers.filter(touched_at__gt=now_us() - SENT_TWICE).first()
        if again is not None:
            return again
        keep_pace(REMARKS, by)
        made: Remark = Remark.objects.create(reading=reading, author=by, text=text, notes=notes)
        hand_in(made)
    return made


def tell_the_other(made: Remark) -> None:
    """Ring for the other of the two, once a text was read. What she has not read yet of the same rings once."""
    reading, writer = made.reading, made.author
    other = None if writer is None else other_of(reading, writer)
    if other is None or not _wants_to_hear(reading, other):
        return
    if not rings_unread(other, REMARK, kind_of(made), _written_to(other, reading)):
        tell(other, REMARK, made)


def was_read(reading: FirstReading, *, by: Member) -> None:
    """Let the bell of one of the two be quiet about what she has before her. The other never learns."""
    let_rest(by, ASKED, kind_of(reading), [reading.pk])
    let_rest(by, REMARK, Remark._meta.label_lower, _written_to(by, reading))


def take_remark_back(made: Remark, *, by: Member) -> None:
    """Delete what one wrote about a draft, at once. It rings no more; what she wrote there since rings in its place.

    Raises:
        PermissionError: somebody else's words.
    """
    if made.author_id != by.pk:
        raise PermissionError("Only its writer takes it back.")
    with transaction.atomic():
        once_at_a_time(by)
        reading, other = made.reading, other_of(made.reading, by)
        rang = other is not None and rings_unread(other, REMARK, kind_of(made), [made.pk])
        stop_waiting(made)
        made.delete()
        if rang and other is not None:
            since = Remark.objects.written_by(by).filter(reading=reading, at__gt=made.at)  # and so not read either
            newest = since.visible_to(Viewer.member(other)).order_by("-at").first()
            if newest is not None:
                tell_the_other(newest)


def _wants_to_hear(reading: FirstReading, member: Member) -> bool:
    """Its author does; the one who reads it, as long as she chose the author and has not put it away."""
    if reading.author_id == member.pk:
        return True
    return asked_of(member, Viewer.member(member)).filter(pk=reading.pk).exists()


def _written_to(member: Member, reading: FirstReading) -> list[int]:
    seen = Remark.objects.filter(reading=reading).visible_to(Viewer.member(member)).exclude(author=member)
    return list(seen.values_list("pk", flat=True))
