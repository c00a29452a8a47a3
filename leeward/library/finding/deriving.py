"""From the directory's records to what is found: the words and the narrow rows of each service."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from leeward.library.directory.freshness import Freshness, assured_on
from leeward.library.directory.gathering import Data, Given, Term, Whole, rows, text
from leeward.library.finding.models import NEVER, NOWHERE, Cost
from leeward.library.finding.placing import Placing
from leeward.library.finding.spots import Spot, cell_of, spot_of
from leeward.library.finding.terms import AUDIENCE, COLUMNS, JOURNEY, NEED, bits
from leeward.library.hours import Schedule, readable
from leeward.library.hours.reading import FIELDS
from leeward.search.documents import plain

LONGEST_TEXT = 6_000
"""So many characters of a service's words are found; the longest descriptions of directories in use have 4,000."""
MOST_SCHEDULES = 60
MOST_PLACES = 200
WEEK = ("week_begins", "week_middle", "week_ends")
"""The columns of the hours of a week, 56 in each."""
_REMOTE = re.compile(r"phone|online|video|chat|e-?mail|text|virtual|remote|web", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{2,3}(?![a-z])")
_TEXTS = ("description", "eligibility_description", "application_process", "interpretation_services", "alert")
_REMOTE_NEEDS = frozenset({"helpline", "crisis"})


@dataclass(frozen=True)
class Derived:
    """What a service is found by: the columns of its listing, and of its rows but for the key of the listing."""

    listing: dict[str, Any]
    places: list[dict[str, Any]]


def derived(whole: Whole, placing: Placing, checked: Freshness | None = None) -> Derived:
    """What a service is found by.

    Args:
        whole: a service that is offered.
        placing: tells where its locations are.
        checked: how fresh it is, if a named person of the host ever checked it.
    """
    found = [placing.spot_of(given.location) for given in whole.places[:MOST_PLACES]]
    spots: dict[int, Spot | None] = {number: spot for number, spot in enumerate(found) if spot}
    spots = spots or {NOWHERE: None}
    hours = [schedules_of(whole, whole.given(number)) if number in spots else [] for number in range(max(spots) + 1)]
    hours = hours or [schedules_of(whole, whole.given(NOWHERE))]
    listing = {
        "service_id": whole.record.id,
        "title": _cut(f"{text(whole.data, 'name')} {text(whole.data, 'alternate_name')}", 500),
        "about": _cut(" ".join(_about(whole)), LONGEST_TEXT),
        "text": _cut(" ".join(_texts(whole)), LONGEST_TEXT),
        "marks": " ".join(mark_of(term.id) for term in whole.terms if not is_ours(term)),
        "language": settings.LANGUAGE_CODE,
        "hours": hours,
    }
    common = _common(whole, checked)
    places = [
        {
            "number": number,
            "leads": number == min(spots),
            **common,
            **_where(whole.given(number), spot),
            **_open(hours[number]),
        }
        for number, spot in spots.items()
    ]
    return Derived(listing, places)


def schedules_of(whole: Whole, given: Given) -> list[Data]:
    """The schedules that count where a service is given: its own there, else its own, else those of the house."""
    choices = (given.here, whole.data, given.location)
    found = next((found for one in choices if (found := rows(one, "schedules"))), [])
    return [{name: row[name] for name in FIELDS if name in row} for row in found[:MOST_SCHEDULES] if readable([row])]


def is_ours(term: Term) -> bool:
    """Whether a term is one of those by which services fit here; others are found by their own names."""
    return term.taxonomy in {NEED, AUDIENCE, JOURNEY}


def mark_of(term_id: str) -> str:
    """A made-up word that stands for a term in the index of words."""
    return f"q{hashlib.blake2s(term_id.encode(), digest_size=8).hexdigest()}q"


def is_remote(whole: Whole) -> bool:
    """Whether one can have it from where one is: by telephone or online."""
    if any(code in _REMOTE_NEEDS for code in whole.codes(NEED)):
        return True
    if any(text(one.location, "location_type") == "virtual" for one in whole.places):
        return True
    every = [*rows(whole.data, "schedules"), *(row for one in whole.places for row in rows(one.here, "schedules"))]
    if any(_REMOTE.search(text(row, "attending_type")) for row in every):
        return True
    if any(spot_of(one.location) or rows(one.location, "addresses") for one in whole.places):
        return False
    reached = text(whole.data, "url") or text(whole.data, "email") or rows(whole.data, "phones")
    return bool(reached or rows(whole.data, "additional_urls"))


def cost_of(whole: Whole) -> Cost:
    """What it costs, as its cost options say."""
    amounts = [row["amount"] for row in rows(whole.data, "cost_options") if _is_number(row.get("amount"))]
    if not amounts:
        return Cost.UNKNOWN
    if not any(amounts):
        return Cost.FREE
    return Cost.PAID if all(amounts) else Cost.FREE_FOR_SOME


def languages_of(whole: Whole) -> list[str]:
    """The codes of the languages that it is given in."""
    every = [whole.data, *rows(whole.data, "phones"), *(one.location for one in whole.places)]
    found = [match[0] for one in every for row in rows(one, "languages") if (match := _language(row))]
    return list(dict.fromkeys(found))


def _language(row: Data) -> re.Match[str] | None:
    return _CODE.match(text(row, "code").lower())


def _common(whole: Whole, checked: Freshness | None) -> dict[str, Any]:
    said = checked.on if checked else assured_on(whole.data)
    found = {"losses": 0, "people": 0}
    for code in whole.codes(JOURNEY):
        facet, _colon, key = code.partition(":")
        if facet in COLUMNS:
            found[COLUMNS[facet]] |= bits(facet, (key,))
    return found | {
        "is_paused": whole.is_paused,
        "is_remote": is_remote(whole),
        "cost": cost_of(whole).value,
        "checked_on": said or NEVER,
        "needs": bits("need", whole.codes(NEED)),
        "audiences": bits("audience", whole.codes(AUDIENCE)),
        "languages": _cut("|".join(["", *languages_of(whole), ""]), 200),
    }


def _where(given: Given, spot: Spot | None) -> dict[str, Any]:
    country = next((text(row, "country").upper() for row in rows(given.location, "addresses")), "")
    return {
        "country": country if len(country) == 2 else "",
        "latitude": spot.latitude if spot else None,
        "longitude": spot.longitude if spot else None,
        "cell": cell_of(spot) if spot else None,
    }


def _about(whole: Whole) -> Iterator[str]:
    yield text(whole.organization, "name")
    yield text(whole.organization, "alternate_name")
    yield text(whole.program, "name")
    yield from (term.name for term in whole.terms)


def _texts(whole: Whole) -> Iterator[str]:
    yield from (text(whole.data, name) for name in _TEXTS)
    for given in whole.places[:MOST_PLACES]:
        yield text(given.location, "name")
        for address in rows(given.location, "addresses"):
            yield f"{text(address, 'city')} {text(address, 'region')}"
    yield from (text(row, "name") for row in rows(whole.data, "languages"))


def _open(schedules: Sequence[Data]) -> dict[str, int]:
    week = dict.fromkeys(WEEK, 0)
    for schedule in readable(schedules):
        for hour in _hours_of_week(schedule):
            week[WEEK[hour // 56]] |= 1 << hour % 56
    return week


def hour_of_week(moment: datetime.datetime) -> tuple[str, int]:
    """The column in which a moment's hour stands, and its bit."""
    there = moment.astimezone(datetime.UTC)
    third, hour = divmod(there.weekday() * 24 + there.hour, 56)
    return WEEK[third], 1 << hour


@lru_cache(maxsize=4_096)
def _hours_of_week(schedule: Schedule) -> frozenset[int]:
    """The hours of a week in UTC, from Monday midnight on, in which a schedule may be open. Its zone is an offset."""
    days = {day for _nth, day in schedule.days}
    if not days and schedule.freq in {"WEEKLY", ""}:
        days = {schedule.start.weekday()}
    away = schedule.zone.utcoffset(None) or datetime.timedelta()
    shift = -int(away.total_seconds() // 60)
    opens = schedule.opens.hour * 60 + schedule.opens.minute
    spans = [(day * 1440 + opens + shift, day * 1440 + schedule.closes + shift) for day in days or range(7)]
    return frozenset(hour % 168 for first, last in spans for hour in range(first // 60, -(-last // 60)))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cut(words: str, longest: int) -> str:
    """At most so many characters, without accents: what is typed is looked for without them, too."""
    words = " ".join(words.split())
    return (words if words.isascii() else plain(words))[:longest]
