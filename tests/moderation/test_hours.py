"""When someone reads next, in words for the person who waits."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as place_settings
from django.test import Client

from leeward.kit.week_times import spans_from
from leeward.moderation.hours import hours_said, next_reading, when_read


@pytest.fixture(autouse=True)
def _hours_of_an_office(settings) -> None:
    settings.READING_TIMES = spans_from("Mon-Fri 09:00-17:00, Sat 10:30-12:00")
    settings.TIME_ZONE = "Europe/London"


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-03-04 10:00", "Someone reads here now, until 5 p.m. (London time)."),
        ("2026-03-04 07:00", "Someone reads here next today, from 9 a.m. (London time)."),
        ("2026-03-06 20:00", "Someone reads here next tomorrow, from 10:30 a.m. (London time)."),
        ("2026-03-07 13:00", "Someone reads here next on Monday, from 9 a.m. (London time)."),
    ],
)
def test_the_writer_is_told_when_someone_reads_next(now: str, said: str) -> None:
    assert when_read(at(now)) == said


def test_a_week_ahead_is_said_with_its_date(settings) -> None:
    settings.READING_TIMES = spans_from("Wed 09:00-10:00")
    settings.TIME_ZONE = "UTC"
    assert when_read(at("2026-03-04 11:00")) == "Someone reads here next on Wednesday 11 March, from 9 a.m. (UTC)."


def test_the_next_reading_is_in_the_clock_of_the_place() -> None:
    asked = datetime.datetime(2026, 7, 6, 6, 0, tzinfo=datetime.UTC)  # seven o'clock in London
    reading = next_reading(asked)
    assert reading is not None
    assert (reading.begins.hour, reading.open_now) == (9, False)


def test_without_times_the_hosts_own_words_stand_and_without_those_that_nobody_has_said(settings) -> None:
    settings.READING_TIMES = ()
    assert next_reading(at("2026-03-04 10:00")) is None
    settings.READING_HOURS = "most evenings"
    assert when_read() == "Someone reads here: most evenings"
    settings.READING_HOURS = ""
    assert when_read() == "Nobody has said yet at which hours someone reads here."


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (
            "Mon-Fri 09:00-17:00, Sat 10:30-12:00",
            "Monday to Friday from 9 a.m. to 5 p.m.; Saturday from 10:30 a.m. to noon (London time)",
        ),
        (
            "Mon-Tue 08:00-09:00, Mon-Tue 20:00-24:00",
            "Monday to Tuesday from 8 a.m. to 9 a.m.; Monday to Tuesday from 8 p.m. to midnight (London time)",
        ),
        ("", ""),
    ],
)
def test_pages_name_the_times_where_the_host_has_no_words_of_its_own(settings, times: str, said: str) -> None:
    settings.READING_TIMES = spans_from(times)
    assert hours_said() == said
    settings.READING_HOURS = "most evenings"
    assert hours_said() == "most evenings"


@pytest.mark.django_db
def test_the_page_about_the_place_says_them(client: Client) -> None:
    assert "Monday to Friday from 9 a.m. to 5 p.m." in client.get("/about/").content.decode()


def test_times_that_cannot_be_understood_stop_the_start() -> None:
    start = [sys.executable, "-c", "import leeward.settings"]
    given = {**os.environ, "LEEWARD_READING_TIMES": "weekdays nine to five"}
    ended = subprocess.run(start, env=given, cwd=place_settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "LEEWARD_READING_TIMES: 'weekdays nine to five' is not like" in ended.stderr
