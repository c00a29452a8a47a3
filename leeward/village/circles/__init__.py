"""People of the village who agreed to be found, two who meet, and lights left on, from the tables of `circles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from leeward.audience.models import Ring, RingKind, RingMember
from leeward.audience.notes import mask_of
from leeward.audience.publishing import show_to
from leeward.audience.shared import State
from leeward.circles.actions.being_found import place
from leeward.circles.actions.lighting import light, look_for_lights
from leeward.circles.actions.talking import tell_the_asked
from leeward.circles.models import FoundBy, Line, Meeting, Presence, PresenceFact
from leeward.journeys.facts import pairs_of
from leeward.journeys.notes_of_facts import notes_of
from leeward.kit.moments import DAY, HOUR, now_us
from leeward.members.consents import give
from leeward.members.models import Member, Purpose
from leeward.village.names import number_of

TABLES = Path(__file__).parent / "circles.toml"
Table = dict[str, Any]
_SHOWN_UNLESS_SAID = ("kind", "weeks", "path", "now", "relation", "month", "year")


@cache
def circle_tables() -> dict[str, list[Table]]:
    """All tables by their name; README.md beside them says what stands in each."""
    return tomllib.loads(TABLES.read_text(encoding="utf-8"))


def steps_of_circles() -> int:
    """How many things are made."""
    return sum(len(rows) for rows in circle_tables().values())


def make_circles(people: dict[str, Member], step: Callable[[], object]) -> None:
    """Let people be found, write to each other, and leave lights on.

    Args:
        people: everyone by name.
        step: called for each thing made.
    """
    tables = circle_tables()
    found = {}
    for told in tables["found"]:
        found[told["name"]] = _be_found(people[told["name"]], told)
        step()
    for told in tables["meeting"]:
        _meet(people, told)
        step()
    for told in tables["light"]:
        hers = pairs_of(people[told["by"]])
        light(people[told["by"]], [pair for pair in hers if pair[0] in told["facts"] and pair[1] in told["keys"]])
        step()
    for told in tables["found"]:
        if told.get("is_new"):
            look_for_lights(found[told["name"]])


def _be_found(member: Member, told: Table) -> Presence:
    give(member, Purpose.FOUND)
    shows = told.get("shows", _SHOWN_UNLESS_SAID)
    facts = [pair for pair in pairs_of(member) if pair[0] in shows]
    at = now_us() - told["days_ago"] * DAY + number_of("found", member.name) % DAY - DAY
    made: Presence = Presence.objects.create(
        author=member,
        text=told.get("text", "").strip(),
        found_by=told.get("found_by", FoundBy.SAME_WAY),
        notes=mask_of(told.get("notes", ())) | notes_of(facts),
        state=State.LIVE,
        at=at,
        touched_at=at,
        looked_at=now_us(),
    )
    PresenceFact.objects.bulk_create(PresenceFact(presence=made, facet=facet, key=key) for facet, key in facts)
    place(made)
    return made


def _meet(people: dict[str, Member], told: Table) -> None:
    """A note as its table says; with lines it was answered, and both have read all."""
    by, asked, lines = people[told["by"]], people[told["asked"]], told.get("line", [])
    at = now_us() - told["hours_ago"] * HOUR
    last = now_us() - lines[-1]["hours_ago"] * HOUR if lines else 0
    note: Meeting = Meeting.objects.create(
        author=by,
        asked=asked,
        text=told["text"].strip(),
        state=State.LIVE,
        at=at,
        touched_at=last or at,
        answered_at=now_us() - lines[0]["hours_ago"] * HOUR if lines else None,
        author_read_at=last,
        asked_read_at=last,
    )
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=asked)
    show_to(note, [ring.pk])
    for line in lines:
        said = now_us() - line["hours_ago"] * HOUR
        Line.objects.create(
            meeting=note, author=people[line["by"]], text=line["text"].strip(), state=State.LIVE, at=said
        )
    if not lines:
        tell_the_asked(note)
