"""Taking a decision back."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from leeward.audience.publishing import hold, publish
from leeward.audience.shared import Shared, State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions.cases import case_of
from leeward.moderation.actions.deciding import AlreadyDecidedError, ReasonMissingError
from leeward.moderation.actions.opening import NotForYouError, close_openings, has_opened, may_open, thing_of
from leeward.moderation.models import Act, Because, Case, Decision
from leeward.notifications.actions import tell


def take_back(decision: Decision, *, moderator: Member, reason: str) -> Decision:
    """Take a restriction back. The thing is shown again as it was, unless its author has touched it since.

    What was held before is held again and read once more; what she has changed since is hers to show.

    Args:
        decision: a restriction that stands, on a case that the moderator has opened again.
        moderator: who takes it back.
        reason: the facts, as the author is told.

    Raises:
        NotForYouError: about her own words, or she has not opened the case.
        ReasonMissingError: no facts were given, or the decision restricts nothing.
        AlreadyDecidedError: it was taken back already.
    """
    case = decision.case
    if not (may_open(case, moderator) and has_opened(case, moderator)):
        raise NotForYouError("Somebody else decides this case.")
    if not decision.is_restriction or not reason.strip():
        raise ReasonMissingError("Taking back needs a restriction and the facts.")
    with transaction.atomic():
        if not Decision.objects.filter(pk=decision.pk, undone_at=None).update(undone_at=now_us()):
            raise AlreadyDecidedError
        lifted = Decision.objects.create(case=case, by=moderator, act=Act.LIFT, reason=reason.strip())
        thing = thing_of(case, moderator, lock=True)
        if thing is not None:
            _give_back(thing, decision)
        if case.author is not None:
            _let_write(case.author)
            tell(case.author, "moderation.decided", path=reverse("moderation:mine"))
        close_openings(case)
    return lifted


def _give_back(thing: Shared, decision: Decision) -> None:
    left_as = State.HELD if decision.act == Act.HIDE else State.WITHDRAWN
    untouched = thing.state == left_as and thing.touched_at == decision.touched_at
    if untouched and decision.state_before == State.LIVE:
        publish(thing)
    elif thing.state == State.HELD or untouched:
        hold(thing)
        case_of(thing, Because.FIRST_TEXT)


def _let_write(author: Member) -> None:
    """Let her write again, if no other decision keeps her from it."""
    others = Decision.objects.filter(case__in=Case.objects.filter(author=author), act=Act.SUSPEND, undone_at=None)
    if not others.exists():
        Member.objects.filter(pk=author.pk).update(suspended_at=None)
