"""Home is made of pieces that are kept, and of what is near that is kept: never of what is another reader's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leeward.audience.actions import block, mute, put_aside, set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTE
from leeward.journeys.models import OwnWord
from leeward.numbers import answers
from leeward.search import near
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import ShownFact, Story
from leeward.web import jinja
from tests.circles.people import findable
from tests.conftest import Cast, signed_in
from tests.finding import finder
from tests.journeys.journeying import lost
from tests.journeys.journeying import told as journey_of
from tests.numbers.test_answers import published
from tests.stories.telling import told

INSIDE = (NOTE["alcohol_drugs"].bit, NOTE["medical_detail"].bit)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def forget() -> None:
    """Let go all that a process keeps of pages."""
    jinja.forget_pieces()
    near.forget_lately()
    answers._answers_lately.cache_clear()


def home_of(client: Client) -> str:
    """The first page, without what differs each time."""
    return _TOKEN.sub("", client.get("/").content.decode())


@pytest.fixture
def place(cast: Cast, settings: Any) -> Any:
    """Readers of whom each has told, asked, muted and called something else; stories, people and numbers; a finder."""
    for member in (cast.other_member, cast.same_ring, cast.moderator):
        journey_of(member, path=["ivf"], now=["trying"], relation=["carried"])
        lost(member, "miscarriage_late", weeks=20, year=2025, month=3)
    lost(cast.same_ring, "ectopic", weeks=7, year=2024)
    OwnWord.objects.create(member=cast.moderator, facet="path", key="ivf", word="the long road")
    published("M", {("ivf",): 1500, ("trying",): 600, ("miscarriage_late",): 600})
    findable(cast.host, ("path", "ivf"))
    for turn in range(8):
        author = cast.author if turn % 2 else cast.host
        story = told(author, EVERYONE if turn % 3 else MEMBERS, title=f"story {turn}", notes=INSIDE[turn % 2])
        ShownFact.objects.create(story=story, facet="path", key="ivf")
    set_shield(cast.same_ring, INSIDE[1])
    put_aside(cast.other_member, Story.objects.written_by(cast.host).order_by("pk")[0])
    with finder(settings, with_meaning=False) as found:
        found.follow()
        yield found


def test_what_is_kept_changes_no_page(cast: Cast, place: Any) -> None:
    """Each reader, after all others, gets what she gets where nothing is kept."""
    clients = [Client(), *(signed_in(member) for member in vars(cast).values())]
    for client in clients:
        client.get("/")
    fresh = []
    for client in clients:
        forget()
        fresh.append(home_of(client))
    assert len(set(fresh)) > 4, "there must be something to confuse"
    forget()
    for _round in range(2):
        assert [home_of(client) for client in clients] == fresh
        assert [home_of(client) for client in reversed(clients)] == fresh[::-1]


def test_her_own_words_for_it_are_in_no_piece(cast: Cast, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def keep(*given: Any) -> Any:
        kept.append(repr(given))
        return jinja._draw(*given)

    monkeypatch.setattr(jinja, "_kept", keep)
    assert "also: the long road" in home_of(signed_in(cast.moderator))
    assert any("story" in given for given in kept), "her page has pieces"
    assert not any("the long road" in given for given in kept)
    assert "the long road" not in home_of(signed_in(cast.other_member))


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, story: take_back(story, by=cast.author, keep_answers=False),
        lambda cast, story: block(cast.author, cast.other_member),
        lambda cast, story: mute(cast.other_member, cast.author),
        lambda cast, story: put_aside(cast.other_member, story),
        lambda cast, story: set_shield(cast.other_member, story.notes),
    ],
)
def test_what_she_may_not_or_does_not_want_to_see_any_more_is_gone_at_once(
    cast: Cast, place: Any, change: Callable[[Cast, Story], object]
) -> None:
    client = signed_in(cast.other_member)
    before = re.findall(r"story \d", home_of(client))
    hers = Story.objects.written_by(cast.author).order_by("-at")
    story = next(story for story in hers if story.title in before)
    change(cast, story)
    assert story.title not in home_of(client)
