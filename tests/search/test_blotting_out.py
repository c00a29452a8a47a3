"""What is taken back is gone from the disk too, not only from what can be found."""

from __future__ import annotations

import pytest
from django.db import connection

from leeward.audience.models import MEMBERS
from leeward.audience.publishing import changed
from leeward.members.tending import tend
from leeward.search.question import Term
from leeward.search.words import best_by_words
from tests.conftest import Cast
from tests.stories.telling import told

SECRET = "kestrelquarry"
only_sqlite = pytest.mark.only_on("sqlite")  # PostgreSQL tidies up by itself


def stands_in_the_index_of_words() -> bool:
    """Whether the word stands in the pages of the index, whatever can be found."""
    best_by_words([Term((SECRET,))], kinds=["stories.story"], reach=1)  # what waits in memory is written first
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM search_words_data")
        return any(SECRET[2:-1].encode() in bytes(block) for (block,) in cursor.fetchall())


@only_sqlite
def test_the_words_of_what_is_taken_back_are_written_over(cast: Cast) -> None:
    for number in range(5):
        told(cast.author, MEMBERS, text=f"by the harbour {number}")
    story = told(cast.author, MEMBERS, text=f"We went to {SECRET} in the morning.")
    assert stands_in_the_index_of_words()
    story.delete()
    tend()
    assert not stands_in_the_index_of_words()
    assert len(best_by_words([Term(("harbour",))], kinds=["stories.story"], reach=9)) == 5


@only_sqlite
def test_so_are_words_that_were_changed(cast: Cast) -> None:
    story = told(cast.author, MEMBERS, text=f"We went to {SECRET} in the morning.")
    assert stands_in_the_index_of_words()
    story.text = "We went home."
    story.save()
    changed(story)
    tend()
    assert not stands_in_the_index_of_words()
