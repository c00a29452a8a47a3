"""The newest visible things, a page at a time: nothing missing, nothing twice, nothing that may not be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.audience import feed
from leeward.audience.actions.blocks import block
from leeward.audience.actions.chosen import choose
from leeward.audience.feed import newest
from leeward.audience.models import EVERYONE, MEMBERS, Opening, Ring, RingKind, RingMember
from leeward.audience.publishing import withdraw
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import FAR_FUTURE
from leeward.members.models import Member
from leeward.stories.models import Story
from tests.conftest import Cast, make_member
from tests.stories.telling import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that the few stories of a test do not fit into."""
    monkeypatch.setattr(feed, "WINDOW", 10)
    monkeypatch.setattr(feed, "CANDIDATES", 8)


def ring_of(owner: Member) -> int:
    """The ring of the people whom a member chose."""
    ring, _ = Ring.objects.get_or_create(owner=owner, kind=RingKind.CHOSEN)
    return ring.pk


def all_pages(viewer: Viewer, size: int = 3) -> Iterator[list[Story]]:
    """Every page, to the end of the list."""
    before: int | None = FAR_FUTURE
    while before is not None:
        page = newest(Story, viewer, before=before, size=size)
        yield page.things
        before = page.before


def all_visible(viewer: Viewer) -> list[Story]:
    """The same list without pages."""
    return list(Story.objects.filter(at__lt=FAR_FUTURE).visible_to(viewer).gentle_for(viewer).order_by("-at"))


def many_stories(cast: Cast) -> None:
    """Stories of three authors for different rings; the first is the oldest."""
    for number in range(36):
        rings = ([EVERYONE], [MEMBERS], [ring_of(cast.author)], [])[number % 4]
        author = (cast.author, cast.same_ring, cast.blocked)[number % 3]
        story = told(author, *rings, text=f"story {number}", signed=number % 5 != 0, notes=number % 2)
        if number % 11 == 10:
            withdraw(story)


def test_the_pages_together_are_the_whole_list_for_everyone_of_the_cast(cast: Cast) -> None:
    many_stories(cast)
    for name, viewer in cast.viewers().items():
        assert [story for page in all_pages(viewer) for story in page] == all_visible(viewer), name


@pytest.mark.usefixtures("small_window")
def test_the_pages_together_are_the_whole_list_when_the_window_is_short(cast: Cast) -> None:
    many_stories(cast)
    for name, viewer in cast.viewers().items():
        assert [story for page in all_pages(viewer) for story in page] == all_visible(viewer), name


@pytest.mark.usefixtures("small_window")
def test_who_may_see_three_old_stories_finds_all_three_at_once(cast: Cast) -> None:
    hers = [told(cast.author, ring_of(cast.author), text=text) for text in ("one", "two", "three")]
    for _ in range(30):
        told(cast.other_member)
    on_a_closed_site = Viewer(cast.same_ring.pk, great=EVERYONE - 1)
    page = newest(Story, on_a_closed_site)
    assert page.things == hers[::-1]
    assert page.before is None
    assert not page.is_short


@pytest.mark.usefixtures("small_window")
def test_her_own_old_stories_are_found_though_nobody_else_may_see_them(cast: Cast) -> None:
    own = told(cast.author, text="for nobody yet")
    for _ in range(30):
        told(cast.other_member)
    assert newest(Story, Viewer.member(cast.author)).things == [own]


@pytest.mark.usefixtures("small_window")
def test_a_page_that_looked_as_far_as_it_may_says_that_it_is_short(cast: Cast) -> None:
    told(cast.author, MEMBERS, text="far back")
    for _ in range(30):
        told(cast.blocked, MEMBERS)
    block(cast.other_member, cast.blocked)
    page = newest(Story, Viewer.member(cast.other_member))
    assert page.things == []
    assert page.is_short
    assert page.before is not None
    assert [story.text for page in all_pages(Viewer.member(cast.other_member)) for story in page] == ["far back"]


@pytest.mark.usefixtures("small_window")
def test_things_in_two_of_her_rings_count_twice_towards_too_many(cast: Cast) -> None:
    """Else a list that was cut off at the limit would pass for the whole."""
    choose(cast.other_member, cast.same_ring)
    both = [ring_of(cast.author), ring_of(cast.other_member)]
    for _ in range(6):
        told(cast.author, *both)
    for _ in range(30):
        told(cast.other_member)
    viewer = Viewer(cast.same_ring.pk, great=EVERYONE - 1)
    assert newest(Story, viewer).is_short
    assert len([story for page in all_pages(viewer) for story in page]) == 6


@pytest.mark.usefixtures("small_window")
def test_what_a_moderator_opened_is_in_her_list_however_old_it_is(cast: Cast) -> None:
    opened = told(cast.author, text="opened for a case")
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(opened), thing_id=opened.pk, reason="a report")
    for _ in range(30):
        told(cast.other_member)
    pages = all_pages(Viewer.moderator(cast.moderator))
    assert [story for page in pages for story in page] == [opened]


@pytest.mark.usefixtures("small_window")
def test_a_ring_that_does_not_count_yet_leads_nowhere(cast: Cast) -> None:
    told(cast.author, ring_of(cast.author))
    RingMember.objects.create(ring_id=ring_of(cast.author), member=cast.other_member, counts_from=FAR_FUTURE - 1)
    for _ in range(30):
        told(cast.blocked)
    assert newest(Story, Viewer(cast.other_member.pk, great=EVERYONE - 1)).things == []


def test_a_page_asks_the_database_once_and_never_more_than_three_times(cast: Cast) -> None:
    for _ in range(25):
        told(cast.author, EVERYONE)
    with CaptureQueriesContext(connection) as asked:
        assert len(newest(Story, Viewer.stranger()).things) == 20
    assert len(asked) == 1
    hidden = Viewer(cast.other_member.pk, great=EVERYONE - 1)
    for expected in (2, 3):  # nothing is for her; something is, and was withdrawn
        with CaptureQueriesContext(connection) as asked:
            assert newest(Story, hidden).things == []
        assert len(asked) == expected
        choose(cast.author, cast.other_member)
        withdraw(told(cast.author, ring_of(cast.author)))


def test_the_cost_does_not_grow_with_the_number_of_people_she_blocked(cast: Cast) -> None:
    viewer = Viewer.member(cast.other_member)
    with CaptureQueriesContext(connection) as few:
        newest(Story, viewer)
    for number in range(20):
        block(cast.other_member, make_member(f"Somebody {number}"))
    with CaptureQueriesContext(connection) as many:
        newest(Story, viewer)
    assert len(many) == len(few)
    assert abs(len(many[0]["sql"]) - len(few[0]["sql"])) < 10
