"""What is changed after it was sent is read again, also while it waits; what was shown is not hidden for despair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.shared import State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.moderation.actions import Fate, Outcome, deciding, report, settle, settle_waiting
from leeward.moderation.models import Act, Because, Case, Screening
from leeward.stories.actions.answering import change_answer, write_answer
from leeward.stories.actions.sharing import hand_in_story
from leeward.stories.actions.writing import begin, write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided
from tests.reading import reader
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _marked(settings: Any) -> Iterator[None]:
    """A reader that finds what a text says of itself; nobody is new."""
    settings.FIRST_TEXTS_READ = 0
    with reader(settings):
        yield


def state_of(thing: Story | Answer) -> State:
    assert thing.author is not None
    return State(type(thing).objects.written_by(thing.author).values_list("state", flat=True).get(pk=thing.pk))


def sent_story(cast: Cast, text: str) -> Story:
    story = hand_in_story(begin(by=cast.author, title="", text=text), by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    settle(story)
    return story


def rewritten(story: Story, cast: Cast, text: str) -> Outcome:
    story.refresh_from_db(from_queryset=Story.objects.written_by(cast.author))
    return settle(write(story, by=cast.author, title="", text=text, stamp=story.touched_at))


@pytest.mark.parametrize("begun", ["four days now", "four days now #hostile"])
def test_who_speaks_of_danger_in_a_text_that_waits_is_shown_help_and_a_person_is_called(
    cast: Cast, settings: Any, begun: str
) -> None:
    settings.FIRST_TEXTS_READ = 1
    story = sent_story(cast, begun)
    made = write_answer(told(cast.host, MEMBERS), by=cast.author, text=begun)
    settle(made)
    for thing in (story, made):
        assert not case_about(thing).is_urgent
    assert rewritten(story, cast, "it is for tonight #plan") == Outcome(Fate.HELD, care=True, plan=True)
    assert settle(change_answer(made, by=cast.author, text="and so it is #look", notes=0)).care
    for thing in (story, made):
        assert state_of(thing) == State.HELD
        assert case_about(thing).is_urgent


def test_the_page_after_such_a_change_shows_help(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 1
    story = sent_story(cast, "four days now")
    words = {"title": "", "text": "I cannot go on #look", "stamp": story.touched_at, "ref": story.ref}
    page = signed_in(cast.author).post(f"/stories/{story.ref}/write/", words, follow=True).content.decode()
    assert "If it is hard just now, these lines are open" in page


def test_what_waits_for_a_person_is_not_shown_for_being_changed(cast: Cast) -> None:
    story = sent_story(cast, "four days now #hostile")
    assert rewritten(story, cast, "four days now").fate is Fate.HELD
    assert state_of(story) == State.HELD
    assert case_about(story).signs == ["hostile"]


def test_nor_if_it_was_pointed_out_before(cast: Cast) -> None:
    story = sent_story(cast, "four days now")
    report(story, by=cast.other_member, reason="cruel")
    assert rewritten(story, cast, "four days now #hostile").fate is Fate.HELD
    assert rewritten(story, cast, "four days now, and nothing else").fate is Fate.HELD


def test_despair_in_a_shown_text_does_not_hide_it_when_it_is_changed(cast: Cast) -> None:
    story = sent_story(cast, "so tired of it #look")
    assert (state_of(story), case_about(story).because) == (State.LIVE, Because.CARE)
    assert rewritten(story, cast, "so tired of it #look, and it is raining") == Outcome(Fate.SHOWN, care=True)
    assert state_of(story) == State.LIVE
    assert Case.objects.count() == 1


def test_a_way_that_is_added_to_it_does(cast: Cast) -> None:
    story = sent_story(cast, "so tired of it #look")
    assert rewritten(story, cast, "so tired of it #plan").fate is Fate.HELD
    assert rewritten(story, cast, "so tired of it #look").fate is Fate.HELD  # until a person has read it


def test_what_a_decision_hid_opens_no_case_by_being_changed(cast: Cast) -> None:
    story = sent_story(cast, "four days now #hostile")
    decided(case_about(story), cast.moderator, Act.ASK)
    assert rewritten(story, cast, "four days now").fate is Fate.HELD
    assert not Case.objects.filter(decided_at=None).exists()


@pytest.mark.parametrize("kept_from", ["suspended_at", "ended_at"])
def test_what_still_waited_when_its_writer_was_kept_from_writing_is_not_shown(cast: Cast, kept_from: str) -> None:
    story = told(cast.author, EVERYONE)
    made = write_answer(story, by=cast.other_member, text="It was on its way.")
    Member.objects.filter(pk=cast.other_member.pk).update(**{kept_from: timezone.now()})  # elsewhere, meanwhile
    Screening.objects.update(due_at=now_us())
    settle_waiting()
    assert state_of(made) == State.HELD
    assert "It was on its way." not in signed_in(cast.author).get(story.get_absolute_url()).content.decode()
    assert case_about(made).because == Because.FIRST_TEXT


def test_what_cannot_be_settled_waits_and_its_words_reach_no_log(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(made: Answer) -> None:
        raise ValueError(made.text)

    done_when_released: dict[Any, Any] = deciding._when_released
    monkeypatch.setitem(done_when_released, Answer, stumble)
    made = write_answer(told(cast.author, EVERYONE), by=cast.other_member, text="kestrelquarry")
    Screening.objects.update(due_at=now_us())
    settle_waiting()
    assert state_of(made) == State.HELD
    assert "ValueError" in caplog.text
    assert "kestrelquarry" not in caplog.text
