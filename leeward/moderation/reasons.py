"""Why someone asks a person to look: a closed list, in the reporter's own way of speaking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Reason:
    """One reason.

    Args:
        key: its stable name.
        label: how it is said.
        urgent: whether it is looked at before all others.
        help: whether help that is open now is shown at once to who reports it.
    """

    key: str
    label: str | _StrPromise
    urgent: bool = False
    help: bool = False


REASONS: tuple[Reason, ...] = (
    Reason("danger", _("Someone may be in danger"), urgent=True, help=True),
    Reason("child", _("A child may be at risk"), urgent=True, help=True),
    Reason("threat", _("It threatens someone"), urgent=True, help=True),
    Reason("unmasks", _("It tells who someone is, or where they live"), urgent=True),
    Reason("cruel", _("It is cruel, or lays blame")),
    Reason("selling", _("It sells something, or wants something of people")),
    Reason("advice", _("It gives advice that could harm someone")),
    Reason("untrue", _("Something about it does not seem true")),
    Reason("note", _("It does not say what is inside")),
    Reason("mine", _("It tells something of mine, and I was not asked")),
    Reason("law", _("I think it is against the law")),
    Reason("other", _("Something else")),
)
"""All reasons, in the order in which they are offered."""

REASON: dict[str, Reason] = {reason.key: reason for reason in REASONS}
"""Reasons by their key."""
