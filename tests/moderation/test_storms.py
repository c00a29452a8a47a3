"""A storm on one story: what is sent into it is held, and what new accounts had shown just before is held back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from leeward.audience.models import MEMBERS
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member, today
from leeward.members.tending import tend
from leeward.moderation.actions import settle
from leeward.moderation.actions.storms import BY_NEWCOMERS, IN_ALL, MINUTE, QUIET, WITHIN
from leeward.moderation.conduct import KNOWN_BY
from leeward.moderation.models import Act, Because, Case, Sent, Storm
from leeward.notifications.bell import has_something_new
from leeward.notifications.models import Notice
from leeward.stories.actions.answering import answer, change_answer
from leeward.stories.actions.writing import write
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member, signed_in
from tests.moderation.casework import case_about, decided
from tests.reading import reader
from tests.stories.telling import told

LONG_AGO = datetime.timedelta(days=400)


@pytest.fixture(autouse=True)
def _read_by_what_they_say(settings: Any) -> Iterator[None]:
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


def people(number: int, *, joined: datetime.timedelta = LONG_AGO, first: int = 0) -> list[Member]:
    made = [make_member(f"Person {at + first}") for at in range(number)]
    Member.objects.filter(pk__in=[one.pk for one in made]).update(joined_on=today() - joined)
    return list(Member.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def by(member: Member, story: Story, text: str) -> Answer:
    """An answer as it stands now."""
    return again(answer(story, by=member, text=text), member)


def again(made: Answer, member: Member) -> Answer:
    found: Answer = Answer.objects.written_by(member).get(pk=made.pk)
    return found


def be_known(member: Member) -> None:
    """She has told five stories, which others have seen for longer than a day."""
    for at in range(KNOWN_BY):
        story = told(member, MEMBERS, title=f"told {at}")
        Story.objects.written_by(member).filter(pk=story.pk).update(at=now_us() - 2 * DAY + at)


def begin_storm(story: Story, *, first: int = 100) -> None:
    for at, one in enumerate(people(3, first=first)):
        answer(story, by=one, text=f"#hostile {at}")


def test_three_cruel_answers_by_two_people_begin_a_storm_and_one_alone_begins_none(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    cruel, other, kind = people(3)
    for at in range(5):
        by(cruel, story, f"#hostile {at}")
    assert by(kind, story, "with you").is_live
    by(other, story, "#threat")
    assert Storm.objects.get().thing_id == story.pk
    late = by(kind, story, "still with you")
    assert late.is_held
    assert case_about(late).signs == ["storm"]
    assert case_about(late).because == Because.DOUBTFUL


def test_what_a_person_released_was_not_cruel(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    one, other, kind = people(3)
    for at in range(2):
        decided(case_about(by(one, story, f"#hostile quoted {at}")), cast.moderator, Act.RELEASE)
    by(other, story, "#hostile")
    assert by(kind, story, "with you").is_live


@pytest.mark.parametrize(("most", "within"), BY_NEWCOMERS)
def test_many_newcomers_at_once_are_a_storm(cast: Cast, most: int, within: int) -> None:
    story = told(cast.author, MEMBERS)
    new = people(most, joined=datetime.timedelta(days=3))
    for at, one in enumerate(new[:-1]):
        Sent.objects.update(at=now_us() - within + MINUTE // 2)
        assert by(one, story, f"hello {at}").is_live
    assert by(new[-1], story, "hello too").is_held


@pytest.mark.parametrize(("most", "within"), IN_ALL)
def test_very_many_different_texts_are_a_storm_whoever_sends_them(cast: Cast, most: int, within: int) -> None:
    story = told(cast.author, MEMBERS)
    crowd = people(most)
    for at, one in enumerate(crowd[:-1]):
        Sent.objects.update(at=now_us() - within + MINUTE // 2)
        assert by(one, story, f"number {at}").is_live
    assert by(crowd[-1], story, "one too many").is_held


def test_many_may_answer_those_who_keep_the_place_at_once(cast: Cast) -> None:
    story = told(cast.host, MEMBERS, title="Tonight we say their names")
    for one in people(20, joined=datetime.timedelta(days=3)):
        assert by(one, story, f"{one.name} says a name").is_live
    begin_storm(story)
    assert by(cast.other_member, story, "with you all").is_held


def test_what_was_sent_longer_ago_does_not_count(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    one, other, kind = people(3)
    for member in (one, one, other):
        Case.objects.update(at=now_us() - WITHIN - 1)
        by(member, story, f"#hostile {now_us()}")
    assert by(kind, story, "with you").is_live


def test_another_story_stays_as_it_is(cast: Cast) -> None:
    begin_storm(told(cast.author, MEMBERS))
    (kind,) = people(1)
    assert by(kind, told(cast.author, MEMBERS), "with you").is_live


def test_the_author_those_she_chose_and_those_who_keep_the_place_come_through(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    for member in (cast.author, cast.same_ring, cast.moderator, cast.host):
        assert by(member, story, "here").is_live, member
    assert by(cast.other_member, story, "here").is_held


def test_being_chosen_brings_nobody_through_under_an_unsigned_story_where_it_would_tell_whose_it_is(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, signed=False)
    begin_storm(story)
    assert by(cast.same_ring, story, "here").is_held


def test_whoever_comes_through_is_held_if_she_is_cruel_herself(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    assert by(cast.same_ring, story, "#hostile").is_held


def test_the_author_may_change_her_story_in_a_storm(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    story.refresh_from_db()
    changed = write(story, by=cast.author, title="", text="as it is now", stamp=story.touched_at)
    assert changed.is_held  # handed in
    settle(changed)
    assert changed.is_live


def test_a_change_of_an_answer_is_read_too(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    (kind,) = people(1)
    be_known(kind)
    made = by(kind, story, "with you")
    begin_storm(story)
    made = again(made, kind)
    assert made.is_live
    change_answer(made, by=kind, text="with you still", notes=0)
    settle(made)
    assert made.is_held


def test_what_accounts_that_are_not_known_had_shown_just_before_is_held_back_and_they_are_told(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    (young,) = people(1, joined=datetime.timedelta(days=20))
    asleep, known, longer_ago = people(3, first=10)
    for one in (young, known):
        be_known(one)
    before = {one: by(one, story, f"by {one.name}") for one in (young, asleep, known, longer_ago, cast.same_ring)}
    Sent.objects.filter(member=longer_ago).update(at=now_us() - WITHIN - 1)
    begin_storm(story)
    held_back = {one for one, made in before.items() if again(made, one).is_held}
    assert held_back == {young, asleep}
    assert case_about(before[young]).signs == ["storm"]
    assert Notice.objects.filter(member=young, kind="moderation.held", path=reverse("moderation:waiting")).exists()
    assert not is_visible_to(before[young], Viewer.member(cast.author))


def test_what_a_person_has_read_is_not_held_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    (young,) = people(1, joined=datetime.timedelta(days=20))
    made = by(young, story, "#hostile words that I was told")
    decided(case_about(made), cast.moderator, Act.RELEASE)
    begin_storm(story)
    assert again(made, young).is_live


def test_the_author_is_told_nothing_and_her_bell_rings_again_when_a_person_has_released_it(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    (young,) = people(1, joined=datetime.timedelta(days=20))
    made = by(young, story, "with you")
    assert has_something_new(cast.author)
    begin_storm(story)
    assert not has_something_new(cast.author)
    decided(case_about(made), cast.moderator, Act.RELEASE)
    assert has_something_new(cast.author)
    page = signed_in(cast.author).get(story.get_absolute_url()).content.decode()
    assert "with you" in page
    assert "#hostile" not in page


def test_moderators_are_called_once(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    for one in people(3):
        by(one, story, "#hostile again")
    assert Notice.objects.filter(member=cast.moderator, kind="moderation.urgent").count() == 1


def test_after_two_quiet_hours_it_is_over(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    kind, cruel, later = people(3)
    assert by(kind, story, "with you").is_held
    long_ago = now_us() - QUIET - 1
    Sent.objects.update(at=long_ago)
    Case.objects.update(at=long_ago)
    Storm.objects.update(last_at=long_ago)
    assert by(later, story, "with you").is_live
    assert by(cruel, story, "#hostile").is_held
    assert by(later, story, "with you still").is_live


def test_kind_words_that_wait_do_not_make_it_longer(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    begin_storm(story)
    Case.objects.update(at=now_us() - WITHIN - 1)
    last = now_us() - QUIET // 2
    Storm.objects.update(last_at=last)
    kind, cruel = people(2)
    assert by(kind, story, "with you").is_held
    assert Storm.objects.get().last_at == last
    assert by(cruel, story, "#hostile").is_held
    assert Storm.objects.get().last_at > last


def test_storms_are_forgotten(cast: Cast) -> None:
    begin_storm(told(cast.author, MEMBERS))
    tend()
    assert Storm.objects.exists()
    Storm.objects.update(last_at=now_us() - 3 * QUIET)
    tend()
    assert not Storm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_at_once_nobody_slips_in_after_it_began() -> None:
    author = make_member("Maud")
    story = told(author, MEMBERS)
    crowd = people(24, joined=datetime.timedelta(days=2))

    def one_worker(member: Member) -> None:
        try:
            answer(
                Story.objects.visible_to(Viewer.member(member)).get(pk=story.pk),
                by=member,
                text=f"#hostile {member.pk}",
            )
            answer(
                Story.objects.visible_to(Viewer.member(member)).get(pk=story.pk), by=member, text=f"hello {member.pk}"
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(one_worker, crowd))
    assert Storm.objects.count() == 1
    seen = Answer.objects.filter(story=story).visible_to(Viewer.member(author))
    assert not seen.exists()
