"""Lights: for what one can be left on, when all of it is shown, and whether one asks something of a newcomer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.circles.models import Light, LightCall
from leeward.journeys.facts import Pair, place_of
from leeward.journeys.nearness import CLOSE_WEEKS
from leeward.journeys.shown import offered_pairs, pairs_in_words
from leeward.journeys.vocabulary import FACET
from leeward.members.models import Member

MOST = 3
"""Lights that one member may leave on."""
_WHEN = frozenset({"year", "month"})


def lights_of(member: Member) -> list[Light]:
    """Her lights, the oldest first."""
    return list(Light.objects.filter(member=member).order_by("lit_at", "pk"))


def can_be_waited_for(member: Member) -> list[Pair]:
    """Her own facts for which she can leave a light on: all that is compared, but not when it was."""
    return [pair for pair in offered_pairs(member) if pair[0] not in _WHEN and _is_compared(pair)]


def pairs_in(lit: Light) -> list[Pair]:
    """The facts of a light, as pairs."""
    split = (said.partition(":") for said in lit.facts)
    return [(facet, key) for facet, _colon, key in split]


def in_words(lit: Light) -> list[str]:
    """What a light is for, in words for who lit it."""
    return pairs_in_words(pairs_in(lit))


def are_shown(lit: Light, shown: Iterable[Pair]) -> bool:
    """Whether all facts of a light are among these; weeks within two."""
    near = _widened(shown)
    return all(pair in near for pair in pairs_in(lit))


def hook_of(facts: Iterable[Pair]) -> str:
    """The one of a light's facts by which it is looked for: that of the weightiest question, weeks last."""

    def telling(pair: Pair) -> tuple[bool, int, int]:
        facet = FACET.get(pair[0])
        return (pair[0] == "weeks", -(facet.weight if facet else 0), place_of(pair))

    facet, key = min(facts, key=telling)
    return f"{facet}:{key}"


def hooks_of(shown: Iterable[Pair]) -> list[str]:
    """By which hooks the lights are found that these facts might answer."""
    return sorted(f"{facet}:{key}" for facet, key in _widened(shown))


def asks_something(member: Member) -> bool:
    """Whether a light waits for her word: may somebody learn that she is here?"""
    return bool(_asking(Viewer(member.pk)))


@prepared
def _asking(newcomer: Viewer) -> QuerySet[LightCall, tuple[int]]:
    return LightCall.objects.filter(newcomer_id=newcomer.member_id, agreed=None).values_list("pk")[:1]


def yes_on_its_way(member: Member) -> bool:
    """Whether she has said yes to somebody who was not told yet, so that she can still take it back."""
    return LightCall.objects.filter(newcomer=member, agreed=True, told_at=None).exists()


def _is_compared(pair: Pair) -> bool:
    facet, key = pair
    if facet == "weeks":
        return True
    return facet in FACET and any(term.key == key and term.also for term in FACET[facet].terms)


def _widened(shown: Iterable[Pair]) -> set[Pair]:
    wide: set[Pair] = set()
    for facet, key in shown:
        if facet == "weeks" and key.isdecimal():
            wide |= {("weeks", str(int(key) + apart)) for apart in range(-CLOSE_WEEKS, CLOSE_WEEKS + 1)}
        else:
            wide.add((facet, key))
    return wide
