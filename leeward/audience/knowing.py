"""Whom a member would know by name, by the will of both. For names that stand only before those who know them.

That one of the two put the other on a list is not enough: anybody can put any name on hers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from leeward.audience.models import Mute, RingKind, RingMember, Wall
from leeward.audience.viewers import Viewer
from leeward.members.models import Member

Way = Callable[[Viewer], QuerySet[Any, Any]]
"""The keys of members whom a viewer knows in one way, as a subquery."""

_ways: list[Way] = []


def know_each_other(way: Way) -> None:
    """Register how two come to know each other. Called from AppConfig.ready() of its room.

    Args:
        way: for a member who looks, one column with the keys of those whom she knows so. It asks few rows: hers.
    """
    _ways.append(way)


def known_to(viewer: Viewer, column: str) -> Q:
    """That a row is of somebody whom this viewer knows, has not muted, and from whom no block parts her; or hers.

    Args:
        viewer: who looks; a stranger, or who is no member any more, knows nobody.
        column: the rows' column with the key of a member. One set is asked for, so that an index on it is used.
    """
    if not (viewer.is_member and viewer.in_rings):
        return Q(pk__in=[])
    herself = Member.objects.filter(pk=viewer.member_id).values("pk")
    known = herself.union(*(way(viewer) for way in (_chose_each_other, *_ways)))
    walls = Wall.objects.filter(a_id=viewer.member_id).values("b_id")
    muted = Mute.objects.filter(member_id=viewer.member_id).values("muted_id")
    return Q(**{f"{column}__in": known}) & ~Q(**{f"{column}__in": walls}) & ~Q(**{f"{column}__in": muted})


def _chose_each_other(viewer: Viewer) -> QuerySet[Any, Any]:
    chosen = RingMember.objects.filter(ring__kind=RingKind.CHOSEN)
    chose_her = chosen.filter(member_id=viewer.member_id).values("ring__owner_id")
    return chosen.filter(ring__owner_id=viewer.member_id, member_id__in=chose_her).values("member_id")
