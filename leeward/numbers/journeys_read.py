"""Reading what members told, to count it. The only place outside `journeys` that reads hidden facts of others.

Only of those who agreed to be counted, and only for the month's tables: whatever else were worked out from these facts
would spend the same promise again (docs/decisions/0022-numbers.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from leeward.journeys.facts import Pair
from leeward.journeys.models import Fact, Loss
from leeward.members.models import Consent, Purpose
from leeward.numbers.cells import ToldFact, ToldLoss, answers_told, counted_loss, everything_told
from leeward.numbers.lists import FACETS


class Told:
    """What some members told, as far as it is counted."""

    def __init__(self, members: Iterable[int]) -> None:
        """Read it, in three queries.

        Args:
            members: keys of members. What of them did not agree to be counted is left out here once more.
        """
        agreed = Consent.objects.filter(purpose=Purpose.COUNTED, withdrawn_at=None, member_id__in=list(members))
        self.members = set(agreed.values_list("member_id", flat=True))
        self._losses: Mapping[int, list[ToldLoss]] = self._read_losses()
        self._facts: Mapping[int, list[ToldFact]] = self._read_facts()

    def loss_of(self, member: int, chosen: int | None) -> ToldLoss | None:
        """The loss by which a member is counted."""
        return counted_loss(self._losses[member], chosen)

    def answers_of(self, member: int, loss: ToldLoss | None) -> dict[str, str]:
        """Her one answer to each question that is counted."""
        return answers_told(self._facts[member], loss)

    def everything_of(self, member: int, loss: ToldLoss | None) -> list[Pair]:
        """All answers that her journey keeps, also those that held once."""
        return everything_told(self._facts[member], loss)

    def _read_losses(self) -> Mapping[int, list[ToldLoss]]:
        found: dict[int, list[ToldLoss]] = defaultdict(list)
        rows = Loss.objects.filter(member_id__in=self.members).values_list("member_id", "pk", "place", "year", "weeks")
        for member, pk, place, year, weeks in rows:
            found[member].append(ToldLoss(pk, place, year, weeks))
        return found

    def _read_facts(self) -> Mapping[int, list[ToldFact]]:
        found: dict[int, list[ToldFact]] = defaultdict(list)
        kept = Fact.objects.filter(member_id__in=self.members, facet__in=FACETS).order_by("pk")
        rows = kept.values_list("member_id", "pk", "facet", "key", "loss_id", "since", "ended_on")
        for member, pk, facet, key, loss, since, ended_on in rows:
            found[member].append(ToldFact(pk, facet, key, loss, since, holds=ended_on is None))
        return found
