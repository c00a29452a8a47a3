"""How near two journeys are, and why, in words. Pure: nothing here asks the database but `profile_of`.

A reason is always a fact that both have. There is no score to be shown, and no percentage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.journeys.facts import Pair, pairs_of
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
SAME_TIME = 3
"""So many months apart are "at about the same time"."""
FURTHER_ON = 24
"""Somebody whose loss was up to so many months earlier can say what comes next."""
TIME_WEIGHT = 1
"""For a loss within three months or up to two years earlier. Little: judges put what happened far before when
(benchmarks/judgements, development set: nDCG@10 .783 with this, .743 with 3 and more for the same year and months)."""
MOST_SAID = 3
"""So many reasons are said of one person or story; when it was is one of them, if both said when."""
MORE_OF_THE_SAME = 1
"""What a second shared answer to one question adds, once: ten ills of the body must not outweigh one loss."""

EVENLY: Mapping[str, int] = {}
"""Every question counts as the vocabulary says."""

_SAID_BY_WEEKS = frozenset({("kind", "miscarriage_late")})
"""What says no more than at how many weeks it was, once both said the weeks."""

_NONE = frozenset[str]()
_PLACES = {facet.key: place for place, facet in enumerate(FACETS)}

_TELLING = {(facet.key, term.key) for facet in FACETS if facet.weight for term in facet.terms if term.also}


@dataclass(frozen=True)
class Profile:
    """Facts that can be compared: those a member told, or those shown with a story.

    Args:
        facts: (facet, key) of the vocabulary.
        weeks: completed weeks of the losses, each 0 to 45.
        months: when the losses were, as months since the year 0.
        years: in which years they were.
    """

    facts: frozenset[Pair] = frozenset()
    weeks: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()

    @classmethod
    def from_pairs(cls, pairs: Iterable[Pair], weeks: Iterable[int] = ()) -> Profile:
        """A profile from (facet, key) pairs, ("weeks", "20") among them. What cannot be compared is left out."""
        kept = set(pairs)
        among = {int(key) for facet, key in kept if facet == "weeks" and key.isdecimal()}
        in_reach = {number for number in among | set(weeks) if 0 <= number <= MOST_WEEKS}
        months = {month for facet, key in kept if facet == "month" and (month := month_number(key)) is not None}
        years = {int(key) for facet, key in kept if facet == "year" and key.isdecimal()} | {one // 12 for one in months}
        return cls(frozenset(kept & _TELLING), frozenset(in_reach), frozenset(months), frozenset(years))

    def __bool__(self) -> bool:
        return bool(self.facts or self.weeks or self.years)

    def of(self, facet: str) -> frozenset[str]:
        """The keys of one facet."""
        return self.by_facet.get(facet, _NONE)

    @cached_property
    def by_facet(self) -> dict[str, frozenset[str]]:
        """The keys of each facet that has any."""
        keys: dict[str, set[str]] = defaultdict(set)
        for facet, key in self.facts:
            keys[facet].add(key)
        return {facet: frozenset(those) for facet, those in keys.items()}


def month_number(said: str) -> int | None:
    """Of "2025-03" the months since the year 0; None of anything else."""
    year, _dash, month = said.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        return None
    return int(year) * 12 + int(month) - 1


def profile_of(member: Member) -> Profile:
    """What a member told and holds now, for finding what is near to her."""
    return Profile.from_pairs(pairs_of(member))


def likeness(
    a: Profile, b: Profile, speech: Speech = PLAIN, factors: Mapping[str, int] = EVENLY
) -> tuple[int, list[str]]:
    """How near two profiles are. `ranking.plan_for` says the same to the index, and a test compares them.

    Args:
        a: who is looking.
        b: what is looked at.
        speech: how reasons are said.
        factors: how much more each question counts to who is looking (0: not at all); 1 where none is given.

    Returns:
        A weight, only good for ordering; and the reasons in words, most telling first (none: the weight is 0).
    """
    found: list[tuple[int, int, str]] = []
    total, by_weeks, by_time = 0, factors.get("weeks", 1), factors.get("when", 1)
    weeks_weight, weeks_said = _weeks_likeness(a, b) if by_weeks else (0, "")
    time_weight, time_said = _time_likeness(a, b) if by_time else (0, "")
    for place in sorted(_PLACES[key] for key in a.by_facet.keys() & b.by_facet.keys()):
        facet = FACETS[place]
        shared, factor = a.of(facet.key) & b.of(facet.key), factors.get(facet.key, 1)
        if not (shared and factor):
            continue
        total += factor * (facet.weight + (MORE_OF_THE_SAME if len(shared) > 1 else 0))
        terms = [term.key for term in facet.terms if term.key in shared]
        said = [key for key in terms if not (weeks_said and _is_said_by_weeks((facet.key, key), speech))]
        found += [(factor * facet.weight, -place, speech.also(facet.key, key)) for key in said]
    if weeks_said:
        found.append((by_weeks * weeks_weight, 0, weeks_said))
    total += by_weeks * weeks_weight + by_time * time_weight
    found.sort(key=lambda one: one[:2], reverse=True)
    reasons = [phrase for _weight, _place, phrase in found]
    if time_said and total:
        reasons.insert(MOST_SAID - 1, time_said)
    return total, reasons


def _is_said_by_weeks(pair: Pair, speech: Speech) -> bool:
    return pair in _SAID_BY_WEEKS and not speech.replaced(*pair)


def _weeks_likeness(a: Profile, b: Profile) -> tuple[int, str]:
    if not a.weeks or not b.weeks:
        return 0, ""
    apart, there = min((abs(mine - theirs), theirs) for mine in a.weeks for theirs in b.weeks)
    if apart > NEAR_WEEKS:
        return 0, ""
    said = {"weeks": in_words(there)}
    if apart > CLOSE_WEEKS:
        phrase = ngettext("not many weeks apart, at %(weeks)s week", "not many weeks apart, at %(weeks)s weeks", there)
        return NEAR_WEIGHT, phrase % said
    return CLOSE_WEIGHT, ngettext("also at around %(weeks)s week", "also at around %(weeks)s weeks", there) % said


def _time_likeness(a: Profile, b: Profile) -> tuple[int, str]:
    """By when it was: at the same time, or somewhat earlier, for who is further on can say what comes next.

    Of several losses hers who is looking is the newest, and theirs the newest that was not later: it says how far from
    it they are now. Beyond two years it is said, and weighs nothing.
    """
    further = [max(a.months) - theirs for theirs in b.months] if a.months else []
    least = min((months for months in further if months >= -SAME_TIME), default=None)
    if least is None:
        return 0, ""
    if abs(least) <= SAME_TIME:
        return TIME_WEIGHT, _("at about the same time")
    if least > FURTHER_ON:
        years = least // 12
        return 0, ngettext("%(years)s year further on", "%(years)s years further on", years) % {
            "years": in_words(years)
        }
    said = {"months": in_words(least)}
    return TIME_WEIGHT, ngettext("%(months)s month further on", "%(months)s months further on", least) % said
