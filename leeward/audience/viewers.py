"""Who is looking. A small frozen value that everything asks with; none of them sees everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.shields import Kept, kept_of
from leeward.kit.moments import now_us

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
        shield: bit mask of the content notes that are kept from her now.
        hard_until: until when (microseconds) she said that today is hard; 0 if it is not.
        has_news: whether what is kept from her because of what she told is not what she was shown last.
        edition: of the table that this follows; 0 if nothing was ever preset for her.
    """

    member_id: int = 0
    great: int = EVERYONE
    in_rings: bool = True
    on_cases: bool = False
    shield: int = 0
    hard_until: int = 0
    has_news: bool = False
    edition: int = 0

    @classmethod
    def stranger(cls) -> Viewer:
        """Somebody without an account, or not signed in."""
        return cls()

    @classmethod
    def member(cls, member: Member, shield: int | None = None) -> Viewer:
        """A member. What is kept from her is looked up unless a shield is given.

        If a decision ended her membership she sees her own words, and of others' what a stranger sees at most.
        """
        return cls.with_kept(member, kept_of(member) if shield is None else Kept(notes=shield, seen=shield))

    @classmethod
    def with_kept(cls, member: Member, kept: Kept) -> Viewer:
        """A member, of whom it was looked up what is kept from her."""
        great = EVERYONE if member.has_ended else MEMBERS
        until = kept.hard_until if kept.is_hard else 0
        return cls(
            member.pk,
            great,
            in_rings=not member.has_ended,
            shield=kept.now,
            hard_until=until,
            has_news=kept.has_news,
            edition=kept.edition,
        )

    @classmethod
    def on_other_days(cls, member: Member) -> Viewer:
        """A member without what only today keeps from her: to decide what shall be there for her tomorrow."""
        return cls.member(member, shield=kept_of(member).notes)

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
    def now(self) -> int:
        """The moment (microseconds) at which she looks."""
        return now_us()

    @property
    def is_member(self) -> bool:
        """Whether she has an account and is signed in."""
        return self.member_id != 0
