"""Opening and deciding many cases in one stroke: a campaign against one story, say.

The same steps as for one case, each done for many at a time, but not for all: others can write in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.models import Opening
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, model_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.kit.refs import random_ref
from leeward.members.models import Member
from leeward.moderation.actions.deciding import Ruling, acts_for, carry_out, written_down
from leeward.moderation.actions.opening import NotForYouError
from leeward.moderation.models import OUT_OF_SIGHT, Case, CaseState, Decision, Effect, Evidence, Report
from leeward.moderation.own_words import under_words_of
from leeward.moderation.rules import rules_in_force

T = TypeVar("T")

AT_ONCE = 50
"""How many cases one transaction opens or decides: no other writer waits longer than for these."""


def open_together(cases: Iterable[Case], *, moderator: Member) -> int:
    """Open cases at one press, with a line in the log for each thing; how many she may look at.

    All lines of one press bear the same moment: it counts once towards what she set herself for a day.

    Raises:
        NotForYouError: she is no moderator, or is suspended.
    """
    if not moderator.is_moderator or moderator.is_suspended:
        raise NotForYouError("Somebody else looks at these cases.")
    opened, moment = 0, now_us()
    for some in _by(AT_ONCE, list(cases)):
        hers = under_words_of(moderator, some)
        for_her = [case for case in some if case.pk not in hers]
        with transaction.atomic():
            there = _lines(for_her, moderator)
            Opening.objects.bulk_create(
                Opening(moderator=moderator, kind=kind, thing_id=pk, reason=case.opening_reason, opened_at=moment)
                for case in for_her
                for kind, pk in _seen_on(case)
                if (kind, pk, case.ref) not in there
            )
        opened += len(for_her)
    return opened


def opened_by(moderator: Member, cases: Sequence[Case]) -> list[Case]:
    """Those of these cases that she has opened, and that have not been closed since."""
    there = _lines(cases, moderator)
    return [case for case in cases if (case.kind, case.thing_id, case.ref) in there]


def things_of(cases: Sequence[Case], moderator: Member, *, lock: bool = False) -> dict[int, Shared]:
    """The things of cases, as the moderator who opened them sees them, by the case's key. What is gone is not there.

    Args:
        cases: cases; of those that she has not opened, nothing is given.
        moderator: who looks.
        lock: keep the rows from being changed until the transaction ends.
    """
    viewer = Viewer.moderator(moderator)
    found: dict[tuple[str, int], Shared] = {}
    opened = opened_by(moderator, cases)
    for kind in sorted({case.kind for case in opened}):
        ids = [case.thing_id for case in opened if case.kind == kind]
        seen = model_of(kind).objects.filter(pk__in=ids).exclude(state=State.DRAFT).visible_to(viewer).order_by("pk")
        seen = seen.select_for_update(of=("self",)) if lock else seen.select_related("author")
        found |= {(kind, thing.pk): thing for thing in seen}
    return {case.pk: found[case.kind, case.thing_id] for case in opened if (case.kind, case.thing_id) in found}


def decide_together(cases: Iterable[Case], *, moderator: Member, ruling: Ruling, seen: Mapping[int, int]) -> int:
    """Decide several cases in one stroke, on the same grounds.

    Each writer gets a decision and a statement of her own. A case that somebody else decided in the meantime, or whose
    thing has changed since, is left out; so is one that she may not decide or that the act does not fit.

    Args:
        cases: open cases, which the moderator has opened.
        moderator: who decides.
        ruling: what, and why, for all of them.
        seen: `touched_at` of each case's thing as she read it, by the case's key.

    Returns:
        How many were decided.

    Raises:
        ReasonMissingError: a restriction without clause or facts.
    """
    ruling, together = ruling.checked(), random_ref()
    return sum(_decide_some(some, moderator, ruling, seen, together) for some in _by(AT_ONCE, list(cases)))


def _decide_some(
    cases: Sequence[Case], moderator: Member, ruling: Ruling, seen: Mapping[int, int], together: str
) -> int:
    for_her = _she_may_decide(cases, moderator)
    with transaction.atomic():
        still_open = Case.objects.filter(pk__in=[case.pk for case in for_her], state=CaseState.OPEN)
        still_open = still_open.select_related("author").prefetch_related("reports__reporter")
        locked = list(still_open.order_by("pk").select_for_update(of=("self",)))
        things = things_of(locked, moderator, lock=True)
        fitting = [case for case in locked if _fits(case, things.get(case.pk), ruling, seen)]
        Case.objects.filter(pk__in=[case.pk for case in fitting]).update(state=CaseState.DECIDED, decided_at=now_us())
        rules = rules_in_force()
        rows = [written_down(case, moderator, ruling, things.get(case.pk), rules=rules) for case in fitting]
        for row in rows:
            row.together = together
        decisions = Decision.objects.bulk_create(rows)
        _write_down_beforehand(decisions, things)
        for decision in decisions:
            carry_out(decision, decision.case, things.get(decision.case_id))
        _openings(fitting).update(closed_at=now_us())
    return len(fitting)


def _write_down_beforehand(decisions: Sequence[Decision], things: Mapping[int, Shared]) -> None:
    """Write evidence and effects of all at once; carrying out each decision then finds its own there."""
    hidden = [(row, things[row.case_id]) for row in decisions if row.act in OUT_OF_SIGHT and row.case_id in things]
    kept = set(Evidence.objects.filter(case__in=[row.case_id for row, _ in hidden]).values_list("case_id", "text"))
    Evidence.objects.bulk_create(
        Evidence(case_id=row.case_id, text=thing.full_text())
        for row, thing in hidden
        if (row.case_id, thing.full_text()) not in kept
    )
    Effect.objects.bulk_create(
        Effect(
            decision=row,
            kind=kind_of(thing),
            thing_id=thing.pk,
            state_before=thing.state,
            touched_at=thing.touched_at,
        )
        for row, thing in hidden
        if thing.state in {State.LIVE, State.HELD}
    )


def _she_may_decide(cases: Sequence[Case], moderator: Member) -> list[Case]:
    """As `may_decide` and `has_opened` say of one: not inside her own words, not pointed out by her, opened by her."""
    if not moderator.is_moderator or moderator.is_suspended:
        return []
    hers = under_words_of(moderator, cases)
    hers |= set(Report.objects.filter(case__in=cases, reporter=moderator).values_list("case_id", flat=True))
    return [case for case in opened_by(moderator, cases) if case.pk not in hers]


def _fits(case: Case, thing: Shared | None, ruling: Ruling, seen: Mapping[int, int]) -> bool:
    as_read = (thing.touched_at if thing else None) == seen.get(case.pk)
    return as_read and ruling.act in acts_for(case, thing)


def _openings(cases: Iterable[Case], moderator: Member | None = None) -> QuerySet[Opening]:
    reasons = [reason for case in cases for reason in case.opening_reasons]
    found = Opening.objects.filter(reason__in=reasons, closed_at=None)
    return found if moderator is None else found.filter(moderator=moderator)


def _lines(cases: Sequence[Case], moderator: Member) -> set[tuple[str, int, str]]:
    """What she has open of these cases: kind and key of each thing, and the name of the case that she opened."""
    ref_of = {reason: case.ref for case in cases for reason in case.opening_reasons}
    lines = _openings(cases, moderator).values_list("kind", "thing_id", "reason")
    return {(kind, thing_id, ref_of[reason]) for kind, thing_id, reason in lines}


def _seen_on(case: Case) -> list[tuple[str, int]]:
    return [(case.kind, case.thing_id), *((kind, pk) for kind, pk in case.around)]


def _by(size: int, many: Sequence[T]) -> Iterator[Sequence[T]]:
    return (many[start : start + size] for start in range(0, len(many), size))
