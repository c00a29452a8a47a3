"""Members who told of their journeys, for tests."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from leeward.journeys.actions import Given, agree, answer, keep_loss
from leeward.journeys.facts import current_facts
from leeward.journeys.models import Loss
from leeward.journeys.vocabulary import FACET
from leeward.members.models import Member, Purpose


def told(member: Member, **answers: list[str]) -> Member:
    """A member who agreed, and answered these questions about herself."""
    agree(member, {Purpose.JOURNEY})
    for facet, keys in answers.items():
        answer(member, FACET[facet], Given(frozenset(keys)))
    return member


def lost(member: Member, *kinds: str, **said: Any) -> Loss:
    """A loss that she told of: its kinds, and what Loss carries by name; other names are facets with lists of keys."""
    agree(member, {Purpose.JOURNEY})
    facets = {name: Given(frozenset(said.pop(name))) for name in list(said) if name in FACET}
    if kinds:
        facets["kind"] = Given(frozenset(kinds))
    return keep_loss(member, fields=said, answers=facets)


def step_path(slug: str) -> str:
    """The address of a step."""
    return reverse("journeys:step", args=[slug])


def text_of(response: Any) -> str:
    """A page as text."""
    return str(response.content.decode())


def keys(member: Member, facet: str) -> set[str]:
    """What she answers to a question now."""
    return set(current_facts(member).filter(facet=facet).values_list("key", flat=True))
