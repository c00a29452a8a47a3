"""How a moderator works, as she chose it, and when nothing is offered to her."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from django.db.models import Count
from django.utils import timezone

from leeward.audience.models import Opening
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.models import Desk

LEAST_A_DAY = 5
MOST_A_DAY = 100
"""Between these a moderator sets how many cases she opens in a day."""


class Why(Enum):
    """Why nothing is offered to a moderator."""

    AWAY = "away"  # she said so herself
    RESTS = "rests"  # after a text about danger
    ENOUGH = "enough"  # as many as she set herself for a day


@dataclass(frozen=True)
class Pause:
    """That nothing is offered to a moderator now.

    Args:
        why: why.
        until: the last day of being away, if she named one.
        minutes: how many minutes a rest still lasts, for a rest.
    """

    why: Why
    until: datetime.date | None = None
    minutes: int = 0


def desk_of(moderator: Member) -> Desk:
    """How she works; as it is without her choosing, if she has chosen nothing."""
    return Desk.objects.filter(moderator=moderator).first() or Desk(moderator=moderator)


def pause_of(moderator: Member) -> Pause | None:
    """Why nothing is offered to her now; None if she is at work."""
    return _pause(desk_of(moderator), opened_today([moderator]).get(moderator.pk, 0))


def opened_today(moderators: Collection[Member]) -> dict[int, int]:
    """How often each pressed "open" today, by her key. Texts opened at one press count once."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    since = int(midnight.timestamp()) * MICROSECONDS
    lines = Opening.objects.filter(moderator__in=moderators, opened_at__gte=since)
    counted = lines.values("moderator_id").annotate(presses=Count("opened_at", distinct=True))
    return {row["moderator_id"]: row["presses"] for row in counted}


def other_moderators(moderator: Member) -> list[Member]:
    """The other moderators whom nothing keeps from working here, whether or not they are at their desks."""
    return list(members_who_may_write().filter(is_moderator=True, is_active=True).exclude(pk=moderator.pk))


def others_at_work(moderator: Member) -> bool:
    """Whether anybody else could take what is urgent: a moderator who neither is away nor rests nor has done enough."""
    others = other_moderators(moderator)
    opened, desks = opened_today(others), desks_of(others)
    return any(_pause(desks[other.pk], opened.get(other.pk, 0)) is None for other in others)


def desks_of(moderators: Collection[Member]) -> dict[int, Desk]:
    """The desk of each of them, by her key."""
    kept = {desk.moderator_id: desk for desk in Desk.objects.filter(moderator__in=moderators)}
    return {one.pk: kept.get(one.pk) or Desk(moderator=one) for one in moderators}


def _pause(desk: Desk, opened: int) -> Pause | None:
    if desk.is_away(timezone.localdate()):
        return Pause(Why.AWAY, until=desk.away_until)
    if desk.rests_until is not None and desk.rests_until > now_us():
        return Pause(Why.RESTS, minutes=-(-(desk.rests_until - now_us()) // (60 * MICROSECONDS)))
    if opened >= desk.daily_cap:
        return Pause(Why.ENOUGH)
    return None
