"""What follows from what a member tells: the ways that she is on, and what is kept from her."""

from __future__ import annotations

from leeward.journeys.presets import keep_presets
from leeward.journeys.ways import keep_in_step
from leeward.members.models import Member


def follow(member: Member) -> None:
    """Let what follows from her facts follow. Call it in the transaction that has changed them."""
    keep_in_step(member)
    keep_presets(member)
