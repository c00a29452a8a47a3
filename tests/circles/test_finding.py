"""Who is near: only who chose to be found, by what she chose to show, and never more than five."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.audience.actions import block, mute, put_aside, set_shield
from leeward.audience.notes import NOTE
from leeward.audience.viewers import Viewer
from leeward.circles.actions.letting_in import let_in
from leeward.circles.finding import people_near
from leeward.circles.models import FoundBy
from leeward.journeys.nearness import Profile, profile_of
from leeward.members.consents import withdraw
from leeward.members.models import Member, Purpose
from leeward.search.models import IndexedDocument
from tests.circles.people import IVF, LATE, findable, met, noted
from tests.conftest import Cast, make_member
from tests.journeys.journeying import lost, told

MINE = Profile.from_pairs([LATE, IVF, ("weeks", "20")])


def near_to(member: Member, profile: Profile = MINE) -> list[str]:
    return [one.presence.title_words() for one in people_near(profile, Viewer.member(member))]


def test_who_shares_more_stands_first_with_the_reasons(cast: Cast) -> None:
    findable(cast.author, LATE)
    findable(cast.same_ring, LATE, IVF, ("weeks", "21"))
    found = people_near(MINE, Viewer.member(cast.other_member))
    assert [one.presence.title_words() for one in found] == ["Ines", "Maud"]
    assert found[0].reasons[:2] == ["also at around twenty-one weeks", "also through IVF"]
    assert not any("%" in reason for one in found for reason in one.reasons)


def test_what_she_told_and_does_not_show_finds_her_for_nobody(cast: Cast) -> None:
    lost(cast.author, "miscarriage_late", weeks=20)
    told(cast.author, path=["ivf"])
    findable(cast.author)
    assert near_to(cast.other_member) == []
    findable(cast.author, IVF)
    assert near_to(cast.other_member) == ["Maud"]
    assert people_near(MINE, Viewer.member(cast.other_member))[0].reasons == ["also through IVF"]


def test_she_is_not_near_to_herself_nor_to_a_stranger(cast: Cast) -> None:
    findable(cast.author, LATE)
    assert near_to(cast.author) == []
    assert people_near(MINE, Viewer.stranger()) == []


def test_whom_she_writes_with_is_not_proposed_again(cast: Cast) -> None:
    for member in (cast.author, cast.same_ring, cast.other_member):
        findable(member, LATE)
    noted(cast.other_member, cast.same_ring)
    met(cast.author, cast.other_member)
    assert near_to(cast.other_member) == []
    assert near_to(cast.host) == ["Tobias", "Ines", "Maud"]


@pytest.mark.parametrize("what", ["block", "blocked", "mute", "aside", "shield", "stop"])
def test_who_is_not_to_be_met_is_not_near(cast: Cast, what: str) -> None:
    presence = findable(cast.author, LATE, notes=NOTE["faith"].bit)
    assert near_to(cast.other_member) == ["Maud"]
    match what:
        case "block":
            block(cast.other_member, cast.author)
        case "blocked":
            block(cast.author, cast.other_member)
        case "mute":
            mute(cast.other_member, cast.author)
        case "aside":
            put_aside(cast.other_member, presence)
        case "shield":
            set_shield(cast.other_member, NOTE["faith"].bit)
        case "stop":
            withdraw(cast.author, Purpose.FOUND)
            assert not IndexedDocument.objects.filter(kind="circles.presence").exists()
    assert near_to(cast.other_member) == []


def test_who_lets_people_in_is_near_to_those_alone(cast: Cast) -> None:
    findable(cast.author, LATE, by=FoundBy.LET_IN)
    assert near_to(cast.other_member) == []
    let_in(cast.author, cast.other_member)
    assert near_to(cast.other_member) == ["Maud"]
    assert near_to(cast.host) == []


def test_at_most_five_are_shown(cast: Cast) -> None:
    for number in range(8):
        findable(make_member(f"Person {number}"), LATE)
    assert len(people_near(MINE, Viewer.member(cast.author), size=20)) == 5


def test_names_are_not_searched_and_letters_are_not_in_the_index(cast: Cast) -> None:
    findable(cast.author, LATE, text="I knit.")
    met(cast.same_ring, cast.other_member)
    assert set(IndexedDocument.objects.values_list("kind", flat=True)) == {"circles.presence"}
    assert not IndexedDocument.objects.filter(title__contains="Maud").exists()
    assert not IndexedDocument.objects.filter(text__contains="Maud").exists()


def test_nearness_asks_nobody_elses_journey(cast: Cast) -> None:
    lost(cast.other_member, "miscarriage_late")
    lost(cast.author, "miscarriage_late")
    findable(cast.author, LATE)
    profile = profile_of(cast.other_member)

    with CaptureQueriesContext(connection) as asked:
        assert people_near(profile, Viewer.member(cast.other_member))
    assert not any("journeys_fact" in query["sql"] or "journeys_loss" in query["sql"] for query in asked)
