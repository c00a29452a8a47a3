"""How much one member may do in a time, and how many may join."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from leeward.members import limits
from leeward.members.limits import TooMany
from leeward.members.models import Attempt, DailyKey, Member, today
from leeward.members.pace import DAY, HOUR, JOINING, Pace, TooOften, VeryManyJoin, keep_pace, keep_pace_of_the_place
from leeward.members.waiting import time_in_words, wait_words
from tests.conftest import Cast, make_member
from tests.members.people import join, text_of

TRIAL = Pace("trial", ((2, HOUR), (3, DAY)))


def test_each_step_holds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.datetime.combine(today(), datetime.time(12), tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for minutes_ago in (50, 20):
        keep_pace(TRIAL, cast.author)
        latest = Attempt.objects.latest("pk").pk
        Attempt.objects.filter(pk=latest).update(at=noon - datetime.timedelta(minutes=minutes_ago))
    with pytest.raises(TooOften) as wait:
        keep_pace(TRIAL, cast.author)
    assert wait.value.minutes == 10
    Attempt.objects.update(at=noon - datetime.timedelta(hours=3))
    keep_pace(TRIAL, cast.author)
    with pytest.raises(TooOften) as wait:
        keep_pace(TRIAL, cast.author)
    assert wait.value.minutes == 12 * 60  # the day ends, and with it its key


def test_each_has_a_pace_of_her_own(cast: Cast) -> None:
    for _turn in range(2):
        keep_pace(TRIAL, cast.author)
    keep_pace(TRIAL, cast.other_member)
    with pytest.raises(TooOften):
        keep_pace(TRIAL, cast.author)


def test_what_is_undone_does_not_count(cast: Cast) -> None:
    for _turn in range(5):
        with transaction.atomic():
            keep_pace(TRIAL, cast.author)
            transaction.set_rollback(True)
    assert not Attempt.objects.exists()


def test_no_row_names_her_and_at_midnight_nothing_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_pace(TRIAL, cast.author)
    assert cast.author.ref not in repr(list(Attempt.objects.values_list()))
    tomorrow = today() + datetime.timedelta(days=1)
    monkeypatch.setattr(limits, "today", lambda: tomorrow)
    limits.throw_away()
    assert not Attempt.objects.exists()
    assert not DailyKey.objects.exists()


def test_the_words_say_how_long() -> None:
    assert "as much as the place takes from one person" in wait_words(TooOften(12))
    assert "in 12 minutes" in wait_words(TooOften(12))
    assert "nothing to do with you" in wait_words(VeryManyJoin(30))
    assert "this door waits" in wait_words(TooMany(1))
    assert [time_in_words(minutes) for minutes in (1, 89, 90, 700)] == [
        "1 minute",
        "89 minutes",
        "about 2 hours",
        "about 12 hours",
    ]


def test_when_very_many_have_joined_the_next_is_told_kindly_and_her_name_stands(cast: Cast) -> None:
    subject = limits.digest_of_today("the place")
    most, _within = JOINING.steps[0]
    Attempt.objects.bulk_create([Attempt(door=JOINING.key, subject=subject) for _one in range(most - 1)])
    assert join(Client(), name="Rowan").status_code == 302
    page = join(Client(REMOTE_ADDR="192.0.2.77"), name="Fern")
    assert "Very many people are joining just now" in text_of(page)
    assert 'value="Fern"' in text_of(page)
    assert not Member.objects.filter(name="Fern").exists()
    Attempt.objects.update(at=timezone.now() - HOUR)
    assert join(Client(), name="Fern").status_code == 302


def test_a_name_that_was_taken_meanwhile_does_not_count_as_joined(cast: Cast) -> None:
    for _turn in range(3):
        join(Client(), name="Maud")
    assert not Attempt.objects.filter(door=JOINING.key).exists()


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_let_no_more_through_than_one() -> None:
    member = make_member("Maud")
    DailyKey.objects.create(day=today(), key=b"k" * 32)
    few = Pace("trial", ((5, HOUR),))

    def hers(_number: int) -> bool:
        try:
            with transaction.atomic():
                keep_pace(few, member)
        except TooOften:
            return False
        finally:
            connection.close()
        return True

    def anybodys(_number: int) -> bool:
        try:
            keep_pace_of_the_place(few)
        except VeryManyJoin:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(hers, range(16))) == 5
        assert sum(workers.map(anybodys, range(16))) <= 5
