"""Members who are counted, for tests."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from leeward.journeys.models import Loss
from leeward.members.consents import give
from leeward.members.models import Consent, Member, Purpose
from leeward.moderation.models import FirstTexts
from leeward.numbers.actions.publishing import publish
from leeward.numbers.months import first_day
from tests.conftest import make_member
from tests.journeys.journeying import lost, told

START = 2026 * 12 + 2
"""March 2026: the first month of the tests' numbers."""


def counted(name: str | Member, *, months_ago: int = 2, kind: str = "tfmr", **said: Any) -> tuple[Member, Loss]:
    """A member who told of one loss, and agreed so many months before START; and her loss."""
    member = make_member(name) if isinstance(name, str) else name
    Member.objects.filter(pk=member.pk).update(joined_on=first_day(START) - datetime.timedelta(days=400))
    FirstTexts.objects.get_or_create(member=member, defaults={"released": 2})
    told(member, **said.pop("of_self", {"now": ["trying"]}))
    loss = lost(member, kind, **{"year": 2025, "weeks": 20, **said})
    agree_in(member, START - months_ago)
    return member, loss


def agree_in(member: Member, month: int) -> None:
    """Let her have agreed to be counted in this month."""
    give(member, Purpose.COUNTED)
    at = datetime.datetime.combine(first_day(month), datetime.time(12), tzinfo=timezone.get_current_timezone())
    Consent.objects.filter(member=member, purpose=Purpose.COUNTED, withdrawn_at=None).update(given_at=at)


def publish_through(*months: int) -> None:
    """Publish these months."""
    for month in months:
        assert publish(month), month
