"""Hours as a person says them: "Monday to Friday, 9 a.m. to 5 p.m.", "tomorrow at 9 a.m."."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leeward.library.hours.openings import day_and_night
from leeward.library.hours.reading import Schedule

_WHICH = {
    1: gettext_lazy("the first %(day)s"),
    2: gettext_lazy("the second %(day)s"),
    3: gettext_lazy("the third %(day)s"),
    4: gettext_lazy("the fourth %(day)s"),
    5: gettext_lazy("the fifth %(day)s"),
    -1: gettext_lazy("the last %(day)s"),
    -2: gettext_lazy("the last %(day)s but one"),
    -3: gettext_lazy("the last %(day)s but two"),
    -4: gettext_lazy("the last %(day)s but three"),
    -5: gettext_lazy("the last %(day)s but four"),
}
RANGE_FROM = 3
"""So many days that follow each other are said as "Monday to Wednesday"."""


def in_words(schedules: Iterable[Schedule], at: datetime.datetime | None = None) -> list[str]:
    """Each schedule in a line of words, once, those that are over left out.

    Args:
        schedules: as `readable` gives them.
        at: the moment at which it is said; now, if none is given.
    """
    at = at or timezone.now()
    return list(dict.fromkeys(_said(schedule, at) for schedule in schedules if not _is_over(schedule, at)))


def moment_in_words(moment: datetime.datetime, zone: datetime.tzinfo, at: datetime.datetime | None = None) -> str:
    """A moment to come, by the clock that a schedule was said in: "today at 9 a.m.", "Monday at 9 a.m. (UTC−5)".

    Args:
        moment: which.
        zone: where its hours were said.
        at: the moment at which it is said; now, if none is given.
    """
    there, now = moment.astimezone(zone), (at or timezone.now()).astimezone(zone)
    clock = _clock(there.time()) + _zone_said(zone, moment)
    away = (there.date() - now.date()).days
    if away <= 0:
        return _("today at %(time)s") % {"time": clock}
    if away == 1:
        return _("tomorrow at %(time)s") % {"time": clock}
    if away < 7:
        return _("%(day)s at %(time)s") % {"day": WEEKDAYS[there.weekday()], "time": clock}
    return _("%(day)s at %(time)s") % {"day": formats.date_format(there.date(), "l j F Y"), "time": clock}


def _said(schedule: Schedule, at: datetime.datetime) -> str:
    when = _("Day and night, every day") if day_and_night(schedule) else _days_and_hours(schedule)
    today = at.astimezone(schedule.zone).date()
    more = []
    begins, ends = max(schedule.start, schedule.valid_from or schedule.start), _end(schedule)
    if schedule.freq and begins > today:
        more.append(_("from %(day)s") % {"day": formats.date_format(begins, "j F Y")})
    if schedule.freq and ends:
        more.append(_("until %(day)s") % {"day": formats.date_format(ends, "j F Y")})
    if schedule.freq and schedule.count:
        more.append(ngettext("%d time", "%d times", schedule.count) % schedule.count)
    return "; ".join([when + _zone_said(schedule.zone, at), *more])


def _days_and_hours(schedule: Schedule) -> str:
    closes = datetime.time(schedule.closes % 1440 // 60, schedule.closes % 60)
    given = {"days": _capital(_days(schedule)), "from": _clock(schedule.opens), "to": _clock(closes)}
    if schedule.closes > 1440:
        return _("%(days)s, %(from)s to %(to)s of the next day") % given
    return _("%(days)s, %(from)s to %(to)s") % given


def _days(schedule: Schedule) -> str:
    if not schedule.freq:
        return formats.date_format(schedule.start, "l j F Y")
    if schedule.year_days:
        return _("on days %(numbers)s of the year") % {"numbers": _listed([str(day) for day in schedule.year_days])}
    if schedule.freq == "YEARLY":
        return _("every year on %(day)s") % {"day": formats.date_format(schedule.start, "j F")}
    return _monthly(schedule) if schedule.freq == "MONTHLY" else _weekly(schedule)


def _weekly(schedule: Schedule) -> str:
    days = sorted({day for _nth, day in schedule.days}) or [schedule.start.weekday()]
    said = _weekdays(days)
    if schedule.weeks:
        given = {"days": said, "numbers": _listed([str(week) for week in schedule.weeks])}
        said = _("%(days)s in weeks %(numbers)s of the year") % given
    if schedule.interval == 2:
        return _("every second week: %(days)s") % {"days": said}
    if schedule.interval > 2:
        return _("every %(number)s weeks: %(days)s") % {"days": said, "number": str(schedule.interval)}
    return said


def _monthly(schedule: Schedule) -> str:
    if schedule.month_days or not schedule.days:
        said = _listed([_month_day(day) for day in schedule.month_days or (schedule.start.day,)])
        if schedule.days:
            said = _("%(days)s if it is a %(weekdays)s") % {
                "days": said,
                "weekdays": _listed([str(WEEKDAYS[day]) for _nth, day in schedule.days], _("or")),
            }
    else:
        said = _listed([_which(nth, day) for nth, day in schedule.days])
    if schedule.interval == 1:
        return _("%(days)s of the month") % {"days": said}
    given = {"days": said, "number": str(schedule.interval)}
    return _("%(days)s, every %(number)s months") % given


def _which(nth: int, day: int) -> str:
    if not nth:
        return _("every %(day)s") % {"day": WEEKDAYS[day]}
    return _WHICH[nth] % {"day": WEEKDAYS[day]}


def _month_day(day: int) -> str:
    if day == -1:
        return _("the last day")
    return _("day %d") % day if day > 0 else _("day %d from the end") % -day


def _weekdays(days: Sequence[int]) -> str:
    if len(days) == 7:
        return _("every day")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        if len(run) >= RANGE_FROM:
            said.append(_("%(first)s to %(last)s") % {"first": WEEKDAYS[run[0]], "last": WEEKDAYS[run[-1]]})
        else:
            said += [str(WEEKDAYS[day]) for day in run]
    return _listed(said)


def _listed(words: Sequence[str], last: str | None = None) -> str:
    return str(get_text_list(list(words), last or _("and")))


def _clock(time: datetime.time) -> str:
    return formats.time_format(time)


def _zone_said(zone: datetime.tzinfo, at: datetime.datetime) -> str:
    """The zone, where its clock shows another time than that of the place does at this moment."""
    there = at.astimezone(zone).utcoffset() or datetime.timedelta()
    if there == at.astimezone(timezone.get_current_timezone()).utcoffset():
        return ""
    minutes = int(there.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f" (UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''})"


def _end(schedule: Schedule) -> datetime.date | None:
    return min((day for day in (schedule.until, schedule.valid_to) if day), default=None)


def _is_over(schedule: Schedule, at: datetime.datetime) -> bool:
    last = _end(schedule) if schedule.freq else schedule.start
    return last is not None and last < at.astimezone(schedule.zone).date()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
