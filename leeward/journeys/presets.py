"""What is kept from a member at first because of where she is, each with its reason. She changes it by one tap.

Read it as a table: who told one of `told`, and nothing of `unless`, is spared `notes`, because `because`. It is written
so that too much is kept from nobody: what people on the same way tell of the same thing is never preset away.

- After a pregnancy that was ended nothing is preset by that alone: others who ended one are whom she looks for.
- Pregnant after loss: not "a loss told closely". It would empty the place of those whom she knows; and her own story is
  one. Only what may still lie before her, birth and intensive care, and what is hard to picture.
- A friend, a colleague or somebody who cared for them at work tells of a situation that is not their own: of it nothing
  follows. For a partner, a grandparent, a brother or sister all follows as for the one who carried.
- Trying again: pregnancies, but not births and children. Many who try have a child, and many look for hope.

From the rules that communities made for themselves (docs/decisions/0025-spared.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import preset
from leeward.audience.notes import mask_of
from leeward.audience.panel import Reason
from leeward.journeys.facts import Pair, terms_told
from leeward.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PREGNANCIES = ("pregnancy_current", "pregnancy_announcement", "ultrasound", "bump", "shower_naming")
_HAPPY_ENDS = ("birth_live", "success_story")
_LIVING: frozenset[Pair] = frozenset(
    {
        ("children", "living_before"),
        ("children", "living_after"),
        ("children", "twin_survivor"),
        ("children", "step_or_foster"),
        ("now", "parenting_after_loss"),
    }
)
_PREGNANT: frozenset[Pair] = frozenset({("now", "pregnant_after_loss"), ("now", "in_limbo")})
_NOT_THEIR_OWN = frozenset({"friend", "colleague", "professional"})


@dataclass(frozen=True)
class Preset:
    """One row of the table.

    Args:
        because: what she told, as it is said to her after "because".
        told: facts, any of which is enough.
        notes: what is kept from her, keys of audience.notes.
        unless: facts, any of which makes it not so.
        of_herself: whether it holds whoever she is in this: it is not about the loss.
    """

    because: str | _StrPromise
    told: frozenset[Pair]
    notes: tuple[str, ...]
    unless: frozenset[Pair] = frozenset()
    of_herself: bool = False


def _any(facet: str, *keys: str) -> frozenset[Pair]:
    return frozenset((facet, key) for key in keys)


PRESETS: tuple[Preset, ...] = (
    Preset(
        _("it has only just happened, or happens now"),
        _any("now", "just_found_out", "waiting_for_it", "in_hospital"),
        (*_PREGNANCIES, *_HAPPY_ENDS),
    ),
    Preset(_("you are in the first weeks after"), _any("now", "first_weeks"), (*_PREGNANCIES, *_HAPPY_ENDS)),
    Preset(
        _("you are childless, not by choice"),
        _any("now", "childless_not_by_choice") | _any("kind", "hoped_for_child"),
        (*_PREGNANCIES, *_HAPPY_ENDS, "living_child"),
        unless=_LIVING | _PREGNANT,
    ),
    Preset(
        _("the time of trying is over for you"),
        _any("now", "stopped_by_choice", "stopped_by_circumstance", "cannot_carry_again"),
        (*_PREGNANCIES, *_HAPPY_ENDS),
        unless=_PREGNANT,
    ),
    Preset(
        _("you have no living child"),
        _any("children", "none_living"),
        ("living_child", *_HAPPY_ENDS),
        unless=_PREGNANT | _LIVING,
    ),
    Preset(
        _("you are in treatment, or wait for its result"),
        _any("now", "in_treatment", "two_week_wait")
        | _any("stage", "stimulation", "retrieval", "fertilisation_report", "transfer", "blood_result"),
        (*_PREGNANCIES, "embryo_results"),
        unless=_PREGNANT,
    ),
    Preset(_("you are trying"), _any("now", "trying"), _PREGNANCIES, unless=_PREGNANT),
    Preset(
        _("a cycle was stopped, or a result was negative"),
        _any("stage", "cancelled", "negative"),
        ("pregnancy_announcement", "embryo_results"),
        unless=_PREGNANT,
    ),
    Preset(
        _("you wait, or take a break, or do not know yet whether to go on"),
        _any("now", "told_to_wait", "taking_a_break", "deciding_to_stop"),
        ("pregnancy_current", "pregnancy_announcement", "bump", "shower_naming"),
        unless=_PREGNANT,
    ),
    Preset(
        _("nobody can say yet how it goes on"),
        _any("now", "in_limbo"),
        ("pregnancy_announcement", "bump", "shower_naming", "graphic"),
    ),
    Preset(
        _("you are pregnant after loss"),
        _any("now", "pregnant_after_loss"),
        ("neonatal", "traumatic_birth", "graphic"),
    ),
    Preset(
        _("other people’s pregnancies are hard for you"),
        _any("heart", "envy"),
        (*_PREGNANCIES, "birth_live"),
        of_herself=True,
    ),
    Preset(_("you fear every appointment"), _any("heart", "fear_scans"), ("ultrasound",), of_herself=True),
    Preset(
        _("it comes back to you, day or night"),
        _any("heart", "flashbacks"),
        ("loss_detail", "medical_detail", "traumatic_birth", "abuse_violence", "graphic"),
        of_herself=True,
    ),
    Preset(_("there was an accident, or violence"), _any("cause", "accident_violence"), ("abuse_violence",)),
    Preset(
        _("weight, or the mirror, is hard for you"),
        _any("body", "weight", "mirror"),
        ("weight_numbers",),
        of_herself=True,
    ),
    Preset(_("funding was refused"), _any("stage", "funding_refused"), ("money",)),
    Preset(
        _("you would rather not meet talk of faith"),
        _any("faith", "no_faith_talk"),
        ("faith", "anger_at_faith"),
        of_herself=True,
    ),
    Preset(_("you had a faith, and are angry"), _any("faith", "angry"), ("faith",), of_herself=True),
)
"""All rows. Where two keep the same from her, the first gives the reason."""
EDITION = 1
"""Raised whenever a row comes, goes or changes: then it follows for every member when she comes next, and she is
shown what has changed."""


def presets_for(pairs: Iterable[Pair]) -> list[Preset]:
    """The rows that hold for somebody who told these facts."""
    told = frozenset(pairs)
    relations = {key for facet, key in told if facet == "relation"}
    not_her_own = bool(relations) and relations <= _NOT_THEIR_OWN
    return [row for row in PRESETS if row.told & told and not row.unless & told and (row.of_herself or not not_her_own)]


def keep_presets(member: Member) -> None:
    """Keep from a member what follows from what she tells now. What she decided by hand stays hers."""
    mask = mask_of(key for row in presets_for(terms_told(member)) for key in row.notes)
    preset(member, mask, EDITION)


def reasons_of(member: Member) -> list[Reason]:
    """Why what is preset is kept from her."""
    return [Reason(str(row.because), mask_of(row.notes)) for row in presets_for(terms_told(member))]
