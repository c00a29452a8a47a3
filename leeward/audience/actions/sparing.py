"""What a reader asks to be spared: notes, people, single things. Nobody learns of it."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.models import Aside, Mute, Shield
from leeward.audience.shared import Shared
from leeward.audience.shields import ALL_NOTES, end_of_hard_day
from leeward.audience.things import kind_of
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time


def change_shield(member: Member, *, spare: int = 0, show: int = 0) -> None:
    """Keep what a member decides by hand about some content notes. Whatever she tells later, these stay hers.

    Args:
        member: who decides.
        spare: bits of notes (audience.notes) that she asks not to meet; bits of no note are left out.
        show: bits of notes that she does not mind to meet.
    """
    with transaction.atomic():
        once_at_a_time(member)
        row = Shield.objects.get_or_create(member=member)[0]
        row.notes = (row.notes | spare & ALL_NOTES) & ~show
        row.by_hand |= (spare | show) & ALL_NOTES
        row.save(update_fields=["notes", "by_hand"])


def set_shield(member: Member, mask: int) -> None:
    """Keep these content notes from a member, and no others.

    Args:
        member: who asks.
        mask: the notes' bits together (audience.notes); bits of no note are left out.
    """
    with transaction.atomic():
        once_at_a_time(member)
        before = Shield.objects.filter(member=member).values_list("notes", flat=True).first() or 0
        change_shield(member, spare=mask, show=before & ~mask)


def preset(member: Member, mask: int, edition: int) -> None:
    """Keep from a member what her situation suggests, but for the notes that she decided about by hand.

    Args:
        member: whose situation is not what it was.
        mask: all that it suggests now; what it suggested before and does not any more is shown again.
        edition: of the table by which it is suggested. Kept also where nothing is suggested, so as not to ask again.
    """
    with transaction.atomic():
        once_at_a_time(member)
        row = Shield.objects.get_or_create(member=member)[0]
        row.notes = (row.notes & row.by_hand) | (mask & ALL_NOTES & ~row.by_hand)
        row.edition = edition
        row.save(update_fields=["notes", "edition"])


def leave_as_preset(member: Member) -> None:
    """Keep that she has seen what follows her journey, and leaves it so."""
    with transaction.atomic():
        once_at_a_time(member)
        for row in Shield.objects.filter(member=member):
            row.seen = row.notes & ~row.by_hand
            row.save(update_fields=["seen"])


def say_today_is_hard(member: Member) -> None:
    """Keep more from a member than on other days, until tomorrow; then it is gone by itself."""
    Shield.objects.update_or_create(member=member, defaults={"hard_until": end_of_hard_day()})


def end_hard_day(member: Member) -> None:
    """Let it be a day like others again."""
    Shield.objects.filter(member=member).update(hard_until=0)


def mute(member: Member, other: Member) -> None:
    """Leave what another signs out of a member's lists. A direct link still opens.

    Raises:
        ValueError: she muted herself.
    """
    if member.pk == other.pk:
        raise ValueError("Nobody mutes herself.")
    Mute.objects.get_or_create(member=member, muted=other)


def unmute(member: Member, other: Member) -> None:
    """Let what another signs back into a member's lists."""
    Mute.objects.filter(member=member, muted=other).delete()


def put_aside(member: Member, thing: Shared) -> None:
    """Put one thing out of a member's own sight."""
    Aside.objects.get_or_create(member=member, kind=kind_of(thing), thing_id=thing.pk)


def bring_back(member: Member) -> None:
    """Bring back everything that a member put aside."""
    Aside.objects.filter(member=member).delete()


def hide_such(member: Member, thing: Shared, *, notes: int = 0, this_one: bool = True, writer: bool = False) -> None:
    """Spare a member such things: "this hurts me".

    Args:
        member: who is hurt.
        thing: what she met, visible to her.
        notes: bits of the thing's notes to add to her shield; what is not inside the thing is left out.
        this_one: put this thing aside.
        writer: leave out what its writer signs. Nothing is done for a thing that is not signed: it would tell by what
            else vanishes who wrote it.
    """
    with transaction.atomic():
        wanted = notes & thing.notes
        if wanted:
            change_shield(member, spare=wanted)
        if this_one:
            put_aside(member, thing)
        if writer and thing.signed and thing.author is not None and thing.author_id != member.pk:
            mute(member, thing.author)
