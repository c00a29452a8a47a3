"""When lines are open: by the clock of their own zones, with daylight saving, and past midnight."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from leeward.kit.week_times import TimesUnreadableError
from leeward.library.line_hours import ALWAYS, Hours, hours_from
from leeward.library.line_words import drawn_said, state_said
from leeward.library.lines import SHIPPED, Line, LinesUnreadableError, all_lines, dialled, read_lines
from tests.library.confirming import line

FIVE_TO_MIDNIGHT = "Mon-Sun 17:00-24:00"
OFFICE = "Mon-Fri 09:00-17:00"
NIGHT = "Fri 20:00-24:00, Sat 00:00-04:00"


def hours(times: str, zone: str) -> Hours:
    found = hours_from(times, zone)
    assert found is not None
    return found


def said(times: str, zone: str, at: str) -> str:
    """What a page says of these hours at a moment of UTC."""
    now = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC)
    week = hours(times, zone)
    return state_said(week, week.at(now), now)


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        # London: forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC
        ("Europe/London", "2026-03-27 08:30", "Opens on Friday 27 March at 09:00, London time."),
        ("Europe/London", "2026-03-27 09:00", "Open now, until 17:00, London time."),
        ("Europe/London", "2026-03-30 07:59", "Opens on Monday 30 March at 09:00, London time."),
        ("Europe/London", "2026-03-30 08:00", "Open now, until 17:00, London time."),
        ("Europe/London", "2026-10-23 08:00", "Open now, until 17:00, London time."),
        ("Europe/London", "2026-10-26 08:30", "Opens on Monday 26 October at 09:00, London time."),
        ("Europe/London", "2026-10-26 16:59", "Open now, until 17:00, London time."),
        # Sydney, on the other side: back on 5 April 2026, forward on 4 October 2026
        ("Australia/Sydney", "2026-04-02 22:00", "Open now, until 17:00, Sydney time."),
        ("Australia/Sydney", "2026-04-05 22:00", "Opens on Monday 6 April at 09:00, Sydney time."),
        ("Australia/Sydney", "2026-04-05 23:00", "Open now, until 17:00, Sydney time."),
        ("Australia/Sydney", "2026-10-01 22:30", "Opens on Friday 2 October at 09:00, Sydney time."),
        ("Australia/Sydney", "2026-10-04 22:30", "Open now, until 17:00, Sydney time."),
        # Kolkata and Johannesburg never change, New York does three weeks before London
        ("Asia/Kolkata", "2026-03-30 03:29", "Opens on Monday 30 March at 09:00, Kolkata time."),
        ("Asia/Kolkata", "2026-10-26 03:30", "Open now, until 17:00, Kolkata time."),
        ("Africa/Johannesburg", "2026-03-30 07:00", "Open now, until 17:00, Johannesburg time."),
        ("Africa/Johannesburg", "2026-10-26 07:00", "Open now, until 17:00, Johannesburg time."),
        ("America/New_York", "2026-03-06 13:30", "Opens on Friday 6 March at 09:00, New York time."),
        ("America/New_York", "2026-03-09 13:30", "Open now, until 17:00, New York time."),
    ],
)
def test_office_hours_follow_the_clock_of_their_zone(zone: str, at: str, words: str) -> None:
    assert said(OFFICE, zone, at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-22 16:59", "Opens on Sunday 22 November at 17:00, London time."),
        ("2026-11-22 23:59", "Open now, until midnight, London time."),
        ("2026-11-23 00:00", "Opens on Monday 23 November at 17:00, London time."),
    ],
)
def test_a_day_ends_at_midnight(at: str, words: str) -> None:
    assert said(FIVE_TO_MIDNIGHT, "Europe/London", at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-20 21:00", "Open now, until Saturday 21 November at 04:00, London time."),
        ("2026-11-21 01:00", "Open now, until 04:00, London time."),
        ("2026-11-21 04:00", "Opens on Friday 27 November at 20:00, London time."),
        ("2026-11-27 19:59", "Opens on Friday 27 November at 20:00, London time."),
    ],
)
def test_what_goes_past_midnight_is_one_stretch(at: str, words: str) -> None:
    assert said(NIGHT, "Europe/London", at) == words


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-29 00:59", True),  # 00:59 in London
        ("2026-03-29 01:00", True),  # 02:00: there is no 01:30
        ("2026-03-29 02:59", True),  # 03:59
        ("2026-03-29 03:00", False),  # 04:00
        ("2026-10-25 00:30", True),  # 01:30
        ("2026-10-25 01:30", True),  # 01:30 once more
        ("2026-10-25 04:00", False),
    ],
)
def test_a_night_is_open_through_the_hour_that_is_missing_or_comes_twice(at: str, is_open: bool) -> None:
    night = hours("Sat 20:00-24:00, Sun 00:00-04:00", "Europe/London")
    assert night.at(datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC)).is_open is is_open


def test_what_is_open_on_one_day_is_never_said_to_open_today_when_it_means_next_week() -> None:
    assert said("Mon 09:00-12:00", "Europe/London", "2026-11-23 13:00").startswith("Opens on Monday 30 November")


@pytest.mark.parametrize("times", [ALWAYS, "Mon-Sun 00:00-24:00"])
def test_day_and_night_never_changes(times: str) -> None:
    assert said(times, "Europe/London", "2026-11-22 03:12") == "Open now."


def test_the_moment_of_drawing_is_said_in_one_zone() -> None:
    sydney = datetime.datetime.fromisoformat("2026-11-22T14:12:00+11:00")
    assert drawn_said(sydney) == "03:12 UTC, 22 November 2026"


def test_a_line_without_times_gives_none() -> None:
    assert hours_from("", "") is None
    assert line("us-share").opens is None


@pytest.mark.parametrize(
    ("times", "zone", "words"),
    [
        ("weekdays", "Europe/London", "is not like"),
        ("Mon 22:00-02:00", "Europe/London", "name the next day too"),
        (OFFICE, "", "no zone"),
        (OFFICE, "Mars/Olympus", "no zone"),
        (OFFICE, "../../etc/passwd", "no zone"),
    ],
)
def test_times_that_cannot_be_understood_are_refused_in_words(times: str, zone: str, words: str) -> None:
    with pytest.raises(TimesUnreadableError, match=words):
        hours_from(times, zone)


@pytest.mark.parametrize("wrong", ['open = "weekdays"', "open = 9", 'open = "Mon 09:00-17:00"\nzone = 3'])
def test_a_file_with_wrong_hours_says_in_which_line(tmp_path: Path, wrong: str) -> None:
    own = tmp_path / "lines.toml"
    fields = ("kind", "name", "purpose", "hours", "languages", "source", "web")
    given = "\n".join(f'{field} = "{"crisis" if field == "kind" else "x"}"' for field in fields)
    own.write_text(f'[[line]]\nkey = "gb-lamp"\n{given}\n{wrong}\n')
    with pytest.raises(LinesUnreadableError, match="gb-lamp says when it is open, but"):
        read_lines(own)


def test_shipped_hours_stand_only_where_the_words_say_them() -> None:
    for shipped in read_lines(SHIPPED):
        if shipped.open == ALWAYS:
            assert "ay and night" in shipped.hours, shipped.key
        elif shipped.opens:
            assert any(sign.isdigit() for sign in shipped.hours), shipped.key
            assert shipped.zone, shipped.key
        else:
            assert not shipped.hours.startswith("Day and night, every day"), shipped.key


def test_structured_hours_belong_to_what_is_confirmed() -> None:
    calm = line("gb-calm")
    assert replace(calm, open=OFFICE).fingerprint != calm.fingerprint
    assert replace(calm, zone="Europe/Dublin").fingerprint != calm.fingerprint
    assert replace(calm, chat="example.org/chat").fingerprint != calm.fingerprint


def test_what_adds_nothing_to_the_words_leaves_old_confirmations_standing() -> None:
    def before(one: Line) -> str:
        old = {key: value for key, value in asdict(one).items() if key not in {"chat", "open", "zone"}}
        return hashlib.sha256(json.dumps(old, sort_keys=True).encode()).hexdigest()[:16]

    changed = [one.key for one in all_lines() if one.fingerprint != before(one)]
    assert "gb-calm" in changed
    assert not [key for key in changed if key.endswith("-emergency")]
    assert "gb-samaritans" not in changed
    assert replace(line("gb-calm"), open=ALWAYS, zone="").fingerprint != before(line("gb-calm"))


@pytest.mark.parametrize(
    ("number", "dials"),
    [("020 7946 0000 ext. 12", "02079460000,12"), ("1-800-555-0100 x7", "18005550100,7"), ("116 123", "116123")],
)
def test_an_extension_is_dialled_after_the_number(number: str, dials: str) -> None:
    assert dialled(number) == dials
