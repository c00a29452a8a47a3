"""The bell: what happened for a member, as she may see it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leeward.audience.prepared import prepared
from leeward.audience.shared import Shared
from leeward.audience.things import kind_of, model_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.notifications.kinds import Kind, kind_named, known_keys
from leeward.notifications.models import Notice, Preference

PAGE = 50
"""How many notices are looked at for one page."""


@dataclass(frozen=True)
class Line:
    """One line of the bell: a kind's sentence, where it leads, when it happened, whether it is new."""

    kind: Kind
    path: str
    at: int
    is_new: bool


def has_something_new(member: Member | None, viewer: Viewer | None = None) -> bool:
    """Whether a notice waits that she has not read: one question to the database, for every page's head.

    On a hard day it is asked more closely: nothing calls her to what waits for tomorrow.
    """
    if member is None:
        return False
    unread = unread_on_bell(member.pk)
    if viewer is not None and viewer.hard_until:
        return bool(still_to_see(list(unread.order_by("-at", "-pk")[:PAGE]), viewer))
    return unread.exists()


def lines_for(member: Member, viewer: Viewer, before: int | None = None) -> tuple[list[Line], int | None]:
    """What happened for a member, newest first, and the moment to go on from; None at the end.

    Args:
        member: whose bell.
        viewer: as whom she looks: each line is shown only if its thing is visible to her now.
        before: only what happened before this moment, microseconds.
    """
    asked = _on_bell(member.pk).order_by("-at", "-pk")
    notices = list((asked.filter(at__lt=before) if before else asked)[:PAGE])
    lines = [
        Line(kind_named(notice.kind), path, notice.at, notice.read_at is None)
        for notice, path in still_to_see(notices, viewer)
    ]
    return lines, notices[-1].at if len(notices) == PAGE else None


def mark_read(member: Member, until: int) -> None:
    """All that happened up to this moment (microseconds) is read, also what she could not see any more."""
    Notice.objects.filter(member=member, read_at=None, at__lte=until).update(read_at=now_us())


def still_to_see(notices: Sequence[Notice], viewer: Viewer) -> list[tuple[Notice, str]]:
    """Those notices that this viewer may and wants to see now, in order, each with where it leads.

    One question for each kind of thing, however many notices there are.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        if notice.thing_kind:
            ids[notice.thing_kind].add(notice.thing_id)
    places: dict[tuple[str, int], str] = {}
    for kind, wanted in ids.items():
        places |= {(kind, thing.pk): thing.get_absolute_url() for thing in _visible(kind, wanted, viewer)}
    led = [(n, n.path if not n.thing_kind else places.get((n.thing_kind, n.thing_id), "")) for n in notices]
    return [(notice, path) for notice, path in led if path]


def was_told(member: Member, kind_key: str, thing: Shared) -> bool:
    """Whether a thing has rung for her before, read or not."""
    return Notice.objects.filter(member=member, kind=kind_key, thing_kind=kind_of(thing), thing_id=thing.pk).exists()


def rings_unread(member: Member, kind_key: str, thing_kind: str, ids: Iterable[int]) -> bool:
    """Whether any of these things rings for her and was not read yet."""
    unread = Notice.objects.filter(member=member, kind=kind_key, read_at=None)
    return unread.filter(thing_kind=thing_kind, thing_id__in=list(ids)).exists()


def unread_things(kind_key: str) -> dict[Member, dict[str, set[int]]]:
    """What rings unread of one kind of notice: for each member the keys of things, by the kind of thing."""
    found: dict[Member, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for notice in Notice.objects.filter(kind=kind_key, read_at=None).exclude(thing_kind="").select_related("member"):
        found[notice.member][notice.thing_kind].add(notice.thing_id)
    return found


def would_meet(thing: Shared, viewer: Viewer) -> bool:
    """Whether this viewer may see the thing and has not asked to be spared it."""
    return bool(_met(viewer, type(thing), thing=thing.pk))


@prepared  # asked for each who follows a story: so it costs a tenth
def _met(viewer: Viewer, model: type[Shared], *, thing: int) -> QuerySet[Any, tuple[int]]:
    met: QuerySet[Any, tuple[int]] = model.objects.filter(pk=thing).visible_to(viewer).gentle_for(viewer)
    return met.values_list("pk")


def _visible(kind: str, ids: Iterable[int], viewer: Viewer) -> Iterable[Shared]:
    try:
        model = model_of(kind)
    except LookupError:  # the room that made it is no more
        return ()
    things = model.objects.filter(pk__in=ids).visible_to(viewer).gentle_for(viewer)
    found: Iterable[Shared] = things.select_related(*model.inside) if model.inside else things
    return found


def unread_on_bell(member_id: int) -> QuerySet[Notice]:
    """What a member has not read, as she has set her bell."""
    return _on_bell(member_id).filter(read_at=None)


def _on_bell(member_id: int) -> QuerySet[Notice]:
    off = Preference.objects.filter(member_id=member_id, kind=OuterRef("kind"), bell=False)
    return Notice.objects.filter(~Exists(off), member_id=member_id, kind__in=known_keys())
