"""The numbers of one year, and how they may be said where others read them.

What is published must point at nobody. So numbers from one to four are not said, and the others are rounded: of two
tables neither can be taken from the other to find out one person.
"""

from __future__ import annotations

import datetime
from collections import Counter

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.kit.moments import MICROSECONDS
from leeward.moderation.models import Case, DayCount, Disclosure, Report
from leeward.moderation.papers.tally import tally_cases, tally_disclosures, tally_reports

SMALL = 5
"""Numbers below this, besides none, are not said; those above are rounded to its multiples."""


class Numbers:
    """The numbers of one year.

    Args:
        year: which.
    """

    def __init__(self, year: int) -> None:
        self._counts: Counter[str] = Counter()
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        for row in DayCount.objects.filter(day__range=(first, last)):
            self._counts[row.what] += row.count
        begin, end = _moment(year), _moment(year + 1)
        cases = _touching(begin, end)
        reports = Report.objects.filter(at__gte=begin, at__lt=end)
        told = Disclosure.objects.filter(on__range=(first, last))
        for tally in (tally_cases(cases), tally_reports(reports), tally_disclosures(told)):
            for (day, what), number in tally.items():
                if day.year == year:
                    self._counts[what] += number

    def of(self, *words: str) -> int:
        """How often: the sum of all whose name begins with these words; a star stands for any."""
        return sum(self.spread(*words).values())

    def spread(self, *words: str) -> Counter[str]:
        """The same, by the word that comes next (empty where none does)."""
        found: Counter[str] = Counter()
        for what, number in self._counts.items():
            parts = what.split(":")
            if all(word in {"*", part} for word, part in zip(words, parts, strict=False)) and len(parts) >= len(words):
                found[parts[len(words)] if len(parts) > len(words) else ""] += number
        return found

    def median_hours(self, *words: str) -> str:
        """How long it took for half of them, in words."""
        hours = sorted(Counter({int(hour): n for hour, n in self.spread(*words).items()}).elements())
        if len(hours) < SMALL:
            return _("too few to say")
        return _("less than %(hours)d") % {"hours": hours[(len(hours) - 1) // 2] + 1}


def said(number: int) -> str:
    """A number as it may be published."""
    if number == 0:
        return _("none")
    return _("fewer than five") if number < SMALL else str(SMALL * round(number / SMALL))


def share(part: int, whole: int) -> str:
    """A part of a whole in percent, where both are large enough to be said; made of what is published."""
    rounded = [SMALL * round(number / SMALL) for number in (part, whole)]
    if whole < SMALL or 0 < part < SMALL:
        return _("too few to say")
    return _("about %(percent)d %%") % {"percent": min(100, round(100 * rounded[0] / rounded[1]))}


def _touching(begin: int, end: int) -> QuerySet[Case]:
    """Cases with a decision or an objection between two moments."""
    decided = Case.objects.filter(decisions__at__gte=begin, decisions__at__lt=end).values("pk")
    objected = Case.objects.filter(decisions__appeal__at__gte=begin, decisions__appeal__at__lt=end).values("pk")
    return Case.objects.filter(Q(pk__in=decided) | Q(pk__in=objected))


def _moment(year: int) -> int:
    """The beginning of a year in the place's time zone, microseconds."""
    begins = datetime.datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    return int(begins.timestamp()) * MICROSECONDS
