"""What the screening can find in a text, in the words in which moderators and writers are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Sign:
    """One sign.

    Args:
        key: its stable name.
        label: how the queue names it.
        clause: the rule of the house that it may touch (moderation.rules); empty: none, it is about care.
        urgent: whether it is looked at before all others.
    """

    key: str
    label: str | _StrPromise
    clause: str = ""
    urgent: bool = False


SIGNS: tuple[Sign, ...] = (
    Sign("hostile", _("It may be cruel, or lay blame"), "kind"),
    Sign("threat", _("It may threaten someone, or tell who someone is"), "threats", urgent=True),
    Sign("selling", _("It may sell something, or want something of people"), "selling"),
    Sign("contact", _("It gives or asks for a way to be reached elsewhere"), "selling"),
    Sign("link", _("It has a link, from somebody who is new here"), "selling"),
    Sign("repeated", _("The same text was sent to several people today"), "selling"),
    Sign("flood", _("Its writer sent very much in a short time"), "selling"),
    Sign("storm", _("Very much was sent to the same story in a short time"), "kind"),
    Sign("risk", _("Its writer, or someone she writes of, may be in danger"), urgent=True),
    Sign("plan", _("It may name a way or a plan"), "danger", urgent=True),
)
"""All signs, in the order in which the queue names them."""

SIGN: dict[str, Sign] = {sign.key: sign for sign in SIGNS}
"""Signs by their key."""

CARE = frozenset({"risk", "plan"})
"""Signs of danger: a matter of care, not of rules."""
