"""Numbers for the demonstration village: a list that was opened some months ago. For invented people only."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from leeward.members.models import Consent, Member, Purpose
from leeward.numbers.actions.publishing import publish
from leeward.numbers.marker import marker_path
from leeward.numbers.models import Generation
from leeward.numbers.months import first_day, this_month


class RealPeopleAreCountedError(RuntimeError):
    """Agreements of real people are never dated back."""


def publish_as_if(months: int = 3) -> None:
    """Date back that invented people agreed to be counted, and publish each month since, this one included.

    Args:
        months: how many months ago the list was opened.

    Raises:
        RealPeopleAreCountedError: the place is in production, or somebody in it is not invented.
    """
    if settings.PRODUCTION or Member.objects.filter(is_invented=False).exists():
        raise RealPeopleAreCountedError("Agreements are dated back in a village of invented people only.")
    if not Generation.objects.exists():
        marker_path().unlink(missing_ok=True)  # of an earlier village in this folder, which is gone
    opened = this_month() - months
    agreed = datetime.datetime.combine(first_day(opened - 1), datetime.time(12), tzinfo=timezone.get_current_timezone())
    Consent.objects.filter(purpose=Purpose.COUNTED, withdrawn_at=None).update(given_at=agreed)
    for month in range(opened, this_month() + 1):
        publish(month)
