"""The page `/me/`: the ways to everything that is hers. Each room adds its own at start-up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leeward.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class For(Enum):
    """Whom a way is for."""

    MEMBERS = "members"
    MODERATORS = "moderators"
    HOST = "host"
    GREETERS = "greeters"
    EDITORS = "editors"

    def includes(self, member: Member) -> bool:
        """Whether this member is one of them."""
        return {
            For.MEMBERS: True,
            For.MODERATORS: member.is_moderator and member.may_write,
            For.HOST: member.is_host,
            For.GREETERS: member.may_greet,
            For.EDITORS: member.may_edit,
        }[self]


@dataclass(frozen=True)
class Entry:
    """One way from the hub: what it is called, the name of its address, what is found there, and whom it is for."""

    title: str | _StrPromise
    url_name: str
    hint: str | _StrPromise
    whom: For = For.MEMBERS


_of_rooms: list[Entry] = []

_ACCOUNT = (
    Entry(_("My name here"), "members:name", _("Change the name that others see.")),
    Entry(_("Passphrase"), "members:passphrase", _("Change it; you stay signed in here and nowhere else.")),
    Entry(_("Passkeys"), "members:passkeys", _("Sign in with your device's own lock.")),
    Entry(_("Printed codes"), "members:codes", _("The way back in if everything else is lost.")),
    Entry(_("Where I am signed in"), "members:sessions", _("See each browser, and end it from here.")),
)
_LETTERS = Entry(_("E-mail for letters"), "members:email", _("Optional, never shown to anyone."))
_MINE = (
    Entry(_("Begun, not sent"), "members:unsent", _("What you began to write, kept for you alone.")),
    Entry(_("What I agreed to"), "members:consents", _("Each on its own; each can be taken back.")),
    Entry(_("A copy of everything of mine"), "members:export", _("One file, to read and to keep.")),
    Entry(_("Leave for good"), "members:leave", _("Item by item, with everything, or leaving your words behind.")),
)


def register(title: str | _StrPromise, url_name: str, hint: str | _StrPromise, whom: For = For.MEMBERS) -> None:
    """Add a way. Called from AppConfig.ready() of its room; no parameters in the address."""
    _of_rooms.append(Entry(title, url_name, hint, whom))


def entries_of_rooms(member: Member) -> tuple[Entry, ...]:
    """What the rooms above have for her, in the order in which they stand; her tasks, if she has any, first."""
    hers = [entry for entry in _of_rooms if entry.whom.includes(member)]
    return tuple(sorted(hers, key=lambda entry: entry.whom is For.MEMBERS))


def entries_of_account(member: Member) -> tuple[Entry, ...]:
    """How she signs in, and where letters go if letters can be sent (or an address is still kept)."""
    return (*_ACCOUNT, _LETTERS) if settings.LETTERS_ON or member.email else _ACCOUNT


def entries_of_hers() -> tuple[Entry, ...]:
    """Agreements, copy, leaving."""
    return _MINE
