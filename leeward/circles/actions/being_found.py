"""Be found: say as what and by whom, take over what the journey says now, and stop, at once."""

from __future__ import annotations

import datetime

from django.db import transaction

from leeward.audience.models import Ring, RingKind
from leeward.audience.publishing import changed, publish, show_to
from leeward.audience.shared import State
from leeward.circles.models import FoundBy, LightCall, Presence, PresenceFact
from leeward.circles.paces import PRESENCES, WAITS
from leeward.circles.shown import Wish, facts_of, rings_for, says_else
from leeward.journeys.facts import Pair
from leeward.journeys.notes_of_facts import notes_of
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.consents import give
from leeward.members.models import Member, Purpose
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in, is_hidden, stop_waiting
from leeward.moderation.suggesting import say_notes


def open_to(member: Member) -> int:
    """From when on (microseconds) this account can be found, and writes to single people."""
    midnight = datetime.datetime.combine(member.joined_on, datetime.time(), datetime.UTC)
    return int(midnight.timestamp()) * MICROSECONDS + WAITS


def be_found(member: Member, wish: Wish) -> Presence:
    """Agree, and keep how she wishes to be found: held until it was read if it has new words; the caller settles it.

    Raises:
        PermissionError: she may not write at present, or a decision took what stood here out of sight.
        CannotBeFoundSo: the choices contradict each other.
        TooOften: she has changed it as often as may be for now.
    """
    if member.is_suspended:
        raise PermissionError("A suspended member shows nothing to others.")
    with transaction.atomic():
        once_at_a_time(member)
        rings_for(member, wish.found_by, wish.facts)
        give(member, Purpose.FOUND)
        mine = Presence.objects.written_by(member).select_for_update(
            of=("self",)
        )  # a decision may take it out of sight
        presence = mine.first() or Presence(author=member)
        if presence.state == State.WITHDRAWN:
            raise PermissionError("What was removed is not shown again.")
        keep_pace(PRESENCES, member)
        new_words = presence.pk is None or presence.text != wish.text
        presence.text, presence.found_by = wish.text, wish.found_by
        say_notes(presence, wish.notes | notes_of(wish.facts))
        presence.shown_from = max(presence.shown_from, open_to(member))
        presence.touched_at, presence.looked_at = now_us(), 0
        presence.save()
        _show_facts(presence, wish.facts)
        place(presence)
        if new_words and wish.text:
            hand_in(presence)
        elif not wish.text and not is_hidden(presence):  # facts alone are the place's own words
            stop_waiting(presence)
            publish(presence)
    return presence


def place(presence: Presence) -> None:
    """Show a presence to those by whom its author wishes to be found; to nobody yet while her account is new."""
    author = presence.author
    assert author is not None
    if presence.shown_from > now_us():
        show_to(presence, [])
    else:
        show_to(presence, rings_for(author, FoundBy(presence.found_by), facts_of([presence])[presence.pk]))


def take_over(presence: Presence, *, by: Member) -> None:
    """Show what her journey says now in place of what is no longer true; nothing else changes.

    Raises:
        PermissionError: it is not hers, or she may not write at present.
        CannotBeFoundSo: nobody could find her then: the way by which people found her is no more.
    """
    if presence.author_id != by.pk or by.is_suspended:
        raise PermissionError("Only she herself changes what is shown of her.")
    with transaction.atomic():
        once_at_a_time(by)
        now = says_else(presence)
        if now is None:
            return
        keep_pace(PRESENCES, by)
        before = facts_of([presence])[presence.pk]
        facts = frozenset(pair for pair in [*before, *now.come] if pair not in now.gone)
        say_notes(presence, (presence.notes & ~presence.perhaps & ~notes_of(before)) | notes_of(facts))
        presence.touched_at, presence.looked_at = now_us(), 0
        presence.save(update_fields=["notes", "perhaps", "not_inside", "touched_at", "looked_at"])
        _show_facts(presence, facts)
        place(presence)


def erase_presence(member: Member) -> None:
    """Take away that she can be found: her page, and whom she let in. What a light asked her counts as a no.

    That it asked stays known as long as all such questions: else who comes and goes with other facts each time could
    find out, fact by fact, for whom a light is on. Registered for the end of her agreement: called inside its
    transaction.
    """
    LightCall.objects.filter(newcomer=member, told_at=None).update(agreed=False, tell_at=None)
    Ring.objects.filter(owner=member, kind=RingKind.LET_IN).delete()
    for presence in list(Presence.objects.written_by(member)):
        stop_waiting(presence)
        presence.delete()


def _show_facts(presence: Presence, facts: frozenset[Pair]) -> None:
    PresenceFact.objects.filter(presence=presence).delete()
    rows = [PresenceFact(presence=presence, facet=facet, key=key) for facet, key in sorted(facts)]
    PresenceFact.objects.bulk_create(rows)
    changed(presence)
