"""Until a day: a story or a chapter that has one withdraws itself when it is over, by the clock of the place."""

from __future__ import annotations

import datetime

from django.utils import timezone

from leeward.audience.shared import Shared
from leeward.kit.moments import DAY, FAR_FUTURE, MICROSECONDS, end_of_day, now_us, to_datetime

LONGEST = 100
"""A day more than so many years away is none: what is to stay needs none."""
LONGER = datetime.timedelta(days=30)
"""So much longer it stays with one tap."""
NEAR = 7 * DAY
"""From so long before (microseconds) its author is told, and offered the tap."""

TOLD_A_WEEK_BEFORE, TOLD_A_DAY_BEFORE, ENDED = 1, 2, 3
"""How far the round of tending has come with a date (`until_told`)."""


def end_of(day: datetime.date | None) -> int:
    """The moment (microseconds) at which a day is over; that of no day never comes."""
    return FAR_FUTURE if day is None else end_of_day(day)


def last_day(thing: Shared) -> datetime.date | None:
    """The last day on which others see it; None if no day ends it."""
    if thing.until >= FAR_FUTURE:
        return None
    return timezone.localtime(to_datetime(thing.until - MICROSECONDS)).date()


def has_ended(thing: Shared) -> bool:
    """Whether its day is over."""
    return thing.until <= now_us()


def is_near(thing: Shared) -> bool:
    """Whether its day is near, and not over yet."""
    return 0 < thing.until - now_us() <= NEAR


def stage_of(until: int) -> int:
    """How near an end (microseconds) is. An author who sets one need not be told of what she knows by that."""
    left = until - now_us()
    if left <= 0:
        return ENDED
    return TOLD_A_DAY_BEFORE if left <= DAY else TOLD_A_WEEK_BEFORE if left <= NEAR else 0
