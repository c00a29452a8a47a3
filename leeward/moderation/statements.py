"""What a member is told: each decision about her words, and what became of her reports.

A statement of reasons says all that article 17(3) of the Digital Services Act, Regulation (EU) 2022/2065, asks: what
is restricted, where and how long; the facts, and how it came about; that a person decided; the rule or the law, and
why; how to object. It names nobody (docs/decisions/0015-what-a-statement-says.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.members.models import Member
from leeward.moderation.actions.cases import can_ask_again
from leeward.moderation.appeals import objects_until
from leeward.moderation.models import OF_ONE, OUT_OF_SIGHT, RESTRICTIONS, Act, Appeal, Case, CaseState, Decision, Report
from leeward.moderation.own_words import told_by
from leeward.moderation.reasons import REASON
from leeward.moderation.rules import Clause, clauses_at
from leeward.moderation.statement_words import extent, how_it_came, how_long, meaning, use_of_machines


@dataclass(frozen=True)
class Statement:
    """One decision about a member's words, in the words in which she is told.

    Args:
        decision: the row. Pages show nothing of who is in it.
        thing: what it is about, if it is still hers.
        clause: the rule it rests on, as it stood then.
        appeal: what she has said against it, if she has.
        can_ask: whether she has changed a hidden text and can have it read again.
        waits: whether it waits to be read again.
        second: whether she told it together with whoever wrote it down, and who can ask and object.
    """

    decision: Decision
    thing: Shared | None
    clause: Clause | None
    appeal: Appeal | None = None
    can_ask: bool = False
    waits: bool = False
    second: bool = False

    @property
    def pk(self) -> int:
        """The decision's key."""
        return self.decision.pk

    @property
    def at(self) -> int:
        """When it was decided, microseconds."""
        return self.decision.at

    @property
    def facts(self) -> str:
        """What happened, in the moderator's words."""
        return self.decision.reason

    @property
    def restricts(self) -> bool:
        """Whether it took something from her, or warned her."""
        return self.decision.is_restriction

    @property
    def is_word(self) -> bool:
        """Whether it is a word to her and no more."""
        return self.decision.act == Act.WORD

    @property
    def stands(self) -> bool:
        """Whether it is in force."""
        return self.decision.stands

    @property
    def what(self) -> str:
        """What it means for her."""
        return meaning(self.decision)

    @property
    def where(self) -> str:
        """How far it reaches."""
        return extent(self.decision)

    @property
    def how_long(self) -> str:
        """How long it lasts."""
        return how_long(self.decision)

    @property
    def how_it_came(self) -> str:
        """How the text came before a person."""
        return how_it_came(self.decision)

    @property
    def use_of_machines(self) -> str:
        """What a program had to do with it."""
        return use_of_machines(self.decision)

    @property
    def objects_until(self) -> int:
        """Until when she can object, microseconds."""
        return objects_until(self.decision)


@dataclass(frozen=True)
class Outcome:
    """What became of a report: when she wrote it, why, and what was done."""

    at: int
    reason: str
    what: str


def decisions_about(member: Member) -> list[Statement]:
    """Every restriction of hers, every kind word to her, and every decision taken back, newest first."""
    rows = list(_told(member).select_related("case").order_by("-at", "-pk"))
    made = _Making(member, rows)
    return [made.statement(row) for row in rows]


def statement_to(member: Member, pk: int) -> Statement | None:
    """One decision about her words; None if there is none of this key."""
    row = _told(member).select_related("case").filter(pk=pk).first()
    return _Making(member, [row]).statement(row) if row else None


def _told(member: Member) -> QuerySet[Decision]:
    """What a member may read by now: of what was locked she is told a little later (moderation.actions.locking)."""
    of_one = Decision.objects.filter(act__in=OF_ONE).values("case_id")
    with_another = Q(case__also=member) & ~Q(case__in=of_one)
    told = [*RESTRICTIONS, Act.WORD, Act.LIFT]
    about_her = Decision.objects.filter(Q(case__author=member) | with_another, act__in=told)
    return about_her.exclude(act=Act.LOCK, locked__told_at=None)


def statement_as_told(decision: Decision) -> Statement:
    """A decision as its writer was told it, for the one who hears what she says against it."""
    return Statement(decision, None, _clause(decision))


def reports_by(member: Member) -> list[Outcome]:
    """Everything that a member pointed out, newest first."""
    rows = Report.objects.filter(reporter=member).select_related("case").prefetch_related("case__decisions")
    return [
        Outcome(row.at, str(REASON[row.reason].label) if row.reason in REASON else "", _outcome(row.case))
        for row in rows.order_by("-at")
    ]


@dataclass
class _Making:
    """What is asked once for all statements of a member."""

    member: Member
    rows: list[Decision]
    things: dict[tuple[str, int], Shared] = field(init=False)
    waiting: set[tuple[str, int]] = field(init=False)
    appeals: dict[int, Appeal] = field(init=False)
    clauses: dict[int, dict[str, Clause]] = field(init=False)

    def __post_init__(self) -> None:
        self.things = hers(self.member, [(row.case.kind, row.case.thing_id) for row in self.rows])
        open_cases = Case.objects.filter(author=self.member, state=CaseState.OPEN)
        self.waiting = set(open_cases.values_list("kind", "thing_id"))
        self.appeals = {appeal.decision_id: appeal for appeal in Appeal.objects.filter(decision__in=self.rows)}
        versions = {row.rules for row in self.rows if row.clause}
        self.clauses = {number: {clause.key: clause for clause in clauses_at(number)} for number in versions}

    def statement(self, row: Decision) -> Statement:
        key = (row.case.kind, row.case.thing_id)
        thing = self.things.get(key)
        changed = (
            thing is not None
            and thing.author_id == self.member.pk
            and not self.member.has_ended
            and can_ask_again(row, thing)
        )
        return Statement(
            row,
            thing,
            self.clauses.get(row.rules, {}).get(row.clause),
            self.appeals.get(row.pk) if row.case.author_id == self.member.pk else None,
            can_ask=changed and key not in self.waiting,
            waits=changed and key in self.waiting,
            second=row.case.author_id != self.member.pk,
        )


def hers(member: Member, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Shared]:
    """Those of these things (kind and key) that are a member's own words, whatever their state."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, thing_id in keys:
        ids[kind].add(thing_id)
    found: dict[tuple[str, int], Shared] = {}
    for kind, wanted in ids.items():
        try:
            model = model_of(kind)
        except LookupError:  # the room that made it is no more
            continue
        things = told_by(member, model).filter(pk__in=wanted)
        things = things.select_related(*model.inside) if model.inside else things
        found |= {(kind, thing.pk): thing for thing in things}
    return found


def _clause(decision: Decision) -> Clause | None:
    return next((clause for clause in clauses_at(decision.rules) if clause.key == decision.clause), None)


def _outcome(case: Case) -> str:
    """What a reporter is told. Of the writer she learns nothing but what she sees of the text."""
    if case.is_open:
        return _("It waits for a person to read it.")
    restrictions = [decision for decision in case.decisions.all() if decision.is_restriction]
    hidden = [decision for decision in restrictions if decision.act in OUT_OF_SIGHT]
    if any(decision.stands for decision in hidden):
        return _("A person has read it, and it was taken out of sight.")
    if hidden:
        return _("A person has read it. It was taken out of sight for a time; then that was looked at again.")
    if any(decision.stands for decision in restrictions):
        return _("A person has read it, and has spoken with whoever wrote it. It stays where it is.")
    return _("A person has read it. It stays as it is.")
