"""Telling: agreeing that a journey is kept, answering questions, choosing words, and taking all of it back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from leeward.journeys.actions.following import follow
from leeward.journeys.models import Fact, Journey, Loss, Move, News, OwnWord, Weighing, today
from leeward.journeys.terms import OWN_WORDS, RATHER_NOT_SAY, About, Facet
from leeward.journeys.vocabulary import FACET
from leeward.members.consents import give, has_consented
from leeward.members.models import Member, Purpose
from leeward.members.unsent import put_closed_away


class NotAgreed(PermissionError):
    """She has not agreed that this is kept, so it is not."""


@dataclass(frozen=True)
class Given:
    """What a member answered to one question.

    Args:
        keys: terms, or RATHER_NOT_SAY alone; empty: the question stays open.
        words: her own words, or "".
        since: the day since when each term holds, where she said it; for dated questions only.
    """

    keys: frozenset[str] = frozenset()
    words: str = ""
    since: Mapping[str, datetime.date | None] = field(default_factory=dict)

    def rows(self) -> dict[str, str]:
        """Key and words of each answer. RATHER_NOT_SAY is complete: it stands alone."""
        if RATHER_NOT_SAY in self.keys:
            return {RATHER_NOT_SAY: ""}
        told = dict.fromkeys(self.keys, "")
        if self.words:
            told[OWN_WORDS] = self.words
        return told


def agree(member: Member, purposes: Iterable[Purpose]) -> None:
    """Record what she agrees to, each purpose on its own, and begin her journey if that is among them."""
    with transaction.atomic():
        agreed = set(purposes)
        for purpose in Purpose:
            if purpose in agreed:
                give(member, purpose)
        if has_consented(member, Purpose.JOURNEY):
            Journey.objects.get_or_create(member=member)


def ask_consent(member: Member, purpose: Purpose = Purpose.JOURNEY) -> None:
    """Refuse to keep anything without her agreement.

    Raises:
        NotAgreed: she has not agreed to it, or taken it back.
    """
    if not has_consented(member, purpose):
        raise NotAgreed(purpose)


def tell_of_self(member: Member, *, country: str, word: str, own_word: str = "") -> None:
    """Keep her country and the word that she uses for the one she lost.

    Args:
        member: who tells.
        country: ISO 3166 alpha-2, RATHER_NOT_SAY, or "".
        word: a ChildWord, or "".
        own_word: where the word is her own.

    Raises:
        NotAgreed: she has not agreed that her journey is kept.
    """
    ask_consent(member)
    Journey.objects.update_or_create(member=member, defaults={"country": country, "word": word, "own_word": own_word})


def answer(member: Member, facet: Facet, given: Given, *, loss: Loss | None = None) -> None:
    """Keep what she answers to one question, in place of what she answered before.

    What held and is no longer given is taken away; in a dated question it is kept as ended, since she moved on from it.

    Args:
        member: who tells.
        facet: the question.
        given: her answer.
        loss: the loss of hers that it is about, where the question is about a loss.

    Raises:
        NotAgreed: she has not agreed to this purpose.
        PermissionError: somebody else's loss.
        ValueError: the question is not about what was given, or has no such term.
    """
    ask_consent(member)
    if facet.consent:
        ask_consent(member, Purpose(facet.consent))
    if loss is not None and loss.member_id != member.pk:
        raise PermissionError("Only who told of a loss tells more of it.")
    if (facet.about == About.LOSS) != (loss is not None):
        raise ValueError(f"{facet.key} is not asked of this.")
    rows = given.rows()
    unknown = rows.keys() - {term.key for term in facet.terms} - {RATHER_NOT_SAY, OWN_WORDS}
    if unknown:
        raise ValueError(f"{facet.key} has no {sorted(unknown)}.")
    with transaction.atomic():
        _replace(member, facet, rows, given.since, loss)
        follow(member)


def forget(member: Member, fact_id: int) -> bool:
    """Take away one answer of hers, for good, also one that has ended.

    Returns:
        Whether there was one of hers.
    """
    with transaction.atomic():
        gone = Fact.objects.filter(member=member, pk=fact_id).delete()[0]
        follow(member)
    return bool(gone)


def say_my_word(member: Member, facet: str, key: str, word: str) -> None:
    """Show her own word to her in place of a term's; with an empty word, the place's again.

    Raises:
        NotAgreed: she has not agreed that her journey is kept.
        KeyError: there is no such term.
    """
    ask_consent(member)
    FACET[facet].term(key)
    if word:
        OwnWord.objects.update_or_create(member=member, facet=facet, key=key, defaults={"word": word})
    else:
        OwnWord.objects.filter(member=member, facet=facet, key=key).delete()


def erase_journey(member: Member) -> None:
    """Erase all that she told of her journey, and take her off every way."""
    with transaction.atomic():
        News.objects.written_by(member).delete()
        for model in (OwnWord, Weighing, Fact, Loss, Move, Journey):
            model._default_manager.filter(member=member).delete()
        put_closed_away(member)
        follow(member)


def erase_faith(member: Member) -> None:
    """Erase what she told of her faith."""
    with transaction.atomic():
        Fact.objects.filter(member=member, facet="faith").delete()
        follow(member)


def _replace(
    member: Member, facet: Facet, rows: Mapping[str, str], since: Mapping[str, datetime.date | None], loss: Loss | None
) -> None:
    held = {fact.key: fact for fact in Fact.objects.filter(member=member, facet=facet.key, loss=loss, ended_on=None)}
    for key, fact in held.items():
        if key in rows:
            continue
        if facet.dated and fact.key != RATHER_NOT_SAY:
            fact.ended_on = today()
            fact.save(update_fields=["ended_on"])
        else:
            fact.delete()
    for key, words in rows.items():
        if key not in held:
            Fact.objects.create(
                member=member, loss=loss, facet=facet.key, key=key, words=words, since=_day(facet, key, since)
            )
            continue
        fact = held[key]
        fact.words = words
        if key in since:
            fact.since = _day(facet, key, since)
        fact.save(update_fields=["words", "since"])


def _day(facet: Facet, key: str, since: Mapping[str, datetime.date | None]) -> datetime.date | None:
    return since.get(key) if facet.dated and key != RATHER_NOT_SAY else None
