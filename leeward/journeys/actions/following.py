"""What follows from what a member tells: the ways that she is on, what is kept from her, and what rooms above do."""

from __future__ import annotations

from collections.abc import Callable

from leeward.journeys.presets import keep_presets
from leeward.journeys.ways import keep_in_step
from leeward.members.models import Member

_also: list[Callable[[Member], None]] = []


def when_told(do: Callable[[Member], None]) -> None:
    """Register what else follows, in the same transaction, for a room above. Called at start-up."""
    _also.append(do)


def follow(member: Member) -> None:
    """Let what follows from her facts follow. Call it in the transaction that has changed them."""
    keep_in_step(member)
    keep_presets(member)
    for do in _also:
        do(member)
