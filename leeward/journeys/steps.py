"""The steps in which a journey can be told: one page each, every one of them skippable, none asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.journeys.facts import current_facts
from leeward.journeys.models import Journey, Loss
from leeward.journeys.terms import About, Facet
from leeward.journeys.vocabulary import (
    BODY,
    CHILDREN,
    COUNT,
    DIAGNOSIS,
    FACETS,
    FAITH,
    HEART,
    NOW,
    PATH,
    RELATION,
    REMEMBRANCE,
    STAGE,
    SUPPORT,
    TOLD,
    TRADITION,
)
from leeward.members.consents import consents_of
from leeward.members.models import Member, Purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Step:
    """One page of questions.

    Args:
        slug: its part of the address; says nothing of what is asked.
        title: its heading.
        facets: the questions on it.
    """

    slug: str
    title: str | _StrPromise
    facets: tuple[Facet, ...]


YOU = "you"
LOSSES = "losses"

STEPS: tuple[Step, ...] = (
    Step(YOU, _("Who you are in this"), (RELATION,)),
    Step(LOSSES, _("What happened"), (COUNT,)),
    Step("paths", _("The ways you have gone"), (PATH, STAGE)),
    Step("found", _("What was found"), (DIAGNOSIS,)),
    Step("now", _("Where you are now"), (NOW,)),
    Step("children", _("Children"), (CHILDREN,)),
    Step("body", _("Your body"), (BODY,)),
    Step("heart", _("How you are, and what helps"), (HEART, SUPPORT)),
    Step("remembering", _("Who knows, and how you remember"), (TOLD, REMEMBRANCE, TRADITION)),
    Step("faith", _("Faith"), (FAITH,)),
)

STEP: dict[str, Step] = {step.slug: step for step in STEPS}
"""Steps by their slug."""

LOSS_FACETS: tuple[Facet, ...] = tuple(facet for facet in FACETS if facet.about == About.LOSS)
"""The questions asked of each loss, on its own page."""


def answered_steps(member: Member) -> set[str]:
    """The slugs of steps of which something was answered: they are not asked again, only changed if she likes."""
    told = set(current_facts(member).filter(loss=None).values_list("facet", flat=True))
    answered = {step.slug for step in STEPS if any(facet.key in told for facet in step.facets)}
    journey = Journey.objects.filter(member=member).first()
    if journey is not None and (journey.country or journey.word):
        answered.add(YOU)
    if Loss.objects.filter(member=member).exists():
        answered.add(LOSSES)
    return answered


def not_agreed_steps(member: Member) -> set[str]:
    """The slugs of steps that need an agreement of their own which she has not given: nobody is led to them."""
    agreed = consents_of(member)
    return {
        step.slug for step in STEPS for facet in step.facets if facet.consent and Purpose(facet.consent) not in agreed
    }


def before(step: Step) -> Step | None:
    """The step before this one; None before the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None


def after(step: Step, passed: set[str]) -> Step | None:
    """The next step that is not among those passed over (answered already, or not agreed to); None if there is none."""
    return next((later for later in STEPS[STEPS.index(step) + 1 :] if later.slug not in passed), None)
