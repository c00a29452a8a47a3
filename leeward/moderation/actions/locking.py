"""Locking what the law may forbid: out of everybody's sight at once, kept, and put before the host.

One moderator locks, so that it is quick; only the host, or another who hears an objection, gives it back. Its author is
told when the host says so, and after a day in any case, unless an authority has asked for silence
(docs/decisions/0030-photos-in-stories.md).
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from leeward.audience.shared import Shared
from leeward.kit.moments import DAY, HOUR, now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.looked_at import looking_at
from leeward.moderation.models import Decision, Locked, LockedStep, StepTaken
from leeward.notifications.actions import tell

QUIET_AT_MOST = 180 * DAY
"""So long (microseconds) telling its author is put off with one step; then the host says anew why."""


class StepMissesSomething(ValueError):
    """A step needs words, or a day that lies ahead and not too far."""


def lock_away(decision: Decision, thing: Shared) -> None:
    """Lock a thing as decided, and put it before the host. Part of the transaction of the decision."""
    until = now_us() + settings.LOCKED_DAYS * DAY
    what = looking_at(decision.case.kind).lock(thing, until)
    tell_at = now_us() + settings.LOCKED_TOLD_AFTER * HOUR
    Locked.objects.create(decision=decision, what=what, keep_until=until, tell_at=tell_at)
    for host in members_who_may_write().filter(is_host=True, is_active=True):
        if host.pk not in decision.case.tellers:
            tell(host, "moderation.locked", path=reverse("moderation:locked"))


def give_back(decision: Decision) -> None:
    """Unlock what a decision locked, which is lifted. Part of the caller's transaction.

    Raises:
        CannotGiveBackError: it cannot be reached just now; nothing has changed.
    """
    locked = Locked.objects.filter(decision=decision, over_at=None).first()
    if locked is None:
        return
    looking_at(decision.case.kind).give_back(locked.what)
    locked.over_at, locked.told_at = now_us(), locked.told_at or now_us()  # of what is over she may know
    locked.save(update_fields=["over_at", "told_at"])


def take_step(locked: Locked, *, by: Member, what: StepTaken, words: str, until: int | None = None) -> LockedStep:
    """Do something about what is locked, and write down what and why. Giving it back is `lift` of its decision.

    Args:
        locked: what is not over.
        by: the host.
        what: any but GIVE_BACK.
        words: why, or to whom and under which number it was reported; needed for all but TELL.
        until: of QUIET and KEEP: until when, microseconds.

    Raises:
        PermissionError: somebody else than the host, or it is about something of hers.
        StepMissesSomething: no words, or no such day.
    """
    if not may_step(locked, by):
        raise PermissionError("Only the host decides about what is locked, and not about what is hers.")
    if what != StepTaken.TELL and not words.strip():
        raise StepMissesSomething("words")
    with transaction.atomic():
        if what in {StepTaken.QUIET, StepTaken.KEEP}:
            _put_off(locked, what, until)
        if what == StepTaken.TELL:
            tell_author(locked)
        return LockedStep.objects.create(locked=locked, by=by, what=what, words=words.strip(), until=until)


def may_step(locked: Locked, member: Member) -> bool:
    """Whether this member decides about it: the host, about nothing of her own."""
    return member.is_host and not member.is_suspended and member.pk not in locked.decision.case.tellers


def tell_author(locked: Locked) -> None:
    """Let its author read the decision and object to it. Part of the caller's transaction; twice changes nothing."""
    if Locked.objects.filter(pk=locked.pk, told_at=None).update(told_at=now_us()):
        for writer in locked.decision.told_to:
            tell(writer, "moderation.decided", path=reverse("moderation:statement", args=[locked.decision_id]))


def tend_locked() -> int:
    """Tell authors whose time has come, and close what was erased on its date; how many."""
    waiting = Locked.objects.filter(over_at=None, told_at=None, tell_at__lte=now_us()).select_related("decision__case")
    done = 0
    for locked in waiting:
        with transaction.atomic():
            tell_author(locked)
        done += 1
    over = Locked.objects.filter(over_at=None, keep_until__lte=now_us()).select_related("decision__case")
    gone = [one.pk for one in over if not looking_at(one.decision.case.kind).is_there(one.what)]
    return done + Locked.objects.filter(pk__in=gone).update(over_at=now_us())


def _put_off(locked: Locked, what: StepTaken, until: int | None) -> None:
    latest = now_us() + (QUIET_AT_MOST if what == StepTaken.QUIET else 20 * 365 * DAY)
    if until is None or not now_us() < until <= latest:
        raise StepMissesSomething("until")
    if what == StepTaken.QUIET:
        if locked.told_at is not None:
            raise StepMissesSomething("what")  # she knows
        Locked.objects.filter(pk=locked.pk).update(tell_at=until)
        return
    if until < locked.keep_until:
        raise StepMissesSomething("until")
    Locked.objects.filter(pk=locked.pk).update(keep_until=until)
    looking_at(locked.decision.case.kind).keep(locked.what, until)
