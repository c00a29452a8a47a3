"""Moving back in time what has just happened, so that a village that was made now looks lived in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F, Model

from leeward.audience.models import Opening
from leeward.kit.moments import HOUR, now_us
from leeward.moderation.models import (
    Appeal,
    Case,
    Concern,
    Decision,
    Evidence,
    Opinion,
    Report,
    RulesVersion,
    Telling,
)
from leeward.notifications.models import Notice

_MOMENTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Appeal, ("at",)),
    (Case, ("at", "decided_at")),
    (Concern, ("at",)),
    (Decision, ("at",)),
    (Evidence, ("taken_at",)),
    (Notice, ("at",)),
    (Opening, ("opened_at", "closed_at")),
    (Opinion, ("at",)),
    (Report, ("at",)),
    (RulesVersion, ("at",)),
    (Telling, ("proposed_at",)),
)


@contextmanager
def moved_back(hours: int) -> Iterator[None]:
    """What happens inside has happened so many hours ago. What was moved back before is left as it is."""
    since = now_us()
    yield
    for model, fields in _MOMENTS:
        for field in fields:
            model._default_manager.filter(**{f"{field}__gte": since}).update(**{field: F(field) - hours * HOUR})
