"""Which guides stand in a list, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leeward.audience.viewers import Viewer
from leeward.journeys.facts import Pair
from leeward.library.guides.models import Version


class Chosen:
    """What a reader chose in the form of the list. Nothing chosen is everything.

    Args:
        given: what the form holds.
    """

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        given = given or {}
        self.whom: str = given.get("whom", "")
        self.about: str = given.get("about", "")
        self.mine: bool = given.get("mine", False)


@dataclass(frozen=True)
class Lists:
    """The guides of a list.

    Args:
        fitting: those that fit what she told, if she asked for that.
        others: all others.
        aside: those with something inside that she asked not to meet: there, and folded. A guide is help, so it is
            put aside rather than left out.
    """

    fitting: list[Version]
    others: list[Version]
    aside: list[Version]


def chosen_from(versions: Iterable[Version], chosen: Chosen, told: Iterable[Pair], viewer: Viewer) -> Lists:
    """The guides that a reader chose.

    Args:
        versions: all that she may read, in their order.
        chosen: what she chose.
        told: what she told of herself, if she asked that it counts.
        viewer: what is kept from her.
    """
    hers = {f"{facet}:{key}" for facet, key in told}
    lists = Lists([], [], [])
    for version in versions:
        if chosen.whom and chosen.whom not in version.speaks_to:
            continue
        if chosen.about and version.facets and chosen.about not in version.facets:
            continue
        if version.notes & viewer.shield:
            lists.aside.append(version)
        elif hers & set(version.facets):
            lists.fitting.append(version)
        else:
            lists.others.append(version)
    return lists
