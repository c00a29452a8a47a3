"""What is seen in how something is sent: one text to many, very much at once, a link from a newcomer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from leeward.audience.models import MEMBERS
from leeward.kit.moments import DAY, now_us
from leeward.members.models import DailyKey, Member, today
from leeward.members.tending import tend
from leeward.moderation import conduct
from leeward.moderation.models import Because, FirstTexts, Sent
from leeward.moderation.sameness import are_alike, digest_of, likeness_of, words_of
from leeward.stories.actions.answering import answer, change_answer, take_answer_back
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, make_member
from tests.moderation.casework import case_about
from tests.reading import reader
from tests.stories.telling import told

CONDOLENCE = "I am so sorry for your loss"
ADVERT = "My aunt has a tea for this and she sends it to anyone who writes to her"
LONG_ADVERT = (
    "When we lost ours somebody gave me the name of a woman in Kent who makes up little bags of herbs for the grief, "
    "and within a week I slept through for the first time, so I tell everybody whom I can."
)
KEY = b"k" * 32


@pytest.fixture(autouse=True)
def _read_by_what_they_say(db: None, settings: Any) -> Iterator[None]:
    """Nobody is new, each text says what is found in it, and likenesses are the same in every run."""
    settings.FIRST_TEXTS_READ = 0
    DailyKey.objects.create(day=today(), key=KEY)
    with reader(settings):
        yield


def stories(cast: Cast, number: int) -> list[Story]:
    return [told(cast.author, MEMBERS, title=f"story {at}") for at in range(number)]


def signs(made: Answer) -> list[str]:
    """What the writer's answer is held for; nothing if it is shown."""
    made.refresh_from_db()
    return case_about(made).signs if made.is_held else []


@pytest.mark.parametrize(
    "other",
    [
        "i am SO sorry  for your loss!!",
        "I am so sorry, for your loss.",
        "I am so sorry for\nyour l\u200boss",
        "I аm so sоrry for your loss",  # Cyrillic letters: that they look alike is the point
        "I am só sorry for your loss",
    ],
)
def test_case_spaces_punctuation_and_letters_that_look_alike_make_no_other_text(other: str) -> None:
    assert digest_of(words_of(other), KEY) == digest_of(words_of(CONDOLENCE), KEY)


def test_one_word_changed_in_a_long_text_is_nearly_the_same_and_another_text_is_not() -> None:
    changed = LONG_ADVERT.replace("Kent", "Devon")
    other = (
        "I read this in the car outside the clinic and had to wait before I could drive. Ours was in March as well. I "
        "have no wise words, only that the second spring was a little lighter than the first, and that I still count."
    )
    likeness = [likeness_of(words_of(text), KEY) for text in (LONG_ADVERT, changed, other)]
    first, near, far = (one for one in likeness if one is not None)
    assert are_alike(first, near)
    assert not are_alike(first, far)
    assert likeness_of(words_of(ADVERT), KEY) is None


def test_the_same_words_to_a_third_story_are_read_by_a_person(cast: Cast) -> None:
    made = [answer(story, by=cast.other_member, text=ADVERT) for story in stories(cast, 4)]
    assert [signs(one) for one in made] == [[], [], ["repeated"], ["repeated"]]
    assert case_about(made[2]).because == Because.DOUBTFUL


def test_taking_one_back_does_not_make_room_for_another(cast: Cast) -> None:
    first, second, third = stories(cast, 3)
    for story in (first, second):
        take_answer_back(answer(story, by=cast.other_member, text=ADVERT), by=cast.other_member)
    assert signs(answer(third, by=cast.other_member, text=ADVERT.upper())) == ["repeated"]


def test_a_few_kind_words_to_several_stories_are_shown(cast: Cast) -> None:
    made = [answer(story, by=cast.other_member, text=CONDOLENCE) for story in stories(cast, 6)]
    assert [signs(one) for one in made] == [[], [], [], [], [], ["repeated"]]


def test_what_very_many_people_say_in_the_same_few_words_is_shown(cast: Cast) -> None:
    writers = [make_member(f"Member {at}") for at in range(20)]
    made = [answer(story, by=by, text=CONDOLENCE) for story, by in zip(stories(cast, 5) * 4, writers, strict=True)]
    assert not any(signs(one) for one in made)


def test_the_same_many_words_from_a_third_account_are_held_and_the_moderator_is_told_why(cast: Cast) -> None:
    writers = [make_member(f"Member {at}") for at in range(4)]
    made = [answer(story, by=by, text=ADVERT) for story, by in zip(stories(cast, 4), writers, strict=True)]
    assert [signs(one) for one in made] == [[], [], ["repeated"], ["repeated"]]


def test_changing_a_word_each_time_is_no_way_around(cast: Cast) -> None:
    writers = [make_member(f"Member {at}") for at in range(4)]
    towns = ["Kent", "Devon", "Leeds", "Fife"]
    texts = [LONG_ADVERT.replace("Kent", town) for town in towns]
    made = [answer(s, by=by, text=text) for s, by, text in zip(stories(cast, 4), writers, texts, strict=True)]
    assert [signs(one) for one in made] == [[], [], ["repeated"], ["repeated"]]


def test_long_answers_of_different_people_are_not_alike(cast: Cast) -> None:
    (story,) = stories(cast, 1)
    texts = [
        "I am so sorry for your loss and I am thinking of you and of your family tonight, wherever you read this.",
        "So sorry. We lost ours at nineteen weeks, and thinking of your family tonight I lit the lamp upstairs.",
        "There is nothing to say that would help, I know. I am sitting here with you, and I read every word you wrote.",
        "I read every word that you wrote, twice. I am so sorry. It was the same month for us, and the same rain.",
    ]
    made = [answer(story, by=make_member(f"Member {at}"), text=text) for at, text in enumerate(texts)]
    assert not any(signs(one) for one in made)


def test_yesterdays_words_do_not_count(cast: Cast) -> None:
    first, second, third = stories(cast, 3)
    for story in (first, second):
        answer(story, by=cast.other_member, text=ADVERT)
    Sent.objects.update(at=now_us() - DAY - 1)
    assert signs(answer(third, by=cast.other_member, text=ADVERT)) == []


def test_those_who_keep_the_place_may_welcome_everyone_in_the_same_words(cast: Cast) -> None:
    greeter = make_member("Linnea", is_greeter=True)
    for keeper in (cast.moderator, cast.host, greeter):
        text = f"Welcome here from {keeper.name}. Whatever you write, somebody reads it."
        made = [answer(story, by=keeper, text=text) for story in stories(cast, 4)]
        assert not any(signs(one) for one in made)


def test_an_author_may_thank_everybody_under_her_own_story(cast: Cast) -> None:
    (story,) = stories(cast, 1)
    for _turn in range(4):
        made = answer(story, by=cast.author, text=ADVERT)
        assert signs(made) == []
        Answer.objects.written_by(cast.author).update(touched_at=0)  # so that it is no second click


def test_very_much_in_ten_minutes_is_read_by_a_person(cast: Cast) -> None:
    made = [answer(story, by=cast.other_member, text=f"number {at}") for at, story in enumerate(stories(cast, 17))]
    assert [signs(one) for one in made[-3:]] == [[], ["flood"], ["flood"]]


def test_a_link_from_a_newcomer_is_held_and_from_one_who_is_known_is_not(cast: Cast) -> None:
    (story,) = stories(cast, 1)
    assert signs(answer(story, by=cast.other_member, text="look here #link")) == ["link"]
    for at in range(conduct.KNOWN_BY):
        known = told(cast.same_ring, MEMBERS, title=f"told {at}")
        Story.objects.written_by(cast.same_ring).filter(pk=known.pk).update(at=now_us() - 2 * DAY + at)
    assert signs(answer(story, by=cast.same_ring, text="look here #link")) == []


def test_texts_of_today_make_nobody_known(cast: Cast) -> None:
    for at in range(conduct.KNOWN_BY):
        told(cast.same_ring, MEMBERS, title=f"told {at}")
    (story,) = stories(cast, 1)
    assert signs(answer(story, by=cast.same_ring, text="look here #link")) == ["link"]


def test_a_link_with_something_to_sell_is_held_whoever_sends_it(cast: Cast) -> None:
    (story,) = stories(cast, 1)
    assert signs(answer(story, by=cast.moderator, text="#link #selling")) == ["selling"]


def test_who_is_known_but_whose_first_texts_are_still_read_has_her_link_held(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 2
    (story,) = stories(cast, 1)
    assert signs(answer(story, by=cast.same_ring, text="look here #link")) == ["link"]
    FirstTexts.objects.create(member=cast.same_ring, released=5)
    for at in range(conduct.KNOWN_BY):
        known = told(cast.same_ring, MEMBERS, title=f"told {at}")
        Story.objects.written_by(cast.same_ring).filter(pk=known.pk).update(at=now_us() - 2 * DAY + at)
    assert signs(answer(story, by=cast.same_ring, text="and here #link")) == []


def test_changing_an_answer_into_the_same_words_counts_too(cast: Cast) -> None:
    made = [answer(story, by=cast.other_member, text=f"number {at}") for at, story in enumerate(stories(cast, 3))]
    for one in made:
        change_answer(one, by=cast.other_member, text=ADVERT, notes=0)
    assert Sent.objects.filter(member=cast.other_member).values("digest").distinct().count() == 1


def test_no_word_is_kept_of_what_was_sent_and_after_a_day_nothing(cast: Cast) -> None:
    (story,) = stories(cast, 1)
    answer(story, by=cast.other_member, text=LONG_ADVERT)
    kept = repr(list(Sent.objects.values_list()))
    assert "herbs" not in kept
    Sent.objects.update(at=now_us() - DAY - 1)
    tend()
    assert not Sent.objects.exists()
    assert Member.objects.filter(pk=cast.other_member.pk).exists()
