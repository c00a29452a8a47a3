"""Taking a decision back."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions.deciding import AlreadyDecidedError, ReasonMissingError, tell_reporters
from leeward.moderation.actions.effects import undo
from leeward.moderation.actions.locking import give_back, may_step
from leeward.moderation.actions.opening import NotForYouError, close_openings, has_opened, may_open
from leeward.moderation.models import Act, Appeal, Decision, Locked, LockedStep, StepTaken
from leeward.notifications.actions import tell


def take_back(decision: Decision, *, moderator: Member, reason: str) -> Decision:
    """Take a restriction back. The thing is shown again as it was, unless its author has touched it since.

    What was held before is held again and read once more; so is what she has changed since.

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
    if decision.act == Act.LOCK:
        raise NotForYouError("What is locked is given back by the host, or by whoever hears an objection.")
    if not decision.is_restriction or not reason.strip():
        raise ReasonMissingError("Taking back needs a restriction and the facts.")
    with transaction.atomic():
        lifted = lift(decision, by=moderator, reason=reason)
        for writer in decision.told_to:
            tell(writer, "moderation.decided", path=reverse("moderation:statement", args=[decision.pk]))
    return lifted


def lift(decision: Decision, *, by: Member, reason: str) -> Decision:
    """Undo what a decision did, everywhere, and tell those who had pointed it out. The caller tells its writer.

    For `take_back`, and for an appeal that is granted. An appeal that still waited is granted with it.

    Raises:
        AlreadyDecidedError: it was taken back already.
    """
    case = decision.case
    with transaction.atomic():
        if not Decision.objects.filter(pk=decision.pk, undone_at=None).update(undone_at=now_us()):
            raise AlreadyDecidedError
        lifted = Decision.objects.create(case=case, by=by, act=Act.LIFT, reason=reason.strip(), found=decision.found)
        waiting = Appeal.objects.filter(decision=decision, heard_at=None)
        waiting.update(heard_by=by, heard_at=now_us(), granted=True, answer=reason.strip())
        if decision.act == Act.LOCK:
            give_back(decision)
        undo(decision, case.author)
        tell_reporters(case)
        close_openings(case)
    return lifted


def false_alarm(locked: Locked, *, by: Member, words: str) -> Decision:
    """Give back what was locked, as the host decides. Its author is told, and reads the words.

    Raises:
        PermissionError: somebody else than the host, or it is about something of hers.
        ReasonMissingError: no words.
        CannotGiveBackError: the vault cannot be reached just now; nothing has changed.
        AlreadyDecidedError: it was given back already.
    """
    if not may_step(locked, by):
        raise PermissionError("Only the host decides about what is locked, and not about what is hers.")
    if not words.strip():
        raise ReasonMissingError("Giving back needs words.")
    with transaction.atomic():
        lifted = lift(locked.decision, by=by, reason=words)
        LockedStep.objects.create(locked=locked, by=by, what=StepTaken.GIVE_BACK, words=words.strip())
        for writer in locked.decision.told_to:
            tell(writer, "moderation.decided", path=reverse("moderation:statement", args=[locked.decision_id]))
    return lifted
