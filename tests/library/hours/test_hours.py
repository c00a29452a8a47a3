"""Opening hours: schedules as directories write them, asked at moments on both sides of every edge."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from dateutil import rrule

from leeward.library.hours import is_open, next_opening, open_now, readable

UTC = datetime.UTC


def at(text: str, zone: datetime.tzinfo = UTC) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


def weekly(days: str, opens: str, closes: str, **more: Any) -> dict[str, Any]:
    return {"freq": "WEEKLY", "interval": 1, "byday": days, "opens_at": opens, "closes_at": closes, **more}


def opens_next(schedule: dict[str, Any], moment: str) -> str | None:
    found = next_opening(readable([schedule]), at(moment))
    return found.opens.isoformat(timespec="minutes").removesuffix("+00:00") if found else None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23 08:59", False),  # a Monday
        ("2026-11-23 09:00", True),
        ("2026-11-23 16:59", True),
        ("2026-11-23 17:00", False),
        ("2026-11-22 12:00", False),
    ],
)
def test_hours_begin_with_their_first_minute_and_end_before_their_last(moment: str, *, expected: bool) -> None:
    read = readable([weekly("MO,TU,WE,TH,FR", "09:00Z", "17:00Z", dtstart="2024-01-01")])
    assert is_open(read, at(moment)) is expected


@pytest.mark.parametrize(
    ("opens", "closes", "zone"),
    [
        ("09:00Z", "17:00Z", None),
        ("9:00Z", "17:00Z", 0),
        ("09:00:00Z", "17:00:00.000Z", 0),
        ("0900", "1700", 0),
        ("09:00", "17:00", None),
        ("10:00:00+01:00", "18:00:00+01:00", 0),
        ("10:00+0100", "18:00+01", 0),
        ("10:00", "18:00", 1),
        ("10:00", "18:00", "1.0"),
        ("14:30", "22:30", 5.5),
        ("04:00-05:00", "12:00-05:00", -5),
        ("09:00Z", "17:00Z", -5),
    ],
)
def test_one_time_is_understood_however_it_is_written(opens: str, closes: str, zone: Any) -> None:
    read = readable([weekly("MO", opens, closes, timezone=zone)])
    assert [is_open(read, at(f"2026-11-23 {clock}")) for clock in ("08:59", "09:00", "16:59", "17:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_days_are_days_where_the_schedule_is_and_not_in_utc() -> None:
    evening = readable([weekly("MO", "19:00-05:00", "23:30-05:00", timezone=-5)])
    assert is_open(evening, at("2026-11-24 00:30")), "Monday evening there is Tuesday in UTC"
    assert not is_open(evening, at("2026-11-23 00:30"))
    said_in_utc = readable([weekly("MO", "00:00Z", "04:30Z", timezone=-5)])
    assert is_open(said_in_utc, at("2026-11-24 00:30"))
    assert not is_open(said_in_utc, at("2026-11-23 00:30"))


def test_an_offset_beside_the_hours_is_the_zone_where_no_other_is_given() -> None:
    read = readable([weekly("MO", "19:00-05:00", "23:30-05:00")])
    assert is_open(read, at("2026-11-24 00:30"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-27 19:59", False),  # a Friday
        ("2026-11-27 20:00", True),
        ("2026-11-28 00:00", True),
        ("2026-11-28 03:59", True),
        ("2026-11-28 04:00", False),
        ("2026-11-27 03:00", False),
        ("2026-11-28 21:00", False),
    ],
)
def test_what_closes_after_midnight_belongs_to_the_day_on_which_it_opened(moment: str, *, expected: bool) -> None:
    assert is_open(readable([weekly("FR", "20:00Z", "04:00Z")]), at(moment)) is expected


def test_day_and_night_has_no_minute_between_its_days() -> None:
    read = readable([weekly("MO,TU,WE,TH,FR,SA,SU", "00:00Z", "23:59Z")])
    start = at("2026-11-22 22:00")
    assert all(is_open(read, start + datetime.timedelta(minutes=minute)) for minute in range(240))
    assert is_open(read, at("2026-11-22 23:59") + datetime.timedelta(seconds=30))
    found = open_now(read, at("2026-11-22 12:00"))
    assert found
    assert found.closes >= at("2026-11-25 00:00"), "its days follow on"


@pytest.mark.parametrize(("opens", "closes"), [("00:00", "24:00"), ("00:00", "00:00"), ("00:00Z", "00:00Z")])
def test_midnight_at_both_ends_is_a_whole_day(opens: str, closes: str) -> None:
    read = readable([weekly("MO", opens, closes)])
    assert is_open(read, at("2026-11-23 00:00"))
    assert is_open(read, at("2026-11-23 23:59"))
    assert not is_open(read, at("2026-11-24 00:00"))
    assert not is_open(read, at("2026-11-22 23:59"))


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        ({"freq": "MONTHLY", "byday": "1MO"}, "2026-11-22", "2026-12-07"),
        ({"freq": "MONTHLY", "byday": "-1WE"}, "2026-11-22", "2026-11-25"),
        ({"freq": "MONTHLY", "byday": "1MO,3TH"}, "2026-12-08", "2026-12-17"),
        ({"freq": "MONTHLY", "byday": "5SU"}, "2026-11-30", "2027-01-31"),
        ({"freq": "MONTHLY", "byday": "MO"}, "2026-11-22", "2026-11-23"),
        ({"freq": "MONTHLY", "bymonthday": "15"}, "2026-11-22", "2026-12-15"),
        ({"freq": "MONTHLY", "bymonthday": "31"}, "2026-11-22", "2026-12-31"),
        ({"freq": "MONTHLY", "bymonthday": "-1"}, "2027-02-01", "2027-02-28"),
        ({"freq": "MONTHLY", "bymonthday": "13", "byday": "FR"}, "2026-11-22", "2027-08-13"),
        ({"freq": "MONTHLY", "dtstart": "2024-03-20"}, "2026-11-22", "2026-12-20"),
        ({"freq": "MONTHLY", "byday": "2WE", "interval": 3, "dtstart": "2024-08-14"}, "2026-11-22", "2027-02-10"),
        ({"freq": "MONTHLY", "byday": "3SU", "interval": 6, "dtstart": "2025-04-20"}, "2026-11-22", "2027-04-18"),
        ({"freq": "WEEKLY", "dtstart": "2024-03-20"}, "2026-11-22", "2026-11-25"),
        ({"freq": "WEEKLY", "byday": "TU", "interval": 2, "dtstart": "2024-02-06"}, "2026-11-22", "2026-11-24"),
        ({"freq": "WEEKLY", "byday": "TU", "interval": 2, "dtstart": "2024-02-13"}, "2026-11-22", "2026-12-01"),
        ({"freq": "WEEKLY", "byday": "MO", "byweekno": "1"}, "2026-11-22", "2027-01-04"),
        ({"freq": "WEEKLY", "byday": "MO", "byweekno": "-1"}, "2026-11-22", "2026-12-28"),
        ({"freq": "YEARLY", "byyearday": "100"}, "2026-11-22", "2027-04-10"),
        ({"byyearday": "-1"}, "2026-11-22", "2026-12-31"),
        ({"freq": "MONTHLY", "byyearday": "355"}, "2026-11-22", "2026-12-21"),
        ({"dtstart": "2026-12-05"}, "2026-11-22", "2026-12-05"),
        ({"dtstart": "2026-11-05"}, "2026-11-22", None),
        ({"byday": "SA"}, "2026-11-22", "2026-11-28"),
        ({"byday": ["SA", "SU"]}, "2026-11-23", "2026-11-28"),
        ({"freq": "WEEKLY", "byday": "SA", "dtstart": "2027-01-12"}, "2026-11-22", "2027-01-16"),
        ({"freq": "WEEKLY", "byday": "SA", "until": "2026-11-28"}, "2026-11-22", "2026-11-28"),
        ({"freq": "WEEKLY", "byday": "SA", "until": "2026-11-27"}, "2026-11-22", None),
        ({"freq": "WEEKLY", "byday": "SA", "until": "20261128T000000Z"}, "2026-11-22", "2026-11-28"),
        ({"freq": "WEEKLY", "byday": "SA", "valid_to": "2026-11-27"}, "2026-11-22", None),
        ({"freq": "WEEKLY", "byday": "SA", "valid_from": "2026-12-01"}, "2026-11-22", "2026-12-05"),
        ({"freq": "WEEKLY", "byday": "SA", "dtstart": "2026-11-21", "count": 2}, "2026-11-22", "2026-11-28"),
        ({"freq": "WEEKLY", "byday": "SA", "dtstart": "2026-11-21", "count": 2}, "2026-11-29", None),
        ({"freq": "WEEKLY", "byday": "SA", "dtstart": "2026-11-21", "count": "2"}, "2026-11-29", None),
    ],
)
def test_a_rule_gives_its_next_day(rule: dict[str, Any], after: str, expected: str | None) -> None:
    schedule = {"opens_at": "10:00Z", "closes_at": "12:00Z", **rule}
    assert opens_next(schedule, f"{after} 00:00") == (f"{expected}T10:00" if expected else None)


def test_a_week_that_begins_on_sunday_counts_every_second_week_otherwise() -> None:
    rule = weekly("TU,SU", "10:00Z", "12:00Z", interval=2, dtstart="1997-08-05")  # the example of RFC 5545, 3.8.5.3
    days = []
    for week_start in ("MO", "SU"):
        moment, found = "1997-08-05 11:00", []
        for _turn in range(2):
            said = opens_next({**rule, "wkst": week_start}, moment)
            assert said
            found.append(said[:10])
            moment = said.replace("T", " ")
        days.append(found)
    assert days == [["1997-08-10", "1997-08-19"], ["1997-08-17", "1997-08-19"]]


def test_a_rule_asked_far_from_its_beginning_gives_the_days_that_it_gives_from_its_beginning() -> None:
    """Against dateutil itself, asked from the first day on, for three hundred rules."""
    chance = random.Random(6)  # noqa: S311  # the same each time
    for _turn in range(300):
        start = datetime.date(2019, 1, 1) + datetime.timedelta(days=chance.randrange(700))
        freq, interval = chance.choice(["WEEKLY", "MONTHLY"]), chance.choice([1, 2, 3, 5])
        days = chance.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], chance.randrange(1, 5))
        if freq == "MONTHLY" and chance.random() < 0.7:
            days = [f"{chance.choice([1, 2, 3, 4, -1])}{day}" for day in days]
        wkst = chance.choice(["MO", "SU", "WE"])
        schedule = {
            "freq": freq, "interval": interval, "byday": ",".join(days), "wkst": wkst, "dtstart": start.isoformat(),
            "opens_at": "10:00Z", "closes_at": "11:00Z",
        }  # fmt: skip
        text = f"FREQ={freq};INTERVAL={interval};WKST={wkst};BYDAY={','.join(days)}"
        whole = rrule.rrulestr(text, dtstart=datetime.datetime.combine(start, datetime.time(10)))
        for _ask in range(3):
            moment = at("2026-01-01") + datetime.timedelta(days=chance.randrange(500))
            expected = whole.after(moment.replace(tzinfo=None))
            found = next_opening(readable([schedule]), moment)
            assert found, schedule
            assert found.opens.replace(tzinfo=None) == expected, schedule


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "Monday",
        [],
        {},
        weekly("MO", "", "17:00"),
        weekly("MO", "09:00", None),  # type: ignore[arg-type]  # as it comes in
        weekly("MO", "25:00", "26:00"),
        weekly("MO", "09:61", "17:00"),
        weekly("MO", "nine", "five"),
        weekly("MO", "09:00+99:00", "17:00"),
        weekly("XX", "09:00", "17:00"),
        weekly("9MO", "09:00", "17:00"),
        weekly("MO", "09:00", "17:00", interval=0),
        weekly("MO", "09:00", "17:00", interval=-2),
        weekly("MO", "09:00", "17:00", interval=1.5),
        weekly("MO", "09:00", "17:00", interval=2),  # every second week, from when?
        weekly("MO", "09:00", "17:00", count=3),
        weekly("MO", "09:00", "17:00", count=-1),
        weekly("MO", "09:00", "17:00", dtstart="soon"),
        weekly("MO", "09:00", "17:00", dtstart="9999-12-31", count=3),
        weekly("MO", "09:00", "17:00", timezone=99),
        weekly("MO", "09:00", "17:00", timezone="nan"),
        weekly("MO", "09:00", "17:00", timezone={}),
        weekly("MO", "09:00", "17:00", freq="SECONDLY"),
        weekly("MO", "09:00", "17:00", byweekno="99"),
        weekly("MO", "09:00", "17:00", bymonthday="first"),
        weekly("MO", "09:00", "17:00", interval="inf"),
        {"opens_at": "09:00", "closes_at": "17:00"},
        {"opens_at": "09:00", "closes_at": "17:00", "freq": "WEEKLY"},
        {"opens_at": "24:00", "closes_at": "24:00", "byday": "MO"},
    ],
)
def test_what_is_not_clear_says_nothing_and_breaks_nothing(broken: Any) -> None:
    good = weekly("SU", "09:00Z", "17:00Z")
    read = readable([broken, good])
    assert len(read) == 1
    assert is_open(read, at("2026-11-22 10:00"))


@pytest.mark.parametrize(
    "impossible",
    [
        {"freq": "MONTHLY", "bymonthday": "31", "byyearday": "1"},
        {"freq": "MONTHLY", "bymonthday": "31", "byyearday": "1", "count": 5, "dtstart": "2024-01-01"},
        {"freq": "WEEKLY", "byday": "MO", "count": 10**18, "dtstart": "1900-01-01"},
        {"freq": "WEEKLY", "byday": "MO", "interval": 10**12, "dtstart": "1900-01-01"},
        {"freq": "MONTHLY", "byday": "5MO", "bymonthday": "1"},
    ],
)
def test_a_rule_made_to_keep_the_place_busy_is_soon_done_with(impossible: dict[str, Any]) -> None:
    read = readable([{"opens_at": "10:00Z", "closes_at": "12:00Z", **impossible}])
    next_opening(read, at("2026-11-22 10:00"))
    is_open(read, at("2026-11-22 10:00"))


def test_of_several_openings_the_one_that_lasts_longest_is_told() -> None:
    read = readable(
        [weekly("MO", "09:00Z", "12:00Z"), weekly("MO", "12:00Z", "16:00Z"), weekly("MO", "10:00Z", "11:00Z")]
    )
    found = open_now(read, at("2026-11-23 10:30"))
    assert found
    assert (found.opens, found.closes) == (at("2026-11-23 09:00"), at("2026-11-23 16:00"))
    assert open_now(read, at("2026-11-23 16:00")) is None
