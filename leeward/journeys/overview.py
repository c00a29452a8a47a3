"""Everything a member told, by step, as her overview shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.journeys.countries import country_name
from leeward.journeys.models import ChildWord, Fact, Journey
from leeward.journeys.steps import LOSSES, STEPS, YOU, Step
from leeward.journeys.summary import ToldLoss, say_fact, sorted_facts, told_losses
from leeward.journeys.terms import RATHER_NOT_SAY
from leeward.journeys.words import Speech, speech_of
from leeward.members.models import Member


@dataclass(frozen=True)
class Line:
    """One thing she told.

    Args:
        words: how it is shown to her.
        fact: its row, to take it away; None for what only its step changes.
        of: "facet.term", for a word of her own; "" where there is none to choose.
    """

    words: str
    fact: Fact | None = None
    of: str = ""


@dataclass(frozen=True)
class Part:
    """One step with what she told in it."""

    step: Step
    lines: list[Line]
    losses: list[ToldLoss]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told in it."""
        return not (self.lines or self.losses)


@dataclass(frozen=True)
class Overview:
    """All steps, told or not, and what she moved on from."""

    parts: list[Part]
    ended: list[Line]

    @property
    def is_empty(self) -> bool:
        """Whether she has told nothing at all."""
        return all(part.is_empty for part in self.parts)


def overview_of(member: Member) -> Overview:
    """Everything that a member told. Four queries, however much it is."""
    speech = speech_of(member)
    journey = Journey.objects.filter(member=member).first()
    every = sorted_facts(Fact.objects.filter(member=member))
    current = [fact for fact in every if fact.ended_on is None]
    losses = told_losses(member, speech, current)
    parts = []
    for step in STEPS:
        asked = {facet.key for facet in step.facets}
        lines = [_line(fact, speech) for fact in current if fact.loss_id is None and fact.facet in asked]
        if step.slug == YOU:
            lines += _of_self(journey)
        parts.append(Part(step, lines, losses if step.slug == LOSSES else []))
    ended = [_line(fact, speech) for fact in every if fact.ended_on and fact.key != RATHER_NOT_SAY]
    return Overview(parts, ended)


def _line(fact: Fact, speech: Speech) -> Line:
    of = f"{fact.facet}.{fact.key}" if fact.is_term and not fact.ended_on else ""
    return Line(say_fact(fact, speech), fact, of)


def _of_self(journey: Journey | None) -> list[Line]:
    if journey is None:
        return []
    lines = []
    if journey.country:
        unsaid = journey.country == RATHER_NOT_SAY
        where = _("Where you live: you would rather not say") if unsaid else country_name(journey.country)
        lines.append(Line(where))
    if journey.word == ChildWord.OWN:
        lines.append(Line(_("What you call the one you lost: %(word)s") % {"word": journey.own_word}))
    elif journey.word == RATHER_NOT_SAY:
        lines.append(Line(_("What you call the one you lost: you would rather not say")))
    elif journey.word:
        lines.append(Line(_("What you call the one you lost: %(word)s") % {"word": ChildWord(journey.word).label}))
    return lines
