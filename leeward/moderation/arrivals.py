"""Days on which very many join at once: more of the first texts of those who joined then are read by a person.

A machine can join under a hundred names; it cannot make people read a hundred times five texts and find them kind.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from leeward.members.models import Member, today
from leeward.moderation.models import Rush
from leeward.notifications.actions import tell

MANY = 30
"""Fewer than this on one day is no rush, however quiet the place is else."""
TIMES_THE_USUAL = 5
USUAL_DAYS = 14
"""What is usual is the mean of so many days before."""
READ_IN_A_RUSH = 5
"""So many first texts, at least, are read by a person of each who joined on such a day."""


def joined_in_a_rush(member: Member) -> bool:
    """Whether she joined on a day on which very many did. Forgotten after as many days as retention says."""
    if Rush.objects.filter(day=member.joined_on).exists():
        return True
    return member.joined_on == today() and notice_rush()


def notice_rush() -> bool:
    """See whether today very many have joined, write it down, and tell those who host, once a day."""
    if not arrivals_on(today()).are_a_rush:
        return False
    if Rush.objects.get_or_create(day=today())[1]:
        for host in Member.objects.filter(is_host=True, is_active=True):
            tell(host, "moderation.rush", path=reverse("moderation:arrivals"))
    return True


@dataclass(frozen=True)
class Arrivals:
    """How many joined on a day, and how many on each of the days before, in the mean."""

    day: datetime.date
    joined: int
    usual: float

    @property
    def are_a_rush(self) -> bool:
        """Whether these are very many."""
        return self.joined > MANY and self.joined > TIMES_THE_USUAL * self.usual


def arrivals_on(day: datetime.date) -> Arrivals:
    """Who joined on a day. Whoever has left since, and the invented people of a demonstration, do not count."""
    joined = Member.objects.filter(is_invented=False)
    before = joined.filter(joined_on__lt=day, joined_on__gte=day - datetime.timedelta(days=USUAL_DAYS))
    return Arrivals(day, joined.filter(joined_on=day).count(), before.count() / USUAL_DAYS)


def rushes() -> list[Arrivals]:
    """The days on which very many joined, newest first, as far back as they are kept."""
    return [arrivals_on(day) for day in Rush.objects.order_by("-day").values_list("day", flat=True)]


def forget_rushes(before: datetime.date) -> int:
    """Delete the days before one; how many."""
    return Rush.objects.filter(day__lt=before).delete()[0]
