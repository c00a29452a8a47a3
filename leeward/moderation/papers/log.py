"""The log of decisions: without persons and without anybody's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeward.moderation.models import Act, Appeal, Because, Decision
from leeward.moderation.rules import clauses_at

PAGE = 100


@dataclass(frozen=True)
class LogLine:
    """One decision, or several made in one stroke.

    Args:
        at: when, microseconds.
        act: what was decided.
        clause: the rule that it rests on, as it stood then.
        because: how it came about.
        undone: whether it is no longer in force.
        objection: what became of an objection; empty if there was none.
        number: how many texts it was about.
    """

    at: int
    act: str
    clause: str
    because: str
    undone: bool
    objection: str
    number: int = 1


def log_page(before: int | None = None) -> tuple[list[LogLine], int | None]:
    """The newest decisions, and the moment to go on from (microseconds); None at the end."""
    asked = Decision.objects.select_related("case", "appeal").order_by("-at", "-pk")
    found = list((asked.filter(at__lt=before) if before else asked)[:PAGE])
    titles = {
        (version, clause.key): str(clause.title)
        for version in {row.rules for row in found}
        for clause in clauses_at(version)
    }
    lines: dict[object, LogLine] = {}
    for row in found:
        line = _line(row, titles.get((row.rules, row.clause), ""))
        key = (row.together, line.because, line.undone, line.objection) if row.together else row.pk
        same = lines.get(key)
        number = same.number + 1 if same else 1
        lines[key] = LogLine(**{**vars(line), "at": same.at if same else line.at, "number": number})
    return list(lines.values()), found[-1].at if len(found) == PAGE else None


def _line(row: Decision, clause: str) -> LogLine:
    appeal: Appeal | None = getattr(row, "appeal", None)
    because = str(Because(row.case.because).label)
    return LogLine(row.at, str(Act(row.act).label), clause, because, not row.stands, _objection(appeal))


def _objection(appeal: Appeal | None) -> str:
    if appeal is None:
        return ""
    if appeal.heard_at is None:
        return _("The writer objected; it waits for another person.")
    if appeal.granted is None:
        return _("The writer objected; the decision ended by itself before it was heard.")
    return (
        _("The writer objected, and was right.") if appeal.granted else _("The writer objected; the decision stands.")
    )
