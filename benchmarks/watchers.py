"""The seven people who look, from a stranger to one who may see three stories in all."""

from __future__ import annotations

from benchmarks.population import CLOSED_SITE, WATCHERS, Population, Size, filtered_mask
from leeward.audience.models import MEMBERS
from leeward.audience.viewers import Viewer

WHO = {
    "stranger": "no account",
    "few": "a member of 6 rings",
    "many": "a member of 600 rings",
    "blocked": "blocked by 3,000 members",
    "filters": "ten content notes filtered, 39 % of stories left",
    "walled": "blocks 95 % of all authors",
    "hermit": "a closed site: one ring, three stories in all",
}


def viewers(size: Size) -> dict[str, Viewer]:
    """Each viewer by name."""
    crowd = Population(size)
    found = {"stranger": Viewer.stranger()}
    for name in WATCHERS:
        great = CLOSED_SITE if name == "hermit" else MEMBERS
        found[name] = Viewer(crowd.watcher(name), great, shield=filtered_mask() if name == "filters" else 0)
    return found
