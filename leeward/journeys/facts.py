"""Asking what a member told. All writes are in actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.viewers import Viewer
from leeward.journeys.models import Fact, Loss
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
    return _terms_in(_read_facts(Viewer(member.pk)))


def pair_of(written: str) -> Pair:
    """The term that is written "kind:tfmr"."""
    facet, _colon, key = written.partition(":")
    return facet, key


def is_known(pair: Pair) -> bool:
    """Whether it is a term of the vocabulary. Terms come and go with the program."""
    return pair in ORDER


def place_of(pair: Pair) -> int:
    """Where a term stands in the vocabulary, to put many of them in its order; what is not in it stands last."""
    place, nth = ORDER.get(pair, (len(FACETS), 0))
    return place * 1000 + nth


@dataclass(frozen=True)
class Telling:
    """All that a member tells now, read once for all of a page.

    Args:
        facts: her answers that hold.
        losses: her losses, in her order.
        country: where she told that she lives, as the journey keeps it; only read where there are losses.
    """

    facts: list[Fact]
    losses: list[Loss]
    country: str = ""

    def pairs(self) -> list[Pair]:
        """What she can show with a text: terms, weeks as ("weeks", "20"), and when. Never a name, day or own words."""
        return [*_terms_in(self.facts), *_weeks_in(self.losses), *_times_in(self.losses)]

    def pairs_of_one_loss(self) -> list[Pair]:
        """The same, but of her losses only the one she told last: facts of two losses together tell of neither."""
        last = self.losses[-1:]
        held = [fact for fact in self.facts if fact.loss_id is None or fact.loss_id in {loss.pk for loss in last}]
        years = [pair for pair in _times_in(last) if pair[0] == "year"]
        return [*_terms_in(held), *_weeks_in(last), *years]


def telling_of(member: Member) -> Telling:
    """What a member tells now. Two questions."""
    she = Viewer(member.pk)
    losses = _losses_of(she)
    country = losses[0][-1] if losses else ""
    return Telling(_read_facts(she), [Loss.from_db(None, _LOSS, row[:-1]) for row in losses], country or "")


def pairs_of(member: Member) -> list[Pair]:
    """What she can show with a text (Telling.pairs)."""
    return telling_of(member).pairs()


def ticked_at_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Those of the pairs that a form may offer ticked: not children, body, heart, faith and their like, nor when."""
    return [pair for pair in pairs if pair[0] == "weeks" or (pair[0] in FACET and not FACET[pair[0]].shy)]


_FACT = [field.attname for field in Fact._meta.concrete_fields]
_LOSS = [field.attname for field in Loss._meta.concrete_fields]


@prepared
def _facts_of(she: Viewer) -> QuerySet[Fact, tuple[Any, ...]]:
    return Fact.objects.filter(member_id=she.member_id, ended_on=None).values_list(*_FACT)


@prepared
def _losses_of(she: Viewer) -> QuerySet[Loss, tuple[Any, ...]]:
    return Loss.objects.filter(member_id=she.member_id).values_list(*_LOSS, "member__journey__country")


def _read_facts(she: Viewer) -> list[Fact]:
    return [Fact.from_db(None, _FACT, row) for row in _facts_of(she)]


def _terms_in(facts: Iterable[Fact]) -> list[Pair]:
    told = {(fact.facet, fact.key) for fact in facts if fact.is_term}
    return sorted(told & ORDER.keys(), key=ORDER.__getitem__)


def _weeks_in(losses: Iterable[Loss]) -> list[Pair]:
    """Completed weeks of each loss that has them, each once, ascending."""
    return [("weeks", str(weeks)) for weeks in sorted({loss.weeks for loss in losses if loss.weeks is not None})]


def _times_in(losses: Iterable[Loss]) -> list[Pair]:
    """When losses were: ("year", "2025") for each that has one, ("month", "2025-03") where she said the month."""
    dated = [loss for loss in losses if loss.year is not None]
    years = {("year", str(loss.year)) for loss in dated}
    months = {("month", f"{loss.year:04}-{loss.month:02}") for loss in dated if loss.month}
    return [*sorted(years), *sorted(months)]
