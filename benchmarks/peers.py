"""The same page as it is commonly made elsewhere, to stand beside ours in the same run. Both give the same stories.

Lists as parameters: the viewer's rings and blocked people are fetched and handed back to the database as lists, as most
frameworks' permission filters do. Filtering after fetching: stories are fetched in batches and judged one by one.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from leeward.audience.feed import Page
from leeward.audience.models import Aside, Mute, RingMember, Wall
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, now_us
from leeward.stories.models import Story, StoryAudience

SIZE = 20
BATCH = 100


def by_lists(viewer: Viewer, *, before: int = FAR_FUTURE) -> Page[Story]:
    """Rings, blocked, muted and put aside as lists of parameters, joined and made distinct."""
    rings, walls, muted, aside = _facts(viewer)
    held = StoryAudience.objects.filter(Q(ring_id__lte=viewer.great) | Q(ring_id__in=rings)).values("thing_id")
    shown = Q(state=State.LIVE, until__gt=now_us(), pk__in=held) & (Q(signed=False) | ~Q(author_id__in=walls))
    wanted = Q(notes=F("notes").bitand(~viewer.shield)) & ~Q(pk__in=aside) & (Q(signed=False) | ~Q(author_id__in=muted))
    mine = Q(author_id=viewer.member_id or None)
    return Page(list(_all(before).filter(mine | (shown & wanted))[:SIZE]), None)


def after_fetching(viewer: Viewer, *, before: int = FAR_FUTURE) -> Page[Story]:
    """Batches of the newest, each story judged in Python until the page is full."""
    rings, walls, muted, aside = (set(found) for found in _facts(viewer))
    now, found = now_us(), list[Story]()
    while batch := list(_all(before)[:BATCH]):
        audiences = _rings_of(batch)
        for story in batch:
            shown_to = audiences.get(story.pk, set())
            spared = story.pk in aside or story.notes & viewer.shield or (story.signed and story.author_id in muted)
            walled = story.signed and story.author_id in walls
            is_for = shown_to & rings or any(ring <= viewer.great for ring in shown_to)
            shown = story.state == State.LIVE and story.until > now and not walled and is_for
            if (viewer.is_member and story.author_id == viewer.member_id) or (shown and not spared):
                found.append(story)
        before = batch[-1].at or 0
        if len(found) >= SIZE:
            break
    return Page(found[:SIZE], None)


def _all(before: int) -> QuerySet[Story]:
    rows = everything(Story, reason="benchmark: how others do it")
    return rows.filter(at__lt=before).select_related("author").order_by("-at")


def _rings_of(batch: list[Story]) -> dict[int, set[int]]:
    rings: dict[int, set[int]] = {}
    rows = StoryAudience.objects.filter(thing_id__in=[story.pk for story in batch])
    for story, ring in rows.values_list("thing_id", "ring_id"):
        rings.setdefault(story, set()).add(ring)
    return rings


def _facts(viewer: Viewer) -> tuple[list[int], list[int], list[int], list[int]]:
    me = viewer.member_id
    return (
        list(RingMember.objects.filter(member_id=me, counts_from__lte=now_us()).values_list("ring_id", flat=True)),
        list(Wall.objects.filter(a_id=me).values_list("b_id", flat=True)),
        list(Mute.objects.filter(member_id=me).values_list("muted_id", flat=True)),
        list(Aside.objects.filter(member_id=me, kind="stories.story").values_list("thing_id", flat=True)),
    )
