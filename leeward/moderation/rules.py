"""The rules of the house: what a decision rests on. Short, so that they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.moderation.models import RulesVersion

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Clause:
    """One rule: its stable key, its name, and what it asks."""

    key: str
    title: str | _StrPromise
    text: str | _StrPromise


RULES: tuple[Clause, ...] = (
    Clause(
        "kind",
        _("Nobody is blamed, belittled or disbelieved here"),
        _(
            "Nobody’s loss is too early, too small, too long ago or their own fault. Nobody is told how to grieve. "
            "Anger, strong words and dark humour about what happened to yourself are welcome; against each other "
            "they are not."
        ),
    ),
    Clause(
        "decisions",
        _("What people decided about their own body and their own family is not debated"),
        _(
            "Ending a pregnancy, going on, stopping, adopting, not adopting, believing or not: "
            "tell your own, and leave theirs."
        ),
    ),
    Clause(
        "advice",
        _("Tell what you lived, not what others should do"),
        _(
            "Nobody here replaces a midwife, a doctor or a lawyer. "
            "Do not tell anyone to take, stop or refuse a treatment."
        ),
    ),
    Clause(
        "names",
        _("Nobody’s name, address or picture without their yes"),
        _("This is so for partners, children, families, staff and members, and for guessing who wrote something."),
    ),
    Clause(
        "inside",
        _("Say what is inside"),
        _(
            "Tick what others may want to know before they read: "
            "a pregnancy, a birth, a living child, a loss told closely."
        ),
    ),
    Clause(
        "danger",
        _("Speak of despair, not of ways"),
        _("Thoughts of not living may be said here. Ways, means and plans may not: they can carry someone else away."),
    ),
    Clause(
        "selling",
        _("Nothing is sold, collected or researched here"),
        _("No offers, no appeals for money, no invitations elsewhere, no questions for a study or an article."),
    ),
    Clause(
        "honest",
        _("What you tell is yours, and true"),
        _("Leave out and change what protects you. Do not invent a loss, and do not be several people."),
    ),
    Clause(
        "threats",
        _("No threats, no pursuit, no hatred"),
        _(
            "Nobody is threatened, followed or harassed, "
            "or demeaned for who they are, whom they love or what they believe."
        ),
    ),
    Clause(
        "law",
        _("Nothing that the law forbids"),
        _("Also not where the law is the only reason. The decision then says which law."),
    ),
)
"""All rules, in the order in which they are shown."""

CLAUSE: dict[str, Clause] = {clause.key: clause for clause in RULES}
"""Rules by their key."""


@dataclass(frozen=True)
class Version:
    """The rules as they stood from a moment on.

    Args:
        number: 1 is what the place came with.
        at: since when, microseconds; 0 for what the place came with.
        why: what changed and why, in the host's words.
        clauses: every rule, each with what it said before if this version changed it.
    """

    number: int
    at: int
    why: str
    clauses: tuple[tuple[Clause, Clause | None], ...]


def rules_in_force() -> int:
    """The number of the version of the rules that is in force; 1 is what the place came with."""
    return RulesVersion.objects.order_by("-number").values_list("number", flat=True).first() or 1


def clauses_at(version: int) -> tuple[Clause, ...]:
    """The rules as they stood in a version; what the host has never touched stands as the place came with it.

    A rule that came later, with a newer program, is there too: its key may be in a decision.
    """
    return _clauses_of(RulesVersion.objects.filter(number=version).first())


def clauses_in_force() -> tuple[Clause, ...]:
    """The rules that are in force."""
    return clauses_at(rules_in_force())


def clause_at(version: int, key: str) -> Clause | None:
    """One rule as it stood in a version; None if there is no such rule.

    Args:
        version: as a decision keeps it (`Decision.rules`).
        key: the rule's key (`Decision.clause`).
    """
    return next((clause for clause in clauses_at(version) if clause.key == key), None)


def version_at(number: int) -> Version | None:
    """A version with what it changed; None if there never was one of this number."""
    rows = {row.number: row for row in RulesVersion.objects.filter(number__in=[number - 1, number])}
    row = rows.get(number)
    if row is None:
        return Version(1, 0, "", tuple((clause, None) for clause in RULES)) if number == 1 else None
    before = _clauses_of(rows.get(number - 1)) if number > 1 else _clauses_of(row)
    pairs = zip(_clauses_of(row), before, strict=True)
    changed = tuple((now, None if _says_the_same(now, then) else then) for now, then in pairs)
    return Version(number, row.at, row.why, changed)


def versions() -> list[tuple[int, int, str]]:
    """Every version there was, newest first: its number, since when (microseconds; 0: from the beginning), and why."""
    rows = list(RulesVersion.objects.order_by("-number").values_list("number", "at", "why"))
    return rows or [(1, 0, "")]


def _clauses_of(row: RulesVersion | None) -> tuple[Clause, ...]:
    kept = {said["key"]: Clause(said["key"], said["title"], said["text"]) for said in row.clauses} if row else {}
    return tuple(kept.get(clause.key, clause) for clause in RULES)


def _says_the_same(one: Clause, other: Clause) -> bool:
    return (str(one.title), str(one.text)) == (str(other.title), str(other.text))
