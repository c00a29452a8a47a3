"""First words that nobody has answered yet, as a greeter meets them. What they are, rooms above register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from leeward.audience.rows import tellers_of
from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.kit.moments import DAY, HOUR, now_us
from leeward.members.models import Member
from leeward.moderation.models import Greeting

KEPT_FOR = 6 * HOUR
"""How long (microseconds) a text is kept for the greeter who said that she will answer it."""
LOOK_BACK = 90 * DAY
"""How far back (microseconds) a page looks at first: between what waits lies everything that was ever answered."""
PAGE = 50
"""How many of the oldest a page shows."""

Unanswered = Callable[[Member], QuerySet[Any]]
"""Shared things that a member may and wants to see, and may answer: first texts of others, without an answer."""

_sources: dict[type[Shared], Unanswered] = {}


class Taken(Enum):
    """Whether a greeter has said that she will answer it."""

    NO = "no"
    HERS = "hers"
    ANOTHERS = "another's"


@dataclass(frozen=True)
class FirstWords:
    """One text that waits for an answer, as one greeter meets it.

    Args:
        thing: the text.
        kind: its kind, as addresses name it.
        taken: whether somebody has said that she will answer it.
        until: until when (microseconds) it is kept for whoever said so; None if nobody did.
        is_late: whether it has waited longer than the host promises.
    """

    thing: Shared
    kind: str
    taken: Taken
    until: int | None
    is_late: bool


def register_first_texts(model: type[Shared], unanswered: Unanswered) -> None:
    """Have first texts of this model greeted. Called at start-up.

    Raises:
        ValueError: the model has a source already.
    """
    if model in _sources:
        raise ValueError(f"Two rooms register the first texts of {model.__name__}.")
    _sources[model] = unanswered


def first_words_for(greeter: Member, *, all_time: bool = False) -> list[FirstWords]:
    """What waits for an answer, the oldest first, with what others have said they will answer.

    Args:
        greeter: who may see and answer it.
        all_time: whether to look at everything that was ever shown, and not only at the last months.
    """
    things = oldest_unanswered(greeter, None if all_time else Q(at__gt=now_us() - LOOK_BACK))
    taken = {(row.kind, row.thing_id): row for row in taken_now(things)}
    late = _late_from()
    return [_as_she_meets_it(thing, taken.get((kind_of(thing), thing.pk)), greeter, late) for thing in things]


def find_first_words(greeter: Member, kind: str, ref: str) -> Shared | None:
    """The text of this kind and name, if it still waits for an answer and she may give it."""
    for model, unanswered in _sources.items():
        if model._meta.label_lower == kind:
            found: Shared | None = unanswered(greeter).filter(ref=ref).first()
            return found
    return None


def oldest_unanswered(greeter: Member, only: Q | None = None, size: int = PAGE) -> list[Shared]:
    """The oldest texts that wait for an answer, of all kinds.

    Args:
        greeter: who may see and answer them.
        only: a further condition on them.
        size: at most so many.
    """
    found: list[Shared] = []
    for model, unanswered in _sources.items():
        found += unanswered(greeter).filter(only or Q()).select_related(*tellers_of(model)).order_by("at")[:size]
    return sorted(found, key=lambda thing: thing.at or 0)[:size]


def still_unanswered(greeter: Member, kind: str, ids: Iterable[int]) -> set[int]:
    """Those of these things of one kind that still wait for an answer which she may give."""
    for model, unanswered in _sources.items():
        if model._meta.label_lower == kind:
            return set(unanswered(greeter).filter(pk__in=list(ids)).values_list("pk", flat=True))
    return set()


def taken_now(things: Iterable[Shared]) -> list[Greeting]:
    """Which of these a greeter has said she will answer, not too long ago."""
    ids: dict[str, set[int]] = {}
    for thing in things:
        ids.setdefault(kind_of(thing), set()).add(thing.pk)
    named = Q(pk__in=[])
    for kind, wanted in ids.items():
        named |= Q(kind=kind, thing_id__in=wanted)
    return list(Greeting.objects.filter(named, greeter__isnull=False, taken_at__gt=now_us() - KEPT_FOR))


def promised_within() -> int:
    """Within which time (microseconds) the host promises an answer to first words; 0: nothing is promised."""
    hours: int = settings.GREETED_WITHIN
    return hours * HOUR


def _late_from() -> int:
    """What was shown before this moment has waited longer than promised."""
    return now_us() - promised_within() if promised_within() else 0


def _as_she_meets_it(thing: Shared, row: Greeting | None, greeter: Member, late: int) -> FirstWords:
    taken = Taken.NO if row is None else Taken.HERS if row.greeter_id == greeter.pk else Taken.ANOTHERS
    until = row.taken_at + KEPT_FOR if row is not None and row.taken_at is not None else None
    return FirstWords(thing, kind_of(thing), taken, until, (thing.at or 0) < late)
