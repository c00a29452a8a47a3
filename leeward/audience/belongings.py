"""What this room keeps of a member, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.audience.known import Known
from leeward.audience.models import (
    Aside,
    Block,
    Choice,
    Mute,
    Opening,
    Ring,
    RingKind,
    RingMember,
    Shield,
    Wall,
)
from leeward.audience.notes import notes_in
from leeward.audience.shields import kept_of
from leeward.kit.moments import DAY, now_us, to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since

SIGHT = DAY
"""So long (microseconds) a moderator sees what she has opened, at most; then she opens it again, with a new line."""
_CIRCLE = (Ring, RingMember, Choice, Block, Wall, Mute, Shield, Aside)


def register_belongings() -> None:
    """Register people, blocks, shields and openings with members, and their tending. Called at start-up."""
    title = _("Whom I chose, whom I blocked, what I asked to be spared")
    register(Belonging("circle", title, _CIRCLE, _export_circle, _erase_circle))
    register(Belonging("openings", _("Texts I opened as a moderator"), (Opening,), _export_openings, _erase_openings))
    tending.register("openings", _tend_openings)
    tending.register("hard_days", _tend_hard_days)


def _export_circle(member: Member) -> Iterator[Row]:
    """What she did herself. That somebody else chose or blocked her is that person's, and stays untold."""
    known = Known(member)
    for choice in Choice.objects.filter(member=member).select_related("chosen").order_by("pk"):
        yield {"what": str(_("I chose")), "whom": known.name_of(choice.chosen)}
    for block in Block.objects.filter(blocker=member).select_related("blocked").order_by("pk"):
        when = to_datetime(block.at).isoformat()
        yield {"what": str(_("I blocked")), "whom": known.name_of(block.blocked), "when": when}
    for mute in Mute.objects.filter(member=member).select_related("muted").order_by("pk"):
        yield {"what": str(_("I would rather not meet what this person signs")), "whom": known.name_of(mute.muted)}
    kept = kept_of(member)
    for note in notes_in(kept.notes):
        by_hand = note.bit & kept.by_hand
        why = _("I asked to be spared") if by_hand else _("I am spared, because of what I told")
        yield {"what": str(why), "which": str(note.label)}
    for note in notes_in(kept.by_hand & ~kept.notes):
        yield {"what": str(_("I do not mind to meet")), "which": str(note.label)}
    if kept.is_hard:
        yield {"what": str(_("Today is hard")), "until": to_datetime(kept.hard_until).isoformat()}
    aside = Aside.objects.filter(member=member).count()
    if aside:
        yield {"what": str(_("I put out of my sight")), "how_many": aside}
    ways = RingMember.objects.filter(member=member, ring__kind=RingKind.WAY).select_related("ring")
    for place in ways.order_by("pk"):
        counts_from = to_datetime(place.counts_from).isoformat()
        yield {"what": str(_("I am on this way")), "which": place.ring.way, "counts_from": counts_from}


def _erase_circle(member: Member, farewell: Farewell) -> None:
    Ring.objects.filter(owner=member).delete()
    RingMember.objects.filter(member=member).delete()
    Choice.objects.filter(Q(member=member) | Q(chosen=member)).delete()
    Block.objects.filter(Q(blocker=member) | Q(blocked=member)).delete()
    Wall.objects.filter(Q(a=member) | Q(b=member)).delete()
    Mute.objects.filter(Q(member=member) | Q(muted=member)).delete()
    Shield.objects.filter(member=member).delete()
    Aside.objects.filter(member=member).delete()


def _tend_hard_days() -> int:
    """That a day was hard is nobody's to know when it is over."""
    return Shield.objects.exclude(hard_until=0).filter(hard_until__lte=now_us()).update(hard_until=0)


def _export_openings(member: Member) -> Iterator[Row]:
    for opening in Opening.objects.filter(moderator=member).order_by("pk"):
        yield {"kind": opening.kind, "reason": opening.reason, "when": to_datetime(opening.opened_at).isoformat()}


def _erase_openings(member: Member, farewell: Farewell) -> None:
    """The line stays for who reads the log, without her."""
    Opening.objects.filter(moderator=member).update(moderator=None, closed_at=now_us())


def _tend_openings() -> int:
    """Sight ends after a day, also where a case was opened again after its decision; the lines stay longer."""
    Opening.objects.filter(closed_at=None, opened_at__lte=now_us() - SIGHT).update(closed_at=now_us())
    return Opening.objects.filter(opened_at__lt=kept_since("openings")).delete()[0]
