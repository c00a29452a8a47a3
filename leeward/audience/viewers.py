"""Who is looking. A small frozen value that everything asks with; none of them sees everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leeward.audience.models import EVERYONE, MEMBERS, Shield

if TYPE_CHECKING:
    from leeward.members.models import Member


@dataclass(frozen=True)
class Viewer:
    """A person looking.

    Args:
        member_id: her member's key; 0 for a stranger, whom no row names.
        great: the largest ring that she is in without a row of her own: EVERYONE, or MEMBERS.
        in_rings: whether the rings that name her count. For a membership that has ended they do not.
        on_cases: whether she also sees what belongs to cases that she has opened (each opening is logged).
        shield: bit mask of the content notes that she asked not to meet.
    """

    member_id: int = 0
    great: int = EVERYONE
    in_rings: bool = True
    on_cases: bool = False
    shield: int = 0

    @classmethod
    def stranger(cls) -> Viewer:
        """Somebody without an account, or not signed in."""
        return cls()

    @classmethod
    def member(cls, member: Member, shield: int | None = None) -> Viewer:
        """A member. Her shield is looked up unless it is given.

        If a decision ended her membership she sees her own words, and of others' what a stranger sees at most.
        """
        shield = shield_of(member) if shield is None else shield
        if member.has_ended:
            return cls(member.pk, EVERYONE, in_rings=False, shield=shield)
        return cls(member.pk, MEMBERS, shield=shield)

    @classmethod
    def moderator(cls, member: Member) -> Viewer:
        """A moderator at work: a member who also sees what she has opened, each with its reason in the log.

        The host too, who hears an appeal where no second moderator is there.

        Raises:
            PermissionError: the member neither moderates nor hosts, or is kept from it by a decision herself.
        """
        if not (member.is_moderator or member.is_host) or member.is_suspended:
            raise PermissionError("Only a moderator works on cases.")
        return cls(member.pk, MEMBERS, on_cases=True)

    @property
    def is_member(self) -> bool:
        """Whether she has an account and is signed in."""
        return self.member_id != 0


def shield_of(member: Member) -> int:
    """The content notes that a member asked not to meet, as a bit mask."""
    return Shield.objects.filter(member=member).values_list("notes", flat=True).first() or 0
