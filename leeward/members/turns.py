"""Taking turns: what one member sends twice at once is done one after the other."""

from leeward.members.models import Member


def once_at_a_time(member: Member) -> None:
    """Wait until no other transaction acts for this member. Call it first inside a transaction.

    On PostgreSQL her row is locked; SQLite lets one transaction write at a time anyway.
    """
    Member.objects.select_for_update().only("pk").get(pk=member.pk)
