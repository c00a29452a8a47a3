"""What those who moderate do for themselves and for one another: rest, hand on, ask another reader, note down."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from leeward.audience.models import Opening
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.models import Member
from leeward.moderation.actions.cases import call_moderators
from leeward.moderation.actions.opening import NotForYouError, has_opened, may_decide, may_open
from leeward.moderation.begun import put_begun_away
from leeward.moderation.desks import LEAST_A_DAY, MOST_A_DAY, Why, other_moderators, others_at_work, pause_of
from leeward.moderation.models import Case, CaseState, Debrief, Desk, HandedOn, Opinion, Priority
from leeward.moderation.own_words import under_words_of
from leeward.moderation.signs import CARE
from leeward.notifications.actions import tell

REST = 20 * 60 * MICROSECONDS
"""How long (microseconds) a moderator rests after she has decided about a text that spoke of danger."""


class NobodyElseError(Exception):
    """There is no other moderator."""


def keep_desk(
    moderator: Member,
    *,
    avoids: int,
    avoids_losses: list[str],
    away_from: datetime.date | None,
    away_until: datetime.date | None,
    daily_cap: int,
) -> None:
    """Keep how a moderator works.

    Args:
        moderator: whose desk it is.
        avoids: bit mask of content notes that she is spared.
        avoids_losses: keys of kinds of loss that she is spared.
        away_from: first day of being away, or None.
        away_until: last day of being away, or None.
        daily_cap: how many cases a day.

    Raises:
        ValueError: so many, or so few, cases a day are not to be had.
    """
    if not LEAST_A_DAY <= daily_cap <= MOST_A_DAY:
        raise ValueError(f"Between {LEAST_A_DAY} and {MOST_A_DAY} cases a day, not {daily_cap}.")
    kept = {
        "avoids": avoids,
        "avoids_losses": avoids_losses,
        "away_from": away_from,
        "away_until": away_until,
        "daily_cap": daily_cap,
    }
    Desk.objects.update_or_create(moderator=moderator, defaults=kept)


def rest_after(cases: Iterable[Case], *, moderator: Member) -> bool:
    """Let a moderator rest if one of the cases that she has decided was urgent, or about danger; whether she rests."""
    hard = any(case.is_urgent or CARE & set(case.signs) for case in cases)
    if hard:
        Desk.objects.update_or_create(moderator=moderator, defaults={"rests_until": now_us() + REST})
    return hard


def may_go_on(moderator: Member) -> bool:
    """Whether she can end her rest at once: something urgent waits, and nobody else is at work."""
    pause = pause_of(moderator)
    urgent = Case.objects.filter(state=CaseState.OPEN, priority=Priority.URGENT)
    waits = urgent.exclude(author=moderator).exclude(also=moderator)
    return pause is not None and pause.why is Why.RESTS and waits.exists() and not others_at_work(moderator)


def go_on(moderator: Member) -> bool:
    """End her rest, if it may be ended; whether it was."""
    if not may_go_on(moderator):
        return False
    Desk.objects.filter(moderator=moderator).update(rests_until=None)
    return True


def hand_on(cases: Iterable[Case], *, moderator: Member) -> int:
    """Leave cases to others for good; nobody asks why. Her sight of them ends. How many were handed on.

    Raises:
        NotForYouError: she may not look at one of them anyway.
    """
    handed = [case for case in cases if case.is_open]
    if not moderator.is_moderator or moderator.is_suspended or under_words_of(moderator, handed):
        raise NotForYouError("Somebody else looks at this case.")
    with transaction.atomic():
        rows = [HandedOn(case=case, moderator=moderator) for case in handed]
        HandedOn.objects.bulk_create(rows, ignore_conflicts=True)
        reasons = [reason for case in handed for reason in case.opening_reasons]
        hers = Opening.objects.filter(moderator=moderator, reason__in=reasons, closed_at=None)
        hers.update(closed_at=now_us())
        put_begun_away(handed, of=moderator)
        for urgent in [case for case in handed if case.is_urgent][:1]:
            call_moderators(urgent, besides=moderator)
    return len(handed)


def ask_second(case: Case, *, by: Member) -> None:
    """Ask another moderator to read a case, too. It can be decided without waiting for her.

    Raises:
        NotForYouError: she may not decide the case, or has not opened it.
        NobodyElseError: there is no other moderator.
    """
    if not (case.is_open and may_decide(case, by) and has_opened(case, by)):
        raise NotForYouError("Who decides a case asks for another reader.")
    others = other_moderators(by)
    if not others:  # its writer counts, too: a call that finds nobody would tell who wrote what is not signed
        raise NobodyElseError
    others = [other for other in others if may_open(case, other)]
    handed_on = set(HandedOn.objects.filter(case=case).values_list("moderator", flat=True))
    others = [other for other in others if other.pk not in handed_on] or others
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(needs_second=True, second_asked_by=by)
        for other in others:
            tell(other, "moderation.second", path=reverse("moderation:case", args=[case.ref]))


def give_opinion(case: Case, *, by: Member, words: str) -> Opinion:
    """Say as a second reader what one thinks of a case. Who asked is told; nobody's name is.

    Raises:
        NotForYouError: nobody asked, it was she who asked, or she has not opened it.
        ValueError: no words.
    """
    asked = case.is_open and case.second_asked_by_id != by.pk and (case.needs_second or _has_written(case, by))
    if not (asked and may_open(case, by) and has_opened(case, by)):
        raise NotForYouError("Nobody has asked her to read this.")
    if not words.strip():
        raise ValueError("What she thinks needs words.")
    with transaction.atomic():
        said, _new = Opinion.objects.update_or_create(
            case=case, by=by, defaults={"words": words.strip(), "at": now_us()}
        )
        Case.objects.filter(pk=case.pk).update(needs_second=False)
        if case.second_asked_by is not None:
            tell(case.second_asked_by, "moderation.opinion", path=reverse("moderation:case", args=[case.ref]))
    return said


def note_down(moderator: Member, words: str) -> Debrief:
    """Keep a moderator's note to herself.

    Raises:
        ValueError: no words.
    """
    if not words.strip():
        raise ValueError("A note needs words.")
    return Debrief.objects.create(moderator=moderator, words=words.strip())


def throw_away(moderator: Member, pk: int) -> bool:
    """Delete one of her own notes; whether there was one."""
    return Debrief.objects.filter(moderator=moderator, pk=pk).delete()[0] > 0


def _has_written(case: Case, moderator: Member) -> bool:
    return Opinion.objects.filter(case=case, by=moderator).exists()
