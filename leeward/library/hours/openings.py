"""When a schedule is open: its rule asked of a few days around a moment, never from its beginning on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from dateutil import rrule

from leeward.library.hours.reading import Schedule

LOOKS_AHEAD = datetime.timedelta(days=400)
"""So far ahead a next opening is looked for: what happens once a year is found, too."""
LONGEST_RUN = 40
"""Years after its beginning in which a rule with a `count` must have happened so many times."""
GAP = datetime.timedelta(minutes=1)
"""Openings that follow each other as closely are one: 23:59 is how many write midnight."""

_FREQ: dict[str, Literal[0, 1, 2]] = {"WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
_DAYS = rrule.weekdays


@dataclass(frozen=True, order=True)
class Opening:
    """A time in which somebody is there.

    Args:
        opens: the moment, in UTC.
        closes: the moment, in UTC.
        zone: where its hours were said.
    """

    opens: datetime.datetime
    closes: datetime.datetime
    zone: datetime.tzinfo


def is_open(schedules: Iterable[Schedule], at: datetime.datetime) -> bool:
    """Whether somebody is there at a moment (one with a zone)."""
    return any(_around(schedule, at) for schedule in schedules)


def open_now(schedules: Iterable[Schedule], at: datetime.datetime) -> Opening | None:
    """The opening that a moment is in, to the end of those that follow on; None: none is.

    Where it follows on for three days and more it is cut there.
    """
    near = sorted(
        opening
        for schedule in schedules
        for opening in openings(schedule, at - datetime.timedelta(days=2), at + datetime.timedelta(days=3))
    )
    now: Opening | None = None
    for opening in near:
        if opening.opens <= at < opening.closes and (now is None or opening.closes > now.closes):
            now = opening if now is None else Opening(now.opens, opening.closes, now.zone)
        elif now is not None and opening.opens <= now.closes + GAP and opening.closes > now.closes:
            now = Opening(now.opens, opening.closes, now.zone)
    return now


def next_opening(schedules: Iterable[Schedule], at: datetime.datetime) -> Opening | None:
    """The next opening that begins after a moment; None: none within 400 days."""
    firsts = (next(iter(_after(schedule, at)), None) for schedule in schedules)
    return min((first for first in firsts if first is not None), default=None)


def openings(schedule: Schedule, since: datetime.datetime, until: datetime.datetime) -> Iterator[Opening]:
    """The openings of a schedule that begin within a time, in order."""
    first, last = _local_day(schedule, since), _local_day(schedule, until)
    for day in _days(schedule, first, last):
        opening = _opening(schedule, day)
        if since <= opening.opens <= until:
            yield opening


def day_and_night(schedule: Schedule) -> bool:
    """Whether it is open every day from midnight to midnight, without an end."""
    if schedule.freq != "WEEKLY" or schedule.interval > 1 or {day for _nth, day in schedule.days} != {*range(7)}:
        return False
    ends = schedule.until or schedule.valid_to or schedule.count
    fewer = schedule.weeks or schedule.month_days or schedule.year_days
    return not (ends or fewer or schedule.opens > datetime.time()) and schedule.closes == 1440


def _around(schedule: Schedule, at: datetime.datetime) -> bool:
    """Whether a schedule is open at a moment. It opened that day or the day before: none is longer than a day."""
    day = _local_day(schedule, at)
    return any(
        opening.opens <= at < opening.closes
        for opening in (_opening(schedule, one) for one in _days(schedule, day - datetime.timedelta(days=1), day))
    )


def _after(schedule: Schedule, at: datetime.datetime) -> Iterator[Opening]:
    day = _local_day(schedule, at)
    for one in _days(schedule, day - datetime.timedelta(days=1), day + LOOKS_AHEAD):
        opening = _opening(schedule, one)
        if opening.opens > at:
            yield opening


def _local_day(schedule: Schedule, at: datetime.datetime) -> datetime.date:
    return at.astimezone(schedule.zone).date()


def _opening(schedule: Schedule, day: datetime.date) -> Opening:
    """What a day of a schedule is as moments."""
    days, minutes = divmod(schedule.closes, 1440)
    shut = datetime.time(minutes // 60, minutes % 60)
    return Opening(
        datetime.datetime.combine(day, schedule.opens, schedule.zone).astimezone(datetime.UTC),
        datetime.datetime.combine(day + datetime.timedelta(days=days), shut, schedule.zone).astimezone(datetime.UTC),
        schedule.zone,
    )


def _days(schedule: Schedule, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The days of a schedule from `first` to `last`."""
    first = max(first, schedule.start, schedule.valid_from or schedule.start)
    ends = [day for day in (last, schedule.until, schedule.valid_to, _last_of_count(schedule)) if day is not None]
    last = min(ends)
    if last < first:
        return
    if not schedule.freq:
        if first <= schedule.start <= last:
            yield schedule.start
        return
    for moment in _rule(schedule, _begun_nearer(schedule, first), last):
        if moment.date() >= first:
            yield moment.date()


def _rule(schedule: Schedule, start: datetime.date, until: datetime.date) -> Iterable[datetime.datetime]:
    """The rule as dateutil knows it, without hours; it always ends, for an impossible one would be tried for ages."""
    monthly = schedule.freq == "MONTHLY"
    named = schedule.days or schedule.month_days or schedule.year_days or schedule.weeks
    by_day = [_DAYS[day](nth) if nth and monthly else _DAYS[day] for nth, day in schedule.days]
    if not named and schedule.freq == "WEEKLY":
        by_day = [_DAYS[schedule.start.weekday()]]
    return rrule.rrule(
        _FREQ[schedule.freq],
        dtstart=_midnight(start),
        until=_midnight(until),
        interval=schedule.interval,
        wkst=schedule.week_start,
        byweekday=by_day or None,
        bymonth=schedule.start.month if not named and schedule.freq == "YEARLY" else None,
        bymonthday=schedule.month_days or (None if named or schedule.freq == "WEEKLY" else schedule.start.day),
        byyearday=schedule.year_days or None,
        byweekno=schedule.weeks or None,
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def _begun_nearer(schedule: Schedule, day: datetime.date) -> datetime.date:
    """A beginning from which the rule gives the same days, a few before `day`: else years would be gone through."""
    start, step = schedule.start, schedule.interval
    if schedule.freq == "WEEKLY":
        return start + datetime.timedelta(weeks=max(0, (day - start).days // 7 // step * step))
    if schedule.freq == "MONTHLY":
        months = ((day.year - start.year) * 12 + day.month - start.month) // step * step
        if months <= 0:
            return start
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return datetime.date(year, month + 1, 1)
    years = (day.year - start.year) // step * step
    return start if years <= 0 else datetime.date(start.year + years, 1, 1)


@lru_cache(maxsize=4_096)
def _last_of_count(schedule: Schedule) -> datetime.date | None:
    """The day on which a rule with a `count` happens for the last time; the day before its beginning: it never does."""
    if not schedule.count or not schedule.freq:
        return None
    end = schedule.start.replace(year=schedule.start.year + LONGEST_RUN, day=min(schedule.start.day, 28))
    days = list(islice(_rule(schedule, schedule.start, end), schedule.count))
    return days[-1].date() if days else schedule.start - datetime.timedelta(days=1)
