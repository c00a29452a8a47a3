"""What is near to a profile, in the form in which the facts index understands it.

It says what `nearness.likeness` says, in groups of facts with weights; a test holds one against the other. The index
holds only facts that people chose to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils import timezone

from leeward.journeys.facts import Pair
from leeward.journeys.models import MOST_WEEKS
from leeward.journeys.nearness import (
    CLOSE_WEEKS,
    CLOSE_WEIGHT,
    EVENLY,
    FURTHER_ON,
    MORE_OF_THE_SAME,
    NEAR_WEEKS,
    NEAR_WEIGHT,
    SAME_TIME,
    TIME_WEIGHT,
    Profile,
)
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.weighing import Counts
from leeward.search.plans import Group, Plan

LATELY = 6
"""What was said within so many months counts a little more: where somebody is now changes."""
LATELY_WEIGHT = 1
_KEPT = 64
"""So many plans a process keeps: each is asked for more than once on a page. Facts without whose they are."""


def plan_for(profile: Profile, factors: Mapping[str, int] = EVENLY) -> Plan:
    """The plan by which what is near to a profile is found.

    Args:
        profile: facts of who is looking, or of a thing to which others are compared.
        factors: how much more each question counts (0: not at all), also "weeks" and "when".
    """
    return _plan_for(profile, tuple(sorted(factors.items())), _this_month())


@lru_cache(_KEPT)
def _plan_for(profile: Profile, weighed: tuple[tuple[str, int], ...], month: int) -> Plan:
    factors = dict(weighed)
    groups = [
        Group(
            tuple(f"{facet.key}:{key}" for key in sorted(profile.of(facet.key))),
            facet.weight * factors.get(facet.key, 1),
            MORE_OF_THE_SAME * factors.get(facet.key, 1),
        )
        for facet in FACETS
        if profile.of(facet.key)
    ]
    groups += [*_weeks(profile, factors.get("weeks", 1)), *_times(profile, factors.get("when", 1))]
    groups = [group for group in groups if group.weight]
    return Plan((*groups, _said_lately(month))) if groups else Plan()


def facts_for_index(pairs: list[Pair]) -> frozenset[str]:
    """Facts as the index keeps them: what can be compared, with the year of each month."""
    profile = Profile.from_pairs(pairs)
    terms = {f"{facet}:{key}" for facet, key in profile.facts}
    terms |= {f"weeks:{week}" for week in profile.weeks} | {f"year:{year}" for year in profile.years}
    return frozenset(terms | {_month(month) for month in profile.months})


def factors_in(weighings: Mapping[str, Counts]) -> dict[str, int]:
    """How much each question counts to a member (weighing.weighings_of), where she said so: twice, or not at all."""
    return {question: 2 if counts is Counts.MORE else 0 for question, counts in weighings.items()}


def _weeks(profile: Profile, factor: int) -> list[Group]:
    def around(reach: int) -> tuple[str, ...]:
        near = {week + apart for week in profile.weeks for apart in range(-reach, reach + 1)}
        return tuple(f"weeks:{week}" for week in sorted(near) if 0 <= week <= MOST_WEEKS)

    if not profile.weeks:
        return []
    close = (CLOSE_WEIGHT - NEAR_WEIGHT) * factor
    return [Group(around(NEAR_WEEKS), NEAR_WEIGHT * factor), Group(around(CLOSE_WEEKS), close)]


def _times(profile: Profile, factor: int) -> list[Group]:
    if not profile.months:
        return []
    near = {max(profile.months) + apart for apart in range(-FURTHER_ON, SAME_TIME + 1)}
    return [Group(tuple(_month(month) for month in sorted(near)), TIME_WEIGHT * factor)]


def _this_month() -> int:
    today = timezone.localdate()
    return today.year * 12 + today.month - 1


def _said_lately(now: int) -> Group:
    return Group(
        tuple(f"said:{_month(now - ago).removeprefix('month:')}" for ago in range(LATELY)),
        LATELY_WEIGHT,
        makes_near=False,
    )


def _month(number: int) -> str:
    return f"month:{number // 12:04}-{number % 12 + 1:02}"
