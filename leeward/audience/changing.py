"""Who is told when a shared thing changes or goes: the search index. It knows no models, so that all may import it.

What is registered here runs inside the transaction of the change, so that nothing is found that was taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leeward.audience.shared import Shared

_when_changed: list[Callable[[Shared], None]] = []
_when_gone: list[Callable[[type[Shared], Sequence[int]], None]] = []


def when_changed(do: Callable[[Shared], None]) -> None:
    """Have something done whenever a thing was published, held, withdrawn, shown to others or changed.

    Called at start-up. It runs inside the transaction of the change.
    """
    _when_changed.append(do)


def when_gone(do: Callable[[type[Shared], Sequence[int]], None]) -> None:
    """Have something done whenever things are deleted, by their model and keys. Called at start-up; runs as above."""
    _when_gone.append(do)


def changed(thing: Shared) -> None:
    """Say that a thing is not what it was: its words, its facts, its notes, its audience or its state.

    Publishing says it by itself. Whoever writes facts or notes afterwards says it, in the same transaction.
    """
    for do in _when_changed:
        do(thing)


def gone(model: type[Shared], ids: Sequence[int]) -> None:
    """Say that things are deleted. Deleting a thing, or a set of them, says it by itself."""
    for do in _when_gone:
        do(model, ids)
