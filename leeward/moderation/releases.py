"""What a room does when a text of its kind, held until now, is released: tell whom it answers, for one."""

from __future__ import annotations

from collections.abc import Callable

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of

_when_released: dict[str, Callable[[Shared], None]] = {}


def register(kind: str, do: Callable[[Shared], None]) -> None:
    """Add what is done after a held thing of this kind ("stories.answer") was published. Called at start-up.

    Raises:
        ValueError: the kind has one already.
    """
    if kind in _when_released:
        raise ValueError(f"Two rooms register the release of {kind!r}.")
    _when_released[kind] = do


def released(thing: Shared) -> None:
    """Do what its room registered, inside the transaction of the decision."""
    do = _when_released.get(kind_of(thing))
    if do is not None:
        do(thing)
