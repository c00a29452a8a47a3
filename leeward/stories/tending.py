"""What is done every few minutes: authors are told that a day of theirs comes near, and what is over is cleared away.

Who follows a story is told that it goes on. Who may see is none of this round's business: the rule hides a story in the
very moment at which its day is over.
"""

from __future__ import annotations

import time
from typing import Any

from django.db.models import QuerySet

from leeward.audience.unguarded import everything
from leeward.kit.moments import DAY, FAR_FUTURE, now_us
from leeward.stories.actions.ending import come_nearer
from leeward.stories.actions.following import tell_some
from leeward.stories.ends import ENDED, NEAR, TOLD_A_DAY_BEFORE, TOLD_A_WEEK_BEFORE
from leeward.stories.models import Chapter, Story

_MODELS: tuple[type[Story | Chapter], ...] = (Story, Chapter)
"""What may have a day of its own."""
_AT_ONCE = 500
"""So many stories, and so many chapters, are looked at in one round for each stage."""
_FOLLOWERS_AT_ONCE = 200
"""So many who follow are looked at between two short transactions."""
_TELLING = 60.0
"""For so long (seconds) one round tells those who follow; the next one goes on."""


def tend_stories() -> dict[str, int]:
    """One round; how many of each."""
    now = now_us()
    return {
        "stories ended": _bring_to(ENDED, now),
        "last days told": _bring_to(TOLD_A_DAY_BEFORE, now + DAY) + _bring_to(TOLD_A_WEEK_BEFORE, now + NEAR),
        "followers told": _tell_followers(),
    }


def _tell_followers() -> int:
    """Tell who follows that a story goes on, until all are told or others have waited long enough."""
    told, ends = 0, time.monotonic() + _TELLING
    while time.monotonic() < ends:
        some = tell_some(_FOLLOWERS_AT_ONCE)
        if some is None:
            break
        told += some
    return told


def _bring_to(stage: int, before: int) -> int:
    return sum(
        come_nearer(model, key, stage)
        for model in _MODELS
        for key in list(_due(model, stage, before).values_list("pk", flat=True)[:_AT_ONCE])
    )


def _due(model: type[Story | Chapter], stage: int, before: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = everything(model, reason="what has an end comes to it, whoever looks")
    have_an_end = rows.filter(until__lt=FAR_FUTURE)  # said for the sake of the index, which has no others
    return have_an_end.filter(until__lte=before, until_told__lt=stage).order_by("until")
