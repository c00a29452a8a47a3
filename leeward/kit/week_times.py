"""Times of the week, as a person writes them: "Mon-Fri 09:00-17:00, Sat 10:00-12:00". When is the next of them?"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
_ONE = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? +(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")


class TimesUnreadableError(ValueError):
    """Times of the week that cannot be understood; the words say which part, and what is expected."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of one day of the week.

    Args:
        weekday: 0 is Monday.
        begins: minutes after midnight.
        ends: minutes after midnight, later than `begins`; 1440 is the end of the day.
    """

    weekday: int
    begins: int
    ends: int


class Opening(NamedTuple):
    """When something is open: from which moment to which, and whether that is now."""

    begins: datetime.datetime
    ends: datetime.datetime
    open_now: bool


def spans_from(text: str) -> tuple[Span, ...]:
    """The stretches that a text names, from Monday on, each once and none touching another.

    Args:
        text: parts with commas between: a day or days ("Mon", "Fri-Sun"), then from when until when ("09:00-17:00",
            "20:00-24:00"). May be empty.

    Raises:
        TimesUnreadableError: a part is not like this.
    """
    found: list[Span] = []
    for part in (one.strip() for one in text.split(",")):
        if part:
            found += _spans_of(part)
    return tuple(_joined(sorted(set(found))))


def next_opening(spans: tuple[Span, ...], now: datetime.datetime, zone: datetime.tzinfo) -> Opening | None:
    """The stretch that is now, or else the next one; None if there is none in the whole week.

    Args:
        spans: as `spans_from` gives them.
        now: any moment, with its time zone.
        zone: the zone in which the spans are meant.
    """
    today = now.astimezone(zone).date()
    for ahead in range(8):
        day = today + datetime.timedelta(days=ahead)
        for span in spans:
            begins, ends = _at(day, span.begins, zone), _at(day, span.ends, zone)
            if span.weekday == day.weekday() and ends > now:
                return Opening(begins, ends, begins <= now)
    return None


def _spans_of(part: str) -> list[Span]:
    said = _ONE.fullmatch(part.lower())
    if not said or said[1] not in DAYS or (said[2] or said[1]) not in DAYS:
        raise TimesUnreadableError(f"{part!r} is not like “Mon-Fri 09:00-17:00”.")
    hours, minutes = (int(said[3]), int(said[5])), (int(said[4]), int(said[6]))
    begins, ends = hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]
    if max(minutes) > 59 or ends > MIDNIGHT:
        raise TimesUnreadableError(f"{part!r} has a time that no day has; a day ends at 24:00.")
    if begins >= ends:
        raise TimesUnreadableError(f"{part!r} ends before it begins; past midnight, name the next day too.")
    first = DAYS.index(said[1])
    count = (DAYS.index(said[2] or said[1]) - first) % 7 + 1
    return [Span((first + step) % 7, begins, ends) for step in range(count)]


def _joined(spans: list[Span]) -> list[Span]:
    """Spans of one day that touch or overlap, as one."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.weekday == span.weekday and span.begins <= last.ends:
            joined[-1] = Span(last.weekday, last.begins, max(last.ends, span.ends))
        else:
            joined.append(span)
    return joined


def _at(day: datetime.date, minutes: int, zone: datetime.tzinfo) -> datetime.datetime:
    if minutes == MIDNIGHT:
        day, minutes = day + datetime.timedelta(days=1), 0
    return datetime.datetime.combine(day, datetime.time(minutes // 60, minutes % 60), tzinfo=zone)
