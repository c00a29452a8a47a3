"""Opening hours, said as a person says them."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from leeward.library.hours import in_words, moment_in_words, readable

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)  # a Sunday


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR"}, "Monday to Friday, 9 a.m. to 5 p.m."),
        ({"freq": "WEEKLY", "byday": "TH,TU"}, "Tuesday and Thursday, 9 a.m. to 5 p.m."),
        ({"freq": "WEEKLY", "byday": "MO,WE,TH,FR"}, "Monday and Wednesday to Friday, 9 a.m. to 5 p.m."),
        ({"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU"}, "Every day, 9 a.m. to 5 p.m."),
        (
            {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00Z", "closes_at": "23:59Z"},
            "Day and night, every day",
        ),
        (
            {"freq": "WEEKLY", "byday": "FR", "opens_at": "20:30Z", "closes_at": "04:00Z"},
            "Friday, 8:30 p.m. to 4 a.m. of the next day",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "interval": 2, "dtstart": "2024-02-06"},
            "Every second week: Tuesday, 9 a.m. to 5 p.m.",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "interval": 4, "dtstart": "2024-02-06"},
            "Every 4 weeks: Tuesday, 9 a.m. to 5 p.m.",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "byweekno": "41,42"},
            "Tuesday in weeks 41 and 42 of the year, 9 a.m. to 5 p.m.",
        ),
        ({"freq": "MONTHLY", "byday": "2WE"}, "The second Wednesday of the month, 9 a.m. to 5 p.m."),
        (
            {"freq": "MONTHLY", "byday": "1MO,-1FR"},
            "The first Monday and the last Friday of the month, 9 a.m. to 5 p.m.",
        ),
        (
            {"freq": "MONTHLY", "byday": "2WE", "interval": 3, "dtstart": "2024-08-14"},
            "The second Wednesday, every 3 months, 9 a.m. to 5 p.m.",
        ),
        ({"freq": "MONTHLY", "bymonthday": "1,-1"}, "Day 1 and the last day of the month, 9 a.m. to 5 p.m."),
        ({"freq": "MONTHLY", "byday": "MO"}, "Every Monday of the month, 9 a.m. to 5 p.m."),
        ({"dtstart": "2027-01-12"}, "Tuesday 12 January 2027, 9 a.m. to 5 p.m."),
        (
            {"freq": "WEEKLY", "byday": "TU", "dtstart": "2027-01-12", "count": 6},
            "Tuesday, 9 a.m. to 5 p.m.; from 12 January 2027; 6 times",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "until": "2026-12-31"},
            "Tuesday, 9 a.m. to 5 p.m.; until 31 December 2026",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "timezone": -5, "opens_at": "09:00-05:00", "closes_at": "17:00-05:00"},
            "Tuesday, 9 a.m. to 5 p.m. (UTC−5)",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "timezone": 5.5, "opens_at": "09:00", "closes_at": "17:00"},
            "Tuesday, 9 a.m. to 5 p.m. (UTC+5:30)",
        ),
    ],
)
def test_a_schedule_is_said_in_words(rule: dict[str, Any], expected: str) -> None:
    assert in_words(readable([{"opens_at": "09:00Z", "closes_at": "17:00Z", **rule}]), NOW) == [expected]


def test_what_is_over_is_not_said_and_nothing_is_said_twice() -> None:
    monday = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00Z", "closes_at": "17:00Z"}
    over = {**monday, "byday": "TU", "until": "2026-11-21"}
    assert in_words(readable([monday, over, monday]), NOW) == ["Monday, 9 a.m. to 5 p.m."]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22T17:00", "today at 5 p.m."),
        ("2026-11-23T09:30", "tomorrow at 9:30 a.m."),
        ("2026-11-26T09:00", "Thursday at 9 a.m."),
        ("2027-01-12T19:00", "Tuesday 12 January 2027 at 7 p.m."),
    ],
)
def test_a_moment_to_come_is_said_in_words(moment: str, expected: str) -> None:
    there = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
    assert moment_in_words(there, datetime.UTC, NOW) == expected


def test_a_moment_is_said_by_the_clock_of_its_line_and_names_the_zone_only_where_it_differs() -> None:
    london = ZoneInfo("Europe/London")
    summer = datetime.datetime(2026, 7, 1, 8, 0, tzinfo=datetime.UTC)
    assert moment_in_words(summer, london, summer) == "today at 9 a.m. (UTC+1)"
    with override_settings(TIME_ZONE="Europe/London"):
        assert moment_in_words(summer, london, summer) == "today at 9 a.m."
