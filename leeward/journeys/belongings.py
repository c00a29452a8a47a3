"""What this room keeps of a member: her journey, and the words that she chose."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.journeys.actions import erase_journey
from leeward.journeys.changes import said_of
from leeward.journeys.models import Fact, Journey, Loss, Move, News, OwnWord, Weighing
from leeward.journeys.summary import sorted_facts, told_losses
from leeward.journeys.terms import OWN_WORDS
from leeward.journeys.vocabulary import FACET
from leeward.journeys.words import Speech, speech_of
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member


def register_belongings() -> None:
    """Register the journey with members. Called at start-up."""
    register(
        Belonging("journey", _("My journey"), (Journey, Loss, Fact, OwnWord, Weighing, Move, News), _export, _erase)
    )


def _export(member: Member) -> Iterator[Row]:
    speech = speech_of(member)
    facts = sorted_facts(Fact.objects.filter(member=member))
    journey = Journey.objects.filter(member=member).first()
    if journey is not None:
        yield {"country": journey.country, "my_word": journey.own_word or journey.get_word_display()}
    for fact in facts:
        if fact.loss_id is None:
            yield _fact(fact, speech)
    for told in told_losses(member, speech, facts):
        yield {
            **_loss(told.loss),
            "called": told.called,
            "facts": [_fact(f, speech) for f in facts if f.loss_id == told.loss.pk],
        }
    for own in OwnWord.objects.filter(member=member).order_by("facet", "key"):
        yield {"instead_of": f"{own.facet}.{own.key}", "my_word": own.word}
    for weighing in Weighing.objects.filter(member=member).order_by("facet"):
        yield {"question": weighing.facet, "counts_for_me": "more" if weighing.more else "not at all"}
    news = set(News.objects.written_by(member).values_list("move_id", flat=True))
    for move in Move.objects.filter(member=member).order_by("pk"):
        yield {
            "changed_on": move.moved_on.isoformat(),
            "what": said_of(move.what),
            "people_i_chose_were_told": move.told,
            "they_still_see_it": move.pk in news,
        }


def _fact(fact: Fact, speech: Speech) -> Row:
    facet = FACET.get(fact.facet)
    return {
        "question": str(facet.question) if facet else fact.facet,
        "answer": fact.words if fact.key == OWN_WORDS else speech.say(fact.facet, fact.key),
        "key": fact.key,
        "since": fact.since.isoformat() if fact.since else None,
        "until": fact.ended_on.isoformat() if fact.ended_on else None,
    }


def _loss(loss: Loss) -> Row:
    return {
        "loss": loss.place,
        "year": loss.year,
        "month": loss.month,
        "day": loss.day,
        "weeks": loss.weeks,
        "days": loss.days,
        "name": loss.name,
        "my_word": loss.own_word,
        "in_my_own_words": loss.words,
        "rather_not_say": loss.not_said.split(),
    }


def _erase(member: Member, farewell: Farewell) -> None:
    # Facts are about her, not words left for others: they go with either farewell.
    erase_journey(member)
