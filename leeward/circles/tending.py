"""What is done every few minutes: show who has waited, look for lights, tell who waits, let notes lapse."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from leeward.audience.models import Ring, RingKind
from leeward.audience.publishing import show_to
from leeward.audience.shared import State
from leeward.audience.things import kind_of
from leeward.audience.unguarded import everything
from leeward.circles.actions.being_found import place
from leeward.circles.actions.ending import unshow
from leeward.circles.actions.lighting import let_questions_go, look_for_lights, tell_who_waits
from leeward.circles.actions.talking import NOTE
from leeward.circles.models import LightCall, Line, Meeting, MeetingAudience, Presence, PresenceAudience
from leeward.circles.paces import LAPSES
from leeward.circles.shown import CannotBeFoundSo
from leeward.kit.moments import now_us
from leeward.members import tending
from leeward.members.retention import kept_since
from leeward.notifications.actions import let_rest

_AT_ONCE = 200
"""So many presences are looked at in one round."""


def register_tending() -> None:
    """Register what keeps the table of docs/privacy. Called at start-up."""
    tending.register("notes_unanswered", _tend_notes)
    tending.register("meetings", _tend_meetings)
    tending.register("light_calls", _tend_calls)


def tend_circles() -> dict[str, int]:
    """One round of what is not a deletion; how many of each."""
    return {
        "presences shown": show_who_waited(),
        "presences looked at": look_for_new(),
        "lights told": tell_who_waits(),
        "questions let go": let_questions_go(),
    }


def show_who_waited() -> int:
    """Show the presences of accounts that are new no more; take those of ended memberships out of sight."""
    presences = everything(Presence, reason="who has waited is shown, whoever looks")
    shown = PresenceAudience.objects.filter(thing=OuterRef("pk"))
    for ended in presences.filter(Exists(shown), author__ended_at__isnull=False)[:_AT_ONCE]:
        with transaction.atomic():
            show_to(ended, [])
            presences.filter(pk=ended.pk).update(looked_at=0)  # shown again if the decision is taken back
    waited = presences.filter(~Exists(shown), looked_at=0, shown_from__lte=now_us(), author__ended_at=None)
    return sum(_place_one(waited, key) for key in list(waited.values_list("pk", flat=True)[:_AT_ONCE]))


def _place_one(waited: QuerySet[Presence], key: int) -> bool:
    """Show one as it is now: by whom she wishes to be found may have changed since it was looked for."""
    with transaction.atomic():
        presence = waited.select_related("author").select_for_update(of=("self",)).filter(pk=key).first()
        if presence is None:
            return False
        try:
            place(presence)
        except CannotBeFoundSo:  # the way that she showed is no more: she is told so on her own page
            presence.looked_at = now_us()
            presence.save(update_fields=["looked_at"])
            return False
    return True


def look_for_new() -> int:
    """Look for lights that wait for who has newly become visible, or has changed what she shows; how many."""
    shown = PresenceAudience.objects.filter(thing=OuterRef("pk"))
    presences = everything(Presence, reason="lights are looked for, whoever looks")
    new = presences.filter(Exists(shown), state=State.LIVE, looked_at=0, shown_from__lte=now_us())
    found = list(new.select_related("author").order_by("touched_at")[:_AT_ONCE])
    for presence in found:
        with transaction.atomic():
            look_for_lights(presence)
            as_it_was = everything(Presence, reason="it was looked at").filter(touched_at=presence.touched_at)
            as_it_was.filter(pk=presence.pk).update(looked_at=now_us())
    return len(found)


def _tend_notes() -> int:
    """Let notes lapse that nobody answered, and delete what lapsed long ago: all alike, whatever the reason."""
    notes = everything(Meeting, reason="notes lapse by their age alone").filter(answered_at=None)
    old = now_us() - LAPSES
    lines = everything(Line, reason="an answer that is being read keeps its note, a month at most")
    being_read = lines.filter(meeting=OuterRef("pk"), state=State.HELD, touched_at__gt=old)
    lapsed = list(notes.filter(~Exists(being_read), ended_at=None, touched_at__lt=old).select_related("asked")[:1000])
    ids = [note.pk for note in lapsed]
    with transaction.atomic():
        for note in lapsed:
            if note.asked is not None:
                let_rest(note.asked, NOTE, kind_of(note), [note.pk])
        unshow(ids)
        notes.filter(pk__in=ids).update(ended_at=F("touched_at") + LAPSES)
    return _delete(notes.filter(ended_at__lt=kept_since("notes_unanswered")))


def _tend_meetings() -> int:
    met = everything(Meeting, reason="ended meetings go by their age alone").exclude(answered_at=None)
    return _delete(met.filter(ended_at__lt=kept_since("meetings")))


def _tend_calls() -> int:
    return LightCall.objects.filter(asked_at__lt=kept_since("light_calls")).delete()[0]


def _delete(meetings: QuerySet[Meeting]) -> int:
    ids = list(meetings.values_list("pk", flat=True)[:1000])
    rings = MeetingAudience.objects.filter(thing__in=ids, ring__kind=RingKind.PAIR).values_list("ring", flat=True)
    with transaction.atomic():
        Ring.objects.filter(pk__in=list(rings)).delete()
        everything(Line, reason="lines go with their meeting").filter(meeting__in=ids).delete()
        everything(Meeting, reason="kept long enough").filter(pk__in=ids).delete()
    return len(ids)
