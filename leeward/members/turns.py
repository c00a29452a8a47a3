"""Taking turns: what one member sends twice at once is done one after the other."""

from leeward.members.models import Member


def once_at_a_time(member: Member) -> None:
    """Wait until no other transaction acts for this member. Call it first inside a transaction.

    On PostgreSQL her row is locked, without keeping others from writing rows that point at it: who waits for one of
    her things while holding such a row would wait for ever. SQLite lets one transaction write at a time anyway.
    """
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)
