"""Sharing a story, and taking it back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.journeys.ways import ways_of
from leeward.moderation.actions import report
from leeward.moderation.models import Act
from leeward.stories.actions.answering import answer
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.actions.writing import ChangedElsewhere, begin, write
from leeward.stories.audiences import CannotBeShownSo, Sharing, ShowTo, shown_to
from leeward.stories.models import Answer, AnswersFrom, ShownFact, Story, StoryAudience
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import told as journey_of
from tests.moderation.casework import case_about, decided
from tests.stories.telling import told


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper


def test_a_story_goes_to_the_audience_that_was_chosen(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="It was a Tuesday.")
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert shown_to(story)[0] is ShowTo.MEMBERS
    share(story, by=cast.author, sharing=Sharing(ShowTo.CHOSEN))
    assert shown_to(story)[0] is ShowTo.CHOSEN
    share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert not StoryAudience.objects.filter(thing=story).exists()


def test_the_place_in_time_stays_when_the_audience_changes(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    at = story.at
    share(story, by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert story.at == at
    assert list(StoryAudience.objects.filter(thing=story).values_list("ring_id", "at")) == [(EVERYONE, at)]


def test_people_one_chooses_see_it_signed_or_not_at_all(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="x")
    with pytest.raises(CannotBeShownSo):
        share(story, by=cast.author, sharing=Sharing(ShowTo.CHOSEN, signed=False))
    assert story.state == State.DRAFT


def test_with_no_name_nobody_is_told_apart_by_who_may_answer(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="x")
    sharing = Sharing(ShowTo.EVERYONE, signed=False, answers_from=AnswersFrom.CHOSEN)
    with pytest.raises(CannotBeShownSo):
        share(story, by=cast.author, sharing=sharing)


def test_a_second_click_is_no_second_story(cast: Cast) -> None:
    assert begin(by=cast.author, title="", text="x") == begin(by=cast.author, title="", text="x")


def test_a_suspended_member_changes_nothing_that_others_see(cast: Cast) -> None:
    story, alone = told(cast.author, MEMBERS), told(cast.author)
    cast.author.suspended_at = timezone.now()
    with pytest.raises(PermissionError):
        write(story, by=cast.author, title="", text="y", stamp=story.touched_at)
    assert write(alone, by=cast.author, title="", text="y", stamp=alone.touched_at).text == "y"


def test_a_way_that_is_not_hers_cannot_be_chosen(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="x")
    with pytest.raises(CannotBeShownSo):
        share(story, by=cast.author, sharing=Sharing(ShowTo.SAME_WAY, ways=frozenset({MEMBERS})))


def test_the_form_names_ways_and_no_ring_whose_number_says_if_somebody_was_there_before(cast: Cast) -> None:
    journey_of(cast.author, path=["ivf"])
    story = begin(by=cast.author, title="", text="x")
    address = f"/stories/{story.ref}/share/"
    client = signed_in(cast.author)
    assert 'value="path:ivf"' in client.get(address).content.decode()
    client.post(address, {"show_to": "same_way", "ways": "path:ivf", "signed": "yes", "answers_from": "all"})
    assert shown_to(story) == (ShowTo.SAME_WAY, frozenset({ways_of(cast.author)[0].ring_id}))
    assert re.search(r'value="path:ivf"[^>]* checked', client.get(address).content.decode())


def test_nobody_shares_or_writes_another_persons_story(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="x")
    with pytest.raises(PermissionError):
        share(story, by=cast.host, sharing=Sharing(ShowTo.EVERYONE))
    with pytest.raises(PermissionError):
        write(story, by=cast.host, title="", text="y", stamp=story.touched_at)
    with pytest.raises(PermissionError):
        take_back(story, by=cast.host, keep_answers=False)


def test_another_tab_does_not_overwrite_in_silence(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="first")
    opened = story.touched_at
    write(story, by=cast.author, title="", text="from one tab", stamp=opened)
    with pytest.raises(ChangedElsewhere):
        write(story, by=cast.author, title="", text="from the other", stamp=opened)
    assert Story.objects.written_by(cast.author).get().text == "from one tab"


def test_the_same_words_twice_are_no_quarrel(cast: Cast) -> None:
    story = begin(by=cast.author, title="", text="first")
    opened = story.touched_at
    write(story, by=cast.author, title="", text="same", stamp=opened)
    write(story, by=cast.author, title="", text="same", stamp=opened)
    assert Story.objects.written_by(cast.author).get().text == "same"


def test_taking_back_deletes_words_facts_and_answers(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    ShownFact.objects.create(story=story, facet="kind", key="ectopic")
    made = answer(story, by=cast.other_member, text="with you")
    take_back(story, by=cast.author, keep_answers=False)
    assert not Story.objects.written_by(cast.author).exists()
    assert not Answer.objects.written_by(cast.other_member).filter(pk=made.pk).exists()
    assert not ShownFact.objects.exists()


def test_taking_back_can_leave_the_answers_standing_without_a_word_of_hers(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, title="Ash", text="my words")
    made = answer(story, by=cast.other_member, text="with you")
    take_back(story, by=cast.author, keep_answers=True)
    viewer = Viewer.member(cast.host)
    left = Story.objects.visible_to(viewer).get()
    assert left.full_text() == ""
    assert left.taken_back_at
    for path in ("/stories/", "/"):
        assert left.ref not in signed_in(cast.host).get(path).content.decode()
    assert is_visible_to(made, viewer)


def test_a_new_members_first_story_waits_to_be_read(cast: Cast, settings: object) -> None:
    settings.FIRST_TEXTS_READ = 2  # type: ignore[attr-defined]  # pytest-django's wrapper
    story = begin(by=cast.author, title="", text="my first")
    share(story, by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert story.state == State.HELD
    assert is_visible_to(story, Viewer.member(cast.author))
    assert not is_visible_to(story, Viewer.member(cast.host))


def test_what_was_read_does_not_wait_again_because_its_audience_changes(cast: Cast, settings: object) -> None:
    story = told(cast.author, MEMBERS)
    settings.FIRST_TEXTS_READ = 2  # type: ignore[attr-defined]  # pytest-django's wrapper
    share(story, by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert story.state == State.LIVE
    write(story, by=cast.author, title="", text="other words", stamp=story.touched_at)
    assert story.state == State.HELD


def test_what_only_she_sees_never_waits(cast: Cast, settings: object) -> None:
    settings.FIRST_TEXTS_READ = 2  # type: ignore[attr-defined]  # pytest-django's wrapper
    story = begin(by=cast.author, title="", text="my first")
    share(story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert story.state == State.LIVE
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert story.state == State.HELD


def test_a_removal_that_comes_while_its_author_has_the_page_open_holds(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    as_her_page_knows_it = Story.objects.written_by(cast.author).get(pk=story.pk)
    decided(report(story, by=cast.other_member, reason="cruel"), cast.moderator, Act.REMOVE)
    with pytest.raises(PermissionError):
        share(as_her_page_knows_it, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert not is_visible_to(story, Viewer.member(cast.host))


def test_new_words_are_not_shown_unread_by_sending_two_pages_at_once(cast: Cast, settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 2
    story = told(cast.author, MEMBERS)
    as_the_other_page_knows_it = Story.objects.written_by(cast.author).get(pk=story.pk)
    write(story, by=cast.author, title="", text="words that nobody has read", stamp=story.touched_at)
    share(as_the_other_page_knows_it, by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert not is_visible_to(story, Viewer.member(cast.host))
    assert case_about(story).is_open
