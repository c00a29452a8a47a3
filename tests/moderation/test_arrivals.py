"""Days on which very many join."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from leeward.members.models import Member, today
from leeward.members.tending import tend
from leeward.moderation.arrivals import MANY, READ_IN_A_RUSH, TIMES_THE_USUAL, USUAL_DAYS
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.models import FirstTexts, Rush
from leeward.notifications.models import Notice
from tests.conftest import Cast, make_member, signed_in

pytestmark = pytest.mark.django_db


def join_many(number: int, *, days_ago: int = 0, invented: bool = False) -> list[Member]:
    """So many who joined on one day; the cast joined a month ago."""
    Member.objects.filter(name__in=["Maud", "Ines", "Tobias", "Corin", "Wren", "Hesper"]).update(
        joined_on=today() - datetime.timedelta(days=30)
    )
    day = today() - datetime.timedelta(days=days_ago)
    people = [
        Member(name=f"{days_ago} {at}", name_key=f"{days_ago} {at}", joined_on=day, is_invented=invented, password="!")
        for at in range(number)
    ]
    return Member.objects.bulk_create(people)


def test_on_a_day_on_which_very_many_join_five_first_texts_of_each_are_read(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 2
    *_others, one = join_many(MANY + 1)
    first = FirstTexts.objects.create(member=one, released=2)
    assert must_be_read_first(one)
    first.released = READ_IN_A_RUSH
    first.save()
    assert not must_be_read_first(one)


def test_as_many_as_usual_are_no_rush(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0
    for days_ago in range(1, USUAL_DAYS + 1):
        join_many(8, days_ago=days_ago)
    *_others, one = join_many(8 * TIMES_THE_USUAL)
    assert not must_be_read_first(one)
    make_member("One more")
    assert must_be_read_first(one)


def test_few_are_no_rush_however_quiet_it_is_else(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0
    *_others, one = join_many(MANY)
    assert not must_be_read_first(one)


def test_those_who_joined_before_are_not_touched(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0
    join_many(MANY + 1)
    tend()
    assert Rush.objects.exists()
    assert not must_be_read_first(Member.objects.get(pk=cast.other_member.pk))


def test_who_came_in_a_rush_is_read_first_on_the_days_after_too(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0
    *_others, one = join_many(MANY + 1, days_ago=3)
    assert not must_be_read_first(one)
    Rush.objects.create(day=one.joined_on)
    assert must_be_read_first(one)


def test_the_host_is_told_once_a_day_and_finds_what_is_done(cast: Cast) -> None:
    join_many(MANY + 1)
    tend()
    client = signed_in(cast.host)
    bell = client.get("/bell/").content.decode()
    assert "Something to look at for those who keep this place." in bell
    assert "/moderation/arrivals/" in bell
    client.post("/bell/", follow=True)
    Notice.objects.update(read_at=1)
    make_member("One more")
    tend()
    assert Notice.objects.filter(kind="moderation.rush").count() == 1
    page = client.get("/moderation/arrivals/").content.decode()
    assert f"<td>{MANY + 2}</td>" in page
    assert "5 texts are read by a person" in page


def test_the_page_is_calm_when_nothing_stands_out_and_is_there_for_keepers_alone(cast: Cast) -> None:
    assert (
        "No day of the last thirty stands out."
        in signed_in(cast.moderator).get("/moderation/arrivals/").content.decode()
    )
    assert signed_in(cast.author).get("/moderation/arrivals/").status_code == 404


def test_the_invented_people_of_a_demonstration_do_not_count(cast: Cast) -> None:
    join_many(MANY * 3, invented=True)
    tend()
    assert not Rush.objects.exists()


def test_days_are_forgotten_after_a_month(cast: Cast) -> None:
    Rush.objects.create(day=today() - datetime.timedelta(days=32))
    Rush.objects.create(day=today() - datetime.timedelta(days=10))
    tend()
    assert Rush.objects.count() == 1
