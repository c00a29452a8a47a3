"""Under which names a member knows others: as they are called now, or were when they blocked her.

Else who blocks somebody and takes another name would be found under it again, in his list of those with whom he wrote.
"""

from __future__ import annotations

from collections.abc import Iterable

from leeward.audience.models import Block
from leeward.members.models import Member
from leeward.members.names import key_of


class Known:
    """The names of others as one member knows them. One query for all.

    Args:
        member: who reads them.
    """

    def __init__(self, member: Member) -> None:
        blocks = Block.objects.filter(blocked=member)
        self._then: dict[int, str] = dict(blocks.values_list("blocker", "known_as"))

    def name_of(self, other: Member | None) -> str:
        """The name of one of them; "" for one who has left."""
        return "" if other is None else self._then.get(other.pk) or other.name

    def in_order(self, others: Iterable[Member]) -> list[tuple[Member, str]]:
        """Each with the name, by the names."""
        named = [(other, self.name_of(other)) for other in others]
        return sorted(named, key=lambda one: key_of(one[1]))
