"""A light left on: lit and put out by who waits; the newcomer is asked first, and only her yes is ever told."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from leeward.audience.viewers import Viewer
from leeward.circles.lights import MOST, are_shown, can_be_waited_for, hook_of, hooks_of
from leeward.circles.models import Light, LightCall, Presence
from leeward.circles.paces import ASKED_FOR, LIGHTS, WITHIN
from leeward.circles.shown import facts_of
from leeward.journeys.facts import Pair
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.notifications.actions import tell
from leeward.notifications.bell import would_meet

ASKED = "circles.light_asked"
FOUND = "circles.light"


class CannotLight(ValueError):
    """There are three already, or nothing of hers was chosen."""


def light(member: Member, facts: Iterable[Pair]) -> Light:
    """Leave a light on for whoever comes and shows all of these facts. Nobody sees it but her.

    Raises:
        CannotLight: none or other facts than hers, or there are three already.
        PermissionError: her membership has ended.
        TooOften: she has lit as many as may be for now.
    """
    chosen = sorted(set(facts))
    if member.has_ended:
        raise PermissionError("Who is no member any more leaves no light.")
    if not chosen or not set(chosen) <= set(can_be_waited_for(member)):
        raise CannotLight("A light is for what is true of herself.")
    with transaction.atomic():
        once_at_a_time(member)
        if Light.objects.filter(member=member).count() >= MOST:
            raise CannotLight("Three lights at most.")
        keep_pace(LIGHTS, member)
        return Light.objects.create(
            member=member, facts=[f"{facet}:{key}" for facet, key in chosen], hook=hook_of(chosen)
        )


def put_out(lit: Light, *, by: Member) -> None:
    """Put a light out: from now on nobody is asked because of it, and who was asked is told of by nobody.

    Raises:
        PermissionError: it is not hers.
    """
    if lit.member_id != by.pk:
        raise PermissionError("Only who lit a light puts it out.")
    lit.delete()


def put_out_all(member: Member) -> None:
    """Put out all lights of a member: what she told of her journey is deleted, and they were of that."""
    Light.objects.filter(member=member).delete()


def look_for_lights(presence: Presence) -> int:
    """Ask a newcomer, once for each light all of whose facts she shows; how many lights there were.

    A light counts only if she who waits may see this presence, and has not asked to be spared what is in it. Then no
    wall lies between them: a wall hides what is signed.
    """
    newcomer = presence.author
    if newcomer is None:
        return 0
    shown = facts_of([presence])[presence.pk]
    lit = Light.objects.filter(hook__in=hooks_of(shown), member__ended_at=None, member__is_active=True)
    lit = lit.exclude(member=newcomer).exclude(calls__newcomer=newcomer).select_related("member")
    asked = 0
    for one in lit.iterator(chunk_size=500):
        if are_shown(one, shown) and would_meet(presence, Viewer.on_other_days(one.member)):
            LightCall.objects.get_or_create(light=one, newcomer=newcomer)
            asked += 1
    if asked:
        tell(newcomer, ASKED, path=reverse("circles:light_asked"))
    return asked


def say(newcomer: Member, *, agreed: bool) -> None:
    """Answer the question. A yes is told to each who waits, on a day within the week that is drawn for each."""
    with transaction.atomic():
        once_at_a_time(newcomer)
        for call in LightCall.objects.filter(newcomer=newcomer, agreed=None):
            call.agreed = agreed
            call.tell_at = now_us() + secrets.randbelow(WITHIN) if agreed else None
            call.save(update_fields=["agreed", "tell_at"])


def take_yes_back(newcomer: Member) -> None:
    """Let nobody be told any more who was not told yet."""
    LightCall.objects.filter(newcomer=newcomer, agreed=True, told_at=None).update(agreed=False, tell_at=None)


def tell_who_waits() -> int:
    """Tell those whose moment has come that somebody is here, as far as they may still see her; how many were due."""
    due = LightCall.objects.filter(agreed=True, told_at=None, tell_at__lte=now_us())
    calls = list(due.select_related("light__member", "newcomer").order_by("tell_at")[:500])
    for call in calls:
        with transaction.atomic():
            mine = LightCall.objects.filter(pk=call.pk, agreed=True, told_at=None)
            if not mine.update(told_at=now_us()):
                continue  # taken back in this very moment
            presence = (
                Presence.objects.filter(author=call.newcomer).visible_to(Viewer.member(call.light.member)).first()
            )
            if presence is not None and not call.newcomer.has_ended:
                tell(call.light.member, FOUND, presence)
    return len(calls)


def let_questions_go() -> int:
    """Take silence for a no, after a month."""
    old = LightCall.objects.filter(agreed=None, asked_at__lt=now_us() - ASKED_FOR)
    return old.update(agreed=False)
