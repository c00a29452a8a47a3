from __future__ import annotations

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import show_to
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.moderation.actions import hold_first_text
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.models import Act, Case, FirstTexts
from leeward.notifications.bell import has_something_new
from leeward.stories.models import Story
from tests.conftest import Cast
from tests.moderation.casework import case_about, decided


def held(cast: Cast) -> Story:
    story: Story = Story.objects.create(author=cast.author, text="four days now")
    show_to(story, [EVERYONE])
    hold_first_text(story)
    return story


def test_a_new_members_texts_are_read_first_until_enough_were_released(cast: Cast, settings) -> None:
    settings.FIRST_TEXTS_READ = 2
    for expected in (True, True, False):
        assert must_be_read_first(cast.author) is expected
        decided(case_about(held(cast)), cast.moderator, Act.RELEASE)


def test_what_waits_does_not_count_as_read(cast: Cast, settings) -> None:
    settings.FIRST_TEXTS_READ = 1
    held(cast)
    held(cast)
    assert must_be_read_first(cast.author)


def test_the_host_may_ask_for_none(cast: Cast, settings) -> None:
    settings.FIRST_TEXTS_READ = 0
    assert not must_be_read_first(cast.author)


def test_moderators_and_the_host_are_trusted(cast: Cast, settings) -> None:
    settings.FIRST_TEXTS_READ = 2
    assert not must_be_read_first(cast.moderator)
    assert not must_be_read_first(cast.host)


def test_a_held_text_is_seen_by_its_author_alone_even_by_no_moderator_who_has_not_opened_it(cast: Cast) -> None:
    story = held(cast)
    seen_by = {name for name, viewer in cast.viewers().items() if is_visible_to(story, viewer)}
    assert seen_by == {"author"}


def test_a_released_text_is_shown_to_those_it_was_written_for_and_its_author_hears_of_it(cast: Cast) -> None:
    story = held(cast)
    decided(case_about(story), cast.moderator, Act.RELEASE)
    assert is_visible_to(story, Viewer.stranger())
    assert has_something_new(cast.author)


def test_the_same_text_released_twice_counts_once(cast: Cast) -> None:
    story = held(cast)
    for _round in range(2):
        decided(case_about(story), cast.moderator, Act.RELEASE)
        hold_first_text(story)
    assert FirstTexts.objects.get(member=cast.author).released == 1


def test_holding_twice_opens_one_case(cast: Cast) -> None:
    story = held(cast)
    hold_first_text(story)
    assert Case.objects.count() == 1
    story.refresh_from_db()
    assert story.state == State.HELD
