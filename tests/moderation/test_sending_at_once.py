"""Sending while something else happens: words that change, go away, or are settled by two, in the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from leeward.audience.models import MEMBERS
from leeward.audience.shared import State
from leeward.language.judgement import Judgement
from leeward.moderation.actions import Fate, Outcome, settle
from leeward.moderation.actions.sending import PRESSED_TWICE
from leeward.moderation.models import Case, Screening, Sent
from leeward.stories.actions.answering import change_answer, take_answer_back, write_answer
from leeward.stories.models import Answer
from tests.conftest import Cast
from tests.moderation.casework import case_about
from tests.moderation.test_sending import kinds_told, state_of
from tests.reading import as_marked, no_reader, reader
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


class Slow:
    """A judge who reads until she is told to go on."""

    def __init__(self) -> None:
        self.reads, self.go_on = threading.Event(), threading.Event()

    def __call__(self, text: str) -> Judgement:
        """Read."""
        self.reads.set()
        assert self.go_on.wait(5)
        return as_marked(text)


def settled_apart(thing: Answer) -> Outcome:
    """Settle in a thread of its own, as another worker does."""
    try:
        return settle(thing)
    finally:
        connection.close()


def own_copy(made: Answer) -> Answer:
    found: Answer = Answer.objects.written_by(made.author).select_related("story", "author").get(pk=made.pk)
    return found


@pytest.mark.django_db(transaction=True)
def test_words_that_are_changed_while_the_old_ones_are_read_are_not_shown_unread(cast: Cast, settings: Any) -> None:
    slow = Slow()
    with reader(settings, slow), ThreadPoolExecutor() as pool:
        made = write_answer(told(cast.author, MEMBERS), by=cast.other_member, text="with you")
        first = pool.submit(settled_apart, own_copy(made))
        assert slow.reads.wait(5)
        change_answer(made, by=cast.other_member, text="it is your fault #hostile", notes=0)
        slow.go_on.set()
        assert first.result() == Outcome(Fate.WAITS)
        assert state_of(made) == State.HELD
        assert settle(made).fate is Fate.HELD
    assert case_about(made).signs == ["hostile"]


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_taken_away_while_it_is_read_is_gone(cast: Cast, settings: Any) -> None:
    slow = Slow()
    with reader(settings, slow), ThreadPoolExecutor() as pool:
        made = write_answer(told(cast.author, MEMBERS), by=cast.other_member, text="with you #hostile")
        first = pool.submit(settled_apart, own_copy(made))
        assert slow.reads.wait(5)
        take_answer_back(own_copy(made), by=cast.author)
        slow.go_on.set()
        assert first.result() == Outcome(Fate.KEPT)
    assert not Screening.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", ["with you #look", "with you #plan #hostile"])
def test_two_who_settle_one_text_at_once_do_it_once_and_both_know_what_became_of_it(
    cast: Cast, settings: Any, text: str
) -> None:
    with ThreadPoolExecutor(4) as pool:
        slow = Slow()
        with reader(settings, slow):
            made = write_answer(told(cast.author, MEMBERS), by=cast.other_member, text=text)
            both = [pool.submit(settled_apart, own_copy(made)) for _worker in range(4)]
            assert slow.reads.wait(5)
            slow.go_on.set()
            outcomes = {one.result() for one in both}
    held = "#plan" in text
    assert outcomes == {Outcome(Fate.HELD if held else Fate.SHOWN, care=True, plan=held)}
    assert Case.objects.count() == 1
    assert kinds_told() == ["moderation.urgent"] + ([] if held else ["stories.answer"])


@pytest.mark.django_db
def test_whoever_presses_twice_finds_help_on_the_page_that_comes_last(cast: Cast, settings: Any) -> None:
    with reader(settings):
        made = write_answer(told(cast.author, MEMBERS), by=cast.other_member, text="with you #care #plan #hostile")
        first = settle(own_copy(made))
        assert first == Outcome(Fate.HELD, care=True, plan=True) == settle(own_copy(made))
        assert settle(own_copy(made), in_background=True) == Outcome(Fate.HELD)
        Sent.objects.update(at=F("at") - PRESSED_TWICE)
        assert settle(own_copy(made)) == Outcome(Fate.HELD), "what was sent long ago is not read again"
        Sent.objects.update(at=F("at") + PRESSED_TWICE)
    no_reader(settings)
    assert settle(own_copy(made)) == Outcome(Fate.HELD)
