"""Asking what a member told. All writes are in actions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from leeward.journeys.models import Fact, Loss
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY
from leeward.journeys.vocabulary import FACET, FACETS
from leeward.members.models import Member

Pair = tuple[str, str]
"""(facet, key): a term of the vocabulary, or ("weeks", "20")."""

ORDER = {
    (facet.key, term.key): (place, nth) for place, facet in enumerate(FACETS) for nth, term in enumerate(facet.terms)
}
"""Where each term stands in the vocabulary: its question's place, and its own in it."""


def current_facts(member: Member) -> QuerySet[Fact]:
    """All answers of hers that hold now, of herself and of her losses."""
    return Fact.objects.filter(member=member, ended_on=None)


def terms_told(member: Member) -> list[Pair]:
    """Every term that holds of her now, each once, in the vocabulary's order."""
    return _terms_in(current_facts(member))


def place_of(pair: Pair) -> int:
    """Where a term stands in the vocabulary, to put many of them in its order; what is not in it stands last."""
    place, nth = ORDER.get(pair, (len(FACETS), 0))
    return place * 1000 + nth


def weeks_told(member: Member) -> list[int]:
    """Completed weeks of each of her losses that has them, each once, ascending."""
    rows = Loss.objects.filter(member=member).exclude(weeks=None).values_list("weeks", flat=True)
    return sorted({weeks for weeks in rows if weeks is not None})


def times_told(member: Member) -> list[Pair]:
    """When her losses were: ("year", "2025") for each that has one, ("month", "2025-03") where she said the month."""
    rows = Loss.objects.filter(member=member).exclude(year=None).values_list("year", "month")
    years = {("year", str(year)) for year, _month in rows}
    months = {("month", f"{year:04}-{month:02}") for year, month in rows if month}
    return [*sorted(years), *sorted(months)]


def pairs_of(member: Member) -> list[Pair]:
    """What she can show with a text: terms, weeks as ("weeks", "20"), and when. Never a name, a day or own words."""
    weeks = [("weeks", str(weeks)) for weeks in weeks_told(member)]
    return [*terms_told(member), *weeks, *times_told(member)]


def pairs_of_one_loss(member: Member) -> list[Pair]:
    """As `pairs_of`, but of her losses only the one she told last: facts of two losses together tell of neither."""
    loss = Loss.objects.filter(member=member).order_by("place", "pk").last()
    if loss is None:
        return terms_told(member)
    held = current_facts(member).filter(Q(loss=None) | Q(loss=loss))
    weeks = [] if loss.weeks is None else [("weeks", str(loss.weeks))]
    year = [] if loss.year is None else [("year", str(loss.year))]
    return [*_terms_in(held), *weeks, *year]


def ticked_at_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Those of the pairs that a form may offer ticked: not children, body, heart, faith and their like, nor when."""
    return [pair for pair in pairs if pair[0] == "weeks" or (pair[0] in FACET and not FACET[pair[0]].shy)]


def _terms_in(facts: QuerySet[Fact]) -> list[Pair]:
    rows = facts.exclude(key__in=(RATHER_NOT_SAY, OWN_WORDS)).values_list("facet", "key")
    return sorted({row for row in rows if row in ORDER}, key=ORDER.__getitem__)
