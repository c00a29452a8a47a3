"""Telling somebody of a threat, or that she was exposed: two moderators decide, and until then nobody learns of it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from leeward.kit.moments import now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.actions.cases import keep_evidence
from leeward.moderation.actions.deciding import AlreadyDecidedError, ChangedMeanwhileError, ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError, has_opened, may_open, thing_of
from leeward.moderation.models import Case, Telling
from leeward.moderation.telling_words import aimed_at
from leeward.notifications.actions import tell

LONGEST = 4000
"""Longest words to the person who is told, in characters."""


def propose_telling(case: Case, *, by: Member, words: str) -> Telling:
    """Propose that the person at whom a text was aimed is told of it. Who proposes other words is first again.

    Args:
        case: a case of a threat or an exposure, which the moderator has opened; open or decided.
        by: who proposes.
        words: what the person would read.

    Raises:
        NotForYouError: she has not opened the case, it is about her own words or aimed at herself, or there is nobody
            whom it was aimed at.
        ReasonMissingError: no words.
        AlreadyDecidedError: two have agreed already.
    """
    if not (may_open(case, by) and has_opened(case, by)):
        raise NotForYouError("Somebody else decides this.")
    told = aimed_at(case, by)
    if told is None or told.pk == by.pk:
        raise NotForYouError("There is nobody to be told, or it is she herself.")
    if not words.strip():
        raise ReasonMissingError("Who is told of something is told in words.")
    said = {"told": told, "words": words.strip()[:LONGEST], "proposed_by": by, "proposed_at": now_us()}
    with transaction.atomic():
        telling, made = Telling.objects.select_for_update().get_or_create(case=case, defaults=said)
        if telling.agreed_at is not None:
            raise AlreadyDecidedError
        if not made:
            Telling.objects.filter(pk=telling.pk).update(**said, declined_by=None, declined_at=None)
            telling.refresh_from_db()
        _keep(case, by)
        _call_a_second(case, besides={by.pk, told.pk})
    return telling


def answer_proposal(telling: Telling, *, by: Member, agreed: bool, seen: int) -> None:
    """Agree that somebody is told, or not. If she agrees, it is told at once.

    Args:
        telling: what another moderator proposed.
        by: a second moderator, who has opened the case.
        agreed: whether it is told.
        seen: `proposed_at` of the proposal as she read it.

    Raises:
        NotForYouError: she proposed it, has not opened the case, or it is about herself.
        ChangedMeanwhileError: the words were changed since she read them.
        AlreadyDecidedError: it was agreed or declined in the meantime.
    """
    case = telling.case
    if not (may_open(case, by) and has_opened(case, by)) or by.pk in {telling.proposed_by_id, telling.told_id}:
        raise NotForYouError("Somebody else decides this.")
    answer = {"agreed_by": by, "agreed_at": now_us()} if agreed else {"declined_by": by, "declined_at": now_us()}
    with transaction.atomic():
        waiting = Telling.objects.filter(pk=telling.pk, agreed_at=None, declined_at=None)
        if not waiting.filter(proposed_at=seen).exclude(proposed_by=by).update(**answer):
            raise ChangedMeanwhileError if waiting.exists() else AlreadyDecidedError
        _keep(case, by)
        told = telling.told
        if agreed and told is not None:
            tell(told, "moderation.told", path=reverse("moderation:told", args=[telling.pk]))


def _keep(case: Case, moderator: Member) -> None:
    """Keep the text as it is, so that it is there if she goes to the police, also when its writer takes it back."""
    thing = thing_of(case, moderator)
    if thing is not None:
        keep_evidence(case, thing)


def _call_a_second(case: Case, *, besides: set[int]) -> None:
    path = reverse("moderation:case", args=[case.ref])
    for moderator in members_who_may_write().filter(is_moderator=True, is_active=True):
        if moderator.pk not in {*besides, *case.tellers}:
            tell(moderator, "moderation.second", path=path)
