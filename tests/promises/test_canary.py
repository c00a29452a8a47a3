"""The canary: a secret planted in everything hidden; every address walked as everyone who may look.

The secret is absent for all but those who may see it, and present for its author, so it could have leaked.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from leeward.audience.models import EVERYONE
from leeward.audience.shared import State
from leeward.members.models import Member
from leeward.stories.models import Answer, ShownFact, Story
from tests.conftest import Cast, signed_in
from tests.promises.doors import addresses
from tests.stories.telling import told

SECRET = "kestrelquarry"


@pytest.fixture
def planted(cast: Cast) -> dict[str, Story | Answer]:
    """The secret, in everything that nobody but its author may see."""
    planted: dict[str, Story | Answer] = {}
    for state in (State.DRAFT, State.HELD, State.WITHDRAWN):
        story = told(cast.author, EVERYONE, title=f"{SECRET} {state.name}", text=SECRET)
        Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=state)
        planted[state.name] = story
    planted["only me"] = told(cast.author, title=f"{SECRET} only me", text=SECRET)
    public = told(cast.other_member, EVERYONE, title="in the open", text="in the open")
    for told_story in (*planted.values(), public):
        ShownFact.objects.create(story_id=told_story.pk, facet="kind", key="ectopic")
    planted["held answer"] = Answer.objects.create(story=public, author=cast.author, text=SECRET, state=State.HELD)
    return planted


def lookers(cast: Cast) -> dict[str, Member | None]:
    return {**vars(cast), "stranger": None}


@pytest.mark.parametrize("looker", ["same_ring", "other_member", "blocked", "moderator", "host", "stranger"])
def test_the_secret_is_behind_no_door(cast: Cast, planted: dict[str, Story | Answer], looker: str) -> None:
    member = lookers(cast)[looker]
    client = signed_in(member) if member else Client()
    for address in addresses(get_resolver(), list(planted.values())):
        response = client.get(address, follow=True)
        body = b"".join(response) if response.streaming else response.content
        assert SECRET.encode() not in body, f"{looker} reads the secret at {address}"


def test_its_author_reads_it_so_it_could_have_leaked(cast: Cast, planted: dict[str, Story | Answer]) -> None:
    client = signed_in(cast.author)
    for name, thing in planted.items():
        assert SECRET in client.get(thing.get_absolute_url()).content.decode(), name
    assert SECRET in client.get("/stories/mine/").content.decode()
