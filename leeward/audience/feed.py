"""The newest things that a viewer may and wants to see, a page at a time, at a cost that does not grow with the place.

A window of the newest things is looked through first. Who may see very little (a closed circle, a single ring) would
find nothing in it, so the few moments at which something in her rings was published are then looked through instead.
Both ways ask the same rule along the same index, whose order is that of the page; they differ in how far they look.
Shapes and sizes as measured: benchmarks/RESULTS.md, docs/decisions/0013-bounded-window.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leeward.audience.models import RingMember
from leeward.audience.prepared import prepared
from leeward.audience.rows import columns_of, tellers_of, thing_from
from leeward.audience.shared import Shared
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, now_us

WINDOW = 1000
"""How many of the newest things are looked through for one page."""
CANDIDATES = 2000
"""How many things may be in her rings for them to be looked through one by one."""

T = TypeVar("T", bound=Shared)


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list.

    Args:
        things: newest first.
        before: where the next page begins (microseconds), or None at the end.
        is_short: whether the window held fewer than asked for, though older ones may follow.
    """

    things: list[T]
    before: int | None
    is_short: bool = False


def newest(
    model: type[T], viewer: Viewer, *, before: int = FAR_FUTURE, size: int = 20, only: Q | None = None
) -> Page[T]:
    """The newest things of a model that this viewer may and wants to see.

    Args:
        model: a shared model with an audience of its own.
        viewer: who is looking.
        before: things published before this moment (microseconds).
        size: how many things make a page.
        only: a further condition on the model's rows.
    """
    found = [thing_from(model, row) for row in _in_window(viewer, model, only, size, WINDOW, before=before)]
    if len(found) == size:
        return Page(found, _moment(found[-1]))
    moments = None if viewer.on_cases else moments_in_her_rings(model, viewer, before)  # a case is in no ring
    if moments is not None:
        if moments <= {thing.at for thing in found}:
            return Page(found, None)
        wanted = model.objects.filter(only or Q(), at__in=moments).visible_to(viewer).gentle_for(viewer)
        found = list(wanted.select_related(*tellers_of(model)).order_by("-at")[:size])
        return Page(found, _moment(found[-1]) if len(found) == size else None)
    edge = _first_past_the_window(model, before, WINDOW).first()
    return Page(found, edge, is_short=edge is not None)


@prepared
def _in_window(
    viewer: Viewer, model: type[Shared], only: Q | None, size: int, window: int, *, before: int
) -> QuerySet[Any, tuple[Any, ...]]:
    wanted = model.objects.filter(only or Q(), at__lt=before).visible_to(viewer).gentle_for(viewer).order_by("-at")
    rows: QuerySet[Any, tuple[Any, ...]] = wanted.filter(at__gte=_window_floor(model, before, window)).values_list(
        *columns_of(model)
    )
    return rows[:size]


def _moment(thing: Shared) -> int:
    assert thing.at is not None, "a page holds published things only"
    return thing.at


def _window_floor(model: type[Shared], before: int, window: int) -> Coalesce:
    return Coalesce(Subquery(_first_past_the_window(model, before, window)), Value(0), output_field=BigIntegerField())


def _first_past_the_window(model: type[Shared], before: int, window: int) -> QuerySet[Any, int | None]:
    newest_first = everything(model, reason="where the window of the newest ends").filter(at__lt=before).order_by("-at")
    return newest_first.values_list("at", flat=True)[window : window + 1]


def moments_in_her_rings(model: type[Shared], viewer: Viewer, before: int) -> set[int] | None:
    """When what she wrote, or what is for a ring of hers, was published; None if there are more than CANDIDATES.

    Each part of the union is read from an index, and no further than the limit. A join or a subquery in place of this
    list makes PostgreSQL guess how much is in her rings, and guess wrong: 50 ms for three rows.
    """
    rows = model.audience_rows
    assert rows is not None
    shown = rows._default_manager.filter(at__lt=before).order_by().values_list("at")
    parts = [shown.filter(ring_id__lte=viewer.great)]
    if viewer.is_member:
        published = everything(model, reason="when she herself published").filter(at__lt=before).order_by()
        parts += [published.filter(**{who: viewer.member_id}).values_list("at") for who in tellers_of(model)]
    if viewer.is_member and viewer.in_rings:
        rings = RingMember.objects.filter(member_id=viewer.member_id, counts_from__lte=now_us()).values("ring_id")
        parts.append(shown.filter(ring_id__in=rings))
    first, *rest = parts
    union = first.union(*rest, all=True) if rest else first
    found = list(union[: CANDIDATES + 1])
    return {at for (at,) in found} if len(found) <= CANDIDATES else None
