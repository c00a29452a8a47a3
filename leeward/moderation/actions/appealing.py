"""Objecting to a decision, and hearing who objects: another person than the one who decided."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse

from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions.deciding import AlreadyDecidedError, ReasonMissingError
from leeward.moderation.actions.lifting import lift
from leeward.moderation.actions.opening import NotForYouError, close_openings, has_opened, let_see
from leeward.moderation.appeals import Keepers, may_hear, may_object
from leeward.moderation.models import Appeal, Decision
from leeward.notifications.actions import tell

LONGEST = 4000
"""Longest words with which one objects, in characters."""


class MayNotObject(PermissionError):
    """Not hers, no longer in force, objected to already, or too long ago."""


def object_to(decision: Decision, *, by: Member, words: str = "") -> Appeal:
    """Object to a decision, once. Whoever may hear it is told; if nobody is there, those who keep the place are.

    Args:
        decision: a restriction of her words.
        by: its writer, also while she may not write to others.
        words: why she thinks that it is wrong, at most LONGEST characters; may be empty.

    Raises:
        MayNotObject: not hers, no longer in force, objected to already, or longer ago than six months.
    """
    if not may_object(decision, by):
        raise MayNotObject("This decision cannot be objected to by her now.")
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(decision=decision, words=words.strip()[:LONGEST])
            _call_a_hearer(appeal)
    except IntegrityError as twice:
        raise MayNotObject("It was objected to in this very moment.") from twice
    return appeal


def open_appeal(appeal: Appeal, *, by: Member) -> None:
    """Let the one who hears an appeal see what it is about, with a line for each thing in the log.

    Raises:
        NotForYouError: somebody else hears it, or it was heard.
    """
    if appeal.heard_at is not None or not may_hear(appeal, by):
        raise NotForYouError("Somebody else hears this.")
    let_see(appeal.decision.case, by)


def hear(appeal: Appeal, *, by: Member, granted: bool, answer: str) -> None:
    """Decide on an appeal: take the decision back with all that it did, or let it stand. She who objected is told why.

    Args:
        appeal: one that waits and that she has opened.
        by: who hears it; her name is never shown.
        granted: whether the decision is taken back.
        answer: why, as the one who objected is told.

    Raises:
        NotForYouError: somebody else hears it, or she has not opened it.
        ReasonMissingError: no words for her who objected.
        AlreadyDecidedError: it was heard in the meantime, or the decision was taken back.
    """
    case = appeal.decision.case
    if not answer.strip():
        raise ReasonMissingError("Who objects is told why.")
    if not Appeal.objects.filter(pk=appeal.pk, heard_at=None).exists():
        raise AlreadyDecidedError
    if not (may_hear(appeal, by) and has_opened(case, by)):
        raise NotForYouError("Somebody else hears this.")
    with transaction.atomic():
        heard = {"heard_by": by, "heard_at": now_us(), "granted": granted, "answer": answer.strip()}
        if not Appeal.objects.filter(pk=appeal.pk, heard_at=None).update(**heard):
            raise AlreadyDecidedError
        if granted:
            lift(appeal.decision, by=by, reason=answer)
        close_openings(case)
        if granted and case.also in appeal.decision.told_to:
            tell(case.also, "moderation.decided", path=reverse("moderation:statement", args=[appeal.decision_id]))
        if case.author is not None:
            tell(case.author, "moderation.appeal", path=reverse("moderation:statement", args=[appeal.decision_id]))


def _call_a_hearer(appeal: Appeal) -> None:
    """Ring the bell of those who may hear it; if there is nobody, tell those who keep the place that one is missing."""
    keepers = Keepers.now()
    hearers = keepers.who_may_hear(appeal.decision)
    for hearer in hearers:
        tell(hearer, "moderation.appeal_waits", path=reverse("moderation:appeal", args=[appeal.pk]))
    if not hearers:
        for keeper in {*keepers.moderators, *keepers.hosts}:
            if keeper.pk not in appeal.decision.case.tellers:
                tell(keeper, "moderation.nobody_to_hear", path=reverse("moderation:appeals"))
