"""Weeks of pregnancy, years and "how long ago" in a text, where they are those of a loss; and what follows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from leeward.language.clues import Reading, Seen
from leeward.language.folders import language_data
from leeward.language.wording import NUMBER

LEAST_WEEKS, MOST_WEEKS = 3, 43
"""Weeks of a pregnancy; what lies outside is another number."""
EARLY_TO, LATE_TO = 12, 23
"""A loss up to so many completed weeks is an early miscarriage, one up to so many is in the second trimester, and later
ones are stillbirths where the text says nothing else. Countries differ: what follows from weeks is always marked so."""
WEEKS_A_MONTH = 4.35
BRIEF = 6
"""A text of at most so many words, as is typed into a search, speaks of a loss also where it has no such word."""

MOST_NUMBERS = 150
"""So many numbers of a kind are looked at in one text."""
_LIVED = {"exactly:first_hours", "exactly:first_days", "exactly:first_weeks", "exactly:first_months"}
_AFTER_BIRTH = {"kind:neonatal", "kind:infant"}
_SAYS_LITTLE = {"kind:multiple", "kind:failed_transfer", "kind:embryo_loss", "kind:hoped_for_child", "kind:miscarriage"}


@dataclass(frozen=True)
class Times:
    """How a language says weeks and years: read from its `times.toml`."""

    weeks: tuple[re.Pattern[str], ...]
    months: tuple[re.Pattern[str], ...]
    ago: tuple[re.Pattern[str], ...]
    year: re.Pattern[str]
    loss: re.Pattern[str]
    still: re.Pattern[str]
    number: dict[str, int]
    month: dict[str, int]
    unit: dict[str, float]


@cache
def times_of(language: str) -> Times:
    """How a language says them. LookupError: it has no data."""
    said = tomllib.loads(language_data(language, "times.toml").read_text(encoding="utf-8"))

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(row.replace("#", f"(?P<n>{NUMBER})")) for row in said[key])

    return Times(
        weeks=patterns("weeks"),
        months=patterns("months"),
        ago=patterns("ago"),
        year=re.compile(said["year"]),
        loss=re.compile(said["loss"]),
        still=re.compile(said["still"]),
        number=said["number"],
        month=said["month"],
        unit=said["unit"],
    )


def number_of(said: str, times: Times) -> int | None:
    """The number that words or figures say; None for none."""
    if said.isdigit():
        return int(said)
    parts = re.split(r"[ -]", said)
    if any(part not in times.number for part in parts):
        return None
    return sum(times.number[part] for part in parts)


def weeks_in(reading: Reading, losses: Iterable[int], language: str = "en") -> list[Seen]:
    """How many weeks the pregnancies were that a text says were lost, as "weeks:20".

    Args:
        reading: the text.
        losses: where it speaks of a loss by its kind.
        language: whose words are read.
    """
    times, places = times_of(language), list(losses)
    found = []
    for match, number in _numbers(reading, times.weeks, times):
        if LEAST_WEEKS <= number <= MOST_WEEKS and _of_a_loss(reading, match, times, places):
            found.append(Seen(f"weeks:{number}", match.start(), match.end()))
    for match, number in _numbers(reading, times.months, times):
        weeks = round(number * WEEKS_A_MONTH)
        if 2 <= number <= 9 and _of_a_loss(reading, match, times, places):
            found.append(Seen(f"weeks:{weeks}", match.start(), match.end()))
    return found


def times_in(reading: Reading, language: str = "en") -> list[Seen]:
    """When a loss was: "ago:36" (months), "year:2019", "month:2019-03"."""
    times = times_of(language)
    found = []
    for pattern in times.ago:
        for match in islice(pattern.finditer(reading.level), MOST_NUMBERS):
            number = 1 if match["n"] in ("a", "an", "one") else number_of(match["n"], times)
            unit = next((unit for name, unit in times.unit.items() if match["unit"].startswith(name)), None)
            if number is None or unit is None or not _of_a_loss(reading, match, times, []):
                continue
            found.append(Seen(f"ago:{max(1, round(number * unit))}", match.start(), match.end()))
    for match in islice(times.year.finditer(reading.level), MOST_NUMBERS):
        if _of_a_loss(reading, match, times, []):
            found.append(Seen(f"year:{match['year']}", match.start(), match.end()))
            if match["month"]:
                month = times.month[match["month"][:3]]
                found.append(Seen(f"month:{match['year']}-{month:02}", match.start(), match.end()))
    return found


def derived_kinds(found: Iterable[Seen]) -> Iterator[Seen]:
    """What follows from the weeks of a loss whose kind is not told, or told only as "miscarriage"."""
    seen = list(found)
    keys = {one.key for one in seen}
    kinds = {key for key in keys if key.startswith("kind:")} - _SAYS_LITTLE
    weeks = [one for one in seen if one.key.startswith("weeks:")]
    if not kinds and not keys & _LIVED:
        for one in weeks:
            yield Seen(f"kind:{_kind_at(int(one.key[6:]), miscarried='kind:miscarriage' in keys)}", one.start, one.end)
    if not weeks and not kinds & {"kind:miscarriage_early", "kind:miscarriage_late", "kind:biochemical"}:
        for one in seen:
            if one.key == "kind:miscarriage":
                yield Seen("kind:miscarriage_early", one.start, one.end)
    if keys & _LIVED and not keys & _AFTER_BIRTH:
        for one in seen:
            if one.key in _LIVED:
                later = one.key == "exactly:first_months"
                yield Seen("kind:infant" if later else "kind:neonatal", one.start, one.end)


def _kind_at(weeks: int, *, miscarried: bool) -> str:
    if weeks <= EARLY_TO:
        return "miscarriage_early"
    return "miscarriage_late" if weeks <= LATE_TO or miscarried else "stillbirth"


def _numbers(
    reading: Reading, patterns: Iterable[re.Pattern[str]], times: Times
) -> Iterator[tuple[re.Match[str], int]]:
    for pattern in patterns:
        for match in islice(pattern.finditer(reading.level), MOST_NUMBERS):
            said = match.groupdict().get("n")
            number = 20 if said is None else number_of(said, times)  # only "halfway" has none
            if number is not None:
                yield match, number


def _of_a_loss(reading: Reading, match: re.Match[str], times: Times, losses: list[int]) -> bool:
    """Whether a number is said of a loss, and of the writer's."""
    start, end = reading.sentence(match.start())
    start, end = max(start, match.start() - 300), min(end, match.end() + 300)
    if times.still.search(reading.level, max(start, match.start() - 40), match.start()):
        return False
    brief = len(reading.level.split()) <= BRIEF and not reading.grammar.first_person.search(reading.level)
    if not (brief or times.loss.search(reading.level, start, end) or any(start <= at < end for at in losses)):
        return False
    return not set(reading.guards(match.start(), match.end())) & {"others", "supposed"}
