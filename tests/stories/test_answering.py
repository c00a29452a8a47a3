"""Answering, and words said without writing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.stories.actions.answering import MayNotAnswer, answer, change_answer, may_answer, react, take_answer_back
from leeward.stories.models import Answer, AnswersFrom, Reaction, ReactionWord
from leeward.stories.opened import words_said
from tests.conftest import Cast
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


def test_who_may_see_may_answer_unless_the_author_says_otherwise(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    assert may_answer(story, cast.other_member)
    assert not may_answer(story, None)
    story.answers_from = AnswersFrom.CHOSEN
    assert not may_answer(story, cast.other_member)
    assert may_answer(story, cast.same_ring)
    story.answers_from = AnswersFrom.NOBODY
    assert not may_answer(story, cast.same_ring)
    assert may_answer(story, cast.author)


def test_nobody_answers_what_she_may_not_see(cast: Cast) -> None:
    with pytest.raises(MayNotAnswer):
        answer(told(cast.author), by=cast.other_member, text="x")
    with pytest.raises(MayNotAnswer):
        answer(told(cast.author, EVERYONE), by=cast.blocked, text="x")


def test_a_suspended_member_answers_nobody(cast: Cast) -> None:
    cast.other_member.suspended_at = timezone.now()
    with pytest.raises(MayNotAnswer):
        answer(told(cast.author, MEMBERS), by=cast.other_member, text="x")


def test_under_her_own_unsigned_story_an_author_cannot_unmask_herself(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, signed=False)
    assert not answer(story, by=cast.author, text="thank you", signed=True).signed


def test_a_second_click_is_no_second_answer(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    first = answer(story, by=cast.other_member, text="with you")
    assert answer(story, by=cast.other_member, text="with you") == first
    assert answer(story, by=cast.host, text="with you") != first


def test_the_storys_author_can_take_any_answer_away_and_others_only_their_own(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    made = answer(story, by=cast.other_member, text="x")
    with pytest.raises(PermissionError):
        take_answer_back(made, by=cast.host)
    with pytest.raises(PermissionError):
        change_answer(made, by=cast.author, text="y", notes=0)
    take_answer_back(made, by=cast.author)
    assert not Answer.objects.written_by(cast.other_member).exists()


def test_a_word_is_said_and_taken_back_once_however_often_it_is_clicked(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for _click in range(2):
        react(story, by=cast.other_member, word=ReactionWord.WITH_YOU, said=True)
        assert Reaction.objects.count() == 1
    for _click in range(2):
        react(story, by=cast.other_member, word=ReactionWord.WITH_YOU, said=False)
        assert not Reaction.objects.exists()


def test_the_author_hears_all_words_and_nobody_else_hears_anothers(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, signed=False)
    react(story, by=cast.other_member, word=ReactionWord.ME_TOO, said=True)
    react(story, by=cast.host, word=ReactionWord.ME_TOO, said=True)
    assert words_said(story, cast.author) == [ReactionWord.ME_TOO]
    react(story, by=cast.blocked, word=ReactionWord.THINKING, said=True)
    assert words_said(story, cast.author) == [ReactionWord.ME_TOO, ReactionWord.THINKING]
    assert words_said(story, cast.same_ring) == []
