"""How often a door may be tried, by name and by network address, without remembering either.

An attempt is a row with an HMAC under a random key that is made for the day and thrown away when the day is over (by
the first attempt of the next day, or by `tend`), so that no address can be worked out from a row later.
The counts are rows, not memory: they hold across several workers. They begin anew at midnight UTC with the new key.

Only failures are counted (`Try.forget` on success), and refused tries do not make the wait longer, so that nobody can
lock another out for more than the window. Passkeys and the recovery codes have counts of their own.
How much one member may send, and how many may join in an hour, is counted in the same rows: `members.pace`.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from leeward.kit.statements import asked
from leeward.members.models import Attempt, BrowserKey, DailyKey, today
from leeward.members.names import key_of

NOT_FOR_BACKUPS: tuple[type[models.Model], ...] = (Attempt, BrowserKey, DailyKey)
"""Tables that a backup leaves out: in it, keys would outlive their day, or the moment in which she signs out."""


@dataclass(frozen=True)
class Door:
    """A limited door: its key, and how many failures in the window for one name and for one address."""

    key: str
    by_name: int
    by_address: int
    window: datetime.timedelta


SIGN_IN = Door("sign_in", 8, 40, datetime.timedelta(minutes=15))
RECOVER = Door("recover", 8, 20, datetime.timedelta(hours=1))
CONFIRM = Door("confirm", 8, 40, datetime.timedelta(minutes=15))
PASSKEY = Door("passkey", 40, 40, datetime.timedelta(minutes=15))
JOIN = Door("join", 30, 30, datetime.timedelta(hours=1))
"""Tries to join or to take a name: each may tell that a name is taken. Successful ones count too."""

LOOK_UP = Door("look_up", 30, 120, datetime.timedelta(hours=1))
"""Names typed to choose or block somebody, of people who are not here: each tells that somebody is not."""

SEARCH = Door("search", 120, 120, datetime.timedelta(hours=1))
"""Pages of results that strangers ask for. Members have a pace instead (`members.pace`)."""

REPORT = Door("report_by", 30, 30, datetime.timedelta(hours=1))
REPORT_NOW = Door("urgent_by", 30, 30, datetime.timedelta(hours=1))
"""Reports by strangers: each may open a case of its own. Members have a pace instead (`members.pace`).

Those that cannot wait are counted apart: much said before must not keep somebody from saying that a life is in danger.
"""

LETTER = Door("letter", 5, 20, datetime.timedelta(hours=1))
"""Letters to an address that nobody has confirmed: nobody shall be showered with them."""


class TooMany(Exception):
    """The limit is met. `minutes` until one more try is open."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@dataclass(frozen=True)
class Try:
    """One try that was let through."""

    rows: tuple[int, ...]

    def forget(self) -> None:
        """It succeeded: it no longer counts."""
        Attempt.objects.filter(pk__in=self.rows).delete()


def try_door(door: Door, request: HttpRequest, name: str = "") -> Try:
    """Count one try, before anything is compared.

    Args:
        door: what is tried.
        request: who tries: its network address, by /64 for IPv6.
        name: the name that was typed; empty where there is none.

    Raises:
        TooMany: by this name or from this address there were too many failures.
    """
    subjects = [(digest_of_today(f"address {address_of(request)}"), door.by_address)]
    if name:
        subjects.append((digest_of_today(f"name {key_of(name)}"), door.by_name))
    rows: list[int] = []
    for subject, most in subjects:
        # Counted after it is written: of several workers at once none can miss the others' rows.
        rows.append(Attempt.objects.create(door=door.key, subject=subject).pk)
        since = timezone.now() - door.window
        within = Attempt.objects.filter(door=door.key, subject=subject, at__gt=since)
        if within.count() > most:
            Attempt.objects.filter(pk__in=rows).delete()
            raise TooMany(_minutes_until_open(door, within))
    return Try(tuple(rows))


def address_of(request: HttpRequest) -> str:
    """The network address, as counted: IPv4 whole, IPv6 by its /64; what the host's proxy says, if there is one."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The last entry is the one that the host's own proxy wrote; those before it anybody can invent.
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return str(address)


def throw_away() -> int:
    """Delete the keys of past days, and all attempts counted under them; how many rows."""
    keys = DailyKey.objects.exclude(day=today()).delete()[0]
    attempts = Attempt.objects.filter(at__lt=midnight()).delete()[0]
    return keys + attempts


def midnight() -> datetime.datetime:
    """When this day began (UTC): what was counted before counts no more."""
    return datetime.datetime.combine(today(), datetime.time.min, tzinfo=datetime.UTC)


def digest_of_today(subject: str) -> str:
    """What stands in a row in place of a name, an address or a text: nobody can work it out once the day is over."""
    return hmac.new(key_of_today(), subject.encode(), hashlib.sha256).hexdigest()


def key_of_today() -> bytes:
    """The day's key, made when it is first asked for. That of yesterday is thrown away then."""
    for day, key in _newest_key():
        if day == today():
            return bytes(key)
    row, made = DailyKey.objects.get_or_create(day=today(), defaults={"key": secrets.token_bytes(32)})
    if made:
        throw_away()
    return bytes(row.key)


@asked
def _newest_key() -> models.QuerySet[DailyKey, tuple[datetime.date, Any]]:
    return DailyKey.objects.order_by("-day").values_list("day", "key")[:1]


def _minutes_until_open(door: Door, within: models.QuerySet[Attempt]) -> int:
    oldest = within.order_by("at").values_list("at", flat=True).first() or timezone.now()
    return max(1, ceil((oldest + door.window - timezone.now()).total_seconds() / 60))
