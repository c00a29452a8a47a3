"""What was handed over is empty once it is over, whatever its author does in that moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import pytest
from django.db import connection, transaction

from leeward.members.models import Attempt
from leeward.stories.actions.writing import write
from leeward.stories.models import FirstReading
from leeward.stories.together.ending import forget_reader
from leeward.stories.together.handing import CannotBeHanded, hand_over_anew
from tests.conftest import Cast
from tests.stories.reading_together import as_it_is, draft, handed, trusting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]  # SQLite lets one write


def done(task: Callable[[], object]) -> None:
    """What one request does, with a connection of its own."""
    try:
        with transaction.atomic():
            task()
    finally:
        connection.close()


def anew(reading: FirstReading) -> None:
    assert reading.author is not None
    with suppress(CannotBeHanded):
        hand_over_anew(reading, by=reading.author)


def until_waiting(count: int, task: Future[None]) -> None:
    """Wait until so many wait for a lock, or the task is done."""
    for _again in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            if task.done() or cursor.fetchone()[0] >= count:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")


def test_words_handed_over_anew_in_the_moment_of_its_end_stay_with_nobody(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring)
    write(reading.story, by=cast.author, stamp=reading.story.touched_at, title="", text="Other words.")
    with ThreadPoolExecutor() as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Attempt._meta.db_table} IN ACCESS EXCLUSIVE MODE")
            handing = pool.submit(done, partial(anew, as_it_is(reading)))
            until_waiting(1, handing)  # she has asked whether it is over, and her pace is counted next
            ending = pool.submit(done, partial(forget_reader, cast.same_ring))
            until_waiting(2, ending)
        handing.result(60)
        ending.result(60)
    over = as_it_is(reading)
    assert over.ended_at
    assert (over.title, over.text) == ("", "")
