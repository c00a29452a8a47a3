"""Drafts of the village that one person reads first, and what two tell together, from the tables of `together.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from leeward.audience.actions import choose
from leeward.audience.models import MEMBERS, Ring, RingKind, RingMember
from leeward.audience.notes import mask_of
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import State
from leeward.kit.moments import DAY, HOUR, now_us
from leeward.members.models import Member
from leeward.stories.models import FirstReading, Remark, Story

TABLES = Path(__file__).parent / "together.toml"
Table = dict[str, Any]


@cache
def drafts() -> list[Table]:
    """All drafts of which somebody is the first reader."""
    return list(tomllib.loads(TABLES.read_text(encoding="utf-8"))["draft"])


def make_first_readings(people: dict[str, Member], step: Callable[[], object]) -> None:
    """Let drafts be read by one person each, who has chosen their author as the author has chosen her.

    Args:
        people: everyone by name.
        step: called for each draft.
    """
    for told in drafts():
        by, reader = people[told["by"]], people[told["reader"]]
        choose(by, reader)
        choose(reader, by)
        reading = _hand_over(told, by, reader)
        for said in told.get("remark", ()):
            at = now_us() - said["hours_ago"] * HOUR
            Remark.objects.create(
                reading=reading, author=people[said["by"]], text=said["text"], state=State.LIVE, at=at, touched_at=at
            )
        step()


@cache
def joint_stories() -> list[Table]:
    """All stories that two tell together."""
    return list(tomllib.loads(TABLES.read_text(encoding="utf-8"))["joint"])


def make_told_together(people: dict[str, Member], step: Callable[[], object]) -> None:
    """Let two who have chosen each other tell a story together, for members.

    Args:
        people: everyone by name.
        step: called for each story.
    """
    for told in joint_stories():
        by, second = people[told["by"]], people[told["second"]]
        choose(by, second)
        choose(second, by)
        at = now_us() - told["days_ago"] * DAY
        story = Story.objects.create(
            author=by,
            with_teller=second,
            agreed_up_to=MEMBERS,
            agreed_at=at,
            touched_at=at,
            at=at,
            title=told["title"],
            text=told["text"].strip(),
            notes=mask_of(told["notes"]),
        )
        show_to(story, [MEMBERS])
        publish(story)
        step()


def _hand_over(told: Table, by: Member, reader: Member) -> FirstReading:
    at = now_us() - told["hours_ago"] * HOUR
    words = {"title": told["title"], "text": told["text"].strip(), "notes": mask_of(told.get("notes", ()))}
    draft = Story.objects.create(author=by, touched_at=at, **words)
    reading: FirstReading = FirstReading.objects.create(
        story=draft, author=by, reader=reader, state=State.LIVE, at=at, touched_at=at, until=at + 30 * DAY, **words
    )
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=reader)
    show_to(reading, [ring.pk])
    return reading
