"""Until a day: a story withdraws itself at the end of it, and its author is told before."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import publish, show_to
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, FAR_FUTURE, now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.notifications.actions import tell
from leeward.notifications.models import Notice
from leeward.search.models import IndexedDocument
from leeward.stories.actions.answering import answer
from leeward.stories.actions.ending import IsOver, stay_longer
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.ends import end_of, last_day
from leeward.stories.models import Answer, Chapter, Story
from leeward.stories.tending import tend_stories
from tests.conftest import Cast, signed_in
from tests.stories.telling import told, went_on

CHOICES = {"show_to": "members", "signed": "yes", "answers_from": "all"}
SOON, HOUR = 7 * DAY, DAY // 24


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def ends(story: Story, moment: int, told: int = 0) -> Story:
    Story.objects.written_by(story.author).filter(pk=story.pk).update(until=moment, until_told=told)
    story.refresh_from_db()
    return story


def bells(cast: Cast) -> int:
    return Notice.objects.filter(member=cast.author, kind="stories.until", read_at=None).count()


@pytest.mark.parametrize(
    ("zone", "day", "ends_at"),
    [
        ("UTC", datetime.date(2026, 3, 28), "2026-03-29T00:00:00+00:00"),
        ("Europe/Berlin", datetime.date(2026, 3, 29), "2026-03-29T22:00:00+00:00"),  # the day on which clocks change
        ("America/New_York", datetime.date(2026, 12, 31), "2027-01-01T05:00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_by_the_clock_of_the_place(zone: str, day: datetime.date, ends_at: str) -> None:
    with timezone.override(zone):
        moment = end_of(day)
        assert last_day(Story(until=moment)) == day
    assert moment == int(datetime.datetime.fromisoformat(ends_at).timestamp()) * 1_000_000
    assert end_of(None) == FAR_FUTURE
    assert last_day(Story()) is None


def test_she_sets_a_day_and_it_is_shown_until_then(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    client, day = signed_in(cast.author), timezone.localdate() + datetime.timedelta(days=40)
    assert "by the clock of this place (UTC)" in client.get(f"/stories/{story.ref}/share/").content.decode()
    client.post(f"/stories/{story.ref}/share/", {**CHOICES, "until": day.isoformat()})
    story.refresh_from_db()
    assert (story.until, story.is_live) == (end_of(day), True)
    assert f'value="{day.isoformat()}"' in client.get(f"/stories/{story.ref}/share/").content.decode()
    assert "It is shown until" in client.get(f"/stories/{story.ref}/").content.decode()
    assert "It is shown until" not in signed_in(cast.other_member).get(f"/stories/{story.ref}/").content.decode()
    client.post(f"/stories/{story.ref}/share/", CHOICES)
    story.refresh_from_db()
    assert story.until == FAR_FUTURE


@pytest.mark.parametrize(("days", "words"), [(-1, "This day is over."), (40_000, "This day is very far away.")])
def test_a_day_that_cannot_be_is_refused_kindly_and_nothing_is_changed(cast: Cast, days: int, words: str) -> None:
    story = told(cast.author, MEMBERS)
    day = timezone.localdate() + datetime.timedelta(days=days)
    page = signed_in(cast.author).post(f"/stories/{story.ref}/share/", {**CHOICES, "until": day.isoformat()})
    html = page.content.decode()
    assert words in html
    assert f'value="{day.isoformat()}"' in html
    story.refresh_from_db()
    assert story.until == FAR_FUTURE


def test_when_the_day_is_over_nobody_but_she_sees_it_and_the_round_clears_away(cast: Cast) -> None:
    story = told(cast.author, EVERYONE, text="It was a Tuesday.")
    made = answer(story, by=cast.other_member, text="with you")
    tell(cast.same_ring, "stories.answer", story)
    assert IndexedDocument.objects.filter(thing_id=story.pk).exists()
    assert Client().get(f"/stories/{story.ref}/").status_code == 200
    ends(story, now_us())
    for client in (Client(), signed_in(cast.other_member), signed_in(cast.same_ring)):
        assert client.get(f"/stories/{story.ref}/").status_code == 404
        assert "It was a Tuesday." not in client.get("/stories/").content.decode()
    page = signed_in(cast.author).get(f"/stories/{story.ref}/").content.decode()
    assert "The day that you had set is over." in page
    assert "with you" in page
    assert "its day is over, only you see it" in signed_in(cast.author).get("/stories/mine/").content.decode()
    assert tend_stories()["stories ended"] == 1
    assert tend_stories()["stories ended"] == 0
    assert not IndexedDocument.objects.filter(thing_id=story.pk).exists()
    assert not Notice.objects.filter(member=cast.same_ring, read_at=None).exists()
    assert Answer.objects.written_by(cast.other_member).get() == made


def test_what_it_goes_on_with_ends_with_it(cast: Cast) -> None:
    story = told(cast.author, EVERYONE)
    chapter: Chapter = Chapter.objects.create(story=story, author=cast.author, text="A year later.")
    show_to(chapter, [EVERYONE])
    publish(chapter)
    assert IndexedDocument.objects.filter(text__contains="A year later").exists()
    assert is_visible_to(chapter, Viewer.stranger())
    ends(story, now_us())
    assert not is_visible_to(chapter, Viewer.stranger())
    tend_stories()
    assert not IndexedDocument.objects.filter(text__contains="A year later").exists()
    Story._base_manager.update(author=None, until_told=0)
    Chapter._base_manager.update(author=None)
    tend_stories()
    assert not Chapter._base_manager.exists()


def chapter_ends(chapter: Chapter, moment: int) -> None:
    Chapter.objects.written_by(chapter.author).filter(pk=chapter.pk).update(until=moment, until_told=0)


def test_a_chapter_ends_on_a_day_of_its_own_and_leaves_the_beginning(cast: Cast) -> None:
    story = told(cast.author, EVERYONE, text="It was a Tuesday.")
    chapter = went_on(story, EVERYONE, text="A year later.")
    client, day = signed_in(cast.author), timezone.localdate() + datetime.timedelta(days=40)
    choices = {"show_to": "everyone", "answers_from": "all", "until": day.isoformat()}
    client.post(f"/chapters/{chapter.ref}/share/", choices)
    chapter.refresh_from_db()
    assert (chapter.until, chapter.is_live) == (end_of(day), True)
    assert f'value="{day.isoformat()}"' in client.get(f"/chapters/{chapter.ref}/share/").content.decode()
    assert "It is shown until" in client.get(f"/stories/{story.ref}/").content.decode()
    assert "It is shown until" not in signed_in(cast.other_member).get(f"/stories/{story.ref}/").content.decode()
    chapter_ends(chapter, now_us())
    page = Client().get(f"/stories/{story.ref}/").content.decode()
    assert ("A year later." in page, "It was a Tuesday." in page) == (False, True)
    assert "Only you see it now." in client.get(f"/stories/{story.ref}/").content.decode()
    assert IndexedDocument.objects.filter(text__contains="A year later").exists()
    assert tend_stories()["stories ended"] == 1
    assert not IndexedDocument.objects.filter(text__contains="A year later").exists()
    assert IndexedDocument.objects.filter(thing_id=story.pk).exists()


def test_of_the_last_day_of_a_chapter_she_is_told_once(cast: Cast) -> None:
    chapter = went_on(told(cast.author, EVERYONE), EVERYONE)
    chapter_ends(chapter, now_us() + SOON - HOUR)
    assert tend_stories()["last days told"] == 1
    assert tend_stories()["last days told"] == 0
    assert bells(cast) == 1


def test_a_chapter_left_behind_goes_for_good_on_its_day_and_the_story_stays(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    chapter, over = went_on(story, EVERYONE, text="A year later."), went_on(story, EVERYONE, text="A year later.")
    made = answer(chapter, by=cast.other_member, text="with you")
    chapter_ends(chapter, now_us() + DAY)
    chapter_ends(over, now_us())
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert [left.pk for left in Chapter._base_manager.all()] == [chapter.pk]
    Chapter._base_manager.update(until=now_us())
    tend_stories()
    assert not Chapter._base_manager.exists()
    assert not Answer._base_manager.filter(pk=made.pk).exists()
    assert Story._base_manager.filter(pk=story.pk).exists()


def test_she_shows_it_again_as_she_likes(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us())
    tend_stories()
    client = signed_in(cast.author)
    assert "The day that you had set is over" in client.get(f"/stories/{story.ref}/share/").content.decode()
    client.post(f"/stories/{story.ref}/share/", CHOICES)
    story.refresh_from_db()
    assert (story.is_live, story.until, story.until_told) == (True, FAR_FUTURE, 0)
    assert signed_in(cast.other_member).get(f"/stories/{story.ref}/").status_code == 200
    assert IndexedDocument.objects.filter(thing_id=story.pk).exists()


def test_she_is_told_a_week_and_a_day_before_each_once(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us() + SOON + HOUR)
    tend_stories()
    assert bells(cast) == 0
    for left in (SOON - HOUR, DAY - HOUR):
        ends(story, now_us() + left, story.until_told)
        assert tend_stories()["last days told"] == 1
        assert tend_stories()["last days told"] == 0
        assert bells(cast) == 1
        Notice.objects.update(read_at=now_us())
        story.refresh_from_db()
    bell = signed_in(cast.author).get("/bell/").content.decode()
    assert "A day that you set comes near." in bell


def test_of_a_day_that_she_has_just_set_she_is_not_told_what_she_knows(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    in_three_days = end_of(timezone.localdate() + datetime.timedelta(days=3))
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, until=in_three_days))
    tend_stories()
    assert bells(cast) == 0
    ends(story, now_us() + DAY - HOUR, story.until_told)
    tend_stories()
    assert bells(cast) == 1


def test_what_nobody_else_sees_rings_no_bell(cast: Cast) -> None:
    ends(told(cast.author), now_us() + DAY)
    tend_stories()
    assert bells(cast) == 0


def test_with_one_tap_it_stays_a_month_longer_and_a_second_click_adds_nothing(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    day = timezone.localdate() + datetime.timedelta(days=2)
    ends(story, end_of(day), 1)
    client = signed_in(cast.author)
    assert "Show it a month longer" in client.get(f"/stories/{story.ref}/").content.decode()
    for _click in range(2):
        client.post(f"/stories/{story.ref}/longer/", {"until": str(end_of(day))})
    story.refresh_from_db()
    assert last_day(story) == day + datetime.timedelta(days=30)
    assert story.until_told == 0
    assert signed_in(cast.host).post(f"/stories/{story.ref}/longer/", {"until": "1"}).status_code == 404


def test_what_is_over_is_not_shown_again_by_an_old_page(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us())
    with pytest.raises(IsOver):
        stay_longer(story, by=cast.author, until=story.until)
    page = signed_in(cast.author).post(f"/stories/{story.ref}/longer/", {"until": str(story.until)}, follow=True)
    assert "Here you can show it again" in page.content.decode()
    assert Client().get(f"/stories/{story.ref}/").status_code == 404


def test_a_suspended_member_keeps_nothing_shown_longer(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us() + DAY)
    cast.author.suspended_at = timezone.now()
    with pytest.raises(PermissionError):
        stay_longer(story, by=cast.author, until=story.until)


def test_what_she_leaves_behind_ends_on_its_day_for_good_and_what_is_over_does_not_stay(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us() + DAY)
    over = ends(told(cast.author, MEMBERS), now_us())
    answer(story, by=cast.other_member, text="with you")
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert not Story._base_manager.filter(pk=over.pk).exists()
    assert Story._base_manager.get(pk=story.pk).author is None
    Story._base_manager.filter(pk=story.pk).update(until=now_us())
    assert signed_in(cast.other_member).get(f"/stories/{story.ref}/").status_code == 404
    tend_stories()
    assert not Story._base_manager.filter(pk=story.pk).exists()
    assert not Answer._base_manager.exists()


def test_answers_that_are_left_standing_do_not_end_with_her_words(cast: Cast) -> None:
    story = ends(told(cast.author, MEMBERS), now_us() + DAY)
    answer(story, by=cast.other_member, text="with you")
    take_back(story, by=cast.author, keep_answers=True)
    assert story.until == FAR_FUTURE
