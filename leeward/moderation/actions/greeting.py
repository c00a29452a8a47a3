"""What greeters do: say that they will answer, give it back, pass on, choose their days."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from leeward.audience.actions import put_aside
from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.greeting.first_words import KEPT_FOR
from leeward.moderation.models import Greeting, GreetingDay


class TakenByAnotherError(Exception):
    """Another greeter has just said that she will answer it."""


def take(thing: Shared, *, by: Member) -> None:
    """Keep first words for a greeter for some hours, so that two do not answer at once.

    Args:
        thing: what `find_first_words` gave for her.
        by: who says that she will answer.

    Raises:
        PermissionError: she does not greet, or may not write at present.
        TakenByAnotherError: another was first.
    """
    if not (by.may_greet and by.may_write):
        raise PermissionError("Greeters who may write take first words.")
    where, now = {"kind": kind_of(thing), "thing_id": thing.pk}, now_us()
    free = Q(greeter=None) | Q(greeter=by) | Q(taken_at=None) | Q(taken_at__lte=now - KEPT_FOR)
    with transaction.atomic():
        Greeting.objects.get_or_create(**where)
        if not Greeting.objects.filter(free, **where).update(greeter=by, taken_at=now):
            raise TakenByAnotherError


def give_back(thing: Shared, *, by: Member) -> None:
    """Let others have what she said she would answer. The moment stays until the row is thrown away."""
    Greeting.objects.filter(kind=kind_of(thing), thing_id=thing.pk, greeter=by).update(greeter=None)


def pass_on(thing: Shared, *, by: Member) -> None:
    """Leave first words to others: they do not come up for her any more. Nobody learns of it."""
    with transaction.atomic():
        give_back(thing, by=by)
        put_aside(by, thing)


def choose_days(greeter: Member, weekdays: Iterable[int]) -> None:
    """Keep on which days of the week she greets; 0 is Monday.

    Raises:
        PermissionError: she is no greeter.
        ValueError: there is no such day.
    """
    wanted = set(weekdays)
    if not greeter.is_greeter:
        raise PermissionError("Greeters choose their days.")
    if not wanted <= set(range(7)):
        raise ValueError("A week has seven days.")
    with transaction.atomic():
        hers = GreetingDay.objects.filter(greeter=greeter)
        hers.exclude(weekday__in=wanted).delete()
        for weekday in wanted:
            GreetingDay.objects.get_or_create(greeter=greeter, weekday=weekday)
