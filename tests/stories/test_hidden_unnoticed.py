"""What the story's author hides looks to its writer as before, wherever he looks and however he compares."""

from __future__ import annotations

import re

import pytest

from leeward.audience.models import EVERYONE
from leeward.stories.actions.answering import answer, change_answer
from leeward.stories.actions.own_terms import hide_answer
from leeward.stories.models import Answer, Quote, Story
from tests.conftest import Cast, signed_in
from tests.stories.quoting import PASSAGE, TEXT, quoted, sees
from tests.stories.telling import told

ONCE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.fixture(autouse=True)
def _nobody_is_new(settings: object) -> None:
    settings.FIRST_TEXTS_READ = 0  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.PUBLIC_INDEXING = True  # type: ignore[attr-defined]  # the same


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE, text=TEXT)


@pytest.fixture
def his(cast: Cast, story: Story) -> Answer:
    return answer(story, by=cast.same_ring, text=TEXT)


def looked_at(cast: Cast, address: str) -> tuple[int, str, str]:
    got = signed_in(cast.same_ring).get(address)
    headers = {name: value for name, value in got.headers.items() if name not in {"Set-Cookie", "Content-Length"}}
    return got.status_code, str(headers), ONCE.sub("", got.content.decode())


def test_the_page_of_its_writer_stays_the_same_to_the_letter(cast: Cast, story: Story, his: Answer) -> None:
    before = looked_at(cast, story.get_absolute_url())
    assert f"/quote/stories.answer/{his.ref}/" in before[2]
    hide_answer(his, by=cast.author, hidden=True)
    assert looked_at(cast, story.get_absolute_url()) == before


def test_what_quotes_it_stays_as_it_was_to_its_writer_and_to_nobody_else(cast: Cast, story: Story, his: Answer) -> None:
    quotes = [quoted(his, cast.other_member), quoted(his, cast.same_ring, text="And again.")]
    before = looked_at(cast, story.get_absolute_url())
    assert before[2].count("<figure") == len(quotes)
    hide_answer(his, by=cast.author, hidden=True)
    assert looked_at(cast, story.get_absolute_url()) == before
    others = (cast.author, cast.other_member, cast.host, cast.moderator, None)
    assert not any(sees(who, made) for who in others for made in quotes)
    hide_answer(his, by=cast.author, hidden=False)
    assert all(sees(who, made) for who in others for made in quotes)


def test_its_writer_quotes_it_as_before_and_nobody_else_can(cast: Cast, story: Story, his: Answer) -> None:
    door = f"/quote/stories.answer/{his.ref}/?passage=0"
    before = looked_at(cast, door)
    assert before[0] == 200
    hide_answer(his, by=cast.author, hidden=True)
    assert looked_at(cast, door) == before
    for who in (cast.author, cast.other_member):
        assert signed_in(who).get(door).status_code == 404
    made = quoted(his, cast.same_ring, text="Once more.")
    assert sees(cast.same_ring, made)
    assert not any(sees(who, made) for who in (cast.author, cast.other_member, None))


def test_what_he_changes_while_it_is_hidden_takes_its_quotes_along(cast: Cast, story: Story, his: Answer) -> None:
    quoted(his, cast.other_member)
    hide_answer(his, by=cast.author, hidden=True)
    change_answer(his, by=cast.same_ring, text=TEXT.replace(PASSAGE, "Nothing."), notes=0)
    assert not Quote.objects.exists()
