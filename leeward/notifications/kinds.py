"""Kinds of things that happen for a member, each named once by the room in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from leeward.members.models import Member


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    Args:
        key: its stable name, "room.what": "stories.answer".
        label: what the switch on the letters page is called: "Someone answers my story".
        sentence: what the bell says, with no word of any text and no name: "Someone has answered you."
        may_be_off: whether a member may switch it off. What a decision about her says may not be.
        by_letter: whether a letter is written too, to those who asked for letters.
        for_moderators: whether it happens to moderators only, so that others are not asked about it.
        for_greeters: whether it happens only to those who greet, moderators and the host among them.
    """

    key: str
    label: str | _StrPromise
    sentence: str | _StrPromise
    may_be_off: bool = True
    by_letter: bool = True
    for_moderators: bool = False
    for_greeters: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind. Called from AppConfig.ready() of its room.

    Raises:
        ValueError: another room has taken the key.
    """
    if kind.key in _kinds:
        raise ValueError(f"Two rooms register the notice {kind.key!r}.")
    _kinds[kind.key] = kind


def kind_named(key: str) -> Kind:
    """The kind of this key.

    Raises:
        LookupError: no room registers it.
    """
    return _kinds[key]


def known_keys() -> frozenset[str]:
    """The keys of all kinds; a stored notice of another key belongs to a room that is no more."""
    return frozenset(_kinds)


def kinds_to_choose(member: Member) -> tuple[Kind, ...]:
    """The kinds that this member may switch on and off, in the order in which the rooms stand."""
    return tuple(kind for kind in _kinds.values() if kind.may_be_off and _happens_to(member, kind))


def _happens_to(member: Member, kind: Kind) -> bool:
    return (member.is_moderator or not kind.for_moderators) and (member.may_greet or not kind.for_greeters)
