"""Asking prepared questions about many keys, and shared things out of the rows that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from django.db.models import QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.shared import Shared
from leeward.audience.viewers import Viewer
from leeward.members.models import Member

T = TypeVar("T", bound=Shared)

SIZES = (4, 20, 100, 500)
"""About so many keys one question asks. Each size is a statement of its own for the database."""

_AUTHOR = ("id", "name", "is_active", "ended_at")
"""What a list says or asks of an author; the rest of her row stays where it is until it is asked for."""


@cache
def columns_of(model: type[Shared]) -> tuple[str, ...]:
    """What `thing_from` needs of each row, by `values_list`: the columns of a thing, then those of its author."""
    return (*_columns(model), *(f"{who}__{name}" for who in tellers_of(model) for name in _AUTHOR))


def tellers_of(model: type[Shared]) -> tuple[str, ...]:
    """The foreign keys to those who tell such a thing: what a list takes along, for their names."""
    return ("author", model.also_by) if model.also_by else ("author",)


def thing_from(model: type[T], row: tuple[Any, ...]) -> T:
    """A thing with its author, of whom only what lists say or ask is at hand.

    Args:
        model: what it is.
        row: by `columns_of(model)`.
    """
    own = _columns(model)
    thing = model.from_db(None, own, row[: len(own)])
    for place, who in enumerate(tellers_of(model)):
        if getattr(thing, f"{who}_id") is not None:
            start = len(own) + place * len(_AUTHOR)
            setattr(thing, who, Member.from_db(None, _AUTHOR, row[start : start + len(_AUTHOR)]))
    return thing


def read_anew(thing: Shared, *, locked: bool = False) -> bool:
    """Read the columns of a thing once more; what it stands in is kept as it is at hand. Whether it is still there.

    Args:
        thing: its author's; gone if she has left it behind.
        locked: whether nobody else changes it until the transaction ends.
    """
    if thing.author_id is None:
        return False
    for row in _as_written(Viewer(thing.author_id), type(thing), locked, pk=thing.pk):
        for name, value in zip(_columns(type(thing)), row, strict=True):
            setattr(thing, name, value)
        return True
    return False


@prepared
def _as_written(writer: Viewer, model: type[Shared], locked: bool, *, pk: int) -> QuerySet[Any, tuple[Any, ...]]:
    hers = model.objects.written_by(Member(pk=writer.member_id)).filter(pk=pk)
    rows: QuerySet[Any, tuple[Any, ...]] = hers.values_list(*_columns(model))
    return rows.select_for_update() if locked else rows


@cache
def _columns(model: type[Shared]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def in_sizes(keys: Iterable[int]) -> Iterator[dict[str, int]]:
    """Keys as values of a prepared question: for each asking, a few or some hundreds of them.

    The last is said again and again until they are of one of the sizes: a question has as few shapes.
    """
    left = list(keys)
    while left:
        some, left = left[: SIZES[-1]], left[SIZES[-1] :]
        size = next(size for size in SIZES if size >= len(some))
        yield {f"key_{place}": key for place, key in enumerate(some + some[-1:] * (size - len(some)))}
