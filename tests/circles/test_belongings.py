"""What is kept of who is found and who met: taken home, and gone with her; letters stay with their readers."""

from __future__ import annotations

import pytest

from leeward.circles.actions.lighting import light
from leeward.circles.models import Light, LightCall, Line, Meeting, Presence
from leeward.members.belongings import Farewell, all_belongings
from leeward.members.leaving import leave
from leeward.members.models import Member
from tests.circles.people import IVF, findable, met, noted, said
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import text_of, told


def export_of(member: Member) -> str:
    return str({one.key: list(one.export(member)) for one in all_belongings()})


def test_her_copy_holds_her_own_words_and_not_the_others(cast: Cast) -> None:
    told(cast.same_ring, path=["ivf"])
    light(cast.same_ring, [IVF])
    meeting = met(cast.same_ring, cast.other_member)
    said(meeting, cast.same_ring, "Where the lamp is.")
    copy = export_of(cast.same_ring)
    for words in ("I am here.", "I read your page twice.", "Where the lamp is.", "IVF", "Tobias"):
        assert words in copy, words
    assert "So did I." not in copy
    assert "Ines" in export_of(cast.other_member)


def test_a_note_that_was_neither_answered_nor_left_is_in_nobodys_copy_but_its_writers(cast: Cast) -> None:
    noted(cast.same_ring, cast.other_member)
    assert "Ines" not in export_of(cast.other_member)


@pytest.mark.parametrize("farewell", list(Farewell))
def test_who_leaves_is_found_no_more_and_her_lights_are_out(cast: Cast, farewell: Farewell) -> None:
    told(cast.same_ring, path=["ivf"])
    lit = light(cast.same_ring, [IVF])
    LightCall.objects.create(light=lit, newcomer=cast.author)
    findable(cast.same_ring, IVF)
    noted(cast.same_ring, cast.other_member)
    leave(cast.same_ring, farewell)
    assert not Presence._base_manager.filter(author__name="Ines").exists()
    assert not Light.objects.exists()
    assert not LightCall.objects.exists()
    assert not Meeting._base_manager.exists()


@pytest.mark.parametrize("leaver", ["same_ring", "other_member"])
def test_letters_left_behind_stay_with_the_other_without_a_name(cast: Cast, leaver: str) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    said(meeting, cast.same_ring, "Where the lamp is.")
    stays = cast.other_member if leaver == "same_ring" else cast.same_ring
    name = getattr(cast, leaver).name
    leave(getattr(cast, leaver), Farewell.LEAVE_WORDS)
    page = text_of(signed_in(stays).get(meeting.get_absolute_url()))
    for words in ("I read your page twice.", "So did I.", "Where the lamp is.", "Somebody who has left"):
        assert words in page, words
    assert name not in page
    assert "This has ended." in page


@pytest.mark.parametrize("leaver", ["same_ring", "other_member"])
def test_who_takes_all_with_her_takes_her_letters_and_no_others(cast: Cast, leaver: str) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    stays = cast.other_member if leaver == "same_ring" else cast.same_ring
    hers, others = ("I read your page twice.", "So did I.") if leaver == "same_ring" else ("So did I.", "I read your")
    leave(getattr(cast, leaver), Farewell.TAKE_ALL)
    page = text_of(signed_in(stays).get(meeting.get_absolute_url()))
    assert hers not in page
    assert others in page


def test_of_two_who_have_both_left_nothing_stays(cast: Cast) -> None:
    met(cast.same_ring, cast.other_member)
    leave(cast.same_ring, Farewell.LEAVE_WORDS)
    leave(cast.other_member, Farewell.LEAVE_WORDS)
    assert not Meeting._base_manager.exists()
    assert not Line._base_manager.exists()
