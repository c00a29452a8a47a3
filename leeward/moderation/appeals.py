"""Appeals: whether a member may object to a decision, who may hear it, and what waits for whom.

Another person hears it than the one who decided: a moderator; where there is none, the host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.models import Act, Appeal, Decision
from leeward.moderation.own_words import under_words_of

DAYS_TO_OBJECT = 183
"""Six months (Digital Services Act, article 20(1))."""


@dataclass(frozen=True)
class Keepers:
    """Who keeps the place at present: nobody who is kept from writing herself."""

    moderators: tuple[Member, ...]
    hosts: tuple[Member, ...]

    @classmethod
    def now(cls) -> Self:
        """Those of this moment."""
        at_work = members_who_may_write().filter(is_active=True).order_by("pk")
        return cls(tuple(at_work.filter(is_moderator=True)), tuple(at_work.filter(is_host=True)))

    def who_may_hear(self, decision: Decision) -> tuple[Member, ...]:
        """Moderators whom it does not concern; without any, such hosts. Of what is locked the other way round."""
        first, else_these = self._in_order(decision)
        others = tuple(member for member in first if _is_another(decision, member))
        return others or tuple(member for member in else_these if _is_another(decision, member))

    def lets_hear(self, decision: Decision, member: Member) -> bool:
        """Whether this member is one of them, without asking of everybody."""
        if not (member in {*self.moderators, *self.hosts} and _is_another(decision, member)):
            return False
        first, _else_these = self._in_order(decision)
        return member in first or not any(_is_another(decision, other) for other in first)

    def _in_order(self, decision: Decision) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        by_hosts = decision.act == Act.LOCK
        return (self.hosts, self.moderators) if by_hosts else (self.moderators, self.hosts)


def may_object(decision: Decision, member: Member) -> bool:
    """Whether a member may object: the decision is in force, about her words, not six months old, and the first time.

    A pause that has run out is still in force: what it took out of sight has not come back.
    """
    if not (decision.is_restriction and decision.stands and decision.case.author_id == member.pk):
        return False
    return objects_until(decision) > now_us() and not Appeal.objects.filter(decision=decision).exists()


def objects_until(decision: Decision) -> int:
    """The moment (microseconds) until which one can object to a decision."""
    return decision.at + DAYS_TO_OBJECT * DAY


def may_hear(appeal: Appeal, member: Member) -> bool:
    """Whether this member may decide on an appeal."""
    return Keepers.now().lets_hear(appeal.decision, member)


def appeals_for(member: Member) -> list[Appeal]:
    """The appeals that wait and that this member may hear, oldest first."""
    keepers = Keepers.now()
    return [appeal for appeal in _waiting() if keepers.lets_hear(appeal.decision, member)]


def appeals_for_nobody() -> list[Appeal]:
    """The appeals that wait for a second person who is not there yet, oldest first."""
    keepers = Keepers.now()
    return [appeal for appeal in _waiting() if not keepers.who_may_hear(appeal.decision)]


def _waiting() -> Iterable[Appeal]:
    waiting = Appeal.objects.filter(heard_at=None).select_related("decision__case")
    return waiting.prefetch_related("decision__case__reports").order_by("at")


def _is_another(decision: Decision, member: Member) -> bool:
    """Whether she did not decide it, wrote neither it nor what it stands under, and did not point it out."""
    case = decision.case
    concerned = {decision.by_id, *(report.reporter_id for report in case.reports.all())}
    return member.pk not in concerned and not under_words_of(member, [case])
