"""The host's true hours: when someone reads here next, in words for the person who waits."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from leeward.kit.week_times import Opening, Span, next_opening


def next_reading(now: datetime.datetime) -> Opening | None:
    """From when to when someone reads next, and whether that is now; None if the host has not said (READING_TIMES).

    Args:
        now: any moment, with its time zone. What comes back is in the zone of the place.
    """
    return next_opening(settings.READING_TIMES, now, _zone())


def when_read(now: datetime.datetime | None = None) -> str:
    """When someone will read next, as a whole sentence in the language of the page.

    Args:
        now: the moment from which to look; this one if left out.
    """
    now = now or timezone.now()
    reading = next_reading(now)
    if reading is None:
        return hours_in_own_words()
    if reading.open_now:
        return _("Someone reads here now, until %(time)s.") % {"time": _time(reading.ends)}
    words = {"time": _time(reading.begins)}
    days = (reading.begins.date() - now.astimezone(_zone()).date()).days
    if days == 0:
        return _("Someone reads here next today, from %(time)s.") % words
    if days == 1:
        return _("Someone reads here next tomorrow, from %(time)s.") % words
    if days < 7:
        return _("Someone reads here next on %(weekday)s, from %(time)s.") % {
            **words,
            "weekday": formats.date_format(reading.begins, "l"),
        }
    return _("Someone reads here next on %(date)s, from %(time)s.") % {
        **words,
        "date": formats.date_format(reading.begins, "l j F"),
    }


def hours_in_own_words() -> str:
    """The hours as the host worded them (READING_HOURS), or that nobody has said, as a whole sentence."""
    if settings.READING_HOURS:
        return _("Someone reads here: %(hours)s") % {"hours": settings.READING_HOURS}
    return _("Nobody has said yet at which hours someone reads here.")


def hours_said() -> str:
    """The hours as a list of words: the host's own (READING_HOURS), or else its times of the week; may be empty."""
    if settings.READING_HOURS or not settings.READING_TIMES:
        return str(settings.READING_HOURS)
    return _("%(times)s (%(zone)s)") % {
        "times": "; ".join(_in_words(run) for run in _runs(settings.READING_TIMES)),
        "zone": _zone_in_words(),
    }


def _runs(spans: tuple[Span, ...]) -> list[list[Span]]:
    """The same hours of days that follow each other, together."""
    runs: list[list[Span]] = []
    for span in spans:
        for run in runs:
            last = run[-1]
            if (last.weekday + 1, last.begins, last.ends) == (span.weekday, span.begins, span.ends):
                run.append(span)
                break
        else:
            runs.append([span])
    return runs


def _in_words(run: list[Span]) -> str:
    first, last = run[0], run[-1]
    hours = {"begins": _clock(first.begins), "ends": _clock(first.ends)}
    if len(run) == 1:
        return _("%(day)s from %(begins)s to %(ends)s") % {**hours, "day": WEEKDAYS[first.weekday]}
    days = {"first": WEEKDAYS[first.weekday], "last": WEEKDAYS[last.weekday]}
    return _("%(first)s to %(last)s from %(begins)s to %(ends)s") % {**hours, **days}


def _clock(minutes: int) -> str:
    return formats.time_format(datetime.time(minutes // 60 % 24, minutes % 60))


def _time(moment: datetime.datetime) -> str:
    """A time of day as the language writes it, with the place whose clock it is: "9 a.m. (London time)"."""
    return _("%(time)s (%(zone)s)") % {"time": formats.time_format(moment), "zone": _zone_in_words()}


def _zone_in_words() -> str:
    key = settings.TIME_ZONE
    if "/" not in key or key.startswith("Etc/"):
        return str(key.removeprefix("Etc/"))
    return _("%(city)s time") % {"city": key.rsplit("/", 1)[-1].replace("_", " ")}


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
