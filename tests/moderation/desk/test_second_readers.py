"""Handing on, and second readers."""

from __future__ import annotations

import pytest

from leeward.members.models import Member
from leeward.moderation.actions import open_case
from leeward.moderation.actions.keeping import (
    NobodyElseError,
    ask_second,
    give_opinion,
    hand_on,
)
from leeward.moderation.actions.opening import NotForYouError, has_opened
from leeward.moderation.models import Act, HandedOn, Opinion
from leeward.notifications.models import Notice
from tests.conftest import Cast, signed_in
from tests.moderation.casework import decided
from tests.moderation.desk.desking import case_of_a_first_text, offered, page, urgent


def test_what_she_handed_on_does_not_come_back_and_she_sees_it_no_more(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    signed_in(cast.moderator).post(f"/moderation/cases/{case.ref}/hand-on/")
    assert not has_opened(case, cast.moderator)
    assert offered(cast.moderator) == []
    assert len(offered(second)) == 1
    hand_on([case], moderator=cast.moderator)
    assert HandedOn.objects.count() == 1


def test_what_everybody_handed_on_is_not_lost(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    for moderator in (cast.moderator, second):
        hand_on([case], moderator=moderator)
    assert [line.handed_on for line in offered(cast.moderator)] == [True]
    assert "You handed this on" in page(signed_in(cast.moderator))


def test_handing_on_something_urgent_rings_for_the_others(cast: Cast, second: Member) -> None:
    hand_on([urgent(cast)], moderator=cast.moderator)
    assert list(Notice.objects.values_list("member_id", "kind")) == [(second.pk, "moderation.urgent")]


def test_a_second_reader_writes_and_the_first_reads_it_without_a_name(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    first_client, second_client = signed_in(cast.moderator), signed_in(second)
    first_client.post(f"/moderation/cases/{case.ref}/open/")
    first_client.post(f"/moderation/cases/{case.ref}/second/")
    assert "somebody asks for another reader" in page(second_client)
    assert "you asked another person to read it" in page(first_client)
    second_client.post(f"/moderation/cases/{case.ref}/open/")
    second_client.post(f"/moderation/cases/{case.ref}/opinion/", {"words": "I would let it stand."})
    assert "another reader has written" in page(first_client)
    shown = page(first_client, f"/moderation/cases/{case.ref}/")
    assert "I would let it stand." in shown
    assert second.name not in shown
    assert cast.moderator.name not in page(second_client, f"/moderation/cases/{case.ref}/")
    kinds = {(notice.member_id, notice.kind) for notice in Notice.objects.all()}
    assert kinds == {(second.pk, "moderation.second"), (cast.moderator.pk, "moderation.opinion")}


def test_nobody_is_her_own_second_reader(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    ask_second(case, by=cast.moderator)
    case.refresh_from_db()
    with pytest.raises(NotForYouError):
        give_opinion(case, by=cast.moderator, words="I agree with myself.")
    with pytest.raises(NotForYouError):
        give_opinion(case, by=second, words="Without having read it.")
    assert not Opinion.objects.exists()


def test_where_nobody_else_is_there_a_second_reader_cannot_be_asked(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    with pytest.raises(NobodyElseError):
        ask_second(case, by=cast.moderator)
    assert "There is no other person here yet who moderates." in page(
        signed_in(cast.moderator), f"/moderation/cases/{case.ref}/"
    )


def test_a_case_can_be_decided_without_waiting_for_the_second_reader(cast: Cast, second: Member) -> None:
    case = case_of_a_first_text(cast)
    open_case(case, moderator=cast.moderator)
    ask_second(case, by=cast.moderator)
    decided(case, cast.moderator, Act.RELEASE)
    case.refresh_from_db()
    with pytest.raises(NotForYouError):
        give_opinion(case, by=second, words="Too late.")
