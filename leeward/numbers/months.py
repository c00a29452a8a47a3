"""Months as whole numbers, so that one column orders them and one subtraction counts them."""

from __future__ import annotations

import datetime

from django.utils import timezone


def month_of(day: datetime.date) -> int:
    """The number of a day's month."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> datetime.date:
    """The first day of a month."""
    return datetime.date(month // 12, month % 12 + 1, 1)


def this_month() -> int:
    """The month in which the place is now."""
    return month_of(timezone.localdate())
