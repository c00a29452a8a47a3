"""Deciding a case: one person, once, with its reason told to whom it touches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leeward.audience.publishing import hold, publish, withdraw
from leeward.audience.shared import Shared, State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions.cases import keep_evidence
from leeward.moderation.actions.opening import NotForYouError, close_openings, has_opened, may_decide, thing_of
from leeward.moderation.first_texts import count_released
from leeward.moderation.models import RESTRICTIONS, Act, Case, CaseState, Decision
from leeward.moderation.rules import CLAUSE
from leeward.notifications.actions import tell

T = TypeVar("T", bound=Shared)

_when_released: dict[type[Shared], Callable[[Any], None]] = {}


class AlreadyDecidedError(Exception):
    """Somebody else has decided the case in the meantime."""


class ChangedMeanwhileError(Exception):
    """The thing is no longer what the moderator read, or the decision no longer fits it."""


class ReasonMissingError(ValueError):
    """A restriction needs a clause of the rules, and the facts."""


def when_released(model: type[T], do: Callable[[T], None]) -> None:
    """Have something done after a held thing of this model was published: whom it answers is told, say.

    Called at start-up. It runs inside the transaction of the decision.

    Raises:
        ValueError: the model has one already.
    """
    if model in _when_released:
        raise ValueError(f"Two rooms register the release of {model.__name__}.")
    _when_released[model] = do


def acts_for(case: Case, thing: Shared | None) -> list[Act]:
    """What can be decided on an open case, with its thing as it is now."""
    if thing is None or thing.state not in {State.LIVE, State.HELD}:
        return [Act.DISMISS] if case.author_id is None else [Act.DISMISS, Act.SUSPEND]
    let_be = Act.RELEASE if thing.state == State.HELD else Act.DISMISS
    acts = [let_be, Act.HIDE, Act.REMOVE]
    return acts if case.author_id is None else [*acts, Act.SUSPEND]


def decide(
    case: Case, *, moderator: Member, act: Act, clause: str = "", reason: str = "", seen: int | None = None
) -> Decision:
    """Decide an open case.

    Args:
        case: the case, which the moderator has opened.
        moderator: who decides; her name is never shown.
        act: one of `acts_for`.
        clause: the rule's key; needed for a restriction.
        reason: the facts, as the author is told; needed for a restriction.
        seen: `touched_at` of the thing as she read it, to notice a change since; None if it was gone.

    Raises:
        NotForYouError: her own words, her own report, or she has not opened the case.
        ReasonMissingError: a restriction without clause or facts.
        AlreadyDecidedError: somebody else was first.
        ChangedMeanwhileError: the thing was changed or taken back since she read it.
    """
    if not (may_decide(case, moderator) and has_opened(case, moderator)):
        raise NotForYouError("Somebody else decides this case.")
    clause, reason = _grounds(act, clause, reason)
    with transaction.atomic():
        _take(case)
        thing = thing_of(case, moderator, lock=True)
        if (thing.touched_at if thing else None) != seen or act not in acts_for(case, thing):
            raise ChangedMeanwhileError
        decision = Decision.objects.create(
            case=case,
            by=moderator,
            act=act,
            clause=clause,
            reason=reason,
            state_before=thing.state if thing else None,
            touched_at=seen,
        )
        _carry_out(decision, case, thing)
        close_openings(case)
    case.refresh_from_db()
    return decision


def _grounds(act: Act, clause: str, reason: str) -> tuple[str, str]:
    """Rule and facts, which a restriction must have and nothing else has."""
    if act not in RESTRICTIONS:
        return "", ""
    if clause not in CLAUSE or not reason.strip():
        raise ReasonMissingError("A restriction needs a rule and the facts.")
    return clause, reason.strip()


def _take(case: Case) -> None:
    """Be the one who decides: compare and set, so that of two at once one is too late."""
    still_open = Case.objects.filter(pk=case.pk, state=CaseState.OPEN)
    if not still_open.update(state=CaseState.DECIDED, decided_at=now_us()):
        raise AlreadyDecidedError


def _carry_out(decision: Decision, case: Case, thing: Shared | None) -> None:
    if decision.is_restriction:
        _restrict(decision.act, case, thing)
    if thing is not None and decision.act == Act.RELEASE:
        _release(case, thing)
    for report in case.reports.exclude(reporter=None).select_related("reporter"):
        if report.reporter is not None:
            tell(report.reporter, "moderation.outcome", path=reverse("moderation:mine"))


def _restrict(act: str, case: Case, thing: Shared | None) -> None:
    if thing is not None and thing.state in {State.LIVE, State.HELD}:
        keep_evidence(case, thing)
        (hold if act == Act.HIDE else withdraw)(thing)
    if case.author is None:
        return
    if act == Act.SUSPEND:
        Member.objects.filter(pk=case.author.pk, suspended_at=None).update(suspended_at=timezone.now())
    tell(case.author, "moderation.decided", path=reverse("moderation:mine"))


def _release(case: Case, thing: Shared) -> None:
    publish(thing)
    about_it = Decision.objects.filter(case__kind=case.kind, case__thing_id=case.thing_id)
    about_it.filter(act=Act.HIDE, undone_at=None).update(undone_at=now_us())  # it was changed, and read again
    if case.author is not None:
        if about_it.filter(act=Act.RELEASE).count() == 1:  # a text that is changed and read again does not count twice
            count_released(case.author)
        tell(case.author, "moderation.released", thing)
    do = _when_released.get(type(thing))
    if do is not None:
        do(thing)
