"""What can change, what each change ends, and what it begins. Data, so that the one act asks nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_EARLY = frozenset({"just_found_out", "waiting_for_it", "in_hospital", "first_weeks", "awaiting_results"})
_BETWEEN = frozenset({"not_trying_yet", "told_to_wait", "taking_a_break", "deciding_to_stop", "undecided"})
_HOPING = frozenset({"trying", "in_treatment", "two_week_wait"})
_PREGNANT = frozenset({"in_limbo", "pregnant_after_loss"})
_STOPPED = frozenset(
    {
        "stopped_by_choice",
        "stopped_by_circumstance",
        "cannot_carry_again",
        "other_way_to_parent",
        "childless_not_by_choice",
    }
)
_UNDER_WAY = frozenset({"stimulation", "retrieval", "fertilisation_report", "transfer", "blood_result"})
_WAITING = frozenset({"waiting_list"})


@dataclass(frozen=True)
class Change:
    """One thing that can change.

    Args:
        key: its stable name.
        label: how she says it.
        said: how the people whom she tells read it, after her name.
        ends: the terms of `now` that assumed what is no more.
        ends_stages: the terms of `stage` that assumed it: what is over in treatment. What happened there, stays.
        begins: the term of `now` that holds from today, or "".
        notes: content notes of the news, by key.
        another_loss: whether a loss is added, with nothing asked about it.
        a_living_child: whether there is a living child now.
        in_her_words: whether the change is what she writes; then it ends every `now` but those that last.
    """

    key: str
    label: str | _StrPromise
    said: str | _StrPromise
    ends: frozenset[str] = frozenset()
    ends_stages: frozenset[str] = frozenset()
    begins: str = ""
    notes: tuple[str, ...] = ()
    another_loss: bool = False
    a_living_child: bool = False
    in_her_words: bool = False


CHANGES: tuple[Change, ...] = (
    Change(
        "another_loss",
        _("There has been another loss"),
        _("There has been another loss."),
        ends=_EARLY | _BETWEEN | _HOPING | _PREGNANT,
        ends_stages=_UNDER_WAY,
        begins="just_found_out",
        another_loss=True,
    ),
    Change(
        "pregnant",
        _("Pregnant, after loss"),
        _("Pregnant, after loss."),
        ends=_EARLY | _BETWEEN | _HOPING | _STOPPED | {"in_limbo"},
        ends_stages=_UNDER_WAY | _WAITING,
        begins="pregnant_after_loss",
        notes=("pregnancy_current", "pregnancy_announcement"),
    ),
    Change(
        "stopping_by_choice",
        _("We stop"),
        _("The time of trying is over."),
        ends=_BETWEEN | _HOPING | _PREGNANT,
        ends_stages=_UNDER_WAY | _WAITING,
        begins="stopped_by_choice",
    ),
    Change(
        "stopping_by_circumstance",
        _("It was stopped for us"),
        _("The time of trying is over."),
        ends=_BETWEEN | _HOPING | _PREGNANT,
        ends_stages=_UNDER_WAY | _WAITING,
        begins="stopped_by_circumstance",
    ),
    Change(
        "living_child",
        _("There is a living child"),
        _("There is a living child."),
        ends=_EARLY | _BETWEEN | _HOPING | _PREGNANT | _STOPPED,
        ends_stages=_UNDER_WAY | _WAITING,
        begins="parenting_after_loss",
        notes=("birth_live", "living_child", "success_story"),
        a_living_child=True,
    ),
    Change(
        "something_else",
        _("Something else, in my own words"),
        _("Something has changed."),
        ends=_EARLY | _BETWEEN | _HOPING | _PREGNANT | _STOPPED,
        in_her_words=True,
    ),
)

CHANGE: dict[str, Change] = {change.key: change for change in CHANGES}
"""Changes by key."""


def said_of(key: str) -> str:
    """How others read a change; neutral for one that is no more."""
    change = CHANGE.get(key)
    return str(change.said if change else CHANGE["something_else"].said)
