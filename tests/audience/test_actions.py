from __future__ import annotations

import pytest

from leeward.audience.actions import (
    block,
    bring_back,
    choose,
    chosen_ring,
    hide_such,
    put_aside,
    set_shield,
    unblock,
    unchoose,
)
from leeward.audience.models import EVERYONE, MEMBERS, Block, Choice, Mute, RingMember, Wall
from leeward.audience.notes import NOTE, mask_of
from leeward.audience.rule import is_visible_to
from leeward.audience.shields import kept_of
from leeward.audience.viewers import Viewer
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.stories.models import Story
from tests.conftest import Cast, signed_in
from tests.stories.telling import told


def in_ring(owner: Member, other: Member) -> bool:
    return RingMember.objects.filter(ring=chosen_ring(owner), member=other).exists()


def wants(story: Story, member: Member) -> bool:
    viewer = Viewer.member(member)
    return bool(Story.objects.filter(pk=story.pk).visible_to(viewer).gentle_for(viewer).exists())


def test_a_block_is_felt_both_ways(cast: Cast) -> None:
    hers, his = told(cast.author, EVERYONE), told(cast.other_member, EVERYONE)
    block(cast.author, cast.other_member)
    assert not is_visible_to(hers, Viewer.member(cast.other_member))
    assert not is_visible_to(his, Viewer.member(cast.author))


def test_a_block_neither_hides_nor_shows_what_is_not_signed(cast: Cast) -> None:
    unsigned = told(cast.author, MEMBERS, signed=False)
    block(cast.other_member, cast.author)
    assert is_visible_to(unsigned, Viewer.member(cast.other_member))
    unblock(cast.other_member, cast.author)
    assert is_visible_to(unsigned, Viewer.member(cast.other_member))


def test_a_block_parts_both_from_the_people_that_the_other_chose(cast: Cast) -> None:
    choose(cast.same_ring, cast.author)
    block(cast.author, cast.same_ring)
    assert not in_ring(cast.author, cast.same_ring)
    assert not in_ring(cast.same_ring, cast.author)


def test_the_list_of_the_one_who_is_blocked_does_not_change(cast: Cast) -> None:
    page = signed_in(cast.author).get("/me/people/").content
    block(cast.same_ring, cast.author)
    assert b"Ines" in page
    assert b"Ines" in signed_in(cast.author).get("/me/people/").content


def test_a_wall_stays_until_both_have_taken_their_block_back(cast: Cast) -> None:
    block(cast.blocked, cast.author)
    unblock(cast.author, cast.blocked)
    assert Wall.objects.filter(a=cast.author, b=cast.blocked).exists()
    unblock(cast.blocked, cast.author)
    assert not Wall.objects.exists()


def test_a_choice_counts_again_when_the_block_ends(cast: Cast) -> None:
    block(cast.same_ring, cast.author)
    unblock(cast.same_ring, cast.author)
    assert in_ring(cast.author, cast.same_ring)
    assert not Block.objects.filter(blocker=cast.same_ring).exists()


def test_choosing_someone_who_blocked_me_looks_like_any_choice_and_has_no_effect(cast: Cast) -> None:
    client = signed_in(cast.blocked)
    refused = client.post("/me/people/", {"name": "Maud"}, follow=True).content.decode()
    accepted = client.post("/me/people/", {"name": "Tobias"}, follow=True).content.decode()
    assert "Maud" in refused
    assert "Tobias" in accepted
    assert "Nobody here can be found" not in refused + accepted
    assert not in_ring(cast.blocked, cast.author)
    assert in_ring(cast.blocked, cast.other_member)


def test_a_name_that_nobody_has_is_said_so_kindly(cast: Cast) -> None:
    page = signed_in(cast.author).post("/me/people/", {"name": "Nobody At All"})
    assert "Nobody here can be found under exactly this name." in page.content.decode()
    assert "Nobody At All" in page.content.decode()


def test_someone_taken_out_sees_no_more_of_what_is_for_chosen_people(cast: Cast) -> None:
    story = told(cast.author, chosen_ring(cast.author).pk)
    assert is_visible_to(story, Viewer.member(cast.same_ring))
    unchoose(cast.author, cast.same_ring)
    assert not is_visible_to(story, Viewer.member(cast.same_ring))
    assert not Choice.objects.filter(member=cast.author).exists()


@pytest.mark.parametrize("act", [block, choose])
def test_nobody_blocks_or_chooses_herself(cast: Cast, act) -> None:
    with pytest.raises(ValueError, match="herself"):
        act(cast.author, cast.author)


def test_hiding_such_adds_only_notes_that_are_inside(cast: Cast) -> None:
    set_shield(cast.other_member, NOTE["bump"].bit)
    story = told(cast.author, MEMBERS, notes=mask_of(["ultrasound", "faith"]))
    hide_such(cast.other_member, story, notes=mask_of(["ultrasound", "graphic"]), this_one=False)
    assert kept_of(cast.other_member).now == mask_of(["bump", "ultrasound"])
    assert not wants(story, cast.other_member)
    assert wants(story, cast.same_ring)


def test_hiding_what_a_person_signs_does_nothing_for_what_is_not_signed(cast: Cast) -> None:
    hide_such(cast.other_member, told(cast.author, MEMBERS, signed=False), writer=True)
    assert not Mute.objects.exists()
    hide_such(cast.other_member, told(cast.author, MEMBERS), writer=True)
    assert Mute.objects.get().muted == cast.author


def test_what_was_put_aside_can_be_brought_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    put_aside(cast.other_member, story)
    assert not wants(story, cast.other_member)
    bring_back(cast.other_member)
    assert wants(story, cast.other_member)


def test_a_signed_text_can_lead_to_a_block_and_an_unsigned_one_cannot(cast: Cast) -> None:
    client = signed_in(cast.other_member)
    signed, unsigned = told(cast.author, MEMBERS), told(cast.author, MEMBERS, signed=False)
    assert client.get(f"/me/blocks/by/stories.story/{unsigned.ref}/").status_code == 404
    client.post(f"/me/blocks/by/stories.story/{signed.ref}/")
    assert Block.objects.filter(blocker=cast.other_member, blocked=cast.author).exists()


def test_blocks_are_taken_and_given_back_by_plain_forms(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.post("/me/blocks/", {"name": " tobias "})
    assert Block.objects.filter(blocker=cast.author, blocked=cast.other_member).exists()
    client.post(f"/me/blocks/{cast.other_member.ref}/take-back/")
    assert not Block.objects.filter(blocked=cast.other_member).exists()
    assert client.post(f"/me/blocks/{cast.same_ring.ref}/take-back/").status_code == 404


def test_shields_are_kept_by_a_plain_form(cast: Cast) -> None:
    client = signed_in(cast.author)
    client.post("/me/shields/", {"notes": ["faith", "money"]})
    assert kept_of(cast.author).now == mask_of(["faith", "money"])
    assert b"checked" in client.get("/me/shields/").content


def test_leaving_takes_every_tie_along(cast: Cast) -> None:
    hide_such(cast.author, told(cast.other_member, MEMBERS), writer=True)
    block(cast.same_ring, cast.author)
    leave(cast.author, Farewell.TAKE_ALL)
    assert [model for model in (Wall, Block, Choice, Mute) if model._default_manager.exists()] == []
