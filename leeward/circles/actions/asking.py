"""Ask: a first note to somebody who can be found. It is answered, or it lapses; more its writer never learns."""

from __future__ import annotations

from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.audience.models import Ring, RingKind, RingMember
from leeward.audience.publishing import show_to
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.circles.actions.letting_in import let_in
from leeward.circles.meeting import MayNotWrite, rests_until, standing_between, why_not_write
from leeward.circles.models import Meeting, Presence
from leeward.circles.paces import NOTES, NOTES_A_WEEK
from leeward.kit.moments import DAY, MICROSECONDS, now_us
from leeward.members.models import Member
from leeward.members.pace import TooOften, keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in

SENT_TWICE = 5 * 60 * MICROSECONDS
"""Within this time (microseconds) the same words to the same person are a second click, not a second note."""
_MINUTE = 60 * MICROSECONDS


def ask(presence: Presence, *, by: Member, text: str, notes: int = 0) -> Meeting:
    """Write a first note to somebody who can be found, held until it was read; the caller settles it.

    Whom she writes to may see her page from then on, whoever finds her otherwise: both know with whom they speak.

    Args:
        presence: whom she writes to.
        by: who writes.
        text: Markdown, not empty.
        notes: bit mask of what is inside.

    Raises:
        MayNotWrite: she may not write first notes at present, or this person does not stand open to her.
        TooOften: she has written as many as may be for now.
    """
    asked = presence.author
    if asked is None or asked.pk == by.pk or not is_visible_to(presence, Viewer.member(by)):
        raise MayNotWrite(_("This person cannot be written to at present."))
    return _write(by, asked, text, notes, reaches=True)


def ask_in_vain(asked: Member | None, *, by: Member, text: str, notes: int = 0) -> Meeting:
    """Take a note as if it were sent, to somebody who went out of sight while it was written. It reaches nobody.

    Whether she was blocked, or the other has stopped being found or has left, the writer cannot tell.

    Raises:
        MayNotWrite, TooOften: as `ask`.
    """
    return _write(by, asked, text, notes, reaches=False)


def _write(by: Member, asked: Member | None, text: str, notes: int, *, reaches: bool) -> Meeting:
    with transaction.atomic():
        once_at_a_time(by)
        why = why_not_write(by)
        if why:
            raise MayNotWrite(why)
        again = _sent_just_now(by, asked, text)
        if again is not None:
            return again
        if asked is not None and (standing_between(by, asked) or rests_until(by, asked)):
            raise MayNotWrite(_("A note between you is on its way, or has come to its end less than thirty days ago."))
        _keep_the_week(by)
        keep_pace(NOTES, by)
        made: Meeting = Meeting.objects.create(author=by, asked=asked, text=text, notes=notes)
        if asked is not None:
            let_in(by, asked)  # whoever finds her anyway too: else her list would tell her who is on a way
        if reaches and asked is not None:
            ring = Ring.objects.create(kind=RingKind.PAIR)
            RingMember.objects.create(ring=ring, member=asked)
            show_to(made, [ring.pk])
        hand_in(made)
    return made


def _sent_just_now(by: Member, asked: Member | None, text: str) -> Meeting | None:
    hers = Meeting.objects.written_by(by).filter(asked=asked, text=text, touched_at__gt=now_us() - SENT_TWICE)
    found: Meeting | None = hers.first()
    return found


def _keep_the_week(by: Member) -> None:
    """Ten in seven days, counted in the notes: the key under which paces are counted is thrown away each midnight."""
    within = Meeting.objects.written_by(by).filter(touched_at__gt=now_us() - 7 * DAY).order_by("-touched_at")
    moments = list(within.values_list("touched_at", flat=True)[:NOTES_A_WEEK])
    if len(moments) == NOTES_A_WEEK:
        raise TooOften(ceil((moments[-1] + 7 * DAY - now_us()) / _MINUTE))
