"""Tell an invented person's journey, as her table says."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from leeward.journeys.models import Fact, Journey, Loss
from leeward.journeys.presets import keep_presets
from leeward.journeys.terms import About
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.ways import keep_in_step
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member

LONG_AGO = 200 * DAY
"""When invented people declared their ways: long enough to see what is shown to them."""
_OF_HERSELF = [facet.key for facet in FACETS if facet.about is About.PERSON and facet.key != "now"]
_OF_A_LOSS = [facet.key for facet in FACETS if facet.about is About.LOSS]
_MONTH = 30.44  # days


def tell_journey(member: Member, table: dict[str, Any]) -> None:
    """Write down what the table says of a person and her losses."""
    Journey.objects.create(member=member, country=table.get("country", ""))
    today = timezone.localdate()
    facts = [Fact(member=member, facet=facet, key=key) for facet in _OF_HERSELF for key in table.get(facet, ())]
    for now in table.get("now", ()):
        since = today - datetime.timedelta(days=now["days_ago"])
        facts.append(Fact(member=member, facet="now", key=now["key"], since=since))
    for place, told in enumerate(table.get("loss", ()), start=1):
        facts += _lose(member, place, told, today)
    Fact.objects.bulk_create(facts)
    keep_in_step(member, declared_at=now_us() - LONG_AGO)
    keep_presets(member)


def _lose(member: Member, place: int, told: dict[str, Any], today: datetime.date) -> list[Fact]:
    when = today - datetime.timedelta(days=told["months_ago"] * _MONTH) if "months_ago" in told else None
    loss = Loss.objects.create(
        member=member,
        place=place,
        year=when.year if when else None,
        month=when.month if when else None,
        weeks=told.get("weeks"),
        days=told.get("days"),
    )
    keys = [(facet, key) for facet in _OF_A_LOSS for key in _as_list(told.get(facet, []))]
    return [Fact(member=member, loss=loss, facet=facet, key=key) for facet, key in keys]


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
