"""How much one member may send in a time, and how many may join: counted in rows, as `limits` does, across all workers.

Nobody who writes from the heart meets these; a script does. What was written is never lost: whoever catches `TooOften`
shows it again with the words of `members.waiting`. Moderators and hosts keep the same pace.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from math import ceil

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leeward.kit.statements import Written, asked
from leeward.members.limits import TooMany, Try, digest_of_today, midnight
from leeward.members.models import Attempt, Member
from leeward.members.turns import once_at_a_time

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
"""A day here ends at midnight UTC, with the key under which it is counted."""


@dataclass(frozen=True)
class Pace:
    """How often something may be done.

    Args:
        key: its stable name, twelve letters at most; none of `limits`.
        steps: how many times within which time; each holds.
    """

    key: str
    steps: tuple[tuple[int, datetime.timedelta], ...]


JOINING = Pace("joined", ((200, HOUR),))
"""How many may join in an hour in all, from wherever: more than ever come of themselves, fewer than a machine makes."""


class MayNotSend(PermissionError):
    """She may not write to another at present; the message says why, in words for her."""


class TooOften(TooMany):
    """She has done so as often as may be for now. `minutes` until it is open again."""


class VeryManyJoin(TooMany):
    """More join at present than the place takes in. `minutes` until one more may."""


def keep_pace(pace: Pace, member: Member, *, has_turn: bool = False) -> None:
    """Count that a member does something. Call it inside the transaction that does it: undone, it does not count.

    Args:
        pace: how often it may be done.
        member: who does it.
        has_turn: whether this transaction has waited for her turn already.

    Raises:
        TooOften: she has done so as often as may be.
    """
    subject = digest_of_today(f"member {member.ref}")
    with transaction.atomic(savepoint=False):
        if not has_turn:
            once_at_a_time(member)  # so that of two at once each sees the other's row
        minutes = _minutes_left(pace, subject)
        if not minutes:
            _ATTEMPT.now(door=pace.key, subject=subject, at=timezone.now())
    if minutes:
        raise TooOften(minutes)


def ask_pace(member: Member, *paces: Pace) -> None:
    """Ask whether she may do something that is counted under each of these, without counting that she does.

    Raises:
        TooOften: she has done so as often as may be.
    """
    subject = digest_of_today(f"member {member.ref}")
    for pace in paces:
        minutes = _minutes_left(pace, subject)
        if minutes:
            raise TooOften(minutes)


def keep_pace_of_the_place(pace: Pace) -> Try:
    """Count that somebody does something, whoever it is. `Try.forget` if it came to nothing.

    Raises:
        VeryManyJoin: as many have done so as may.
    """
    subject = digest_of_today("the place")
    row = Attempt.objects.create(door=pace.key, subject=subject)
    # Counted after it is written: of several workers at once none can miss the others' rows.
    minutes = _minutes_left(pace, subject, but=row.pk)
    if minutes:
        row.delete()
        raise VeryManyJoin(minutes)
    return Try((row.pk,))


def _minutes_left(pace: Pace, subject: str, but: int = 0) -> int:
    """Until each step has room for one more; 0 if it has.

    Args:
        pace: what is counted.
        subject: whose, as it stands in rows.
        but: the key of a row that is not counted.
    """
    left = datetime.timedelta()
    for most, within in sorted(pace.steps):
        found = _nth_newest(most, door=pace.key, subject=subject, but=but)
        if not found:  # then there are not so many as a greater step has either
            break
        ((at,),) = found
        left = max(left, min(at + within, midnight() + DAY) - timezone.now())
    return ceil(left.total_seconds() / 60)


@asked
def _nth_newest(nth: int, *, door: str, subject: str, but: int) -> QuerySet[Attempt, tuple[datetime.datetime]]:
    """When the last but so many was. A subject is of one day: it is a digest under the day's key."""
    rows = Attempt.objects.filter(door=door, subject=subject).exclude(pk=but)
    return rows.order_by("-at").values_list("at")[nth - 1 : nth]


_ATTEMPT = Written(Attempt, "door", "subject", "at")
