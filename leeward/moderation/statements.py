"""What a member is told: each decision about her words, and what became of her reports.

A statement says what was restricted, the rule and the facts, that a person decided and no machine, and how to object
(Digital Services Act, article 17(3)). It never says whether someone reported it: where few people see a text, that
would tell who.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.members.models import Member
from leeward.moderation.actions.cases import can_ask_again
from leeward.moderation.models import RESTRICTIONS, Act, Case, CaseState, Decision, Report
from leeward.moderation.reasons import REASON
from leeward.moderation.rules import CLAUSE, Clause


@dataclass(frozen=True)
class Statement:
    """One decision about a member's words.

    Args:
        pk: the decision's key.
        thing: what it is about, if it is still hers.
        what: what it means for her.
        clause: the rule it rests on.
        facts: what happened, in the moderator's words.
        at: when, microseconds.
        restricts: whether it took something from her.
        stands: whether it is in force.
        can_ask: whether she has changed a hidden text and can have it read again.
        waits: whether it waits to be read again.
    """

    pk: int
    thing: Shared | None
    what: str
    clause: Clause | None
    facts: str
    at: int
    restricts: bool
    stands: bool
    can_ask: bool
    waits: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a report: when she wrote it, why, and what was done."""

    at: int
    reason: str
    what: str


def decisions_about(member: Member) -> list[Statement]:
    """Every restriction of hers, and every one taken back, newest first."""
    told = Decision.objects.filter(case__author=member, act__in=[*RESTRICTIONS, Act.WORD, Act.LIFT])
    rows = list(told.select_related("case").order_by("-at", "-pk"))
    things = _hers(member, [row.case for row in rows])
    waiting = set(Case.objects.filter(author=member, state=CaseState.OPEN).values_list("kind", "thing_id"))
    return [_statement(row, things, waiting) for row in rows]


def reports_by(member: Member) -> list[Outcome]:
    """Everything that a member pointed out, newest first."""
    rows = Report.objects.filter(reporter=member).select_related("case").prefetch_related("case__decisions")
    return [
        Outcome(row.at, str(REASON[row.reason].label) if row.reason in REASON else "", _outcome(row.case))
        for row in rows.order_by("-at")
    ]


def _statement(row: Decision, things: dict[tuple[str, int], Shared], waiting: set[tuple[str, int]]) -> Statement:
    key = (row.case.kind, row.case.thing_id)
    thing = things.get(key)
    changed = thing is not None and can_ask_again(row, thing)
    return Statement(
        row.pk,
        thing,
        str(_MEANING[Act(row.act)]),
        CLAUSE.get(row.clause),
        row.reason,
        row.at,
        row.is_restriction,
        row.stands,
        can_ask=changed and key not in waiting,
        waits=changed and key in waiting,
    )


def _hers(member: Member, cases: list[Case]) -> dict[tuple[str, int], Shared]:
    ids: dict[str, set[int]] = defaultdict(set)
    for case in cases:
        ids[case.kind].add(case.thing_id)
    found: dict[tuple[str, int], Shared] = {}
    for kind, wanted in ids.items():
        try:
            model = model_of(kind)
        except LookupError:  # the room that made it is no more
            continue
        found |= {(kind, thing.pk): thing for thing in model.objects.written_by(member).filter(pk__in=wanted)}
    return found


_MEANING = {
    Act.WORD: gettext_lazy("It stands as it was. Somebody who reads here wrote to you."),
    Act.WARN: gettext_lazy("It stands as it was. This is a warning: nothing else changes for you."),
    Act.ASK: gettext_lazy(
        "It is hidden: only you can see it. You can change it, and then ask here for it to be read again."
    ),
    Act.HIDE: gettext_lazy("It is hidden: only you can see it."),
    Act.REMOVE: gettext_lazy(
        "It is taken out of sight for good: only you can see it. You can copy it, and you can delete it."
    ),
    Act.PAUSE: gettext_lazy(
        "It is taken out of sight, and you cannot write here for a time. "
        "You can read, take a copy of everything of yours, and leave."
    ),
    Act.END: gettext_lazy(
        "What you showed to others is taken out of sight, and your membership has ended. "
        "You can still sign in to read this, object, take a copy of everything of yours, and leave."
    ),
    Act.LIFT: gettext_lazy("An earlier decision was taken back."),
}


def _outcome(case: Case) -> str:
    if case.is_open:
        return _("It waits for a person to read it.")
    restrictions = [decision for decision in case.decisions.all() if decision.is_restriction]
    if any(decision.stands for decision in restrictions):
        return _("A person has read it, and it was taken out of sight.")
    if restrictions:
        return _("A person has read it. It was taken out of sight for a time.")
    return _("A person has read it. It stays as it is.")
