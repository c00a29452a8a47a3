"""The page of a group: closed, opened, ticked, settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leeward.audience.models import Opening
from leeward.audience.notes import mask_of
from leeward.members.models import Member
from leeward.moderation.desks import Why, opened_today, pause_of
from leeward.moderation.models import (
    Because,
    Case,
    CaseState,
    Decision,
    HandedOn,
    Priority,
)
from leeward.moderation.queue import waiting_for
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.groups.grouping import opened_page, values_on


def test_a_group_shows_nothing_until_it_is_opened_with_a_line_for_each_text(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    client = signed_in(cast.moderator)
    closed = client.get(f"/moderation/groups/{cases[0].ref}/").content.decode()
    assert "DOUBTFUL-held-1" not in closed
    assert not Opening.objects.exists()
    assert "DOUBTFUL-held-1" in opened_page(client)
    logged = Opening.objects.filter(moderator=cast.moderator, closed_at=None, kind="stories.answer")
    assert sorted(logged.values_list("reason", flat=True)) == sorted(case.opening_reason for case in cases)
    assert opened_today([cast.moderator]) == {cast.moderator.pk: 1}


def test_texts_that_came_after_are_not_open_until_they_are_opened(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3)
    client = signed_in(cast.moderator)
    opened_page(client)
    held(2, Because.FIRST_TEXT)
    link = f"/moderation/groups/{Case.objects.earliest('at').ref}/"
    page = client.get(link).content.decode()
    assert "2 more are not open yet." in page
    assert "FIRSTTEXT-held" not in page
    client.post(f"{link}open/")
    assert "FIRSTTEXT-held-1" in client.get(link).content.decode()


def test_all_can_be_ticked_or_those_of_one_reason(cast: Cast, held: Callable[..., list[Case]]) -> None:
    hostile, first = held(3), held(2, Because.FIRST_TEXT)
    client = signed_in(cast.moderator)
    assert values_on(opened_page(client), ticked=True) == []
    assert len(values_on(opened_page(client, "?tick=all"), ticked=True)) == 5
    only = {value.split(":")[0] for value in values_on(opened_page(client, "?tick=hostile"), ticked=True)}
    assert only == {case.ref for case in hostile}
    assert not only & {case.ref for case in first}


def test_a_text_with_something_inside_stays_covered(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3, notes=mask_of(["loss_detail"]))
    page = opened_page(signed_in(cast.moderator))
    assert page.count("Inside: a loss told closely") == 3
    assert page.index("The whole text") < page.index("DOUBTFUL-held-0")


def test_one_decision_settles_those_that_are_ticked_and_no_others(
    cast: Cast, story: Story, held: Callable[..., list[Case]]
) -> None:
    held(4)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    link = f"/moderation/groups/{values[0].split(':')[0]}/"
    sent = {"case": values[:3], "act": "remove", "clause": "kind", "reason": "It says that she is to blame."}
    answered = client.post(f"{link}decide/", sent, follow=True)
    assert "3 texts are decided." in answered.content.decode()
    assert Decision.objects.count() == 3
    assert Case.objects.filter(state=CaseState.OPEN).count() == 1
    assert client.get("/moderation/groups/" + Case.objects.get(state=CaseState.OPEN).ref + "/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "remove", "clause": "kind", "reason": "Blame."}, "Tick the texts that you mean."),
        ({"act": "remove", "reason": "Blame."}, "Say which rule it rests on."),
        ({"act": "remove", "clause": "honest", "reason": "Made up."}, "is read by two people"),
    ],
)
def test_what_is_missing_is_said_and_the_ticks_and_words_stay(
    cast: Cast, held: Callable[..., list[Case]], sent: dict[str, str], said: str
) -> None:
    held(3)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    ticks = [] if "Tick" in said else values[:2]
    link = f"/moderation/groups/{values[0].split(':')[0]}/decide/"
    page = client.post(link, {**sent, "case": ticks}).content.decode()
    assert said in page
    assert sent["reason"] in page
    assert values_on(page, ticked=True) == ticks
    assert not Decision.objects.exists()


def test_a_text_that_was_changed_since_the_page_was_opened_is_left_out(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    cases = held(3)
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    Answer.objects.written_by(cast.other_member).filter(pk=cases[0].thing_id).update(text="softer", touched_at=1)
    sent = {"case": values, "act": "hide", "clause": "kind", "reason": "Blame."}
    page = client.post(f"/moderation/groups/{cases[0].ref}/decide/", sent, follow=True).content.decode()
    assert "2 texts are decided." in page
    assert "1 text stays as it was" in page
    assert list(Case.objects.filter(state=CaseState.OPEN)) == [cases[0]]


def test_urgent_texts_settled_together_are_followed_by_a_rest(cast: Cast, held: Callable[..., list[Case]]) -> None:
    cases = held(3)
    Case.objects.update(priority=Priority.URGENT, signs=["threat"])
    client = signed_in(cast.moderator)
    values = values_on(opened_page(client))
    sent = {"case": values, "act": "remove", "clause": "threats", "reason": "It threatens her."}
    client.post(f"/moderation/groups/{cases[0].ref}/decide/", sent)
    pause = pause_of(cast.moderator)
    assert pause is not None
    assert pause.why is Why.RESTS


def test_a_group_is_handed_on_as_one(cast: Cast, held: Callable[..., list[Case]]) -> None:
    second = make_member("Rook", is_moderator=True)
    cases = held(3)
    client = signed_in(cast.moderator)
    opened_page(client)
    client.post(f"/moderation/groups/{cases[1].ref}/hand-on/")
    assert HandedOn.objects.count() == 3
    assert waiting_for(cast.moderator) == []
    assert [line.size for line in waiting_for(second)] == [3]
    assert not Opening.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("door", ["", "open/", "decide/", "hand-on/"])
def test_a_group_under_her_own_story_is_not_there_for_a_moderator(
    cast: Cast, held: Callable[..., list[Case]], door: str
) -> None:
    cases = held(3)
    Member.objects.filter(pk=cast.author.pk).update(is_moderator=True)
    client = signed_in(Member.objects.get(pk=cast.author.pk))
    path = f"/moderation/groups/{cases[0].ref}/{door}"
    assert (client.post(path) if door else client.get(path)).status_code == 404
    assert waiting_for(Member.objects.get(pk=cast.author.pk)) == []


def test_deciding_where_nothing_is_open_any_more_leads_back_to_the_group(
    cast: Cast, held: Callable[..., list[Case]]
) -> None:
    held(3)
    head = Case.objects.order_by("at")[0]
    page = signed_in(cast.moderator).post(f"/moderation/groups/{head.ref}/decide/", {"case": [f"{head.ref}:1"]})
    assert page.status_code == 302
    assert page["Location"] == f"/moderation/groups/{head.ref}/"


def test_a_stamp_that_no_page_ever_had_is_passed_over(cast: Cast, held: Callable[..., list[Case]]) -> None:
    held(3)
    head = Case.objects.order_by("at")[0]
    client = signed_in(cast.moderator)
    client.post(f"/moderation/groups/{head.ref}/open/")
    page = client.post(
        f"/moderation/groups/{head.ref}/decide/", {"case": [f"{head.ref}:{'9' * 5000}"], "act": "release"}
    )
    assert page.status_code in {200, 302}
    head.refresh_from_db()
    assert head.is_open
