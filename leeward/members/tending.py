"""What is done every few minutes, so that nothing is kept longer than docs/privacy/retention.toml says."""

from __future__ import annotations

from collections.abc import Callable

from leeward.members import browser_copies, unsent
from leeward.members.limits import throw_away
from leeward.members.retention import rule
from leeward.members.session_store import delete_ended

_tasks: dict[str, Callable[[], int]] = {}


def register(key: str, task: Callable[[], int]) -> None:
    """Add a task. Called from AppConfig.ready() of its room.

    Args:
        key: the row of the retention table that it keeps.
        task: deletes what has been kept long enough (`retention.kept_since(key)`); gives back how many rows.

    Raises:
        KeyError: the table has no such row.
        ValueError: another task has taken the key.
    """
    rule(key)
    if key in _tasks:
        raise ValueError(f"Two rooms tend {key!r}.")
    _tasks[key] = task


def tended() -> frozenset[str]:
    """The rows of the table that a task keeps."""
    return frozenset(_tasks)


def tend() -> dict[str, int]:
    """Do all tasks; how many rows each deleted."""
    return {key: task() for key, task in _tasks.items()}


def register_own_tasks() -> None:
    """This room's tasks. Called at start-up."""
    register("sessions", delete_ended)
    register("attempts", throw_away)
    register(unsent.KEY, unsent.throw_away)
    register(browser_copies.KEY, browser_copies.throw_away)
