"""Lines that help, as an upper room knows them: for moderators who read a route. That room registers them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LinesOfPlace:
    """The lines of one country, or international ones, as the room's own template shows them.

    Args:
        name: the country's name.
        groups: what the room's template takes: lines by kind.
    """

    name: str
    groups: list[Any]


Source = Callable[[Collection[str]], list[LinesOfPlace]]
"""From kinds of lines ("crisis", "violence") to the lines of every country that the place serves."""

_sources: list[Source] = []

KINDS_OF_ROUTE = {
    "child": frozenset({"emergency", "crisis", "violence"}),
    "home": frozenset({"emergency", "violence", "law"}),
    "life": frozenset({"emergency", "crisis"}),
    "images": frozenset({"emergency", "crisis"}),
}
"""Which kinds of lines stand under which route."""


def register_lines(source: Source) -> None:
    """Add where lines come from. Called from AppConfig.ready() of the room that knows them.

    Raises:
        ValueError: another room has done so.
    """
    if _sources:
        raise ValueError("Two rooms know lines.")
    _sources.append(source)


def lines_for_route(key: str) -> list[LinesOfPlace]:
    """The lines that stand under a route; none if no room knows any."""
    return [place for source in _sources for place in source(KINDS_OF_ROUTE[key])]
