"""Whether a line is open, and when that changes, in words that mean the same in every zone: with day and place."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from leeward.library.line_hours import Hours, Openness

_A_MINUTE = datetime.timedelta(minutes=1)


def state_said(hours: Hours, state: Openness, now: datetime.datetime) -> str:
    """One sentence on a line, by the clock of its own zone. The script help.js says the same by the reader's clock too.

    Args:
        hours: the hours of the line.
        state: what they say of `now`.
        now: any moment, with its time zone.
    """
    if state.changes is None:
        return _("Open now.")
    words = {"time": _time(state.changes), "day": _day(state.changes), "place": hours.place}
    if not state.is_open:
        return _("Opens on %(day)s at %(time)s, %(place)s time.") % words
    today = now.astimezone(ZoneInfo(hours.zone)).date()
    if (state.changes - _A_MINUTE).date() != today:
        return _("Open now, until %(day)s at %(time)s, %(place)s time.") % words
    if state.changes.date() != today:
        return _("Open now, until midnight, %(place)s time.") % words
    return _("Open now, until %(time)s, %(place)s time.") % words


def drawn_said(now: datetime.datetime) -> str:
    """The moment at which a page was drawn, "03:12 UTC, 22 November 2026": in no zone that could be taken for another.

    Args:
        now: any moment, with its time zone.
    """
    there = now.astimezone(datetime.UTC)
    return _("%(time)s UTC, %(day)s") % {"time": _time(there), "day": formats.date_format(there, "j F Y")}


def _time(moment: datetime.datetime) -> str:
    return f"{moment:%H:%M}"


def _day(moment: datetime.datetime) -> str:
    return str(formats.date_format(moment, "l j F"))
