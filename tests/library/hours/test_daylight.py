"""Daylight saving: lines say their hours by the clock on the wall, in summer and in winter."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from leeward.library.hours import is_open, open_now, readable
from tests.library.hours.test_hours import LONDON, at, opens_next, weekly


@pytest.mark.parametrize(
    ("day", "first_open"),
    [("2026-03-28", "09:00"), ("2026-03-29", "08:00"), ("2026-10-24", "08:00"), ("2026-10-25", "09:00")],
)
def test_nine_is_nine_by_the_clock_on_the_wall_in_summer_and_winter(day: str, first_open: str) -> None:
    read = readable([weekly("MO,TU,WE,TH,FR,SA,SU", "09:00", "17:00")], LONDON)
    opening = at(f"{day} {first_open}")
    assert is_open(read, opening)
    assert not is_open(read, opening - datetime.timedelta(minutes=1))


def test_a_night_that_the_clocks_change_in_is_as_long_as_it_is() -> None:
    read = readable([weekly("SA", "20:00", "04:00")], LONDON)
    for evening, closes, hours in (("2026-03-28", "2026-03-29 03:00", 7), ("2026-10-24", "2026-10-25 04:00", 9)):
        found = open_now(read, at(f"{evening} 21:00"))
        assert found
        assert found.closes == at(closes)
        assert found.closes - found.opens == datetime.timedelta(hours=hours)


def test_an_hour_that_comes_twice_ends_at_its_first_time() -> None:
    read = readable([weekly("SA", "20:00", "01:30")], LONDON)
    assert is_open(read, at("2026-10-25 00:15")), "01:15 in summer time"
    assert not is_open(read, at("2026-10-25 00:45")), "01:45 in summer time"
    assert not is_open(read, at("2026-10-25 01:15")), "01:15 again, by now in winter time: nobody may be there"


def test_an_hour_that_the_clocks_leave_out_is_the_hour_after() -> None:
    read = readable([weekly("SU", "01:30", "06:00")], LONDON)
    assert not is_open(read, at("2026-03-29 01:15"))
    assert is_open(read, at("2026-03-29 01:30")), "02:30 in summer time"


def test_day_and_night_stays_so_while_the_clocks_change() -> None:
    read = readable([weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")], LONDON)
    for night in ("2026-03-28 20:00", "2026-10-24 20:00"):
        for minute in range(0, 720, 5):
            assert is_open(read, at(night) + datetime.timedelta(minutes=minute))


def test_the_next_opening_is_said_by_the_clock_of_the_day_on_which_it_is() -> None:
    schedule = weekly("MO", "09:00", "17:00")
    assert opens_next(schedule, "2026-03-27 12:00", LONDON) == "2026-03-30T08:00"
    assert opens_next(schedule, "2026-10-23 12:00", LONDON) == "2026-10-26T09:00"
    sydney = ZoneInfo("Australia/Sydney")
    assert opens_next(schedule, "2026-11-21 12:00", sydney) == "2026-11-22T22:00", "still Sunday in UTC"


def test_of_several_openings_the_one_that_lasts_longest_is_told() -> None:
    read = readable(
        [weekly("MO", "09:00Z", "12:00Z"), weekly("MO", "12:00Z", "16:00Z"), weekly("MO", "10:00Z", "11:00Z")]
    )
    found = open_now(read, at("2026-11-23 10:30"))
    assert found
    assert (found.opens, found.closes) == (at("2026-11-23 09:00"), at("2026-11-23 16:00"))
    assert open_now(read, at("2026-11-23 16:00")) is None
