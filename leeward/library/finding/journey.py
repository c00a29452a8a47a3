"""What she told in her journey, as far as services ask for it: used when she says so, for that one question."""

from __future__ import annotations

from dataclasses import dataclass, field

from leeward.journeys.countries import country_name
from leeward.journeys.facts import terms_told
from leeward.journeys.models import Journey
from leeward.journeys.shown import say_pair
from leeward.library.finding.terms import FACETS
from leeward.members.models import Member


@dataclass(frozen=True)
class Told:
    """What of her journey a search may use.

    Args:
        facts: question -> answers.
        country: alpha-2; "" if she did not say.
        words: the same, as pages say it.
    """

    facts: dict[str, frozenset[str]] = field(default_factory=dict)
    country: str = ""
    words: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.facts or self.country)


def told_by(member: Member) -> Told:
    """What a member told. Two questions; nothing is kept of it."""
    pairs = [pair for pair in terms_told(member) if pair[0] in FACETS and pair[1] in FACETS[pair[0]]]
    said = Journey.objects.filter(pk=member.pk).values_list("country", flat=True).first() or ""
    country = said if len(said) == 2 else ""
    facts = {
        facet: frozenset(key for one, key in pairs if one == facet) for facet in dict.fromkeys(p[0] for p in pairs)
    }
    words = [say_pair(pair) for pair in pairs]
    return Told(facts, country, [*words, country_name(country)] if country else words)
