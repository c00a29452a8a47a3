"""The people a member chooses."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from leeward.audience.models import Choice, Ring, RingKind, RingMember, Wall
from leeward.members.models import Member

_when_unchosen: list[Callable[[Member, Member], None]] = []


def when_unchosen(do: Callable[[Member, Member], None]) -> None:
    """Register what a room ends when a member takes another out of the people she chooses. Called at start-up."""
    _when_unchosen.append(do)


def chosen_ring(member: Member) -> Ring:
    """The ring of the people that this member chose; made when it is first asked for."""
    return Ring.objects.get_or_create(owner=member, kind=RingKind.CHOSEN)[0]


def choose(member: Member, other: Member) -> None:
    """Put another among the people a member chooses. The other is not told.

    If a block lies between them it stands in her list like any other, without effect: a refusal would tell her of it.

    Raises:
        ValueError: she chose herself.
        PermissionError: her membership has ended.
    """
    if member.pk == other.pk:
        raise ValueError("Nobody chooses herself.")
    if member.has_ended:
        raise PermissionError("Who is no member any more chooses nobody.")
    with transaction.atomic():
        Choice.objects.get_or_create(member=member, chosen=other)
        if not Wall.objects.filter(a=member, b=other).exists():
            take_effect(member, other)


def take_effect(member: Member, other: Member) -> None:
    """Let a choice count: put the other into the member's ring. For `choose` and for the end of a block."""
    RingMember.objects.get_or_create(ring=chosen_ring(member), member=other)


def unchoose(member: Member, other: Member) -> None:
    """Take another out of the people a member chooses: from now on nothing is shown to her by that."""
    with transaction.atomic():
        Choice.objects.filter(member=member, chosen=other).delete()
        RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.CHOSEN, member=other).delete()
        for do in _when_unchosen:
            do(member, other)
