"""Taking turns: what one member sends twice at once is done one after the other."""

from typing import Any

from django.db.models import QuerySet

from leeward.kit.statements import asked
from leeward.members.models import Member


def once_at_a_time(member: Member) -> None:
    """Wait until no other transaction acts for this member. Call it first inside a transaction.

    On PostgreSQL her row is locked, without keeping others from writing rows that point at it: who waits for one of
    her things while holding such a row would wait for ever. SQLite lets one transaction write at a time anyway.

    Raises:
        Member.DoesNotExist: she has left.
    """
    if not _turn(member=member.pk):
        raise Member.DoesNotExist


@asked
def _turn(*, member: int) -> QuerySet[Member, tuple[Any]]:
    return Member.objects.select_for_update(no_key=True).filter(pk=member).values_list("pk")
