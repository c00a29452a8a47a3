"""Times of the week: read as a person writes them, and the next of them found."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from leeward.kit.week_times import Span, TimesUnreadableError, next_opening, spans_from

LONDON = ZoneInfo("Europe/London")
OFFICE = spans_from("Mon-Fri 09:00-17:00, Sat 10:00-12:00")


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_days_and_ranges_of_days_are_read() -> None:
    assert spans_from("Sat-Mon 9:30-12:00") == (Span(0, 570, 720), Span(5, 570, 720), Span(6, 570, 720))
    assert spans_from("  wed 00:00-24:00 ,") == (Span(2, 0, 1440),)
    assert spans_from("") == ()


def test_stretches_that_touch_are_one() -> None:
    assert spans_from("Tue 12:00-15:00, Mon-Tue 09:00-12:00, Tue 10:00-11:00") == (Span(0, 540, 720), Span(1, 540, 900))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weekdays 9-5", "is not like"),
        ("Mon 09:00-17:00, Foo 10:00-12:00", "'Foo 10:00-12:00' is not like"),
        ("Mon-Xyz 09:00-17:00", "is not like"),
        ("Mon 09:00-24:30", "no day has"),
        ("Mon 09:61-10:00", "no day has"),
        ("Fri 22:00-02:00", "name the next day too"),
        ("Mon 09:00-09:00", "ends before it begins"),
    ],
)
def test_what_cannot_be_understood_is_named(text: str, said: str) -> None:
    with pytest.raises(TimesUnreadableError, match=said):
        spans_from(text)


@pytest.mark.parametrize(
    ("now", "begins", "ends", "open_now"),
    [
        ("2026-03-04 10:00", "2026-03-04 09:00", "2026-03-04 17:00", True),  # a Wednesday
        ("2026-03-04 09:00", "2026-03-04 09:00", "2026-03-04 17:00", True),
        ("2026-03-04 17:00", "2026-03-05 09:00", "2026-03-05 17:00", False),
        ("2026-03-04 03:00", "2026-03-04 09:00", "2026-03-04 17:00", False),
        ("2026-03-06 18:00", "2026-03-07 10:00", "2026-03-07 12:00", False),
        ("2026-03-07 12:30", "2026-03-09 09:00", "2026-03-09 17:00", False),
        ("2026-03-28 13:00", "2026-03-30 09:00", "2026-03-30 17:00", False),  # clocks go forward in between
    ],
)
def test_the_next_of_them_is_found(now: str, begins: str, ends: str, open_now: bool) -> None:
    assert next_opening(OFFICE, moment(now), LONDON) == (moment(begins), moment(ends), open_now)


def test_a_moment_elsewhere_is_measured_by_the_clock_of_the_place() -> None:
    in_sydney = datetime.datetime(2026, 7, 6, 18, 30, tzinfo=ZoneInfo("Australia/Sydney"))  # 9.30 in London
    found = next_opening(OFFICE, in_sydney, LONDON)
    assert found is not None
    assert found.open_now


def test_a_single_hour_a_week_is_found_a_week_ahead() -> None:
    spans = spans_from("Wed 09:00-10:00")
    assert next_opening(spans, moment("2026-03-04 10:00"), LONDON) == (
        moment("2026-03-11 09:00"),
        moment("2026-03-11 10:00"),
        False,
    )
    assert next_opening((), moment("2026-03-04 10:00"), LONDON) is None


def test_until_the_end_of_the_day_is_until_midnight() -> None:
    found = next_opening(spans_from("Fri 20:00-24:00"), moment("2026-03-06 23:59"), LONDON)
    assert found == (moment("2026-03-06 20:00"), moment("2026-03-07 00:00"), True)
