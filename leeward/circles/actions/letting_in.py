"""Let in: somebody she knows may be here, so she lets people find her one by one."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.models import Block, Ring, RingKind, RingMember
from leeward.circles.paces import LETTING_IN
from leeward.members.models import Member
from leeward.members.pace import keep_pace


def let_in_ring(member: Member) -> Ring:
    """The ring of the people whom this member lets find her; made when it is first asked for."""
    return Ring.objects.get_or_create(owner=member, kind=RingKind.LET_IN)[0]


def let_in(member: Member, other: Member) -> None:
    """Let another find a member. The other is not told. Twice is once.

    Raises:
        ValueError: she let in herself.
        PermissionError: her membership has ended.
        TooOften: she has let in as many as may be for now.
    """
    if member.pk == other.pk:
        raise ValueError("Nobody lets in herself.")
    if member.has_ended:
        raise PermissionError("Who is no member any more lets nobody in.")
    with transaction.atomic():
        ring = let_in_ring(member)
        if RingMember.objects.filter(ring=ring, member=other).exists():
            return
        keep_pace(LETTING_IN, member)
        if not Block.objects.filter(blocker=member, blocked=other).exists():  # a block of the other's is not told
            RingMember.objects.create(ring=ring, member=other)


def let_out(member: Member, other: Member) -> None:
    """Let another find a member no more, unless she can as one of many. The other is not told."""
    RingMember.objects.filter(ring__owner=member, ring__kind=RingKind.LET_IN, member=other).delete()
