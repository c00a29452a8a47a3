"""Which open cases are offered to a moderator, and which she is spared.

Never one about her own words or inside them. Not what she handed on, nor what has something inside that she asked to
be spared: those are for others. Where nobody else could take one, it stands last and covered, for else nobody would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from leeward.audience.notes import NOTE, notes_in
from leeward.members.models import Member
from leeward.moderation.desks import desk_of, desks_of, other_moderators
from leeward.moderation.losses import losses_in, losses_to_choose
from leeward.moderation.models import Because, Case, CaseState, Desk, HandedOn, Report
from leeward.moderation.own_words import under_words_of
from leeward.moderation.signs import CARE

LOOKED_AT = 2000
"""So many open cases are looked at, the first in order: more than anybody could read, and soon asked for."""


@dataclass(frozen=True)
class Offered:
    """An open case as it is offered to one moderator.

    Args:
        case: the case.
        spared: what she asked to be spared and is inside it, in words; then it is covered.
        handed_on: whether she handed it on, and nobody else is there to take it.
        reasons: why it was pointed out, if it was: keys of moderation.reasons.
        is_hers: whether she pointed it out herself, so that somebody else decides.
    """

    case: Case
    spared: tuple[str, ...] = ()
    handed_on: bool = False
    reasons: tuple[str, ...] = ()
    is_hers: bool = False

    @property
    def stands_last(self) -> bool:
        """Whether somebody else should take it, if anybody were there."""
        return bool(self.spared) or self.handed_on


def offered_to(moderator: Member) -> list[Offered]:
    """The open cases that this moderator may decide or look at: urgent first, then oldest first."""
    asked = Case.objects.filter(state=CaseState.OPEN).exclude(author=moderator).order_by("-priority", "at")
    cases = list(asked[:LOOKED_AT])
    hers = under_words_of(moderator, cases)
    return _Sparing(moderator, [case for case in cases if case.pk not in hers]).offered()


def spared_notes(case: Case, desk: Desk) -> tuple[str, ...]:
    """What she asked to be spared and is inside this case, in words: notes, and kinds of loss."""
    return _spared(case, desk, losses_in([case]) if desk.avoids_losses else {})


class _Sparing:
    """What is known once for all cases, so that the questions do not grow with them."""

    def __init__(self, moderator: Member, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.moderator = moderator
        self.desk = desk_of(moderator)
        self.others = other_moderators(moderator)
        self.desks = desks_of(self.others)
        self.handed_on: dict[int, set[int]] = defaultdict(set)
        for case_id, member_id in HandedOn.objects.filter(case__state=CaseState.OPEN).values_list("case", "moderator"):
            self.handed_on[case_id].add(member_id)
        self.reports: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
        reports = Report.objects.filter(case__state=CaseState.OPEN).order_by("at")
        for case_id, reason, reporter_id in reports.values_list("case", "reason", "reporter"):
            self.reports[case_id].append((reason, reporter_id))
        asked = any(desk.avoids_losses for desk in (self.desk, *self.desks.values()))
        self.losses = losses_in(cases) if asked else {}
        self.today = timezone.localdate()
        self._their_words: dict[int, set[int]] = {}

    def offered(self) -> list[Offered]:
        """Each case as it stands for her, in order."""
        found = [one for one in map(self._as_offered, self.cases) if one is not None]
        return sorted(found, key=lambda one: (not one.case.is_urgent, one.stands_last, one.case.at))

    def _as_offered(self, case: Case) -> Offered | None:
        spared = _spared(case, self.desk, self.losses)
        handed_on = self.moderator.pk in self.handed_on[case.pk]
        if (spared or handed_on) and any(self._could_take(case, other) for other in self.others):
            return None
        reports = self.reports[case.pk]
        is_hers = any(reporter == self.moderator.pk for _reason, reporter in reports)
        return Offered(case, spared, handed_on, tuple(dict.fromkeys(reason for reason, _by in reports)), is_hers)

    def _could_take(self, case: Case, other: Member) -> bool:
        desk = self.desks[other.pk]
        if desk.is_away(self.today) or other.pk in self.handed_on[case.pk] or _spared(case, desk, self.losses):
            return False
        if other.pk in case.tellers or any(reporter == other.pk for _reason, reporter in self.reports[case.pk]):
            return False
        if other.pk not in self._their_words:
            self._their_words[other.pk] = under_words_of(other, self.cases)
        return case.pk not in self._their_words[other.pk]


def _spared(case: Case, desk: Desk, losses: Mapping[int, frozenset[str]]) -> tuple[str, ...]:
    notes = case.notes
    if case.because == Because.CARE or CARE & set(case.signs):
        notes |= NOTE["suicide_self_harm"].bit
    found = [str(note.label) for note in notes_in(notes & desk.avoids)]
    avoided = losses.get(case.pk, frozenset()) & set(desk.avoids_losses)
    return (*found, *(label for key, label in losses_to_choose() if key in avoided)) if avoided else tuple(found)
