"""From sending to being shown: nothing is lost on the way, and nothing is shown before it was read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.shared import State
from leeward.kit.moments import now_us
from leeward.language.judgement import Judgement
from leeward.language.reader.client import is_there
from leeward.moderation.actions import Fate, Outcome, settle, settle_waiting
from leeward.moderation.actions.sending import READ_AT_ONCE
from leeward.moderation.models import Act, Because, Case, FirstTexts, Screening
from leeward.notifications.models import Notice
from leeward.stories.actions.answering import answer, change_answer, take_answer_back, write_answer
from leeward.stories.actions.sharing import hand_in_story
from leeward.stories.actions.sharing import take_back as take_story_back
from leeward.stories.actions.writing import begin, write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.promises.doors import addresses
from tests.reading import no_reader, reader
from tests.stories.telling import told

SECRET = "kestrelquarry"
LONG = "One more word about that spring. " * (READ_AT_ONCE // 6 + 1)


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


@pytest.fixture
def marked(settings: Any) -> Iterator[None]:
    """A reader that finds what a text says of itself."""
    with reader(settings):
        yield


def all_is_due() -> None:
    """Let some time go by: what was left to its sender, or put off, is due."""
    Screening.objects.update(due_at=now_us())


def state_of(thing: Story | Answer) -> State:
    assert thing.author is not None
    return State(type(thing).objects.written_by(thing.author).values_list("state", flat=True).get(pk=thing.pk))


def kinds_told() -> list[str]:
    return sorted(Notice.objects.values_list("kind", flat=True))


def handed_in(cast: Cast, text: str, show_to: ShowTo = ShowTo.EVERYONE) -> Story:
    return hand_in_story(begin(by=cast.author, title="", text=text), by=cast.author, sharing=Sharing(show_to))


def test_a_text_that_nothing_was_found_in_is_shown_at_once(cast: Cast, marked: None) -> None:
    story = handed_in(cast, "four days now")
    assert settle(story) == Outcome(Fate.SHOWN)
    assert (state_of(story), Screening.objects.count(), Case.objects.count()) == (State.LIVE, 0, 0)


def test_a_crash_between_handing_in_and_reading_shows_nothing_and_loses_nothing(cast: Cast, marked: None) -> None:
    open_to_all = told(cast.other_member, EVERYONE, text="in the open")
    story = handed_in(cast, SECRET)
    made = write_answer(open_to_all, by=cast.author, text=f"{SECRET} too")
    assert settle_waiting() == 0  # for a moment they are left to whoever sent them
    assert not kinds_told()
    for who, member in {**vars(cast), "stranger": None}.items():
        client = signed_in(member) if member else Client()
        seen = set()
        for address in addresses(get_resolver(), [story, made, open_to_all]):
            response = client.get(address, follow=True)
            if SECRET.encode() in (b"".join(response) if response.streaming else response.content):
                seen.add(address)
        assert bool(seen) == (who == "author"), f"{who}: {seen}"
    all_is_due()
    assert settle_waiting() == 2
    assert SECRET in Client().get(story.get_absolute_url()).content.decode()
    assert "stories.answer" in kinds_told()


@contextmanager
def reader_process(settings: Any) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """A way to start a real reader process at a socket of its own; whatever was started is ended."""
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        settings.READER_SOCKET = Path(folder) / "s"

        def start() -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "leeward.language.reader", str(settings.READER_SOCKET)]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            started.append(process)
            assert process.stdout is not None
            assert process.stdout.readline() == b"listening\n"
            return process

        try:
            yield start
        finally:
            for process in started:
                process.kill()
                process.communicate()


def test_while_the_reader_is_down_texts_wait_held_and_come_through_when_it_is_back(cast: Cast, settings: Any) -> None:
    story = told(cast.author, MEMBERS)
    client, address = signed_in(cast.other_member), f"/stories/{story.ref}/answer/"
    with reader_process(settings) as start:
        start().kill()
        while is_there():
            pass
        page = client.post(address, {"text": "We planted a tree."}, follow=True).content.decode()
        assert "It is safe, and waits" in page
        made: Answer = Answer.objects.written_by(cast.other_member).get()
        assert state_of(made) == State.HELD
        assert "We planted a tree." not in signed_in(cast.author).get(story.get_absolute_url()).content.decode()
        all_is_due()
        assert settle_waiting() == 0
        assert Screening.objects.get().due_at > now_us()
        start()  # what the killed one left at the socket is no hindrance
        all_is_due()
        assert settle_waiting() == 1
    assert state_of(made) == State.LIVE
    assert kinds_told() == ["stories.answer"]


def test_a_reader_that_gives_no_sense_is_a_reader_that_is_down(cast: Cast, settings: Any) -> None:
    def stumble(text: str) -> Judgement:
        raise ValueError(text)

    with reader(settings, stumble):
        story = handed_in(cast, "four days now")
        assert settle(story) == Outcome(Fate.WAITS)
    assert state_of(story) == State.HELD


def test_the_reader_is_asked_again_ever_more_seldom_but_within_the_hour(cast: Cast, settings: Any) -> None:
    no_reader(settings)
    story, waits = handed_in(cast, "four days now"), []
    for _try in range(14):
        settle(story)
        waits.append(round((Screening.objects.get().due_at - now_us()) / 1_000_000))
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 3600


def test_a_text_that_needs_a_person_is_held_and_everyone_who_acts_on_it_hears_nothing(cast: Cast, marked: None) -> None:
    story = told(cast.author, EVERYONE, text="four days now")
    made = write_answer(story, by=cast.other_member, text=f"{SECRET} #hostile")
    assert settle(made).fate is Fate.HELD
    case = case_about(made)
    assert (case.because, case.signs, case.is_urgent) == (Because.DOUBTFUL, ["hostile"], False)
    hers = signed_in(cast.author)
    for path in ("/", "/stories/", story.get_absolute_url(), "/bell/", "/near/", "/stories/mine/"):
        assert SECRET not in hers.get(path).content.decode(), path
    assert not kinds_told()
    assert SECRET in signed_in(cast.other_member).get(story.get_absolute_url()).content.decode()
    decided(case, cast.moderator, Act.RELEASE)
    assert SECRET in hers.get(story.get_absolute_url()).content.decode()
    assert kinds_told() == ["moderation.released", "stories.answer"]


@pytest.mark.parametrize("sign", ["threat", "selling", "contact", "link", "hostile"])
def test_each_sign_holds_a_text_and_a_threat_comes_first(cast: Cast, marked: None, sign: str, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 1  # a link is a sign only from who is new
    story = handed_in(cast, f"#{sign}")
    assert settle(story).fate is Fate.HELD
    assert case_about(story).is_urgent == (sign == "threat")
    assert ("moderation.urgent" in kinds_told()) == (sign == "threat")


def test_risk_alone_hides_nothing_and_asks_a_person_to_look_only_beyond_the_strict_threshold(
    cast: Cast, marked: None
) -> None:
    loose, strict = handed_in(cast, "so tired of it #care"), handed_in(cast, "so tired of it #look")
    assert settle(loose) == Outcome(Fate.SHOWN, care=True)
    assert not Case.objects.exists()
    assert settle(strict) == Outcome(Fate.SHOWN, care=True)
    assert (state_of(loose), state_of(strict)) == (State.LIVE, State.LIVE)
    case = case_about(strict)
    assert (case.because, case.signs, case.is_urgent) == (Because.CARE, ["risk"], True)


def test_a_plan_is_held_and_a_person_is_called(cast: Cast, marked: None) -> None:
    story = handed_in(cast, "I know how #plan")
    assert settle(story) == Outcome(Fate.HELD, care=True, plan=True)
    case = case_about(story)
    assert (case.because, case.signs, case.is_urgent) == (Because.CARE, ["plan", "risk"], True)
    assert kinds_told() == ["moderation.urgent"]


def test_a_long_text_waits_a_moment_and_is_read_in_the_background(cast: Cast, marked: None) -> None:
    story = handed_in(cast, LONG)
    assert settle(story) == Outcome(Fate.WAITS, long=True)
    assert state_of(story) == State.HELD
    assert settle_waiting() == 1  # at once: nobody else will read it
    assert state_of(story) == State.LIVE


def test_what_is_found_in_the_background_is_told_on_the_bell(cast: Cast, marked: None) -> None:
    told_in_words = handed_in(cast, LONG + " #care"), handed_in(cast, LONG + " #hostile #care")
    for story in told_in_words:
        settle(story)
    assert settle_waiting() == 2
    assert [state_of(story) for story in told_in_words] == [State.LIVE, State.HELD]
    assert kinds_told() == ["moderation.care", "moderation.held"]


def test_what_is_changed_is_out_of_sight_until_the_new_words_were_read(cast: Cast, marked: None) -> None:
    story = told(cast.author, EVERYONE, text="as it was")
    write(story, by=cast.author, title="", text="as it is #hostile", stamp=story.touched_at)
    assert Client().get(story.get_absolute_url()).status_code == 404
    assert settle(story).fate is Fate.HELD
    made = answer(told(cast.host, MEMBERS), by=cast.author, text="as it was")
    assert made.is_live
    change_answer(made, by=cast.author, text="as it is", notes=0)
    assert state_of(made) == State.HELD
    assert settle(made).fate is Fate.SHOWN
    assert kinds_told() == ["stories.answer"]  # told once, not again for a change


def test_a_text_that_was_taken_back_while_it_waited_is_gone(cast: Cast, marked: None) -> None:
    story = handed_in(cast, "four days now")
    made = write_answer(told(cast.host, MEMBERS), by=cast.author, text="with you")
    take_story_back(story, by=cast.author, keep_answers=False)
    take_answer_back(Answer.objects.written_by(cast.author).get(), by=cast.author)
    assert settle(story) == Outcome(Fate.KEPT)
    assert settle(made) == Outcome(Fate.KEPT)
    assert settle_waiting() == 0
    assert not Screening.objects.exists()


def test_a_text_that_its_author_keeps_to_herself_while_it_waits_is_not_read(cast: Cast, settings: Any) -> None:
    read = []

    def note(text: str) -> Judgement:
        read.append(text)
        return Judgement()

    with reader(settings, note):
        story = handed_in(cast, "four days now")
        hand_in_story(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
        all_is_due()
        assert settle_waiting() == 0
        assert settle(story).fate is not Fate.WAITS
    assert not read
    assert Client().get(story.get_absolute_url()).status_code == 404


def test_a_first_text_is_read_by_a_person_whatever_the_reader_found(cast: Cast, marked: None, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 1
    story = handed_in(cast, "four days now")
    assert settle(story).fate is Fate.HELD
    assert case_about(story).because == Because.FIRST_TEXT
    FirstTexts.objects.create(member=cast.author, released=1)
    assert settle(handed_in(cast, "five days now")).fate is Fate.SHOWN


def test_what_a_decision_hid_is_not_shown_by_changing_it(cast: Cast, marked: None) -> None:
    story = handed_in(cast, "four days now #hostile")
    settle(story)
    decided(case_about(story), cast.moderator, Act.ASK)
    story.refresh_from_db(from_queryset=Story.objects.written_by(cast.author))
    write(story, by=cast.author, title="", text="four days now", stamp=story.touched_at)
    settle(story)
    assert state_of(story) == State.HELD
