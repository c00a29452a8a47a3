"""The canary in quotes and in links: what a source keeps to itself stands neither above an answer nor on a card.

Every address of what quotes and links is walked as everyone who may look. Each test of a secret also shows that the
same page tells it while the source is there for all, so it could have leaked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.urls import get_resolver

from leeward.audience.models import EVERYONE
from leeward.audience.publishing import publish
from leeward.audience.shared import Shared, State
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.stories.models import Answer, Chapter, Quote, Story
from tests.conftest import Cast, make_member, signed_in
from tests.promises.doors import addresses
from tests.stories.telling import told, went_on

SECRET = "kestrelquarry"
LOOKERS = ["same_ring", "other_member", "blocked", "moderator", "host", "stranger"]

HIDDEN: dict[str, dict[str, object]] = {
    "a draft": {"state": State.DRAFT},
    "held": {"state": State.HELD},
    "out of sight": {"state": State.WITHDRAWN},
    "past its day": {"until": 1},
}
"""How a source is, though its row of a quote is still there: the rule alone keeps it back."""


def lookers(cast: Cast) -> dict[str, Member | None]:
    return {**vars(cast), "stranger": None}


def read_at(cast: Cast, looker: str, things: list[Shared]) -> str:
    """The first address at which this one reads the secret among these things; empty if there is none."""
    member = lookers(cast)[looker]
    client = signed_in(member) if member else Client()
    for address in addresses(get_resolver(), things):
        response = client.get(address, follow=True)
        body = b"".join(response) if response.streaming else response.content
        if SECRET.encode() in body:
            return address
    return ""


def somebody() -> Member:
    """Somebody new, who looks at nothing here."""
    return make_member(f"Ottilie {Member.objects.count()}")


def quoting(story: Story, by: Member, **source: Shared) -> Answer:
    """An answer with the secret quoted above it."""
    made: Answer = Answer.objects.create(story=story, author=by, text="I know.", quotes=True)
    publish(made)
    Quote.objects.create(answer=made, passage=SECRET, **source)
    return made


def open_story() -> tuple[Story, Member]:
    """A story of somebody's."""
    teller = somebody()
    return told(teller, EVERYONE, text="in the open"), teller


def an_answer(cast: Cast, change: dict[str, object]) -> list[Shared]:
    story, teller = open_story()
    source: Answer = Answer.objects.create(story=story, author=cast.author, text=SECRET, signed=False)
    publish(source)
    made = quoting(story, teller, of_answer=source)
    Answer.objects.written_by(cast.author).filter(pk=source.pk).update(**change)
    return [story, made]


def a_chapter(cast: Cast, change: dict[str, object]) -> list[Shared]:
    story = told(cast.author, EVERYONE, text="in the open", signed=False)
    chapter = went_on(story, EVERYONE, text=SECRET)
    made = quoting(story, somebody(), of_chapter=chapter)
    Chapter.objects.written_by(cast.author).filter(pk=chapter.pk).update(**change)
    return [story, made]


def a_linked_story(cast: Cast, change: dict[str, object]) -> list[Shared]:
    linked = told(cast.author, EVERYONE, title=SECRET, signed=False)
    story = told(somebody(), EVERYONE, text=f"I think of /stories/{linked.ref}/")
    Story.objects.written_by(cast.author).filter(pk=linked.pk).update(**change)
    return [story]


Sources = Callable[[Cast, dict[str, object]], list[Shared]]
SOURCES: list[Sources] = [an_answer, a_chapter, a_linked_story]


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_there_for_all_is_told(cast: Cast, source: Sources) -> None:
    things = source(cast, {})[:1]
    assert all(read_at(cast, looker, things) for looker in LOOKERS)


@pytest.mark.parametrize("looker", LOOKERS)
def test_what_is_hidden_is_told_to_nobody(cast: Cast, looker: str) -> None:
    """In one place, so that each looks once behind every door."""
    things = [thing for source in SOURCES for change in HIDDEN.values() for thing in source(cast, change)]
    assert not read_at(cast, looker, things)


GONE = [
    partial(an_answer, change={"quotable": False}),
    partial(an_answer, change={"hidden_at": 1}),
    partial(an_answer, change={"text": "taken out"}),
    partial(an_answer, change={"until": now_us()}),
    partial(a_chapter, change={"quotable": False}),
    partial(a_chapter, change={"text": "taken out"}),
    partial(a_linked_story, change={"taken_back_at": 1}),
]


@pytest.mark.parametrize("planted", GONE)
def test_a_row_that_should_have_gone_tells_nothing(cast: Cast, planted: Callable[[Cast], list[Shared]]) -> None:
    things = planted(cast)
    for page in things[:1]:
        assert SECRET not in quoted_on(page, signed_in(cast.host))


def quoted_on(page: Shared, client: Client) -> str:
    """What stands above answers and on cards: the source itself may still be shown in its own place."""
    body = client.get(page.get_absolute_url()).content.decode()
    return " ".join(piece.partition("</figure>")[0] for piece in body.split("<figure")[1:]) + " ".join(
        piece.partition("</article>")[0] for piece in body.split("card__title")[1:]
    )
