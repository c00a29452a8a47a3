"""Nothing that a watcher can do, or see happen, tells who wrote what is not signed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leeward.audience.actions import block, chosen_ring
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.unguarded import everything
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.stories.actions.answering import answer, react
from leeward.stories.models import Answer, ReactionWord, Story
from leeward.stories.opened import words_said
from tests.conftest import Cast, signed_in
from tests.stories.telling import told

pytestmark = pytest.mark.django_db


def main_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"csrf[^>]*>", "", page[page.index("<main") :]))


def test_blocking_one_after_the_other_does_not_find_who_said_a_word(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    react(story, by=cast.other_member, word=ReactionWord.ME_TOO, said=True)
    block(cast.author, cast.other_member)
    assert words_said(story, cast.author) == [ReactionWord.ME_TOO]


@pytest.mark.parametrize("path", ["/stories/", "/stories/{ref}/", "/"])
def test_what_she_did_not_sign_looks_the_same_before_and_after_she_left_her_words(cast: Cast, path: str) -> None:
    story = told(cast.author, EVERYONE, text="not signed", signed=False)
    answer(story, by=cast.author, text="more of it")
    Answer.objects.written_by(cast.author).update(state=0, at=17)
    other = told(cast.host, EVERYONE, text="of somebody else", signed=False)
    answer(other, by=cast.author, text="to somebody else", signed=False)
    watcher, where = signed_in(cast.other_member), path.format(ref=story.ref)
    before = main_of(watcher, where), main_of(watcher, other.get_absolute_url())
    leave(cast.author, Farewell.LEAVE_WORDS)
    assert (main_of(watcher, where), main_of(watcher, other.get_absolute_url())) == before


@pytest.mark.parametrize(
    "path",
    [
        "/stories/",
        "/stories/{story}/",
        "/stories/{other}/",
        "/near/?to={story}",
        "/report/stories.story/{story}/",
        "/report/stories.story/{story}/done/",
        "/hide/stories.story/{story}/",
        "/hide/stories.answer/{answer}/",
        "/me/blocks/by/stories.story/{story}/",
        "/stories/{story}/share/",
        "/answers/{answer}/change/",
        "/answers/{answer}/take-back/",
    ],
)
def test_a_block_changes_no_page_about_what_is_not_signed(cast: Cast, path: str) -> None:
    story = told(cast.author, MEMBERS, signed=False)
    other = told(cast.host, MEMBERS)
    made = answer(other, by=cast.author, text="not signed", signed=False)
    Answer.objects.written_by(cast.author).update(state=0, at=17)
    address = path.format(story=story.ref, other=other.ref, answer=made.ref)
    blocked, anybody = signed_in(cast.blocked), signed_in(cast.other_member)
    assert blocked.get(address).status_code == anybody.get(address).status_code
    assert main_of(blocked, address) == main_of(anybody, address)


def test_what_she_signed_and_left_no_longer_names_her(cast: Cast) -> None:
    story = told(cast.author, EVERYONE, text="signed")
    leave(cast.author, Farewell.LEAVE_WORDS)
    page = main_of(signed_in(cast.blocked), story.get_absolute_url())
    assert "Maud" not in page
    assert "from someone who has left" in page


def test_what_only_people_whom_she_chose_saw_does_not_stay_where_nobody_can_reach_it(cast: Cast) -> None:
    told(cast.author, chosen_ring(cast.author).pk, text="for a few")
    kept = told(cast.author, MEMBERS, text="for all")
    leave(cast.author, Farewell.LEAVE_WORDS)
    left = everything(Story, reason="a test asks what is left in the table")
    assert [story.pk for story in left] == [kept.pk]
