"""A meeting ends: by either, and nobody is told by whom; a block looks like an end."""

from __future__ import annotations

import datetime

import pytest

from leeward.audience.actions import block, unblock
from leeward.audience.models import RingMember
from leeward.audience.viewers import Viewer
from leeward.circles.actions.asking import ask
from leeward.circles.actions.ending import end, put_away, take_back_mine
from leeward.circles.actions.talking import write_line
from leeward.circles.finding import people_near
from leeward.circles.meeting import MayNotWrite
from leeward.circles.models import Line, Meeting
from leeward.circles.threads import meetings_of
from leeward.journeys.nearness import Profile
from leeward.members.consents import withdraw
from leeward.members.models import Member, Purpose
from leeward.members.tending import tend
from leeward.moderation.actions import settle
from leeward.notifications.bell import has_something_new
from tests.circles.people import LATE, findable, met, noted, said
from tests.circles.reading import aged, at_one_moment, page_of, plain, sees
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import text_of


def test_either_ends_it_and_then_neither_writes(cast: Cast) -> None:
    for ender in (cast.same_ring, cast.other_member):
        Meeting._base_manager.all().delete()
        meeting = met(cast.same_ring, cast.other_member)
        end(meeting, by=ender)
        for member in (cast.same_ring, cast.other_member):
            with pytest.raises(MayNotWrite):
                write_line(meeting, by=member, text="more")
            assert "This has ended." in page_of(member, meeting)
        meeting.refresh_from_db()
        assert ender.pk not in {meeting.ended_at, meeting.declined_at}


def test_who_ended_it_cannot_be_read_from_either_page(cast: Cast) -> None:
    pages = []
    for ender in ("same_ring", "other_member"):
        Meeting._base_manager.all().delete()
        meeting = met(cast.same_ring, cast.other_member)
        end(meeting, by=getattr(cast, ender))
        at_one_moment(meeting)
        page = plain(page_of(cast.same_ring, meeting))
        for line in Line._base_manager.filter(meeting=meeting):
            page = page.replace(line.ref, "LINE")
        pages.append(page.replace(meeting.ref, "MEETING"))
    assert pages[0] == pages[1]


def test_what_the_other_wrote_stays_until_it_is_put_away(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    end(meeting, by=cast.other_member)
    assert "So did I." in page_of(cast.same_ring, meeting)
    put_away(meeting, by=cast.same_ring)
    assert meetings_of(cast.same_ring, Viewer.member(cast.same_ring)) == []
    assert len(meetings_of(cast.other_member, Viewer.member(cast.other_member))) == 1


def test_what_goes_on_is_not_put_away(cast: Cast) -> None:
    with pytest.raises(PermissionError):
        put_away(met(cast.same_ring, cast.other_member), by=cast.same_ring)


def test_a_block_looks_like_an_end_after_which_the_other_took_her_words_back(cast: Cast) -> None:
    ended = met(cast.same_ring, cast.other_member)
    take_back_mine(ended, by=cast.other_member)
    end(ended, by=cast.other_member)
    looks = plain(page_of(cast.same_ring, ended)).replace(ended.ref, "MEETING")
    Meeting._base_manager.all().delete()
    meeting = met(cast.same_ring, cast.other_member)
    block(cast.other_member, cast.same_ring)
    assert plain(page_of(cast.same_ring, meeting)).replace(meeting.ref, "MEETING") == looks
    assert not sees(cast.other_member, meeting)


def test_end_and_block_is_one_press(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    signed_in(cast.other_member).post(f"/meetings/{meeting.ref}/end/", {"block": "1"})
    assert cast.other_member.blocks.filter(blocked=cast.same_ring).exists()
    meeting.refresh_from_db()
    assert meeting.ended_at is not None


def test_ended_meetings_go_after_a_year(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    aged(meeting, 400)
    tend()
    assert Meeting._base_manager.filter(pk=meeting.pk).exists()
    end(meeting, by=cast.same_ring)
    meeting.refresh_from_db()
    aged(meeting, 366)
    tend()
    assert not Meeting._base_manager.filter(pk=meeting.pk).exists()
    assert not Line._base_manager.exists()


def test_a_block_by_the_one_who_wrote_first_looks_like_that_end_too(cast: Cast) -> None:
    ended = met(cast.same_ring, cast.other_member)
    said(ended, cast.same_ring, "Where do you live?")
    end(ended, by=cast.same_ring)
    take_back_mine(ended, by=cast.same_ring)
    looks, lists = _looks_to(cast.other_member, ended)
    Meeting._base_manager.all().delete()
    meeting = met(cast.same_ring, cast.other_member)
    said(meeting, cast.same_ring, "Where do you live?")
    block(cast.same_ring, cast.other_member)
    assert _looks_to(cast.other_member, meeting) == (looks, lists)
    assert "So did I." in looks
    assert "I read your page twice." in page_of(cast.same_ring, meeting)
    unblock(cast.same_ring, cast.other_member)
    assert "I read your page twice." in page_of(cast.other_member, meeting)


def _looks_to(member: Member, meeting: Meeting) -> tuple[str, str]:
    at_one_moment(meeting)
    page = plain(page_of(member, meeting)).replace(meeting.ref, "MEETING")
    for line in Line._base_manager.filter(meeting=meeting):
        page = page.replace(line.ref, "LINE")
    people = plain(text_of(signed_in(member).get("/people/"))).replace(meeting.ref, "MEETING")
    return page, people


def test_she_who_blocks_does_not_meet_it_any_more_whoever_wrote_first(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    block(cast.same_ring, cast.other_member)
    assert sees(cast.other_member, meeting)
    block(cast.other_member, cast.same_ring)
    assert not sees(cast.other_member, meeting)


@pytest.mark.parametrize("how", ["a block", "taken back", "lapsed", "a block over a note"])
def test_nothing_rings_for_what_is_gone(cast: Cast, how: str) -> None:
    if how in {"a block", "taken back"}:
        meeting = met(cast.same_ring, cast.other_member)
        page_of(cast.other_member, meeting)
        said(meeting, cast.same_ring, "Where do you live?")
    else:
        meeting = noted(cast.same_ring, cast.other_member)
    assert has_something_new(cast.other_member)
    match how:
        case "a block" | "a block over a note":
            block(cast.same_ring, cast.other_member)
        case "taken back":
            take_back_mine(meeting, by=cast.same_ring)
        case "lapsed":
            aged(meeting, 31)
            tend()
    assert not has_something_new(cast.other_member)


def test_words_sent_when_it_has_just_ended_are_still_there(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    client = signed_in(cast.same_ring)
    client.get(meeting.get_absolute_url())
    end(meeting, by=cast.other_member)
    answer = client.post(f"/meetings/{meeting.ref}/say/", {"text": "What I had begun to say."})
    assert answer.status_code == 422
    assert "What I had begun to say." in text_of(answer)
    assert "Nothing more can be written here." in text_of(answer)


def test_a_suspended_member_reads_why_she_cannot_write_and_the_other_learns_nothing(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    before = plain(page_of(cast.other_member, meeting))
    cast.same_ring.suspended_at = datetime.datetime.now(datetime.UTC)
    cast.same_ring.save()
    assert "You cannot write to others at present." in page_of(cast.same_ring, meeting)
    assert plain(page_of(cast.other_member, meeting)) == before


def test_who_has_just_ended_it_is_not_proposed_to_either(cast: Cast) -> None:
    for member in (cast.same_ring, cast.other_member):
        findable(member, LATE)
    meeting = met(cast.same_ring, cast.other_member)
    end(meeting, by=cast.other_member)
    profile = Profile.from_pairs([LATE])
    for member in (cast.same_ring, cast.other_member):
        assert people_near(profile, Viewer.member(member)) == []
    assert len(people_near(profile, Viewer.member(cast.host))) == 2
    meeting.refresh_from_db()
    aged(meeting, 31)
    assert len(people_near(profile, Viewer.member(cast.same_ring))) == 1


def test_a_note_that_nobody_has_read_does_not_reach_who_has_stopped_being_found(cast: Cast) -> None:
    findable(cast.same_ring)
    note = ask(findable(cast.other_member), by=cast.same_ring, text="I read your page.")
    withdraw(cast.other_member, Purpose.FOUND)
    settle(note)
    assert not sees(cast.other_member, note)
    assert not has_something_new(cast.other_member)
    assert "If it fits, an answer comes" in page_of(cast.same_ring, note)
    assert not RingMember.objects.filter(member=cast.other_member, ring__kind="pair").exists()


@pytest.mark.parametrize("by", ["same_ring", "other_member"])
def test_who_was_left_can_still_block(cast: Cast, by: str) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    one, other = getattr(cast, by), cast.other_member if by == "same_ring" else cast.same_ring
    end(meeting, by=other)
    client = signed_in(one)
    where = f"/meetings/{meeting.ref}/end/"
    assert where in text_of(client.get(meeting.get_absolute_url()))
    assert "End it" not in text_of(client.get(where))
    client.post(where, {"block": "1"})
    assert one.blocks.filter(blocked=other).exists()
