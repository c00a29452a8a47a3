"""From ids to what this viewer may see and did not ask to be spared. The index never says more than ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.rows import columns_of, in_sizes, tellers_of, thing_from
from leeward.audience.shared import Shared
from leeward.audience.things import model_of
from leeward.audience.viewers import Viewer

Name = tuple[str, int]
"""A thing by its kind and key."""


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
    """What one viewer may and wants to see, for one page.

    Args:
        viewer: who is looking.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def among(self, names: Iterable[Name], *, but_hers: bool = False) -> set[Name]:
        """Those of these things that she may and wants to see.

        Args:
            names: what the index gave.
            but_hers: leave out what she wrote herself.
        """
        return {(kind, key) for kind, ids in _by_kind(names).items() for key in self._seen(kind, ids, but_hers)}

    def fetched(self, names: Sequence[Name]) -> list[Found]:
        """The rows of these things in this order; what she may not see (any more) is left out."""
        things = {(kind, thing.pk): thing for kind, ids in _by_kind(names).items() for thing in self._rows(kind, ids)}
        return [Found(name[0], things[name]) for name in names if name in things]

    def _seen(self, kind: str, ids: list[int], but_hers: bool) -> Iterator[int]:
        for asked in in_sizes(ids):
            yield from (key for (key,) in _keys_seen(self.viewer, kind, but_hers, len(asked), **asked))

    def _rows(self, kind: str, ids: list[int]) -> Iterator[Shared]:
        model = model_of(kind)
        if model.inside:
            wanted = model.objects.filter(pk__in=ids).visible_to(self.viewer).gentle_for(self.viewer)
            yield from wanted.gentle_around_for(self.viewer).select_related("author", *model.inside)
            return
        for asked in in_sizes(ids):
            yield from (thing_from(model, row) for row in _things_seen(self.viewer, kind, len(asked), **asked))


@prepared
def _keys_seen(viewer: Viewer, /, kind: str, but_hers: bool, many: int, **keys: int) -> QuerySet[Any, tuple[int]]:
    model = model_of(kind)
    seen = model.objects.filter(pk__in=list(keys.values())).visible_to(viewer).gentle_for(viewer)
    if model.inside:
        seen = seen.gentle_around_for(viewer)
    if but_hers and viewer.is_member:
        for teller in tellers_of(model):
            seen = seen.exclude(**{f"{teller}_id": viewer.member_id})
    rows: QuerySet[Any, tuple[int]] = seen.values_list("pk")
    return rows


@prepared
def _things_seen(viewer: Viewer, /, kind: str, many: int, **keys: int) -> QuerySet[Any, tuple[Any, ...]]:
    model = model_of(kind)
    seen = model.objects.filter(pk__in=list(keys.values())).visible_to(viewer).gentle_for(viewer)
    rows: QuerySet[Any, tuple[Any, ...]] = seen.values_list(*columns_of(model))
    return rows


def _by_kind(names: Iterable[Name]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, key in names:
        ids[kind].append(key)
    return ids
