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


class Sight:
    """What one viewer may and wants to see, for one page. The rule is made once for each kind: making it costs most.

    Args:
        viewer: who is looking.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._seen: dict[str, Any] = {}

    def among(self, names: Iterable[Name], *, but_hers: bool = False) -> set[Name]:
        """Those of these things that she may and wants to see.

        Args:
            names: what the index gave.
            but_hers: leave out what she wrote herself.
        """
        seen: set[Name] = set()
        for kind, ids in _by_kind(names).items():
            rows = self._rows(kind)
            if but_hers and self.viewer.is_member:
                rows = rows.exclude(author_id=self.viewer.member_id)
            for first in range(0, len(ids), AT_ONCE):
                some = rows.filter(pk__in=ids[first : first + AT_ONCE])
                seen.update((kind, key) for key in some.values_list("pk", flat=True))
        return seen

    def fetched(self, names: Sequence[Name]) -> list[Found]:
        """The rows of these things in this order; what she may not see (any more) is left out."""
        rows: dict[Name, Shared] = {}
        for kind, ids in _by_kind(names).items():
            some = self._rows(kind).filter(pk__in=ids).select_related("author", *model_of(kind).inside)
            rows |= {(kind, thing.pk): thing for thing in some}
        return [Found(name[0], rows[name]) for name in names if name in rows]

    def _rows(self, kind: str) -> Any:
        if kind not in self._seen:
            wanted = model_of(kind).objects.visible_to(self.viewer).gentle_for(self.viewer)
            self._seen[kind] = wanted.gentle_around_for(self.viewer) if model_of(kind).inside else wanted
        return self._seen[kind]


def _by_kind(names: Iterable[Name]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, key in names:
        ids[kind].append(key)
    return ids
