"""Things that are not only read but looked at: photos. Rooms above say how they are shown on a case, and how locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leeward.audience.shared import Shared
from leeward.members.models import Member


class CannotGiveBackError(Exception):
    """What is locked cannot be given back just now; the words say why, to the host."""


@dataclass(frozen=True)
class Sight:
    """What a moderator may look at on a case that she has opened.

    Args:
        cover: what stands on it while it is closed.
        alt: what it shows, as its author says.
        src: where she finds it, for a quarter of an hour or so; "" if it cannot be shown.
        width: of that, pixels.
        height: the same.
        said: why it cannot be shown, in words.
    """

    cover: str = ""
    alt: str = ""
    src: str = ""
    width: int = 0
    height: int = 0
    said: str = ""


@dataclass(frozen=True)
class Looking:
    """How things of one kind are looked at and locked.

    Args:
        show: the sight of a thing for a moderator who has opened its case; small, or large.
        lock: out of everybody's sight, kept until a moment (microseconds); gives back a name for the next three.
        keep: keep what is locked until another moment.
        give_back: a false alarm; raises CannotGiveBackError.
        is_there: whether it is still kept.
    """

    show: Callable[[Any, Member, bool], Sight]
    lock: Callable[[Any, int], str]
    keep: Callable[[str, int], None]
    give_back: Callable[[str], None]
    is_there: Callable[[str], bool]


_looked_at: dict[str, Looking] = {}


def register_looking(model: type[Shared], looking: Looking) -> None:
    """Say how things of this model are looked at. Called from AppConfig.ready() of their room.

    Raises:
        ValueError: another room has said so.
    """
    kind = model._meta.label_lower
    if kind in _looked_at:
        raise ValueError(f"Two rooms say how {kind} is looked at.")
    _looked_at[kind] = looking


def is_looked_at(kind: str) -> bool:
    """Whether things of this kind are looked at, and not only read."""
    return kind in _looked_at


def looking_at(kind: str) -> Looking:
    """How things of this kind are looked at.

    Raises:
        KeyError: they are only read.
    """
    return _looked_at[kind]
