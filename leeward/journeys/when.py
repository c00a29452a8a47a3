"""When something was, in words, as exactly as somebody said it."""

from __future__ import annotations

import datetime

from django.utils import formats


def when_in_words(year: int | None, month: int | None, day: int | None) -> str:
    """A time as it is said: "3 May 2026", "May 2026", "2026", or nothing."""
    if year is None:
        return ""
    if month is None:
        return str(year)
    return formats.date_format(datetime.date(year, month, day or 1), "j F Y" if day else "F Y")
