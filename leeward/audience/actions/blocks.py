"""Blocks: felt both ways, told to nobody, and never an unmasking.

A wall hides at once what either has signed. What is not signed stays as it is for everyone: nobody finds its author by
blocking one after the other. Nothing unsigned is shown to chosen people, so that a place among them can go too
(docs/decisions/0011-unsigned-texts-and-blocks.md).
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from leeward.audience.actions.chosen import take_effect
from leeward.audience.models import Block, Choice, RingKind, RingMember, Wall
from leeward.members.models import Member

_when_blocked: list[Callable[[Member, Member], None]] = []


def when_blocked(do: Callable[[Member, Member], None]) -> None:
    """Register what a room ends between two when one blocks the other. Called at start-up."""
    _when_blocked.append(do)


def block(member: Member, other: Member) -> None:
    """Have a member and another not meet any more.

    Each loses her place among the people that the other chose. The list of the one who is blocked stays as it was:
    it would tell her. Whom she herself let find her, she lets no more.

    Raises:
        ValueError: she blocked herself.
        PermissionError: her membership has ended.
    """
    if member.pk == other.pk:
        raise ValueError("Nobody blocks herself.")
    if member.has_ended:
        raise PermissionError("Who is no member any more blocks nobody.")
    with transaction.atomic():
        Block.objects.get_or_create(blocker=member, blocked=other, defaults={"known_as": member.name})
        Wall.objects.get_or_create(a=member, b=other)
        Wall.objects.get_or_create(a=other, b=member)
        Choice.objects.filter(member=member, chosen=other).delete()
        for owner, place in ((member, other), (other, member)):
            RingMember.objects.filter(ring__owner=owner, ring__kind=RingKind.CHOSEN, member=place).delete()
        RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.LET_IN, member=other).delete()
        for do in _when_blocked:
            do(member, other)


def unblock(member: Member, other: Member) -> None:
    """Take a block back. The wall stays while the other has blocked too.

    Whom the other still has in her list she reaches again, as her list has said all along.
    """
    with transaction.atomic():
        Block.objects.filter(blocker=member, blocked=other).delete()
        if Block.objects.filter(blocker=other, blocked=member).exists():
            return
        Wall.objects.filter(a=member, b=other).delete()
        Wall.objects.filter(a=other, b=member).delete()
        if Choice.objects.filter(member=other, chosen=member).exists():
            take_effect(other, member)
