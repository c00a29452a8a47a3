"""The great place is as it is said to be, its readers differ, and no page of it costs more because it is long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.great_crowd import GreatCrowd, stamp
from benchmarks.great_place import Scene, fill, scene_of
from benchmarks.great_size import QUICK, WHOLE, GreatSize
from leeward.audience.models import Block, Shield
from leeward.audience.unguarded import everything
from leeward.members.models import Member
from leeward.search.models import IndexedDocument
from leeward.stories.models import Answer, Reaction, Story

TINY = GreatSize(600, 80, 8, 60, 2, (100, 1_000), (60, 600), 200, 10)
PLACES = ("first page", "middle page", "last page")
STEPS = 100
"""So many steps of SQLite's machine are counted as one."""


@pytest.fixture
def scene(db: None) -> Scene:
    """A tiny great place."""
    fill(TINY)
    return scene_of(TINY)


def test_the_same_size_gives_the_same_place() -> None:
    first, again = ([list(table.rows) for table in GreatCrowd(TINY).tables()] for _each in range(2))
    assert first == again
    assert len({stamp(size) for size in (TINY, QUICK, WHOLE)}) == 3


def test_the_stories_have_the_answers_and_words_that_are_said(scene: Scene) -> None:
    answers = everything(Answer, reason="test")
    assert [answers.filter(story=story).count() for story in (1, 2)] == list(TINY.lengths)
    assert [Reaction.objects.filter(story=story).count() for story in (1, 2)] == list(TINY.words)
    assert (
        everything(Story, reason="test").count() == IndexedDocument.objects.filter(kind="stories.story").count() == 60
    )
    assert answers.filter(story__gt=2).count() == 58 * TINY.answers_each


def test_the_readers_are_signed_in_and_differ(scene: Scene) -> None:
    pages = [_client(scene, reader).get(scene.stories[1]) for reader in range(TINY.readers)]
    assert {page.status_code for page in pages} == {200}
    assert len(set(Shield.objects.values_list("notes", flat=True))) > 3
    assert Block.objects.filter(blocker__lte=TINY.readers).values("blocker").distinct().count() > 3


def test_what_is_made_next_has_the_next_key(scene: Scene) -> None:
    last = everything(Answer, reason="test").order_by("-pk").values_list("pk", flat=True)[0]
    assert Answer.objects.create(story_id=1, author_id=1, text="One more.").pk > last


@pytest.mark.parametrize("where", PLACES)
def test_a_page_of_a_long_story_asks_no_more_questions_than_of_a_short_one(scene: Scene, where: str) -> None:
    asked = []
    for pages in scene.pages:
        client = _client(scene, 2)
        client.get(pages[where])
        with CaptureQueriesContext(connection) as questions:
            client.get(pages[where])
        asked.append(len(questions))
    assert asked[1] <= asked[0]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("reader", [0, 3, 5])
def test_a_page_of_a_story_ten_times_as_long_takes_the_database_no_more_steps(
    scene: Scene, where: str, reader: int
) -> None:
    took = []
    for pages in scene.pages:
        client = _client(scene, reader)
        client.get(pages[where])
        with _steps() as steps:
            client.get(pages[where])
        took.append(sum(steps))
    assert took[0] > 5
    assert took[1] <= 1.3 * took[0]  # a story of ten times its answers; a deeper index costs a little


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("path", ["/", "/stories/", "story"])
def test_a_page_takes_no_more_steps_where_there_are_ten_times_as_many_members(scene: Scene, path: str) -> None:
    client, took, address = _client(scene, 5), list[int](), scene.stories[1] if path == "story" else path
    for _before_and_after in range(2):
        client.get(address)
        with _steps() as steps:
            client.get(address)
        took.append(sum(steps))
        more = range(10 * TINY.members) if len(took) == 1 else ()
        Member.objects.bulk_create(Member(name=f"Late {one}", name_key=f"late {one}") for one in more)
    assert took[1] <= 1.3 * took[0] + 1


@pytest.mark.only_on("sqlite")
def test_steps_are_counted(scene: Scene) -> None:
    with _steps() as few:
        list(Answer.objects.written_by(None).values_list("pk")[:1])
    with _steps() as many:
        len(everything(Answer, reason="test").filter(text__contains="e"))
    assert sum(many) > 100 * max(sum(few), 1)


@contextmanager
def _steps() -> Iterator[list[int]]:
    """How far the database's machine went inside the block: one is added for so many of its steps."""
    connection.ensure_connection()
    assert connection.connection is not None
    counted = list[int]()
    connection.connection.set_progress_handler(lambda: counted.append(1), STEPS)
    try:
        yield counted
    finally:
        connection.connection.set_progress_handler(None, STEPS)


def _client(scene: Scene, reader: int) -> Client:
    client = Client()
    client.cookies["s"] = scene.readers[reader]
    return client
