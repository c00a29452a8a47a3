"""Away, rest, and enough for a day."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from leeward.audience.models import MEMBERS, Opening
from leeward.audience.publishing import publish
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.moderation.actions import open_case, report
from leeward.moderation.actions.keeping import (
    go_on,
    rest_after,
)
from leeward.moderation.actions.opening import has_opened
from leeward.moderation.desks import Why, opened_today, pause_of
from leeward.moderation.models import Case
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.desk.desking import case_of_a_first_text, desk, page, urgent
from tests.stories.telling import told


@pytest.mark.parametrize(
    ("begins", "ends", "away"),
    [(None, None, False), (0, 0, True), (-3, None, True), (1, None, False), (None, -1, False), (None, 0, True)],
)
def test_she_is_away_on_the_days_that_she_named(cast: Cast, begins: int | None, ends: int | None, away: bool) -> None:
    today = timezone.localdate()
    days = [None if shift is None else today + datetime.timedelta(days=shift) for shift in (begins, ends)]
    desk(cast.moderator, away_from=days[0], away_until=days[1])
    pause = pause_of(cast.moderator)
    assert (pause is not None and pause.why is Why.AWAY) is away


def test_when_she_has_opened_as_many_as_she_set_herself_nothing_more_is_offered_today(cast: Cast) -> None:
    desk(cast.moderator, daily_cap=5)
    for _one in range(5):
        open_case(case_of_a_first_text(cast), moderator=cast.moderator)
    waits = case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    assert "It is enough for today" in page(client)
    assert waits.ref not in page(client)
    client.post(f"/moderation/cases/{waits.ref}/open/", {"anyway": "1"})
    assert not has_opened(waits, cast.moderator)
    Opening.objects.update(opened_at=now_us() - DAY)
    assert waits.ref in page(client)


def test_a_case_inside_a_story_counts_once(cast: Cast) -> None:
    answer = Answer.objects.create(story=told(cast.author, MEMBERS), author=cast.other_member, text="an answer")
    publish(answer)
    open_case(report(answer, by=cast.same_ring, reason="cruel"), moderator=cast.moderator)
    assert Opening.objects.count() == 2
    assert opened_today([cast.moderator]) == {cast.moderator.pk: 1}


def test_what_is_urgent_is_opened_all_the_same_only_when_she_chooses_to(cast: Cast, second: Member) -> None:
    desk(cast.moderator, away_from=timezone.localdate())
    case, ordinary = urgent(cast), case_of_a_first_text(cast)
    client = signed_in(cast.moderator)
    first_sight, asked_for = page(client), page(client, "/moderation/?urgent=1")
    assert "1 urgent text waits." in first_sight
    assert "Somebody else is here, too." in first_sight
    assert case.ref not in first_sight
    assert case.ref in asked_for
    assert ordinary.ref not in asked_for
    client.post(f"/moderation/cases/{case.ref}/open/")
    assert not has_opened(case, cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/", {"anyway": "1"})
    assert has_opened(case, cast.moderator)


def test_after_a_text_about_danger_she_rests_and_the_page_says_so_kindly(cast: Cast) -> None:
    case = urgent(cast)
    client = signed_in(cast.moderator)
    client.post(f"/moderation/cases/{case.ref}/open/")
    stamp = Story.objects.written_by(cast.author).get().touched_at
    answered = client.post(f"/moderation/cases/{case.ref}/decide/", {"act": "release", "seen": stamp}, follow=True)
    assert "Take a breath" in answered.content.decode()
    pause = pause_of(cast.moderator)
    assert pause is not None
    assert (pause.why, pause.minutes) == (Why.RESTS, 20)


def test_after_an_ordinary_text_she_goes_on(cast: Cast) -> None:
    case = case_of_a_first_text(cast)
    assert rest_after([case], moderator=cast.moderator) is False
    assert pause_of(cast.moderator) is None


def test_a_rest_ends_early_only_where_something_urgent_waits_and_nobody_else_is_there(
    cast: Cast, second: Member
) -> None:
    rest_after([urgent(cast)], moderator=cast.moderator)
    Case.objects.all().delete()
    assert go_on(cast.moderator) is False  # nothing waits
    urgent(cast)
    assert go_on(cast.moderator) is False  # somebody else is there
    desk(second, away_from=timezone.localdate())
    assert "Go on now" in page(signed_in(cast.moderator))
    signed_in(cast.moderator).post("/moderation/desk/rest/")
    assert pause_of(cast.moderator) is None
