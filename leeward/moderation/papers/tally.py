"""Rows of cases as plain numbers: for the yearly report, and to keep once the rows themselves have to go.

A number is named by words with colons between, such as "decision:screening:hide:kind".
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import QuerySet
from django.utils import timezone

from leeward.kit.moments import HOUR, to_datetime
from leeward.moderation.models import Appeal, Because, Case, Decision, Disclosure, Report
from leeward.moderation.models.decisions import RESTRICTIONS, Act
from leeward.moderation.papers.counting import add

Tally: TypeAlias = Counter[tuple[datetime.date, str]]
"""How often, by day and what."""

LONGEST = 9999
"""Hours from which on it is only said that it took very long."""

_SOURCES = {Because.REPORT: "notice", Because.FIRST_TEXT: "reading"}
"""How a case came about, besides the screening: someone pointed it out, or it was read as a first text."""


def tally_cases(cases: QuerySet[Case]) -> Tally:
    """What was decided on cases, how long it took, how the screening was judged by it, and what was objected."""
    numbers: Tally = Counter()
    asked = cases.prefetch_related("decisions__appeal").order_by("pk")
    for case in asked.iterator(chunk_size=500):
        decisions = sorted(case.decisions.all(), key=lambda decision: (decision.at, decision.pk))
        source = _SOURCES.get(Because(case.because), "screening")
        if case.decided_at is not None:
            numbers[day_of(case.decided_at), f"hours:{source}:{hours_between(case.at, case.decided_at)}"] += 1
        for decision in decisions:
            numbers[day_of(decision.at), f"decision:{source}:{decision.act}:{_clause(decision)}"] += 1
            appeal: Appeal | None = getattr(decision, "appeal", None)
            if appeal is not None:
                _tally_appeal(numbers, appeal)
        if decisions and was_held_by_screening(case):
            judged = "kept" if decisions[0].act in RESTRICTIONS else "shown"
            numbers[day_of(decisions[0].at), f"judged:{judged}"] += 1
    return numbers


def tally_reports(reports: QuerySet[Report]) -> Tally:
    """What was pointed out, for which reason, with which outcome, and after how long."""
    numbers: Tally = Counter()
    asked = reports.select_related("case").prefetch_related("case__decisions").order_by("pk")
    for report in asked.iterator(chunk_size=500):
        day, case = day_of(report.at), report.case
        numbers[day, f"notice:{report.reason}:{_outcome(case)}"] += 1
        if case.decided_at is not None:
            numbers[day, f"notice_hours:{hours_between(report.at, case.decided_at)}"] += 1
    return numbers


def tally_disclosures(lines: Iterable[Disclosure]) -> Tally:
    """What authorities asked for, and whether they were given something."""
    return Counter((line.on, f"authority:{'given' if line.given else 'nothing'}") for line in lines)


def keep_as_numbers(*tallies: Tally) -> None:
    """Add numbers to those of their days, for good. The caller deletes the rows in the same transaction."""
    whole: Tally = Counter()
    for tally in tallies:
        whole.update(tally)
    for (day, what), number in sorted(whole.items()):
        add(day, what, number)


def was_held_by_screening(case: Case) -> bool:
    """Whether what the screening found kept the text from others; risk alone hides nothing."""
    return case.because == Because.DOUBTFUL or "plan" in case.signs


def day_of(moment: int) -> datetime.date:
    """The day of a moment in microseconds, in the place's time zone."""
    return timezone.localtime(to_datetime(moment)).date()


def hours_between(begun: int, ended: int) -> int:
    """Whole hours between two moments in microseconds."""
    return min(max(0, ended - begun) // HOUR, LONGEST)


def _clause(decision: Decision) -> str:
    return decision.clause or ("law" if decision.law else "-")


def _outcome(case: Case) -> str:
    """What became of what was pointed out: it waits, it stayed as it was, or something was done, on which ground."""
    if case.is_open:
        return "waits"
    done = [decision for decision in case.decisions.all() if decision.act in RESTRICTIONS]
    if not done:
        return "stays"
    return "law" if any(decision.law or decision.clause == "law" for decision in done) else "rules"


def _tally_appeal(numbers: Tally, appeal: Appeal) -> None:
    if appeal.heard_at is None:
        numbers[day_of(appeal.at), "appeal:waits"] += 1
        return
    outcome = {True: "granted", False: "upheld", None: "ended"}[appeal.granted]
    numbers[day_of(appeal.at), f"appeal:{outcome}"] += 1
    numbers[day_of(appeal.at), f"appeal_hours:{hours_between(appeal.at, appeal.heard_at)}"] += 1


ENDINGS = (Act.PAUSE, Act.END)
"""Decisions that keep a member from writing, for a time or for good."""
