"""What waits in the village on its first day, from the tables of `queue.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from leeward.kit.moments import HOUR, now_us
from leeward.members.models import Member
from leeward.stories.models import Story
from leeward.village.queue.events import EVENTS
from leeward.village.queue.house import House
from leeward.village.queue.moments import moved_back
from leeward.village.queue.newcomers import make_newcomer
from leeward.village.queue.texts import write_text

TABLES = Path(__file__).parent / "queue.toml"


@cache
def queue_tables() -> dict[str, list[dict[str, Any]]]:
    """All tables by their name; README.md beside them says what stands in each."""
    return tomllib.loads(TABLES.read_text(encoding="utf-8"))


def steps_of_queue() -> int:
    """How many things are made."""
    return sum(len(rows) for rows in queue_tables().values())


def make_queue(people: dict[str, Member], stories: dict[str, Story], step: Callable[[], object]) -> None:
    """Let newcomers write, people point out, and moderators decide, each at its hour.

    Args:
        people: everyone by name; newcomers are added.
        stories: all stories by slug.
        step: called for each thing made.
    """
    tables = queue_tables()
    for newcomer in tables["newcomer"]:
        people[newcomer["name"]] = make_newcomer(newcomer)
        step()
    house = House(people, dict(stories))
    for told in sorted(tables["text"], key=lambda row: -row["hours_ago"]):
        with moved_back(told["hours_ago"]):
            write_text(house, told, at=now_us() - told["hours_ago"] * HOUR)
        step()
    happened = [(name, row) for name in EVENTS for row in tables[name]]
    for name, row in sorted(happened, key=lambda one: -one[1]["hours_ago"]):
        with moved_back(row["hours_ago"]):
            EVENTS[name](house, row)
        step()
