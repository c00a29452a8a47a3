"""When something was, as exactly as somebody likes to say: a day, only its month, only its year, or nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.journeys.models import today

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIRST_YEAR = 1930
"""Earliest year that can be said: people come back to a loss after many decades."""

_MONTHS = [("", gettext_lazy("Not said")), *((str(number), name) for number, name in MONTHS.items())]

_YEAR = gettext_lazy("We can keep a year from 1930 on, in four digits. It can also stay empty.")
_DAY = gettext_lazy("We can keep a day from 1 to 31. It can also stay empty.")


def said_kindly(words: _StrPromise) -> dict[str, _StrPromise]:
    """One sentence for whatever is wrong with a number."""
    return dict.fromkeys(("invalid", "min_value", "max_value"), words)


class WhenForm(forms.Form):
    """A time that has come; each part may stay empty, a day asks for its month, a month for its year."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=FIRST_YEAR, error_messages=said_kindly(_YEAR)
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), required=False, choices=_MONTHS, coerce=int, empty_value=None
    )
    day = forms.IntegerField(
        label=gettext_lazy("Day"), required=False, min_value=1, max_value=31, error_messages=said_kindly(_DAY)
    )

    def clean(self) -> dict[str, Any]:
        """Check that what was said of the time is a time, and that it has come."""
        cleaned: dict[str, Any] = super().clean() or {}
        year, month, day = (cleaned.get(name) for name in ("year", "month", "day"))
        if day and not month:
            self.add_error("month", _("For a day we need its month too. Or leave the day empty."))
        elif month and not year:
            self.add_error("year", _("For a month we need its year too. Or leave the month empty."))
        elif year and not _has_come(year, month, day):
            self.add_error("day" if day else "year", _("There is no such day in the past."))
        return cleaned


def _has_come(year: int, month: int | None, day: int | None) -> bool:
    try:
        return datetime.date(year, month or 1, day or 1) <= today()
    except (ValueError, OverflowError):  # a year of twenty digits is no date at all
        return False
