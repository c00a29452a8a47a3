"""The rule once more, by brute force and without SQL, to prove the fast way right. For this benchmark alone."""

from __future__ import annotations

from dataclasses import dataclass

from leeward.audience.feed import Page
from leeward.audience.models import Aside, Mute, RingMember, Wall
from leeward.audience.shared import State
from leeward.audience.unguarded import everything
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE, now_us
from leeward.stories.models import Answer, Story, StoryAudience


@dataclass(frozen=True)
class Place:
    """All stories, newest first, and the rings of each."""

    stories: list[tuple[int, int, int, bool, int, int, int]]  # at, id, author, signed, state, until, notes
    rings: dict[int, set[int]]


def read_place() -> Place:
    """Read everything once."""
    rings: dict[int, set[int]] = {}
    for story, ring in StoryAudience.objects.values_list("thing_id", "ring_id"):
        rings.setdefault(story, set()).add(ring)
    rows = everything(Story, reason="benchmark: proof by brute force").exclude(at=None)
    fields = ("at", "id", "author_id", "signed", "state", "until", "notes")
    return Place(sorted(rows.values_list(*fields), reverse=True), rings)


def visible(place: Place, viewer: Viewer, *, wants: bool = True) -> list[tuple[int, int]]:
    """The moment and key of all stories that a viewer may see (and, unless told, wants to see), newest first."""
    me, now = viewer.member_id, now_us()
    hers = set(RingMember.objects.filter(member_id=me).values_list("ring_id", flat=True))
    walls = set(Wall.objects.filter(a_id=me).values_list("b_id", flat=True))
    muted = set(Mute.objects.filter(member_id=me).values_list("muted_id", flat=True))
    aside = set(Aside.objects.filter(member_id=me, kind="stories.story").values_list("thing_id", flat=True))
    seen = []
    for at, key, author, signed, state, until, notes in place.stories:
        if author != me or not me:
            rings = place.rings.get(key, set())
            if state != State.LIVE or until <= now or (signed and author in walls):
                continue
            if not rings & hers and not any(ring <= viewer.great for ring in rings):
                continue
            if wants and ((signed and author in muted) or key in aside or notes & viewer.shield):
                continue
        seen.append((at, key))
    return seen


def agrees(page: Page[Story], expected: list[tuple[int, int]], *, before: int = FAR_FUTURE, size: int = 20) -> bool:
    """Whether a page holds exactly the newest that it should; a short one, all as far back as it says it looked."""
    older = [(at, key) for at, key in expected if at < before]
    if page.is_short:
        assert page.before is not None
        should = [key for at, key in older if at >= page.before]
    else:
        should = [key for _, key in older[:size]]
    return [story.pk for story in page.things] == should


def visible_answers(story: Story, viewer: Viewer, *, size: int) -> list[int]:
    """The keys of the first answers to a story that a viewer may and wants to see, if she may see the story."""
    me, now = viewer.member_id, now_us()
    walls = set(Wall.objects.filter(a_id=me).values_list("b_id", flat=True))
    muted = set(Mute.objects.filter(member_id=me).values_list("muted_id", flat=True))
    seen: list[int] = []
    rows = everything(Answer, reason="benchmark: proof by brute force").filter(story=story).exclude(at=None)
    fields = ("id", "author_id", "signed", "state", "until", "notes")
    for key, author, signed, state, until, notes in rows.order_by("at").values_list(*fields):
        hers = bool(me) and author == me
        shown = state == State.LIVE and until > now and not (signed and (author in walls or author in muted))
        if hers or (shown and not notes & viewer.shield):
            seen.append(key)
    return seen[:size]
