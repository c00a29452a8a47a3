"""Deciding a case: one person, once, with its reason told to whom it touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.audience.publishing import publish
from leeward.audience.shared import Shared, State
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions.cases import keep_evidence
from leeward.moderation.actions.effects import keep_from_writing, put_out_of_sight
from leeward.moderation.actions.locking import lock_away
from leeward.moderation.actions.opening import NotForYouError, close_openings, has_opened, may_decide, thing_of
from leeward.moderation.finding import how_found
from leeward.moderation.first_texts import count_released
from leeward.moderation.looked_at import is_looked_at
from leeward.moderation.models import OUT_OF_SIGHT, RESTRICTIONS, Act, Appeal, Case, CaseState, Decision
from leeward.moderation.rules import CLAUSE, rules_in_force
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
        return [Act.DISMISS] if case.author_id is None else [Act.DISMISS, Act.PAUSE, Act.END]
    if thing.state == State.HELD:
        acts = [Act.RELEASE, Act.ASK, Act.HIDE, Act.REMOVE]
    else:
        acts = [Act.DISMISS, Act.WORD, Act.WARN, Act.ASK, Act.HIDE, Act.REMOVE]
    if is_looked_at(case.kind):
        acts.append(Act.LOCK)
    if case.author_id is None:
        return [act for act in acts if act not in {Act.WORD, Act.WARN, Act.ASK}]
    return [*acts, Act.PAUSE, Act.END]


@dataclass(frozen=True)
class Ruling:
    """What is decided, and on what grounds.

    Args:
        act: one of `acts_for`.
        clause: the rule's key; needed for a restriction.
        reason: the facts, as the author is told; needed for a restriction and for a word to the writer.
        law: which law, where the law is the reason.
        days: how long a pause of posting lasts; None: until it is taken back.
    """

    act: Act
    clause: str = ""
    reason: str = ""
    law: str = ""
    days: int | None = None

    def checked(self) -> Ruling:
        """The ruling with what its act needs, and nothing else.

        Raises:
            ReasonMissingError: a restriction without clause or facts, or a word without words.
        """
        reason = self.reason.strip()
        if self.act == Act.WORD:
            if not reason:
                raise ReasonMissingError("A word to the writer needs words.")
            return Ruling(self.act, reason=reason)
        if self.act not in RESTRICTIONS:
            return Ruling(self.act)
        if self.act == Act.LOCK:  # whether it is so, and which law it is, others find out; it must be quick
            return Ruling(self.act, "law", _("Somebody who looked at it thinks that the law may forbid to show it."))
        if self.clause not in CLAUSE or not reason:
            raise ReasonMissingError("A restriction needs a rule and the facts.")
        return replace(self, reason=reason, law=self.law.strip())


def decide(case: Case, *, moderator: Member, ruling: Ruling, seen: int | None = None) -> Decision:
    """Decide an open case.

    Args:
        case: the case, which the moderator has opened.
        moderator: who decides; her name is never shown.
        ruling: what, and why.
        seen: `touched_at` of the thing as she read it, to notice a change since; None if it was gone.

    Raises:
        NotForYouError: her own words, her own report, or she has not opened the case.
        ReasonMissingError: a restriction without clause or facts.
        AlreadyDecidedError: somebody else was first.
        ChangedMeanwhileError: the thing was changed or taken back since she read it.
    """
    if not (may_decide(case, moderator) and has_opened(case, moderator)):
        raise NotForYouError("Somebody else decides this case.")
    ruling = ruling.checked()
    with transaction.atomic():
        _take(case)
        thing = thing_of(case, moderator, lock=True)
        if (thing.touched_at if thing else None) != seen or ruling.act not in acts_for(case, thing):
            raise ChangedMeanwhileError
        decision = written_down(case, moderator, ruling, thing, rules=rules_in_force())
        decision.save()
        carry_out(decision, case, thing)
        close_openings(case)
    case.refresh_from_db()
    return decision


def written_down(case: Case, moderator: Member, ruling: Ruling, thing: Shared | None, *, rules: int) -> Decision:
    """The decision as a row, not saved yet. `rules` is the version that is in force."""
    paused = ruling.act == Act.PAUSE and ruling.days
    return Decision(
        case=case,
        by=moderator,
        act=ruling.act,
        clause=ruling.clause,
        reason=ruling.reason,
        law=ruling.law,
        rules=rules,
        until=now_us() + ruling.days * DAY if paused and ruling.days else None,
        touched_at=thing.touched_at if thing else None,
        found=how_found(case, thing),
    )


def _take(case: Case) -> None:
    """Be the one who decides: compare and set, so that of two at once one is too late."""
    still_open = Case.objects.filter(pk=case.pk, state=CaseState.OPEN)
    if not still_open.update(state=CaseState.DECIDED, decided_at=now_us()):
        raise AlreadyDecidedError


def carry_out(decision: Decision, case: Case, thing: Shared | None) -> None:
    """Do what was decided, and tell those whom it touches. Part of the caller's transaction."""
    if decision.act in OUT_OF_SIGHT and thing is not None:
        keep_evidence(case, thing)
        put_out_of_sight(decision, thing)
    if decision.act == Act.LOCK and thing is not None:
        lock_away(decision, thing)  # its author is told later
        tell_reporters(case)
        return
    if decision.act in {Act.PAUSE, Act.END} and case.author is not None:
        keep_from_writing(decision, case.author)
    if thing is not None and decision.act == Act.RELEASE:
        _release(case, thing)
    for writer in decision.told_to if decision.is_restriction or decision.act == Act.WORD else ():
        tell(writer, "moderation.decided", path=reverse("moderation:statement", args=[decision.pk]))
    tell_reporters(case)


def tell_reporters(case: Case) -> None:
    """Let those who pointed it out know that there is an outcome, or another one."""
    for report in case.reports.all():
        if report.reporter is not None:
            tell(report.reporter, "moderation.outcome", path=reverse("moderation:mine"))


def _release(case: Case, thing: Shared) -> None:
    publish(thing)
    about_it = Decision.objects.filter(case__kind=case.kind, case__thing_id=case.thing_id)
    asked = about_it.filter(act=Act.ASK, undone_at=None)
    Appeal.objects.filter(decision__in=asked, heard_at=None).update(heard_at=now_us())  # nothing is left to object to
    asked.update(undone_at=now_us())  # it was changed, and read again
    if case.author is not None:
        if about_it.filter(act=Act.RELEASE).count() == 1:  # a text that is changed and read again does not count twice
            count_released(case.author, case.kind)
        tell(case.author, "moderation.released", thing)
    if case.also is not None:
        tell(case.also, "moderation.released", thing)
    announce(thing)


def announce(thing: Shared) -> None:
    """Do what its room wants done once a held thing is shown. Part of the caller's transaction."""
    do = _when_released.get(type(thing))
    if do is not None:
        do(thing)
