"""Who is pregnant now keeps her people; and they are spared what they asked not to meet."""

from __future__ import annotations

import pytest

from leeward.audience.actions import set_shield
from leeward.audience.notes import NOTE
from leeward.audience.viewers import Viewer
from leeward.circles.actions.being_found import take_over
from leeward.circles.finding import people_near
from leeward.circles.meeting import may_write
from leeward.circles.models import Meeting, Presence
from leeward.circles.threads import meetings_of
from leeward.journeys.actions import move_on
from leeward.journeys.nearness import Profile
from leeward.journeys.ways import ways_of
from leeward.members.models import Member
from leeward.notifications.models import Notice
from tests.circles.people import LATE, findable, met, said
from tests.circles.reading import page_of, plain, rings
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import lost, text_of, told

NEWS = NOTE["pregnancy_current"].bit
NOW = ("now", "trying")


@pytest.fixture
def moved(cast: Cast) -> Member:
    """She wrote with Tobias and could be found; now she is pregnant, and he has asked not to meet that."""
    for member in (cast.same_ring, cast.other_member):
        lost(member, "miscarriage_late", weeks=20)
        told(member, now=["trying"])
        findable(member, LATE, NOW)
    met(cast.same_ring, cast.other_member)
    set_shield(cast.other_member, NEWS)
    return cast.same_ring


def the_meeting() -> Meeting:
    return Meeting._base_manager.get()


def test_nothing_between_them_changes_when_she_moves_on(cast: Cast, moved: Member) -> None:
    before = plain(page_of(cast.other_member, the_meeting()))
    ways = [way.ring_id for way in ways_of(moved)]
    move_on(moved, "pregnant")
    for member in (moved, cast.other_member):
        assert may_write(the_meeting(), member)
        assert [one.goes_on for one in meetings_of(member, Viewer.member(member))] == [True]
    assert plain(page_of(cast.other_member, the_meeting())) == before
    assert [way.ring_id for way in ways_of(moved)] == ways
    assert Notice.objects.filter(member=cast.other_member, read_at=None).count() == 0


def test_he_is_spared_her_news_in_the_thread_and_keeps_the_thread(cast: Cast, moved: Member) -> None:
    move_on(moved, "pregnant")
    page_of(cast.other_member, the_meeting())
    said(the_meeting(), moved, "I am eleven weeks pregnant.")
    said(the_meeting(), moved, "And I thought of your boy on Sunday.")
    assert rings(cast.other_member, "circles.line") == 1
    page = page_of(cast.other_member, the_meeting())
    folded = page[page.index("<details") : page.index("</details>")]
    assert "I am eleven weeks pregnant." in folded
    assert page.count("I am eleven weeks pregnant.") == 1
    assert "And I thought of your boy on Sunday." in page.replace(folded, "")


def test_what_she_shows_of_it_is_kept_from_him_in_lists_and_closed_on_her_page(cast: Cast, moved: Member) -> None:
    stranger_to_both = Profile.from_pairs([LATE, NOW])
    move_on(moved, "pregnant")
    hers = Presence.objects.written_by(moved).get()
    take_over(hers, by=moved)
    hers.refresh_from_db()
    assert hers.notes == NEWS
    set_shield(cast.host, NEWS)
    for spared, names in ((cast.host, {"Tobias"}), (cast.author, {"Tobias", "Ines"})):
        found = people_near(stranger_to_both, Viewer.member(spared))
        assert {one.presence.title_words() for one in found} == names
    page = text_of(signed_in(cast.other_member).get(hers.get_absolute_url()))
    assert "I am here." not in page
    assert "You can open it, or leave it closed." in page
    assert "So did I." in page_of(cast.other_member, the_meeting())
