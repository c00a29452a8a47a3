"""The pages of answers: either order, both ways, and a place to come back to that stands in the address alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import publish
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.stories.answers import BEFORE_IT, PAGE, Place, answers_page
from leeward.stories.models import Answer, Story
from tests.conftest import Cast, signed_in
from tests.stories.telling import told

MANY = 2 * PAGE + 3


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story with two pages of answers and three more, each its number."""
    story = told(cast.author, EVERYONE)
    for number in range(MANY):
        publish(Answer.objects.create(story=story, author=cast.host, text=str(number)))
    return story


def numbers(story: Story, place: Place, viewer: Viewer | None = None) -> list[int]:
    return [int(made.text) for made in answers_page(story, viewer or Viewer.stranger(), place=place).answers]


def test_answers_come_oldest_first_and_are_turned_to_the_end_and_back(story: Story) -> None:
    first = answers_page(story, Viewer.stranger())
    assert numbers(story, Place()) == list(range(PAGE))
    assert first.earlier is None
    second = answers_page(story, Viewer.stranger(), place=Place(after=first.later))
    last = answers_page(story, Viewer.stranger(), place=Place(after=second.later))
    assert [int(made.text) for made in last.answers] == [MANY - 3, MANY - 2, MANY - 1]
    assert last.later is None
    assert numbers(story, Place(before=last.earlier)) == list(range(PAGE, 2 * PAGE))
    assert numbers(story, Place(before=second.earlier)) == list(range(PAGE))


def test_the_newest_come_first_if_she_likes_and_are_turned_both_ways(story: Story) -> None:
    first = answers_page(story, Viewer.stranger(), place=Place(newest_first=True))
    assert numbers(story, Place(newest_first=True)) == list(range(MANY - 1, MANY - 1 - PAGE, -1))
    assert first.later is None
    second = answers_page(story, Viewer.stranger(), place=Place(newest_first=True, before=first.earlier))
    assert [int(made.text) for made in second.answers] == list(range(MANY - 1 - PAGE, 2, -1))
    assert numbers(story, Place(newest_first=True, before=second.earlier)) == [2, 1, 0]
    assert numbers(story, Place(newest_first=True, after=second.later)) == list(range(MANY - 1, MANY - 1 - PAGE, -1))


@pytest.mark.parametrize("at", [0, 5, 37, MANY - 1])
def test_the_address_of_an_answer_opens_the_page_on_which_it_stands_with_those_before_it(story: Story, at: int) -> None:
    made = Answer.objects.visible_to(Viewer.stranger()).order_by("at")[at]
    page = Client().get(made.get_absolute_url()).content.decode()
    assert f'id="{made.ref}"' in page
    shown = numbers(story, Place(around=made.at))
    assert shown[0] == max(0, at - BEFORE_IT)
    assert shown == list(range(shown[0], min(MANY, shown[0] + PAGE)))


def test_a_place_holds_when_the_answer_that_it_named_is_gone(story: Story, cast: Cast) -> None:
    first = answers_page(story, Viewer.stranger())
    Answer.objects.written_by(cast.host).filter(at__gt=first.later).delete()
    beyond = answers_page(story, Viewer.stranger(), place=Place(after=first.later))
    assert beyond.answers == []
    assert numbers(story, Place(before=beyond.earlier)) == list(range(PAGE))
    assert "There is nothing more here." in Client().get(f"/stories/{story.ref}/?after={first.later}").content.decode()


def test_an_answer_that_waits_stands_at_the_newest_end_for_its_writer(story: Story, cast: Cast) -> None:
    Answer.objects.create(story=story, author=cast.other_member, text="99", state=State.HELD)
    viewer = Viewer.member(cast.other_member)
    assert numbers(story, Place(newest_first=True), viewer)[0] == 99
    assert 99 not in numbers(story, Place(), viewer)
    last = answers_page(story, viewer, place=Place(after=answers_page(story, viewer).later))
    assert numbers(story, Place(after=last.later), viewer)[-1] == 99


def test_pages_keep_the_order_that_was_chosen(story: Story, cast: Cast) -> None:
    client = signed_in(cast.other_member)
    page = client.get(f"/stories/{story.ref}/?newest").content.decode()
    assert f"/stories/{story.ref}/?newest&amp;before=" in page
    assert "The oldest first instead" in page
    assert client.get(f"/stories/{story.ref}/").content.decode().count("Later answers") == 1


def test_nothing_is_kept_of_where_she_was(story: Story, cast: Cast) -> None:
    client = signed_in(cast.other_member)
    later = answers_page(story, Viewer.member(cast.other_member)).later
    client.get(f"/stories/{story.ref}/")  # once, so that what is kept of every reader is there already
    kept = dict(client.session)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/stories/{story.ref}/?newest&after={later}")
    assert dict(client.session) == kept
    assert not [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


TAMPERED = ["at=abc", "at=-1", "before=0", "before=%00", "at=0", "newest&after=1", "before=1&at=x"]


@pytest.mark.parametrize("junk", TAMPERED)
def test_an_address_that_was_tampered_with_shows_a_page_of_answers(story: Story, junk: str) -> None:
    assert Client().get(f"/stories/{story.ref}/?{junk}").status_code == 200
