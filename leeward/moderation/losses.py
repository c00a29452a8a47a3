"""Kinds of loss that a moderator can ask to be spared.

Which there are, and which a text tells of, only rooms above know; they register it here at start-up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from leeward.moderation.models import Case

TellsOf = Callable[[Collection[int]], Mapping[int, frozenset[str]]]
"""Which kinds of loss the things with these keys tell of, by the thing's key."""


@dataclass(frozen=True)
class Source:
    """What one room knows of losses.

    Args:
        kind: of its things, as "stories.story".
        choices: key and label of every kind of loss.
        tells_of: which of them its things tell of.
    """

    kind: str
    choices: Callable[[], list[tuple[str, str]]]
    tells_of: TellsOf


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add what a room knows. Called from AppConfig.ready() of that room.

    Raises:
        ValueError: its things are registered already.
    """
    if source.kind in _sources:
        raise ValueError(f"Two rooms register the losses of {source.kind}.")
    _sources[source.kind] = source


def losses_to_choose() -> list[tuple[str, str]]:
    """Key and label of every kind of loss."""
    return list(dict(pair for source in _sources.values() for pair in source.choices()).items())


def losses_in(cases: Iterable[Case]) -> dict[int, frozenset[str]]:
    """Which kinds of loss each case touches, by what the outermost thing around it shows, by the case's key."""
    asked: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for case in cases:
        if case.under_kind in _sources:
            asked[case.under_kind][case.under_id].add(case.pk)
    found: dict[int, frozenset[str]] = {}
    for kind, under in asked.items():
        for thing_id, told in _sources[kind].tells_of(under.keys()).items():
            found |= dict.fromkeys(under[thing_id], told)
    return found
