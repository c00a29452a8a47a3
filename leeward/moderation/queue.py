"""What waits, and what was decided, as lists."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.members.models import Member
from leeward.moderation.models import Act, Because, Case, CaseState, Decision
from leeward.moderation.reasons import REASON
from leeward.moderation.rules import CLAUSE
from leeward.moderation.showing import kind_in_words

PAGE = 100


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: the case, what it is about, why, and whether this moderator may decide it."""

    case: Case
    kind: str
    reasons: list[str]
    is_hers: bool


@dataclass(frozen=True)
class LogLine:
    """One decision without persons and without anybody's words: when, what, under which rule, how it came about."""

    at: int
    act: str
    clause: str
    because: str
    undone: bool


def waiting_for(moderator: Member) -> list[Waiting]:
    """Open cases: urgent first, then oldest first. Those about her own words are not there."""
    cases = Case.objects.filter(state=CaseState.OPEN).exclude(author=moderator).order_by("-priority", "at")
    lines = []
    for case in cases.prefetch_related("reports")[:PAGE]:
        reports = list(case.reports.all())
        labels = dict.fromkeys(str(REASON[r.reason].label) for r in reports if r.reason in REASON)
        reasons = list(labels) or [str(Because(case.because).label)]
        lines.append(Waiting(case, kind_in_words(case), reasons, any(r.reporter_id == moderator.pk for r in reports)))
    return lines


def log_page(before: int | None = None) -> tuple[list[LogLine], int | None]:
    """The newest decisions, and the moment to go on from (microseconds); None at the end."""
    asked = Decision.objects.select_related("case").order_by("-at", "-pk")
    found = list((asked.filter(at__lt=before) if before else asked)[:PAGE])
    lines = [
        LogLine(
            row.at,
            str(Act(row.act).label),
            str(CLAUSE[row.clause].title) if row.clause in CLAUSE else "",
            str(Because(row.case.because).label),
            not row.stands,
        )
        for row in found
    ]
    return lines, found[-1].at if len(found) == PAGE else None
