"""Telling many members of one thing, some at a time: what is asked of the database is asked before anything waits.

Nothing is locked while it is found out who would hear. What changes in that moment the bell and the letter ask again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.notifications.actions import wanted
from leeward.notifications.bell import would_meet
from leeward.notifications.kinds import kind_named
from leeward.notifications.models import Letter, Notice


@dataclass(frozen=True)
class Hears:
    """That a member hears of something, and whether by letter too."""

    member: Member
    by_letter: bool


def who_hears(members: Iterable[Member], kind_key: str, thing: Shared) -> list[Hears]:
    """Those who want to hear of a kind, and would meet this thing on a day like others: as `tell` asks it.

    Args:
        members: who might.
        kind_key: a kind registered in notifications.kinds.
        thing: what it is about, published.
    """
    kind, hear = kind_named(kind_key), []
    for member in members:
        bell, letter = wanted(member, kind)
        if (bell or letter) and would_meet(thing, Viewer.on_other_days(member)):
            hear.append(Hears(member, letter))
    return hear


def tell_once(hear: Iterable[Hears], kind_key: str, thing: Shared) -> int:
    """Write it down for those who were never told of this thing; how many. Part of the caller's transaction.

    Args:
        hear: of `who_hears`.
        kind_key: the kind that was asked about.
        thing: what it is about.
    """
    about_it = Notice.objects.filter(kind=kind_key, thing_kind=kind_of(thing), thing_id=thing.pk)
    wanted_by = {one.member.pk: one for one in hear}
    told = set(about_it.filter(member__in=wanted_by).values_list("member_id", flat=True))
    notices = [
        Notice(member=one.member, kind=kind_key, thing_kind=kind_of(thing), thing_id=thing.pk)
        for key, one in wanted_by.items()
        if key not in told
    ]
    made = Notice.objects.bulk_create(notices)
    letters = [Letter(member=one.member, notice=one) for one in made if wanted_by[one.member_id].by_letter]
    Letter.objects.bulk_create(letters)
    return len(made)
