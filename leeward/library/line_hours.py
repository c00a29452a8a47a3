"""When a line is open: its times of the week, by the clock of its own zone, with daylight saving.

Public holidays are not known of any line. What stands here of its regular week may not hold on one; pages say so.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from leeward.kit.week_times import MIDNIGHT, Span, TimesUnreadableError, next_opening, spans_from

ALWAYS = "always"
"""What a line says that is open day and night, every day."""


@dataclass(frozen=True)
class Hours:
    """The regular week of a line.

    Args:
        spans: its stretches, as `kit.week_times` gives them; none: day and night, every day.
        zone: the zone in which they are meant (IANA); "" for what is always open.
    """

    spans: tuple[Span, ...] = ()
    zone: str = ""

    @property
    def is_always(self) -> bool:
        """Whether it never closes."""
        return not self.spans

    @property
    def place(self) -> str:
        """The place that its zone is named for, "New York"."""
        return self.zone.rpartition("/")[2].replace("_", " ")

    def at(self, now: datetime.datetime) -> Openness:
        """Whether it is open, and when that changes.

        Args:
            now: any moment, with its time zone.
        """
        if self.is_always:
            return Openness(is_open=True, changes=None)
        zone, moment = ZoneInfo(self.zone), now.astimezone(datetime.UTC)  # moments, never clocks, are compared
        opening = next_opening(self.spans, moment, zone)
        assert opening is not None, "there are spans, so one of them comes within the week"
        if not opening.open_now:
            return Openness(is_open=False, changes=opening.begins)
        ends = opening.ends  # of this day; a stretch that goes past midnight goes on with the next day's
        while (more := next_opening(self.spans, ends.astimezone(datetime.UTC), zone)) and more.open_now:
            ends = more.ends
        return Openness(is_open=True, changes=ends)


@dataclass(frozen=True)
class Openness:
    """Whether a line is open at some moment.

    Args:
        is_open: whether somebody answers then.
        changes: when it closes, or else opens next, by the clock of its zone; None: it never closes.
    """

    is_open: bool
    changes: datetime.datetime | None


def hours_from(times: str, zone: str) -> Hours | None:
    """The hours that a line gives for clocks; None if it gives none.

    Args:
        times: "always", or times of the week ("Mon-Fri 10:00-15:00, Tue 18:00-21:00"); may be empty.
        zone: an IANA name, as "Europe/London".

    Raises:
        TimesUnreadableError: the times cannot be understood, or there is no such zone.
    """
    if not times:
        return None
    if times == ALWAYS:
        return Hours()
    spans = spans_from(times)
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise TimesUnreadableError(f"there is no zone {zone!r}; name one like “Europe/London”.") from error
    is_whole_week = spans == tuple(Span(day, 0, MIDNIGHT) for day in range(7))
    return Hours() if is_whole_week else Hours(spans, zone)
