"""People have read this: told to its author from five on, with no reader stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leeward.audience.actions import set_shield
from leeward.audience.models import EVERYONE, MEMBERS, Opening
from leeward.audience.notes import mask_of
from leeward.members.belongings import all_belongings
from leeward.members.models import Member
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Answer, Story
from leeward.stories.reading_marks import MARKS, READ, keep_mark, mark_of, was_read_by_people
from tests.at_once import at_once
from tests.conftest import Cast, make_member, signed_in
from tests.stories.telling import told

SAID = "People have read this."


def marks_of(story: Story) -> int:
    """What is kept with the story now."""
    marks: int = Story.objects.written_by(story.author).values_list("read_marks", flat=True).get(pk=story.pk)
    return marks


def fresh(story: Story) -> Story:
    """The story as a page finds it now."""
    found: Story = Story.objects.written_by(story.author).get(pk=story.pk)
    return found


def readers_with_marks(story: Story, count: int, *, same: bool = False) -> list[Member]:
    """Members whose marks in this story differ from each other, or are all one mark."""
    found: dict[int, list[Member]] = {}
    for number in range(400):
        reader = make_member(f"Reader {number}")
        found.setdefault(mark_of(story, reader), []).append(reader)
        if same and max(map(len, found.values())) == count:
            return max(found.values(), key=len)
        if not same and len(found) == count:
            return [readers[0] for readers in found.values()]
    raise AssertionError("Four hundred members are enough.")


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, text="In spring.")


def test_her_author_is_told_from_five_readers_on_and_nobody_else_is(cast: Cast, story: Story) -> None:
    address, author = story.get_absolute_url(), signed_in(cast.author)
    for count, reader in enumerate(readers_with_marks(story, 5), start=1):
        assert signed_in(reader).get(address).status_code == 200
        assert (SAID in author.get(address).content.decode()) == (count == 5)
    for client in (Client(), signed_in(cast.same_ring), signed_in(cast.moderator), signed_in(cast.host)):
        assert SAID not in client.get(address).content.decode()


def test_when_it_is_known_the_marks_are_gone(story: Story) -> None:
    for reader in readers_with_marks(story, 5):
        keep_mark(fresh(story), reader)
    assert marks_of(story) == READ
    keep_mark(fresh(story), make_member("A sixth"))
    assert marks_of(story) == READ


def test_one_reader_is_never_taken_for_several(story: Story) -> None:
    reader = make_member("Alder")
    for _visit in range(30):
        keep_mark(fresh(story), reader)
    assert marks_of(story) == mark_of(story, reader)
    assert not was_read_by_people(fresh(story))


def test_many_who_set_the_same_mark_cannot_be_told_from_one(story: Story) -> None:
    several = readers_with_marks(story, 6, same=True)
    for reader in several:
        keep_mark(fresh(story), reader)
    assert marks_of(story) == mark_of(story, several[0])
    assert not was_read_by_people(fresh(story))


def test_a_mark_that_stands_is_not_written_again(story: Story) -> None:
    client = signed_in(make_member("Alder"))
    client.get(story.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(story.get_absolute_url())
    assert not [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]


def test_a_readers_mark_in_one_story_says_nothing_of_her_mark_in_another(cast: Cast) -> None:
    reader = make_member("Alder")
    marks = {mark_of(told(cast.author, MEMBERS, text=f"story {number}"), reader) for number in range(60)}
    assert len(marks) > MARKS // 2


def test_neither_author_nor_stranger_nor_a_moderator_at_her_task_is_counted(cast: Cast, story: Story) -> None:
    address = story.get_absolute_url()
    Opening.objects.create(moderator=cast.moderator, kind="stories.story", thing_id=story.pk, reason="case")
    for client in (signed_in(cast.author), Client(), signed_in(cast.moderator)):
        assert client.get(address).status_code == 200
    assert marks_of(story) == 0
    other = told(cast.author, MEMBERS, text="no case")
    signed_in(cast.moderator).get(other.get_absolute_url())
    assert marks_of(other) == mark_of(other, cast.moderator)


def test_what_stays_closed_behind_its_note_was_not_read(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, notes=mask_of(["ultrasound"]))
    set_shield(cast.other_member, mask_of(["ultrasound"]))
    client, address = signed_in(cast.other_member), story.get_absolute_url()
    client.get(address)
    assert marks_of(story) == 0
    client.get(f"{address}?open")
    assert marks_of(story) == mark_of(story, cast.other_member)


def test_marks_go_when_the_words_are_taken_back(cast: Cast, story: Story) -> None:
    for reader in readers_with_marks(story, 3):
        keep_mark(fresh(story), reader)
    Answer.objects.create(story=story, author=cast.other_member, text="So did I.")
    take_back(fresh(story), by=cast.author, keep_answers=True)
    assert marks_of(story) == 0
    keep_mark(fresh(story), cast.other_member)
    assert marks_of(story) == 0


def test_no_table_knows_of_a_reading(cast: Cast, story: Story) -> None:
    with CaptureQueriesContext(connection) as asked:
        keep_mark(fresh(story), cast.other_member)
    written = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) == 1
    assert written[0].startswith('UPDATE "stories_story" SET "read_marks" = ')


def test_what_her_page_says_is_in_her_copy(cast: Cast, story: Story) -> None:
    exported = next(belonging for belonging in all_belongings() if belonging.key == "stories").export
    assert [row["people_have_read_this"] for row in exported(cast.author)] == [False]


@pytest.mark.django_db(transaction=True)
def test_of_readers_at_once_no_mark_is_lost_and_none_is_claimed(cast: Cast) -> None:
    """Each has the page as it was before any of them read; chance decides who comes first."""
    for turn in range(6):
        story = told(cast.author, MEMBERS, text=f"turn {turn}")
        readers = readers_with_marks(story, 4 if turn % 2 else 7)
        at_once([_reading(fresh(story), reader) for reader in readers])
        marks = marks_of(story)
        assert marks == sum(mark_of(story, reader) for reader in readers)
        assert was_read_by_people(fresh(story)) == (len(readers) >= 5)
        keep_mark(fresh(story), readers[0])
        assert marks_of(story) == (READ if len(readers) >= 5 else marks)
        Member.objects.filter(name__startswith="Reader").delete()


def _reading(story: Story, reader: Member) -> Callable[[], Any]:
    return lambda: keep_mark(story, reader)
