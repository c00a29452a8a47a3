"""Words and names beside them are exact whatever happens at once, and so are quotes and what they are taken from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from leeward.audience.models import MEMBERS
from leeward.moderation.actions import settle
from leeward.stories.actions.answering import MayNotAnswer, answer, react, take_answer_back
from leeward.stories.actions.naming import put_name
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import Answer, Quote, Reaction, ReactionWord, Story
from leeward.stories.quoting.actions import CannotBeQuoted, answer_quoting
from tests.at_once import at_once
from tests.conftest import Cast, make_member
from tests.stories.quoting import PASSAGE, TEXT
from tests.stories.telling import told

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = tuple(ReactionWord)


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: Any) -> None:
    settings.FIRST_TEXTS_READ = 0


def test_each_word_and_name_that_was_sent_stands_once(cast: Cast) -> None:
    """Twelve say all words, each twice and at once, and put their names to them."""
    story = told(cast.author, MEMBERS)
    members = [make_member(f"Orla {turn}") for turn in range(12)]

    def says(turn: int) -> None:
        for word in WORDS:
            react(story, by=members[turn // 2], word=word, said=True)
            put_name(story, by=members[turn // 2], word=word, named=True)

    at_once([partial(says, turn) for turn in range(2 * len(members))])
    assert Reaction.objects.filter(signed=True).count() == len(members) * len(WORDS)
    assert Reaction.objects.filter(signed=False).count() == 0
    story.refresh_from_db()
    assert story.words_named


def test_a_name_never_stands_by_a_word_that_was_taken_back(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for _round in range(5):
        react(story, by=cast.other_member, word=WORDS[0], said=True)
        at_once(
            [
                partial(put_name, story, by=cast.other_member, word=WORDS[0], named=True),
                partial(react, story, by=cast.other_member, word=WORDS[0], said=False),
                partial(put_name, story, by=cast.other_member, word=WORDS[0], named=True),
            ]
        )
        assert not Reaction.objects.exists()
        react(story, by=cast.other_member, word=WORDS[0], said=True)
        assert not Reaction.objects.get().signed
        react(story, by=cast.other_member, word=WORDS[0], said=False)


def quotes(source: Story | Answer, cast: Cast) -> None:
    with suppress(CannotBeQuoted, MayNotAnswer, Answer.DoesNotExist):
        settle(answer_quoting(source, PASSAGE, by=cast.other_member, text="I know that grey."))


def reworded(story: Story, cast: Cast) -> None:
    settle(write(story, by=cast.author, stamp=story.touched_at, title="", text="We had waited for weeks."))


def closed(story: Story, cast: Cast) -> None:
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, quotable=False))


@pytest.mark.parametrize("change", [reworded, closed])
@pytest.mark.parametrize("turn", range(3))
def test_no_quote_stays_of_words_that_are_changed_in_the_same_moment(
    cast: Cast, change: Callable[[Story, Cast], None], turn: int
) -> None:
    story = told(cast.author, MEMBERS, text=TEXT)
    at_once([partial(quotes, story, cast), partial(change, story, cast)])
    assert not Quote.objects.exists()


@pytest.mark.parametrize("turn", range(3))
def test_no_quote_stays_of_an_answer_that_is_taken_back_in_the_same_moment(cast: Cast, turn: int) -> None:
    source = answer(told(cast.author, MEMBERS), by=cast.same_ring, text=TEXT)
    at_once([partial(quotes, source, cast), partial(take_answer_back, source, by=cast.same_ring)])
    assert not Quote.objects.exists()
    assert all(made.text != TEXT for made in Answer.objects.written_by(cast.other_member))
