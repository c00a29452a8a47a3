"""Moments as whole numbers, so that one integer column orders, pages and expires things."""

import datetime
import time

from django.utils import timezone

MICROSECONDS = 1_000_000
HOUR = 3600 * MICROSECONDS
"""One hour, in microseconds."""
DAY = 24 * HOUR
"""One day, in microseconds."""

FAR_FUTURE = 1 << 62
"""Later than any moment: what has no end."""


def now_us() -> int:
    """This moment, in microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1000


def to_datetime(moment: int) -> datetime.datetime:
    """The UTC date and time of a moment in microseconds."""
    return datetime.datetime.fromtimestamp(moment / MICROSECONDS, tz=datetime.UTC)


def end_of_day(day: datetime.date) -> int:
    """The moment at which a day is over, by the clock of the place."""
    next_day = day + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(next_day, datetime.time(), timezone.get_current_timezone())
    return int(midnight.timestamp()) * MICROSECONDS


def written_out(moment: int | None) -> str | None:
    """A moment as ISO 8601 writes it, for what a member takes home; None if there is none."""
    return to_datetime(moment).isoformat() if moment else None


def moment_said(text: str) -> int | None:
    """The moment that somebody's address names, by which pages are turned; None if it is none."""
    return int(text) if text.isdecimal() and len(text) < len(str(FAR_FUTURE)) else None
