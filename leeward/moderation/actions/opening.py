"""Opening a case: no line in the log, no sight."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.models import Opening
from leeward.audience.shared import Shared, State
from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.models import Case
from leeward.moderation.own_words import under_words_of


class NotForYouError(PermissionError):
    """Her own words, or her own report: somebody else decides."""


def may_open(case: Case, moderator: Member) -> bool:
    """Whether this moderator may look at the case: not at one about her own words, nor at one inside them."""
    if not moderator.is_moderator or moderator.is_suspended:
        return False
    return not under_words_of(moderator, [case])


def may_decide(case: Case, moderator: Member) -> bool:
    """Whether this moderator may decide it: not what she wrote or reported herself."""
    return may_open(case, moderator) and not case.reports.filter(reporter=moderator).exists()


def open_case(case: Case, *, moderator: Member) -> None:
    """Let a moderator see the thing of a case and what it is inside of, with a line for each in the log.

    Raises:
        NotForYouError: she is no moderator, is suspended, or it is about her own words.
    """
    if not may_open(case, moderator):
        raise NotForYouError("Somebody else looks at this case.")
    let_see(case, moderator)


def let_see(case: Case, person: Member) -> None:
    """Write the lines that let a person see the thing of a case and what is around it. The caller asks if she may.

    For `open_case`, and for whoever hears an appeal, who may be the host.
    """
    moment = now_us()
    with transaction.atomic():
        for kind, thing_id in [(case.kind, case.thing_id), *case.around]:
            if not _openings(case).filter(moderator=person, kind=kind, thing_id=thing_id).exists():
                Opening.objects.create(
                    moderator=person,
                    kind=kind,
                    thing_id=thing_id,
                    reason=case.opening_reason,
                    opened_at=moment,  # one press, one moment: so a day's presses are counted (moderation.desks)
                )


def has_opened(case: Case, moderator: Member) -> bool:
    """Whether she has opened it and it has not been closed since."""
    return _openings(case).filter(moderator=moderator, kind=case.kind, thing_id=case.thing_id).exists()


def close_openings(case: Case) -> None:
    """End everybody's sight that rested on this case."""
    _openings(case).update(closed_at=now_us())


def thing_of(case: Case, moderator: Member, *, lock: bool = False) -> Shared | None:
    """The thing of a case, as the moderator who opened it sees it; None if it is gone, a draft, or was not opened.

    Args:
        case: the case.
        moderator: who looks.
        lock: keep its row from being changed until the transaction ends.
    """
    if not has_opened(case, moderator):
        return None
    asked = model_of(case.kind).objects.filter(pk=case.thing_id).exclude(state=State.DRAFT)
    seen = asked.visible_to(Viewer.moderator(moderator))
    found: Shared | None = (seen.select_for_update(of=("self",)) if lock else seen).first()
    return found


def _openings(case: Case) -> QuerySet[Opening]:
    return Opening.objects.filter(reason__in=case.opening_reasons, closed_at=None)
