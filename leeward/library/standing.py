"""How a line stands: confirmed by whom and when, due to be confirmed again, or not yet confirmed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from leeward.library.models import Confirmation

LASTS = datetime.timedelta(days=180)
"""How long a confirmation holds before the line asks to be confirmed again. A rule of this project, not of a law."""


class Confirmable(Protocol):
    """What a named person can confirm: a line, the urgent signs, a rule, a service."""

    @property
    def key(self) -> str:
        """Its name, which stays."""

    @property
    def fingerprint(self) -> str:
        """A short name of exactly its content."""


@dataclass(frozen=True)
class Standing:
    """What is known of a line's truth.

    Args:
        by: the named person who confirmed it as it stands now; empty: nobody yet.
        at: when; None: not yet.
        changed: whether it was confirmed once with other content.
    """

    by: str = ""
    at: datetime.datetime | None = None
    changed: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether a named person confirmed exactly this content, however long ago."""
        return self.at is not None

    @property
    def is_due(self) -> bool:
        """Whether the confirmation is so old that the line asks for another."""
        return self.at is not None and timezone.now() - self.at > LASTS


def standings(things: Iterable[Confirmable]) -> dict[str, Standing]:
    """The standing of each, by key, with one question to the database."""
    wanted = {thing.key: thing.fingerprint for thing in things}
    found: dict[str, Standing] = {}
    for row in Confirmation.objects.filter(line_key__in=list(wanted)).order_by("at", "pk"):
        if row.fingerprint == wanted[row.line_key]:
            found[row.line_key] = Standing(by=row.by, at=row.at)
        else:
            found.setdefault(row.line_key, Standing(changed=True))
    return {key: found.get(key, Standing()) for key in wanted}
