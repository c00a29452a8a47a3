"""Schedules as HSDS writes them (RFC 5545), read into something that can be asked.

Source: HSDS 3.0, table `schedule`. `dtstart`, `until` and the days of a rule are days in `timezone` (hours from UTC).
Directories leave fields out and write times in several ways; what stays unclear is not guessed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MOST_TIMES = 5_000
"""A `count` above this is as good as none: it would end in a hundred years."""
MOST_NUMBERS = 366
"""So many numbers stand in a list of days at most: there are no more days."""
FURTHEST_HOURS = 14
"""No zone is further from UTC (Kiribati, +14)."""
YEARS = range(1900, 2200)
"""A day of another year is a slip of the pen."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIELDS = (
    "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq", "interval", "byday",
    "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at",
)  # fmt: skip
"""What of a schedule says when somebody is there."""

_TIME = re.compile(
    r"(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?\d{2}(?:[.,]\d+)?)?\s*"
    r"(?P<zone>[Zz]|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)?"
)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True)
class Schedule:
    """One schedule that can be asked.

    Args:
        zone: where its days and hours are: an offset from UTC.
        opens: when, in that zone.
        closes: minutes after the midnight on which the day of opening begins; past 1440 it is the next day.
        freq: WEEKLY, MONTHLY, YEARLY; "" is the one day `start`.
        interval: every how many weeks, months, years.
        days: of the week, as (which one in the month or 0, day with Monday 0).
        month_days: of the month; negative ones count from its end.
        year_days: of the year, the same.
        weeks: of the year, the same.
        week_start: the day on which a week begins, Monday 0; tells where every second week begins.
        start: the first day.
        until: the last day.
        count: how many times it happens.
        valid_from: no day before is meant.
        valid_to: no day after is meant.
    """

    zone: datetime.tzinfo
    opens: datetime.time
    closes: int
    start: datetime.date
    freq: str = ""
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    week_start: int = 0
    until: datetime.date | None = None
    count: int | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


class _Unclear(ValueError):
    """A schedule cannot be understood."""


LONG_AGO = datetime.date(2001, 1, 1)
"""Where a rule begins that names no beginning and needs none: a Monday, the first of a month and of a year."""


def readable(schedules: Iterable[Any]) -> list[Schedule]:
    """The schedules that say clearly on which days and at what hours somebody is there; others are left out.

    Args:
        schedules: as HSDS has them.
    """
    found = (_understood(one) for one in schedules if isinstance(one, Mapping))
    return [one for one in found if one is not None]


def _understood(given: Mapping[str, Any]) -> Schedule | None:
    values = [given.get(field) for field in FIELDS]
    plain = tuple(",".join(map(str, value)) if isinstance(value, list) else value for value in values)
    try:
        return _read_once(plain)
    except TypeError:  # something stands there that no cell of a table holds
        return None


@lru_cache(maxsize=4_096)
def _read_once(values: tuple[Any, ...]) -> Schedule | None:
    """The same for all who keep the same hours: most of a directory do."""
    try:
        return _read(dict(zip(FIELDS, values, strict=True)))
    except (_Unclear, TypeError, ValueError, OverflowError):
        return None


def _read(given: Mapping[str, Any]) -> Schedule:
    (opens, opens_in), (closes, closes_in) = _time(given.get("opens_at")), _time(given.get("closes_at"))
    where = _offset(given.get("timezone")) or opens_in or closes_in or datetime.UTC
    first = _minutes(opens, opens_in, where)
    last = _minutes(closes, closes_in, where)
    if last in {1439, 1440}:  # 23:59 is how many write the end of the day, 24:00 how some do
        last = 1440
    if first == 1440:
        raise _Unclear
    interval, start = _whole(given.get("interval"), 1), _day(given.get("dtstart"))
    valid_from, count = _day(given.get("valid_from")), _whole(given.get("count"), 0)
    days = _days(given.get("byday"))
    month_days, year_days, weeks = (
        _numbers(given.get(field), most) for field, most in (("bymonthday", 31), ("byyearday", 366), ("byweekno", 53))
    )
    freq = str(given.get("freq") or "").strip().upper() or _likely_freq(days, month_days, year_days, weeks)
    if freq not in {"WEEKLY", "MONTHLY", "YEARLY", ""} or interval < 1 or count < 0:
        raise _Unclear
    begins = start or valid_from
    if begins is None and (not freq or interval > 1 or count or not (days or month_days or year_days or weeks)):
        raise _Unclear  # on which days it begins would be a guess
    week_start = str(given.get("wkst") or "MO").strip().upper()
    return Schedule(
        zone=where,
        opens=datetime.time(first // 60, first % 60),
        closes=last if last > first else last + 1440,
        freq=freq,
        interval=interval,
        days=days,
        month_days=month_days,
        year_days=year_days,
        weeks=weeks,
        week_start=DAYS.index(week_start) if week_start in DAYS else 0,
        start=begins or LONG_AGO,
        until=_day(given.get("until")),
        count=count if 0 < count <= MOST_TIMES else None,
        valid_from=valid_from,
        valid_to=_day(given.get("valid_to")),
    )


def _likely_freq(days: object, month_days: object, year_days: object, weeks: object) -> str:
    """What a rule without `freq` can only mean; "" where it names no days: then it is the one day of its beginning."""
    if month_days:
        return "MONTHLY"
    if year_days:
        return "YEARLY"
    return "WEEKLY" if days or weeks else ""


def _time(text: object) -> tuple[int, datetime.tzinfo | None]:
    """Minutes after midnight (24:00 is 1440), and the offset from UTC that stands with them."""
    match = _TIME.fullmatch(str(text or "").strip())
    if not match:
        raise _Unclear
    minutes = int(match["hour"]) * 60 + int(match["minute"])
    if minutes > 1440 or int(match["minute"]) > 59:
        raise _Unclear
    if not match["zone"]:
        return minutes, None
    if match["zone"] in "Zz":
        return minutes, datetime.UTC
    away = int(match["hours"]) + int(match["minutes"] or 0) / 60
    return minutes, _offset(-away if match["sign"] == "-" else away)


def _minutes(minutes: int, said_in: datetime.tzinfo | None, where: datetime.tzinfo) -> int:
    """Minutes after midnight in the zone of the schedule; 24:00 stays 24:00 where the zone is the same."""
    if said_in is None:
        return minutes
    moment = datetime.datetime(2001, 1, 2, tzinfo=said_in)
    shift = (where.utcoffset(moment) or datetime.timedelta()) - (said_in.utcoffset(moment) or datetime.timedelta())
    moved = int(shift.total_seconds() // 60)
    return minutes if not moved else (minutes + moved) % 1440


def _offset(hours: object) -> datetime.timezone | None:
    if hours in {None, ""} or isinstance(hours, bool):
        return None
    away = float(str(hours))
    if not abs(away) <= FURTHEST_HOURS:  # not a number too
        raise _Unclear
    return datetime.timezone(datetime.timedelta(hours=away))


def _day(text: object) -> datetime.date | None:
    """A day; of a moment its day as it stands."""
    if not text:
        return None
    day = datetime.date.fromisoformat(str(text).strip().split("T")[0].split(" ")[0])
    if day.year not in YEARS:
        raise _Unclear
    return day


def _whole(value: object, without: int) -> int:
    if value in {None, ""}:
        return without
    number = float(str(value))
    if number != int(number):
        raise _Unclear
    return int(number)


def _days(text: object) -> tuple[tuple[int, int], ...]:
    found = []
    for part in _parts(text):
        match = _DAY.fullmatch(part.upper())
        if not match or abs(int(match[1] or 0)) > 5:  # no month has six of a day
            raise _Unclear
        found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _numbers(text: object, most: int) -> tuple[int, ...]:
    numbers = tuple(dict.fromkeys(int(part) for part in _parts(text)))
    if any(not 1 <= abs(number) <= most for number in numbers):
        raise _Unclear
    return numbers


def _parts(value: object) -> list[str]:
    """What stands in a list, with commas between."""
    parts = str(value).split(",") if value not in {None, ""} else []
    if len(parts) > MOST_NUMBERS:
        raise _Unclear
    return [part.strip() for part in parts if part.strip()]
