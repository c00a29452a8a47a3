"""Taking turns: what one member sends twice at once is done one after the other."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
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
    if not _turn("pk", member=member.pk):
        raise Member.DoesNotExist


def who_acts(member_id: int) -> Member:
    """As `once_at_a_time`; gives her as she is from then on.

    Args:
        member_id: her key.

    Raises:
        Member.DoesNotExist: she has left.
    """
    for row in _turn(*_COLUMNS, member=member_id):
        return Member.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row)
    raise Member.DoesNotExist


_COLUMNS = [field.attname for field in Member._meta.concrete_fields]


@asked
def _turn(*columns: str, member: int) -> QuerySet[Member, tuple[Any, ...]]:
    return Member.objects.select_for_update(no_key=True).filter(pk=member).values_list(*columns)
