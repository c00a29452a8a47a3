"""What is so in this place now: asked by its papers and by the gate."""

from __future__ import annotations

from leeward.members.models import Member


def moderators_now() -> int:
    """How many members moderate and may decide now."""
    asked = Member.objects.filter(is_moderator=True, is_active=True, ended_at=None)
    return sum(not member.is_suspended for member in asked)
