"""Thousands who follow one story are told in the background: nobody twice, nobody left out, whatever breaks off."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from leeward.audience.actions import block, mute, set_shield
from leeward.audience.models import MEMBERS
from leeward.audience.notes import NOTE
from leeward.members.models import Member
from leeward.notifications.actions import choose_kinds
from leeward.notifications.models import Letter, Notice
from leeward.stories.actions.chapters import take_chapter_back
from leeward.stories.actions.following import GOES_ON, follow, tell_followers, tell_some
from leeward.stories.models import Chapter, Follow, Round, Story
from leeward.stories.tending import tend_stories
from tests.at_once import at_once
from tests.conftest import Cast
from tests.stories.telling import told, went_on

MANY = 3_000


def crowd(story: Story, size: int) -> list[Member]:
    """So many members who follow a story."""
    names = [f"Crowd {turn:04}" for turn in range(size)]
    members = Member.objects.bulk_create([Member(name=name, name_key=name.casefold(), password="!") for name in names])
    Follow.objects.bulk_create([Follow(story=story, member=member) for member in members])
    return members


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, MEMBERS)


def heard() -> list[int]:
    return sorted(Notice.objects.filter(kind=GOES_ON).values_list("member_id", flat=True))


def announced(chapter: Chapter) -> int:
    """How many questions the transaction asks in which a chapter is released."""
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        tell_followers(chapter)
    return len(asked)


def test_to_release_a_chapter_asks_as_much_for_three_thousand_as_for_none(cast: Cast, story: Story) -> None:
    alone = announced(went_on(told(cast.host, MEMBERS), MEMBERS))
    tell_some(1)
    members = crowd(story, MANY)
    assert announced(went_on(story, MEMBERS)) == alone
    assert heard() == []
    tell_some(40)
    assert heard() == [member.pk for member in members[:40]]


def test_all_hear_once_a_round_after_the_other(cast: Cast, story: Story) -> None:
    members = crowd(story, 25)
    chapter = went_on(story, MEMBERS)
    tell_followers(chapter)
    assert [tell_some(10) for _turn in range(4)] == [10, 10, 5, None]
    tell_followers(chapter)  # it is shown to others as well, and looked for anew who may see it
    assert [tell_some(10) for _turn in range(4)] == [0, 0, 0, None]
    assert heard() == [member.pk for member in members]


class PowerCut(Exception):
    pass


def told_and_cut_off() -> None:
    """A round that does not come to its end."""
    with transaction.atomic():
        assert tell_some(10) == 10
        raise PowerCut


def test_a_round_that_is_killed_has_told_nobody_and_begins_again(cast: Cast, story: Story) -> None:
    members = crowd(story, 25)
    tell_followers(went_on(story, MEMBERS))
    tell_some(10)
    with pytest.raises(PowerCut):
        told_and_cut_off()
    assert len(heard()) == 10
    tend_stories()
    assert heard() == [member.pk for member in members]
    assert not Round.objects.exists()


def test_who_may_not_or_would_not_meet_it_by_then_is_not_told(cast: Cast, story: Story) -> None:
    members = crowd(story, 8)
    chapter = went_on(story, MEMBERS, notes=NOTE["faith"].bit)
    tell_followers(chapter)
    block(cast.author, members[1])
    mute(members[2], cast.author)
    set_shield(members[3], NOTE["faith"].bit)
    choose_kinds(members[4], {GOES_ON: (False, False)})
    follow(story, by=members[5], follows=False)
    follow(story, by=cast.host, follows=True)  # after it was shown: she has met it
    tend_stories()
    assert heard() == [members[turn].pk for turn in (0, 6, 7)]


def test_nobody_is_told_of_what_was_taken_back_before(cast: Cast, story: Story) -> None:
    crowd(story, 5)
    chapter = went_on(story, MEMBERS)
    tell_followers(chapter)
    take_chapter_back(chapter, by=cast.author)
    tend_stories()
    assert heard() == []
    assert not Round.objects.exists()


def test_letters_are_written_for_those_who_asked_for_them(cast: Cast, story: Story, settings: object) -> None:
    settings.LETTERS_ON = True  # type: ignore[attr-defined]  # pytest-django's wrapper
    members = crowd(story, 3)
    members[0].email = "crowd@example.org"
    members[0].save()
    tell_followers(went_on(story, MEMBERS))
    tend_stories()
    assert [letter.member for letter in Letter.objects.all()] == [members[0]]


@pytest.mark.django_db(transaction=True)
def test_two_who_tend_at_once_tell_nobody_twice(cast: Cast, story: Story) -> None:
    members = crowd(story, 60)
    tell_followers(went_on(story, MEMBERS))
    at_once([tend_stories, tend_stories, tend_stories])
    assert heard() == [member.pk for member in members]
