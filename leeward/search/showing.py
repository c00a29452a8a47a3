"""From ids to what this viewer may see and did not ask to be spared. The index never says more than ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer

Name = tuple[str, int]
"""A thing by its kind and key."""
AT_ONCE = 500
"""So many keys are asked about in one question."""


@dataclass(frozen=True)
class Found:
    """A thing that was found, as its row stands now."""

    kind: str
    thing: Shared

    @property
    def thing_id(self) -> int:
        """Its key."""
        return int(self.thing.pk)


def visible_among(names: Iterable[Name], viewer: Viewer, *, but_hers: bool = False) -> set[Name]:
    """Those of these things that she may and wants to see.

    Args:
        names: what the index gave.
        viewer: who is looking.
        but_hers: leave out what she wrote herself.
    """
    seen: set[Name] = set()
    for kind, ids in _by_kind(names).items():
        for first in range(0, len(ids), AT_ONCE):
            rows = _seen(kind, ids[first : first + AT_ONCE], viewer)
            if but_hers and viewer.is_member:
                rows = rows.exclude(author_id=viewer.member_id)
            seen.update((kind, key) for key in rows.values_list("pk", flat=True))
    return seen


def fetched(names: Sequence[Name], viewer: Viewer) -> list[Found]:
    """The rows of these things in this order; what she may not see (any more) is left out."""
    rows: dict[Name, Shared] = {}
    for kind, ids in _by_kind(names).items():
        rows |= {(kind, thing.pk): thing for thing in _seen(kind, ids, viewer).select_related("author")}
    return [Found(name[0], rows[name]) for name in names if name in rows]


def _seen(kind: str, ids: Sequence[int], viewer: Viewer) -> Any:
    return model_of(kind).objects.filter(pk__in=ids).visible_to(viewer).gentle_for(viewer)


def _by_kind(names: Iterable[Name]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, key in names:
        ids[kind].append(key)
    return ids
