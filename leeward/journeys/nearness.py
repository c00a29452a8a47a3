"""How near two journeys are, and why, in words. Pure: nothing here asks the database but `profile_of`.

A reason is always a fact that both have. There is no score to be shown, and no percentage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from leeward.journeys.facts import Pair, terms_told, weeks_told
from leeward.journeys.models import MOST_WEEKS
from leeward.journeys.numerals import in_words
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.words import PLAIN, Speech
from leeward.members.models import Member

CLOSE_WEEKS = 2
"""So many weeks apart are "around" the same."""
NEAR_WEEKS = 4
"""So many weeks apart are still worth saying."""
CLOSE_WEIGHT = 5
NEAR_WEIGHT = 2
MORE_OF_THE_SAME = 1
"""What a second shared answer to one question adds, once: ten ills of the body must not outweigh one loss."""

_TELLING = {(facet.key, term.key) for facet in FACETS if facet.weight for term in facet.terms if term.also}


@dataclass(frozen=True)
class Profile:
    """Facts that can be compared: those a member told, or those shown with a story.

    Args:
        facts: (facet, key) of the vocabulary.
        weeks: completed weeks of the losses, each 0 to 45.
    """

    facts: frozenset[Pair] = frozenset()
    weeks: frozenset[int] = frozenset()

    @classmethod
    def from_pairs(cls, pairs: Iterable[Pair], weeks: Iterable[int] = ()) -> Profile:
        """A profile from (facet, key) pairs, ("weeks", "20") among them. What cannot be compared is left out."""
        kept = set(pairs)
        among = {int(key) for facet, key in kept if facet == "weeks" and key.isdecimal()}
        in_reach = {number for number in among | set(weeks) if 0 <= number <= MOST_WEEKS}
        return cls(frozenset(kept & _TELLING), frozenset(in_reach))

    def __bool__(self) -> bool:
        return bool(self.facts or self.weeks)

    def of(self, facet: str) -> frozenset[str]:
        """The keys of one facet."""
        return frozenset(key for kind, key in self.facts if kind == facet)

    def telling(self) -> dict[str, set[str]]:
        """What to look for in others: keys by facet, with all weeks that would be near under "weeks"."""
        wanted: dict[str, set[str]] = {}
        for facet, key in self.facts:
            wanted.setdefault(facet, set()).add(key)
        reach = {near for week in self.weeks for near in range(week - NEAR_WEEKS, week + NEAR_WEEKS + 1)}
        if self.weeks:
            wanted["weeks"] = {str(week) for week in reach if 0 <= week <= MOST_WEEKS}
        return wanted


def profile_of(member: Member) -> Profile:
    """What a member told and holds now, for finding what is near to her."""
    return Profile.from_pairs(terms_told(member), weeks=weeks_told(member))


def likeness(a: Profile, b: Profile, speech: Speech = PLAIN) -> tuple[int, list[str]]:
    """How near two profiles are.

    Args:
        a: who is looking.
        b: what is looked at.
        speech: how reasons are said.

    Returns:
        A weight, only good for ordering; and the reasons in words, most telling first (none: the weight is 0).
    """
    found: list[tuple[int, int, str]] = []
    total = 0
    for place, facet in enumerate(FACETS):
        shared = a.of(facet.key) & b.of(facet.key)
        if not shared:
            continue
        total += facet.weight + (MORE_OF_THE_SAME if len(shared) > 1 else 0)
        phrases = [speech.also(facet.key, term.key) for term in facet.terms if term.key in shared]
        found += [(facet.weight, -place, phrase) for phrase in phrases]
    weight, phrase = _weeks_likeness(a.weeks, b.weeks)
    if weight:
        total += weight
        found.append((weight, 0, phrase))
    found.sort(key=lambda one: one[:2], reverse=True)
    return total, [phrase for _weight, _place, phrase in found]


def _weeks_likeness(a: frozenset[int], b: frozenset[int]) -> tuple[int, str]:
    if not a or not b:
        return 0, ""
    apart, there = min((abs(mine - theirs), theirs) for mine in a for theirs in b)
    if apart > NEAR_WEEKS:
        return 0, ""
    said = {"weeks": in_words(there)}
    if apart > CLOSE_WEEKS:
        phrase = ngettext("not many weeks apart, at %(weeks)s week", "not many weeks apart, at %(weeks)s weeks", there)
        return NEAR_WEIGHT, phrase % said
    return CLOSE_WEIGHT, ngettext("also at around %(weeks)s week", "also at around %(weeks)s weeks", there) % said
