"""Days on which very many join at once: more of the first texts of those who joined then are read by a person.

A machine can join under a hundred names; it cannot make people read a hundred times five texts and find them kind.
"""

from __future__ import annotations

import datetime

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
    joined = Member.objects.filter(is_invented=False)
    now = joined.filter(joined_on=today()).count()
    if now <= MANY:
        return False
    before = joined.filter(joined_on__lt=today(), joined_on__gte=today() - datetime.timedelta(days=USUAL_DAYS)).count()
    if now <= TIMES_THE_USUAL * before / USUAL_DAYS:
        return False
    if Rush.objects.get_or_create(day=today())[1]:
        for host in Member.objects.filter(is_host=True, is_active=True):
            tell(host, "moderation.rush", path=reverse("moderation:arrivals"))
    return True
