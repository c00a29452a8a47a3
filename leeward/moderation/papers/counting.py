"""Plain numbers without persons: how often something happened on a day."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils import timezone

from leeward.kit.writing import changed
from leeward.moderation.models import DayCount

COUNTED: Final = {
    "screened": "texts read by the screening before others saw them",
    "held": "of these, held for a person because of what the screening found in them or in how they were sent",
    "helped": "of these, after which the writer was shown help that is open now",
    "paused": "answers that were paused before they were sent",
    "unread": "texts that waited because the reader could not be asked",
}
"""What is counted as it happens, for the yearly report. What rows tell is counted when they go (papers.tally)."""


def count(what: str, number: int = 1) -> None:
    """Count something that happened today. Part of the caller's transaction.

    Args:
        what: a key of COUNTED.
        number: how often.

    Raises:
        LookupError: it is no key of COUNTED.
    """
    if what not in COUNTED:
        raise LookupError(f"{what!r} is not counted; counted are {', '.join(COUNTED)}.")
    add(timezone.localdate(), what, number)


def add(day: datetime.date, what: str, number: int) -> None:
    """Add to what a day counts, exactly, also if several do so at once."""
    if _more.now(day, what=what, number=number):
        return
    _row, is_new = DayCount.objects.get_or_create(day=day, what=what, defaults={"count": number})
    if not is_new:
        _more.now(day, what=what, number=number)


@changed
def _more(day: datetime.date, *, what: str, number: int) -> tuple[QuerySet[DayCount], dict[str, Any]]:
    """A day gives it its shape: one a day is few."""
    return DayCount.objects.filter(day=day, what=what), {"count": F("count") + number}
