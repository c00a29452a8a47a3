"""Blocks: felt both ways, told to nobody, and never an unmasking.

A wall hides at once what either has signed. What either has not signed must neither vanish nor appear at that moment,
or a block would be a way to ask who wrote it (docs/decisions/0004-unsigned-texts-and-blocks.md). So whoever is parted
from a ring keeps in sight the unsigned texts that the ring was shown before, in a ring of her own, and meets none that
is shown to the ring later.
"""

from __future__ import annotations

from django.db import transaction

from leeward.audience.models import Block, Choice, Ring, RingKind, RingMember, Wall
from leeward.audience.shared import State
from leeward.audience.things import shared_models
from leeward.members.models import Member


def block(member: Member, other: Member) -> None:
    """Have a member and another not meet any more.

    Each loses her place among the people that the other chose. The list of the one who is blocked does not change:
    it would tell her.

    Raises:
        ValueError: she blocked herself.
    """
    if member.pk == other.pk:
        raise ValueError("Nobody blocks herself.")
    with transaction.atomic():
        Block.objects.get_or_create(blocker=member, blocked=other)
        Wall.objects.get_or_create(a=member, b=other)
        Wall.objects.get_or_create(a=other, b=member)
        _part(member, other)
        _part(other, member)
        Choice.objects.filter(member=member, chosen=other).delete()


def unblock(member: Member, other: Member) -> None:
    """Take a block back. The wall stays while the other has blocked too; a place in a ring does not come back.

    If it came back, unsigned texts would appear at that moment, and tell who wrote them.
    """
    with transaction.atomic():
        Block.objects.filter(blocker=member, blocked=other).delete()
        if not Block.objects.filter(blocker=other, blocked=member).exists():
            Wall.objects.filter(a=member, b=other).delete()
            Wall.objects.filter(a=other, b=member).delete()


def _part(owner: Member, other: Member) -> None:
    """Take the other out of the people that the owner chose, but leave in her sight what she could read unsigned."""
    place = RingMember.objects.filter(ring__owner=owner, ring__kind=RingKind.CHOSEN, member=other).first()
    if place is None:
        return
    kept = Ring.objects.get_or_create(owner=other, kind=RingKind.KEPT)[0]
    RingMember.objects.get_or_create(ring=kept, member=other)
    for model in shared_models():
        rows = model.audience_rows
        if rows is None:
            continue
        unsigned = model.objects.written_by(owner).filter(signed=False, state=State.LIVE).values("pk")
        shown = rows._default_manager.filter(ring_id=place.ring_id, thing_id__in=unsigned)
        already = set(rows._default_manager.filter(ring=kept).values_list("thing_id", flat=True))
        rows._default_manager.bulk_create(
            [
                rows(thing_id=thing, ring=kept, at=at)
                for thing, at in shown.values_list("thing_id", "at")
                if thing not in already
            ]
        )
    place.delete()
