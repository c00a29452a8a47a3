"""The newest things that a viewer may see and wants to see, a page at a time, at a cost that does not grow with the place.

A window of the newest W things is looked through first. Who may see very little (a closed circle, a single ring) would
find nothing in it, so her few candidates are then reached through her rings. Shapes and W as measured (docs/decisions/0013-bounded-window.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leeward.audience.models import RingMember
from leeward.audience.shared import Audience, Shared
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, now_us

WINDOW = 1000
"""How many of the newest things are looked through for one page."""
CANDIDATES = 2000
"""How many things a viewer's own rings may hold for the second path to be taken."""

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
    wanted = model.objects.filter(only or Q(), at__lt=before).visible_to(viewer).gentle_for(viewer)
    wanted = wanted.select_related("author").order_by("-at")
    found: list[T] = list(wanted.filter(at__gte=_window_floor(model, before))[:size])
    if len(found) == size:
        return Page(found, _moment(found[-1]))
    through_rings = _through_her_rings(model, viewer, before)
    if through_rings is not None:
        found = list(wanted.filter(Q(pk__in=through_rings) | Q(author_id=viewer.member_id))[:size])
        return Page(found, _moment(found[-1]) if len(found) == size else None)
    floor = everything(model, reason="where the window of the newest ends").filter(at__lt=before)
    edge = floor.order_by("-at").values_list("at", flat=True)[WINDOW : WINDOW + 1].first()
    return Page(found, edge, is_short=edge is not None)


def _moment(thing: Shared) -> int:
    assert thing.at is not None, "a page holds published things only"
    return thing.at


def _window_floor(model: type[Shared], before: int) -> Coalesce:
    edge = everything(model, reason="where the window of the newest ends").filter(at__lt=before).order_by("-at")
    return Coalesce(Subquery(edge.values("at")[WINDOW : WINDOW + 1]), Value(0), output_field=BigIntegerField())


def _through_her_rings(model: type[Shared], viewer: Viewer, before: int) -> QuerySet[Audience, Any] | None:
    """The keys of all things in her rings; None if there are too many to go that way."""
    rows = model.audience_rows
    assert rows is not None
    rings = RingMember.objects.filter(member_id=viewer.member_id, counts_from__lte=now_us()).values("ring_id")
    hers = rows._default_manager.filter(Q(ring_id__lte=viewer.great) | Q(ring_id__in=rings), at__lt=before)
    if hers.values("pk")[: CANDIDATES + 1].count() > CANDIDATES:
        return None
    return hers.values("thing_id")
