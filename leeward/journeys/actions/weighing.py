"""Say what counts for her when people and stories near to her are looked for."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from leeward.journeys.actions.telling import ask_consent
from leeward.journeys.models import Weighing
from leeward.journeys.weighing import QUESTIONS, Counts
from leeward.members.models import Member


def weigh(member: Member, counts: Mapping[str, Counts]) -> None:
    """Keep how much each of these questions counts for her. What is not named stays as it was.

    Raises:
        NotAgreed: she has not agreed that her journey is kept.
        ValueError: there is no such question.
    """
    ask_consent(member)
    unknown = counts.keys() - QUESTIONS.keys()
    if unknown:
        raise ValueError(f"No question is called {sorted(unknown)}.")
    with transaction.atomic():
        for facet, how in counts.items():
            if how == Counts.AS_USUAL:
                Weighing.objects.filter(member=member, facet=facet).delete()
            else:
                Weighing.objects.update_or_create(member=member, facet=facet, defaults={"more": how == Counts.MORE})
