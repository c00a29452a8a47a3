"""What those who moderate began to write about cases, and have not sent: `members.unsent` keeps it for them alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from leeward.members.models import Member
from leeward.members.unsent import put_away
from leeward.moderation.models import Case, Decision

_DOORS = ("decide", "opinion", "raise_concern", "telling_propose", "group_decide")
"""Where one writes about a case, each called by its ref."""


def put_begun_away(cases: Iterable[Case], *, of: Member | None = None) -> None:
    """Keep it no longer.

    Args:
        cases: about which it was written.
        of: who began it; None: whoever did.
    """
    some = list(cases)
    about: list[tuple[str, str | int]] = [(door, case.ref) for case in some for door in _DOORS]
    decisions = Decision.objects.filter(case__in=some).values_list("pk", flat=True)
    about += [("take_back", pk) for pk in decisions]
    put_away(of, *(reverse(f"moderation:{door}", args=[name]) for door, name in about))
