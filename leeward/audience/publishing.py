"""Publishing: the one way in which a shared thing becomes live, is held, or goes out of sight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.changing import changed, gone, when_changed, when_gone
from leeward.audience.shared import Shared, State
from leeward.audience.unguarded import everything
from leeward.kit.moments import now_us
from leeward.kit.statements import asked
from leeward.kit.writing import changed as written_anew

__all__ = ["changed", "gone", "hold", "publish", "show_to", "when_changed", "when_gone", "withdraw"]


def publish(thing: Shared) -> None:
    """Show a thing to its audience from now on. A thing that was live before keeps its place in time.

    Raises:
        ObjectDoesNotExist: it is gone.
    """
    with transaction.atomic(savepoint=False):
        if thing.at is None:
            thing.at = _next_moment(type(thing))
        thing.state = State.LIVE
        if not _shown.now(type(thing), thing=thing.pk, at=thing.at):
            raise type(thing).DoesNotExist
        _place_in_time(thing)
        changed(thing)


def hold(thing: Shared) -> None:
    """Keep a thing back until a person has read it: only its author sees it."""
    with transaction.atomic():
        thing.state = State.HELD
        thing.save(update_fields=["state"])
        changed(thing)


def withdraw(thing: Shared) -> None:
    """Take a thing out of everybody's sight but its author's."""
    with transaction.atomic():
        thing.state = State.WITHDRAWN
        thing.save(update_fields=["state"])
        changed(thing)


def show_to(thing: Shared, rings: Iterable[int]) -> None:
    """Replace the rings that a thing is shown to; none means nobody but its author.

    Args:
        thing: a thing with an audience of its own.
        rings: keys of rings; EVERYONE and MEMBERS are rings too.
    """
    rows = thing.audience_rows
    assert rows is not None, f"{type(thing).__name__} has no audience of its own."
    wanted = set(rings)
    with transaction.atomic():
        of_thing = rows._default_manager.filter(thing_id=thing.pk)
        of_thing.exclude(ring_id__in=wanted).delete()
        present = set(of_thing.values_list("ring_id", flat=True))
        rows._default_manager.bulk_create(
            [rows(thing_id=thing.pk, ring_id=ring, at=thing.at) for ring in wanted - present]
        )
        changed(thing)


def _place_in_time(thing: Shared) -> None:
    if thing.audience_rows is not None:
        thing.audience_rows._default_manager.filter(thing_id=thing.pk).update(at=thing.at)


def _next_moment(model: type[Shared]) -> int:
    """This moment in microseconds, moved on until no other row of the table has it: it is the key to page by."""
    moment = now_us()
    while _at(model, moment=moment):
        moment += 1
    return moment


@written_anew
def _shown(model: type[Shared], *, thing: int, at: int) -> tuple[QuerySet[Any], dict[str, Any]]:
    rows = everything(model, reason="it is shown by what it says of itself")
    return rows.filter(pk=thing), {"at": at, "state": State.LIVE}


@asked
def _at(model: type[Shared], *, moment: int) -> QuerySet[Any, tuple[int]]:
    rows = everything(model, reason="a publication moment must be unique among all rows")
    return rows.filter(at=moment).values_list("pk")
