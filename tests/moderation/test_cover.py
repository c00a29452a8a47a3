"""Calling for cover: whom silence calls, when, and how often."""

from __future__ import annotations

import pytest

from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions.cover import COVER, call_for_cover
from leeward.moderation.actions.greeting import choose_days, pass_on, take
from leeward.moderation.greeting.first_words import KEPT_FOR
from leeward.moderation.greeting.rota import today
from leeward.moderation.models import Greeting
from leeward.notifications.actions import choose_kinds
from leeward.notifications.models import Notice
from leeward.web.tending import tend_once
from tests.at_once import at_once
from tests.conftest import Cast, make_member
from tests.moderation.greeters import answered_by, greets, told_ago


@pytest.fixture
def greeter(cast: Cast) -> Member:
    """Tobias, who greets every day."""
    return greets(cast.other_member)


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another who greets every day."""
    return greets(make_member("Alder"))


def bells(member: Member) -> int:
    """How often cover was called of her."""
    return Notice.objects.filter(member=member, kind=COVER).count()


def test_todays_greeters_are_called_after_the_promise_and_once(cast: Cast, greeter: Member, second: Member) -> None:
    choose_days(second, {(today() + 3) % 7})
    told_ago(cast.author, 23)
    late = told_ago(cast.same_ring, 25, "Late")
    assert call_for_cover() == 1
    assert Notice.objects.get(kind=COVER).thing_id == late.pk
    Notice.objects.update(read_at=now_us())
    assert call_for_cover() == 0
    assert {who.name: bells(who) for who in (greeter, second, cast.moderator, cast.host)} == {
        "Tobias": 1,
        "Alder": 0,
        "Wren": 0,
        "Hesper": 0,
    }
    assert Greeting.objects.get().cover_called_at is not None


def test_after_twice_the_promise_moderators_and_host_are_called(cast: Cast, greeter: Member) -> None:
    told_ago(cast.author, 49)
    assert call_for_cover() == 3
    assert call_for_cover() == 0
    assert [bells(who) for who in (greeter, cast.moderator, cast.host)] == [1, 1, 1]


def test_the_author_never_learns_of_it(cast: Cast, greeter: Member) -> None:
    told_ago(cast.author, 49)
    told_ago(cast.moderator, 49, "A moderator's own")
    call_for_cover()
    assert bells(cast.author) == 0
    assert bells(cast.moderator) == 1  # of the other's, never of her own
    assert Notice.objects.filter(member=cast.author).count() == 0


def test_what_somebody_has_taken_calls_nobody(cast: Cast, greeter: Member, second: Member) -> None:
    story = told_ago(cast.author, 60)
    take(story, by=greeter)
    assert call_for_cover() == 0
    Greeting.objects.update(taken_at=now_us() - KEPT_FOR)  # she did not come to it
    assert call_for_cover() == 4


def test_what_she_passed_on_calls_only_the_others(cast: Cast, greeter: Member, second: Member) -> None:
    pass_on(told_ago(cast.author, 25), by=greeter)
    assert call_for_cover() == 1
    assert (bells(greeter), bells(second)) == (0, 1)


def test_who_may_not_see_it_or_blocked_its_writer_is_not_called(cast: Cast, greeter: Member) -> None:
    corin = greets(cast.blocked)
    told_ago(cast.author, 25)
    assert call_for_cover() == 1
    assert bells(corin) == 0


def test_bells_rest_when_it_is_answered(cast: Cast, greeter: Member, second: Member) -> None:
    story, other = told_ago(cast.author, 25), told_ago(cast.same_ring, 25, "Another")
    call_for_cover()
    answered_by(second, story)
    tend_once()
    rung = set(Notice.objects.filter(kind=COVER).values_list("member__name", "thing_id"))
    assert rung == {("Tobias", other.pk), ("Alder", other.pk)}


def test_who_does_not_want_to_hear_of_it_does_not(cast: Cast, greeter: Member) -> None:
    choose_kinds(greeter, {COVER: (False, False)})
    told_ago(cast.author, 25)
    assert call_for_cover() == 0
    assert bells(greeter) == 0


def test_a_host_may_promise_nothing_or_another_time(cast: Cast, greeter: Member, settings) -> None:
    told_ago(cast.author, 25)
    settings.GREETED_WITHIN = 0
    assert call_for_cover() == 0
    settings.GREETED_WITHIN = 72
    assert call_for_cover() == 0
    settings.GREETED_WITHIN = 12
    assert call_for_cover() == 3


@pytest.mark.django_db(transaction=True)
def test_two_rounds_of_tending_at_once_ring_once(cast: Cast) -> None:
    greets(make_member("Alder"))
    told_ago(cast.author, 25)
    at_once([call_for_cover] * 4)
    assert Notice.objects.filter(kind=COVER).count() == 1
