"""What a member told, in words: for her own pages."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.journeys.facts import ORDER, Pair, Telling, current_facts
from leeward.journeys.local_words import line_in_words, name_of_loss
from leeward.journeys.models import ChildWord, Fact, Journey, Loss
from leeward.journeys.shown import say_pair
from leeward.journeys.terms import OWN_WORDS
from leeward.journeys.vocabulary import FACETS
from leeward.journeys.when import when_in_words
from leeward.journeys.words import Speech, speech_of
from leeward.members.models import Member

_SAID_AT_HOME = ("now", "path")


@dataclass(frozen=True)
class ToldLoss:
    """One loss as its own mother, father or friend reads it.

    Args:
        loss: the row.
        called: what it is called (her word, her choice, or the local word).
        facts: its facts in words.
        line: the local rule with its source, or "".
    """

    loss: Loss
    called: str
    facts: list[str] = field(default_factory=list)
    line: str = ""

    def in_short(self) -> str:
        """Name, weeks and when, on one line."""
        return ", ".join(
            part
            for part in (
                self.called,
                weeks_in_words(self.loss),
                _when(self.loss),
            )
            if part
        )


def where_she_is(telling: Telling, speech: Speech) -> list[str]:
    """Where a member is, in a few short phrases: now, her losses, her paths. Empty if she has not said.

    Args:
        telling: what she tells now.
        speech: how the place speaks to her.
    """
    facts = sorted_facts(telling.facts)
    of_self = [fact for fact in facts if fact.loss_id is None]
    now, paths = (
        [say_fact(one, speech) for one in of_self if one.facet == facet and one.is_term] for facet in _SAID_AT_HOME
    )
    losses = (
        ToldLoss(loss, _called(loss, of_it, telling.country, speech)) for loss, of_it in _apart(telling.losses, facts)
    )
    return [*now, *(loss.in_short() for loss in losses), *paths]


def choices_in_words(member: Member, pairs: Iterable[Pair]) -> list[tuple[Pair, str]]:
    """What she can show, each as she reads it in a form.

    If she told of several losses, weeks and when say of which they are: "in March 2025 (Ivo, 20 weeks)".
    """
    losses = told_losses(member, speech_of(member), sorted_facts(current_facts(member)))
    return [(pair, _of_which(pair, losses) if len(losses) > 1 else say_pair(pair)) for pair in pairs]


def _of_which(pair: Pair, losses: Iterable[ToldLoss]) -> str:
    facet, key = pair
    if facet not in {"weeks", "year", "month"}:
        return say_pair(pair)
    named = [
        ", ".join(part for part in (one.loss.name or one.called, other) if part)
        for one in losses
        for other in [_when(one.loss) if facet == "weeks" else weeks_in_words(one.loss)]
        if key == _said_of(one.loss, facet)
    ]
    if not named:
        return say_pair(pair)
    return _("%(fact)s (%(losses)s)") % {"fact": say_pair(pair), "losses": "; ".join(named)}


def _said_of(loss: Loss, facet: str) -> str:
    """What a loss has to say to one of the questions for weeks and when, as a fact that can be shown has it."""
    if facet == "weeks":
        return "" if loss.weeks is None else str(loss.weeks)
    if loss.year is None or (facet == "month" and loss.month is None):
        return ""
    return str(loss.year) if facet == "year" else f"{loss.year:04}-{loss.month:02}"


def told_losses(member: Member, speech: Speech, facts: Iterable[Fact]) -> list[ToldLoss]:
    """Her losses in her order, each with what it is called.

    Args:
        member: whose.
        speech: how the place speaks to her.
        facts: her current facts, in the vocabulary's order.
    """
    losses = list(Loss.objects.filter(member=member))
    if not losses:
        return []
    country = Journey.objects.filter(member=member).values_list("country", flat=True).first() or ""
    return [
        ToldLoss(
            loss,
            _called(loss, of_it, country, speech),
            [say_fact(one, speech) for one in of_it],
            line_in_words(country),
        )
        for loss, of_it in _apart(losses, facts)
    ]


def _apart(losses: Iterable[Loss], facts: Iterable[Fact]) -> Iterator[tuple[Loss, list[Fact]]]:
    """Each loss with its own facts."""
    of_loss: dict[int | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        of_loss[fact.loss_id].append(fact)
    return ((loss, of_loss[loss.pk]) for loss in losses)


def sorted_facts(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in the vocabulary's order; own words and "rather not say" after the terms of their question."""
    places = {facet.key: place for place, facet in enumerate(FACETS)}
    return sorted(facts, key=lambda one: ORDER.get((one.facet, one.key), (places.get(one.facet, len(FACETS)), 1000)))


def say_fact(fact: Fact, speech: Speech) -> str:
    """One answer as it is shown to her, with the day since when it holds or until when it held."""
    words = fact.words if fact.key == OWN_WORDS else speech.say(fact.facet, fact.key)
    if fact.ended_on:
        return _("%(what)s, until %(day)s") % {"what": words, "day": day_in_words(fact.ended_on)}
    if fact.since:
        return _("%(what)s, since %(day)s") % {"what": words, "day": day_in_words(fact.since)}
    return words


def day_in_words(day: datetime.date) -> str:
    """A date as people write it: 3 May 2026."""
    return formats.date_format(day, "j F Y")


def _when(loss: Loss) -> str:
    return when_in_words(loss.year, loss.month, loss.day)


def weeks_in_words(loss: Loss) -> str:
    """The weeks (and days) of a loss: "20 weeks", "20 weeks and 3 days"; "" if she did not say."""
    if loss.weeks is None:
        return ""
    weeks = ngettext("%(weeks)s week", "%(weeks)s weeks", loss.weeks) % {"weeks": loss.weeks}
    if not loss.days:
        return weeks
    days = ngettext("%(days)s day", "%(days)s days", loss.days) % {"days": loss.days}
    return _("%(weeks)s and %(days)s") % {"weeks": weeks, "days": days}


def child_word(journey: Journey | None, loss: Loss | None = None) -> str:
    """How the place names to her the one she lost: the word she chose, and "your loss" until she has.

    Args:
        journey: hers, or None if she told nothing.
        loss: the loss spoken of, for the name that she gave.
    """
    word = journey.word if journey else ""
    if journey and word == ChildWord.OWN and journey.own_word:
        return journey.own_word
    if word == ChildWord.NAME and loss and loss.name:
        return loss.name
    if word == ChildWord.BABY:
        return _("your baby")
    if word == ChildWord.PREGNANCY:
        return _("your pregnancy")
    return _("your loss")


def _called(loss: Loss, facts: Iterable[Fact], country: str, speech: Speech) -> str:
    terms = [(one.facet, one.key) for one in facts if one.is_term]
    return name_of_loss(
        country,
        own_word=loss.own_word,
        kinds=[key for facet, key in terms if facet == "kind"],
        weeks=loss.weeks,
        days=loss.days,
        born_alive=("alive", "yes") in terms,
        speech=speech,
    )
