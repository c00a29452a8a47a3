"""What a reader asks to be spared: notes, people, single things. Nobody learns of it."""

from __future__ import annotations

from django.db import transaction

from leeward.audience.models import Aside, Mute, Shield
from leeward.audience.notes import NOTES
from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.audience.viewers import shield_of
from leeward.members.models import Member

ALL_NOTES = sum(note.bit for note in NOTES)


def set_shield(member: Member, mask: int) -> None:
    """Keep which content notes a member asks not to meet.

    Args:
        member: who asks.
        mask: the notes' bits together (audience.notes); bits of no note are left out.
    """
    Shield.objects.update_or_create(member=member, defaults={"notes": mask & ALL_NOTES})


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
            set_shield(member, shield_of(member) | wanted)
        if this_one:
            put_aside(member, thing)
        if writer and thing.signed and thing.author is not None and thing.author_id != member.pk:
            mute(member, thing.author)
