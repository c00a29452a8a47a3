"""What the place keeps of a member: registered by each room at start-up, so that export and leaving miss nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING

from django.db import models

from leeward.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = Mapping[str, object]
"""One exported thing: readable names and JSON values (str, int, bool, None, lists and mappings of them)."""


class Farewell(StrEnum):
    """How a member leaves."""

    TAKE_ALL = "take_all"  # every word of hers goes too
    LEAVE_WORDS = "leave_words"  # "leave my words, forget me": texts stay, without a name, tied to nobody


@dataclass(frozen=True)
class Belonging:
    """One kind of thing that the place keeps of a member.

    Args:
        key: its row in docs/privacy/retention.toml and its file name in the export.
        title: what it is called in the readable export.
        models: every model that holds it (each with a foreign key to Member).
        export: all of hers, as rows.
        erase: take it away, as the farewell says. Runs inside one transaction, before the member's row goes.
        files: all of hers that are files: the name of each in the copy, and the file, open until the next is asked for.
    """

    key: str
    title: str | _StrPromise
    models: tuple[type[models.Model], ...]
    export: Callable[[Member], Iterable[Row]]
    erase: Callable[[Member, Farewell], None]
    files: Callable[[Member], Iterable[tuple[str, IO[bytes]]]] = lambda _member: ()


_belongings: dict[str, Belonging] = {}


def register(belonging: Belonging) -> None:
    """Add a kind of thing. Called from AppConfig.ready() of its room.

    Raises:
        ValueError: another room has taken the key.
    """
    if belonging.key in _belongings:
        raise ValueError(f"Two rooms register {belonging.key!r}.")
    _belongings[belonging.key] = belonging


def all_belongings() -> tuple[Belonging, ...]:
    """Every kind of thing, in the order in which the rooms stand (upper rooms last)."""
    return tuple(_belongings.values())
