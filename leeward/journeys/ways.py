"""Ways: the same kind of loss, or the same path. Who declared one is in its ring, and counts there after seven days."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from leeward.audience.models import Ring, RingKind, RingMember
from leeward.journeys.facts import current_facts
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.words import speech_of
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member

COUNTS_AFTER = 7 * DAY
"""From declaring a way until seeing what is shown to it, in microseconds. A false flag costs a week."""

WAYS = frozenset((facet.key, term.key) for facet in FACETS for term in facet.terms if term.way)
"""The terms that are ways, as (facet, key)."""


@dataclass(frozen=True)
class Way:
    """A way that a member is on.

    Args:
        ring_id: the ring of all who declared it. Never shown: its number would tell whether anybody had before her.
        name: "kind:ectopic", for forms.
        label: how it is said to her.
        counts: whether she declared it long enough ago to see what is shown to it.
    """

    ring_id: int
    name: str
    label: str
    counts: bool


def ways_of(member: Member) -> list[Way]:
    """The ways that a member is on, in the vocabulary's order of facets."""
    rows = (
        RingMember.objects.filter(member=member, ring__kind=RingKind.WAY).select_related("ring").order_by("ring__way")
    )
    speech = speech_of(member)
    return [
        Way(row.ring_id, _name(way), speech.say(*way), counts=row.counts_from <= now_us())
        for row in rows
        if (way := _named(row.ring.way)) in WAYS
    ]


def keep_in_step(member: Member, *, declared_at: int | None = None) -> None:
    """Put a member into the rings of the ways she tells of, and out of all others.

    A way that she stays on keeps its moment; one that she takes up again counts anew.

    Args:
        member: whose facts have just changed.
        declared_at: when she declared what is new, microseconds; now, if not given.
    """
    with transaction.atomic():
        told = set(current_facts(member).values_list("facet", "key")) & WAYS
        hers = RingMember.objects.filter(member=member, ring__kind=RingKind.WAY)
        hers.exclude(ring__way__in=[_name(way) for way in told]).delete()
        present = set(hers.values_list("ring__way", flat=True))
        counts_from = (now_us() if declared_at is None else declared_at) + COUNTS_AFTER
        for name in sorted({_name(way) for way in told} - present):
            ring, _made = Ring.objects.get_or_create(way=name, defaults={"kind": RingKind.WAY})
            RingMember.objects.create(ring=ring, member=member, counts_from=counts_from)


def _name(way: tuple[str, str]) -> str:
    return ":".join(way)


def _named(name: str | None) -> tuple[str, str]:
    facet, _sign, key = (name or "").partition(":")
    return facet, key
