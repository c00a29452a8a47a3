"""How a thing comes before a person: it is one of a member's first texts, or someone reported it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from leeward.audience.publishing import hold
from leeward.audience.shared import Shared
from leeward.audience.things import kind_of, model_of
from leeward.kit.statements import asked
from leeward.members.models import Member, members_who_may_write
from leeward.members.pace import HOUR, Pace, keep_pace
from leeward.moderation.actions.opening import close_openings
from leeward.moderation.finding import seen_by_many
from leeward.moderation.models import (
    OUT_OF_SIGHT,
    Act,
    Because,
    Case,
    CaseState,
    Decision,
    Evidence,
    Priority,
    Report,
    Screening,
)
from leeward.moderation.reasons import REASON
from leeward.notifications.actions import tell

REPORTS = Pace("report", ((30, HOUR),))
URGENT_REPORTS = Pace("report_now", ((30, HOUR),))
"""Counted apart: who has reported much may still say that somebody is in danger."""
STRANGERS_HEARD = 3
"""How many reports by strangers one case keeps: more would only let a stranger write without end."""


def hold_first_text(thing: Shared) -> None:
    """Keep a thing from others until a person has read it. If it is held already, its one open case stays.

    Call it inside the transaction that writes the text.
    """
    with transaction.atomic():
        hold(thing)
        case_of(thing, Because.FIRST_TEXT)


def stop_waiting(thing: Shared) -> None:
    """Take a thing out of the queue that its author shows to nobody now. What was reported stays."""
    waiting = Case.objects.filter(kind=kind_of(thing), thing_id=thing.pk, state=CaseState.OPEN)
    with transaction.atomic():
        Screening.objects.filter(kind=kind_of(thing), thing_id=thing.pk).delete()
        for case in waiting.filter(because__in=[Because.FIRST_TEXT, Because.DOUBTFUL], reports=None, telling=None):
            close_openings(case)
            case.delete()


def name_the_second(thing: Shared) -> None:
    """Let what is decided from now on reach those two who tell a thing now, or its author alone."""
    waiting = Case.objects.filter(kind=kind_of(thing), thing_id=thing.pk, state=CaseState.OPEN)
    waiting.update(also=thing.also_id)


def is_hidden(thing: Shared) -> bool:
    """Whether a decision that stands keeps a thing out of sight: then only a person who reads it can show it again.

    Asked of the decisions, not of the thing: what its author's page knows of it may be older.
    """
    return bool(_hiding(kind=kind_of(thing), thing=thing.pk))


@asked
def _hiding(*, kind: str, thing: int) -> QuerySet[Decision, tuple[int]]:
    about_it = Decision.objects.filter(case__kind=kind, case__thing_id=thing)
    return about_it.filter(act__in=OUT_OF_SIGHT, undone_at=None).values_list("pk")[:1]


def ask_again(decision: Decision, *, by: Member) -> None:
    """Have a hidden text read again, after its author has changed it.

    Raises:
        PermissionError: not hers, not hidden any more, or not changed since.
    """
    case = decision.case
    thing = model_of(case.kind).objects.written_by(by).filter(pk=case.thing_id).first()
    if by.has_ended or thing is None or not can_ask_again(decision, thing):
        raise PermissionError("Only a hidden text that was changed is read again.")
    hold_first_text(thing)


def can_ask_again(decision: Decision, thing: Shared) -> bool:
    """Whether a thing is still hidden by this decision and by no harder one, and was changed since."""
    hidden = decision.act == Act.ASK and decision.stands and thing.is_held
    if not hidden or thing.touched_at == decision.touched_at:
        return False
    about_it = Decision.objects.filter(case__kind=decision.case.kind, case__thing_id=decision.case.thing_id)
    return not about_it.filter(act__in=OUT_OF_SIGHT - {Act.ASK}, undone_at=None).exists()


def report(thing: Shared, *, by: Member | None, reason: str, words: str = "") -> Case:
    """Ask a person to look at a thing. Its author never learns who asked.

    Args:
        thing: what the reporter sees.
        by: who reports; None for a stranger.
        reason: the key of a reason (moderation.reasons).
        words: what she adds, at most 1,000 characters; may be empty.

    Raises:
        KeyError: there is no such reason.
        PermissionError: it is her own, or her membership has ended.
        TooOften: she has reported as often as may be for now.
    """
    urgent = REASON[reason].urgent
    if by is not None and (by.pk in thing.tellers or by.has_ended):
        raise PermissionError("Nobody reports her own words, nor after her membership has ended.")
    with transaction.atomic():
        if by is not None:
            keep_pace(URGENT_REPORTS if urgent else REPORTS, by)
        case = case_of(thing, Because.REPORT)
        keep_evidence(case, thing)
        if not (case.few or seen_by_many(case.under_kind, case.under_id)):
            Case.objects.filter(pk=case.pk).update(few=True)
            case.few = True
        if urgent and not case.is_urgent:
            Case.objects.filter(pk=case.pk).update(priority=Priority.URGENT)
            case.priority = Priority.URGENT
            call_moderators(case, besides=by)
        if by is not None:
            Report.objects.update_or_create(case=case, reporter=by, defaults={"reason": reason, "words": words})
        elif Report.objects.filter(case=case, reporter=None).count() < STRANGERS_HEARD:
            Report.objects.create(case=case, reason=reason, words=words)
    return case


def case_of(thing: Shared, because: Because) -> Case:
    """The open case of a thing, locked until the transaction ends; opened if there is none."""
    while True:
        found, _created = Case.objects.get_or_create(
            kind=kind_of(thing),
            thing_id=thing.pk,
            state=CaseState.OPEN,
            defaults={"author_id": thing.author_id, "also_id": thing.also_id, "because": because, **_where(thing)},
        )
        case = Case.objects.select_for_update().get(pk=found.pk)
        if case.is_open:  # else it was decided in this very moment
            return case


def keep_evidence(case: Case, thing: Shared) -> None:
    """Keep the text as it is now, once for each wording."""
    Evidence.objects.get_or_create(case=case, text=thing.full_text())


def _where(thing: Shared) -> dict[str, Any]:
    """What the thing is inside of, and what is inside of all that, as a case keeps it."""
    around, notes = thing.things_around, thing.notes
    for one in around:
        notes |= one.notes
    under = around[-1] if around else thing
    return {
        "around": [(kind_of(one), one.pk) for one in around],
        "under_kind": kind_of(under),
        "under_id": under.pk,
        "notes": notes,
    }


def call_moderators(case: Case, *, besides: Member | None = None) -> None:
    """Ring the bell of those who may look at it: not the writer's, not the reporter's."""
    concerned = {*case.tellers, besides.pk if besides else None}
    for moderator in members_who_may_write().filter(is_moderator=True, is_active=True):
        if moderator.pk not in concerned:
            tell(moderator, "moderation.urgent", path=reverse("moderation:queue"))
