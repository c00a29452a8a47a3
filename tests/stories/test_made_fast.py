"""The page of a story is made of prepared questions and kept pieces, and is for each reader what it would be alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leeward.audience.actions import block, mute, set_shield
from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.notes import NOTES
from leeward.audience.publishing import publish
from leeward.audience.viewers import Viewer
from leeward.stories.actions.answering import react
from leeward.stories.actions.following import follow
from leeward.stories.answers import PAGE, Place, answers_page
from leeward.stories.models import Answer, ReactionWord, ShownFact, Story
from leeward.stories.opened import open_story
from leeward.web.jinja import forget_pieces
from tests.conftest import Cast, make_member, signed_in
from tests.stories.telling import told, went_on

_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


def answered(story: Story, *, by: object, text: str, signed: bool = True, notes: int = 0) -> Answer:
    """A live answer."""
    made: Answer = Answer.objects.create(story=story, author=by, text=text, signed=signed, notes=notes)
    publish(made)
    return made


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story with answers of all kinds, and readers who block, mute, are spared something, said words and follow."""
    story = told(cast.author, EVERYONE, title="The harbour", text="It was in **spring**.")
    ShownFact.objects.create(story=story, facet="path", key="ivf")
    for turn in range(8):
        for writer in (cast.host, cast.same_ring, cast.other_member, cast.author, cast.blocked):
            notes = NOTES[turn % 3].bit if turn % 2 else 0
            answered(story, by=writer, text=f"answer {turn} <of> {writer.name}", signed=turn % 3 > 0, notes=notes)
    Answer.objects.create(story=story, author=cast.other_member, text="waits")
    mute(cast.same_ring, cast.host)
    block(cast.other_member, cast.host)
    set_shield(cast.same_ring, NOTES[0].bit)
    set_shield(cast.other_member, NOTES[1].bit | NOTES[2].bit)
    react(story, by=cast.other_member, word=ReactionWord.ME_TOO, said=True)
    follow(story, by=cast.same_ring, follows=True)
    return story


def everyone(cast: Cast) -> dict[str, Client]:
    """A browser of each."""
    return {**{name: signed_in(member) for name, member in vars(cast).items()}, "stranger": Client()}


def page_of(client: Client, address: str) -> str:
    """A page, without the token that is another each time."""
    return _TOKEN.sub("", client.get(address).content.decode())


@pytest.mark.parametrize("asked", ["", "?newest", "?kept"])
def test_nothing_of_one_reader_is_kept_for_another(cast: Cast, story: Story, asked: str) -> None:
    address, browsers = story.get_absolute_url() + asked, everyone(cast)
    for client in browsers.values():
        client.get(address)  # so that what is kept of every reader is there already
    alone = {}
    for name, client in browsers.items():
        forget_pieces()
        alone[name] = page_of(client, address)
    forget_pieces()
    for turn in range(2):
        among_others = {name: page_of(client, address) for name, client in reversed(browsers.items())}
        assert among_others == alone, turn
    assert len(set(alone.values())) == len(browsers), "each of them sees something else"


def test_a_changed_word_is_on_the_next_page(cast: Cast, story: Story) -> None:
    client, address = signed_in(cast.same_ring), story.get_absolute_url() + "?newest"
    mine = answered(story, by=cast.moderator, text="kestrel")
    assert "kestrel" in page_of(client, address)
    Answer.objects.written_by(cast.moderator).filter(pk=mine.pk).update(text="plover")
    page = page_of(client, address)
    assert "plover" in page
    assert "kestrel" not in page
    cast.moderator.name = "Linnet"
    cast.moderator.save()
    assert "Linnet" in page_of(client, address)
    block(cast.moderator, cast.same_ring)
    assert "plover" not in page_of(client, address)


def test_its_questions_give_what_the_rule_gives(cast: Cast, story: Story) -> None:
    viewers = cast.viewers()
    for shield in (0, NOTES[0].bit, sum(note.bit for note in NOTES)):
        for name, viewer in viewers.items():
            looking = replace(viewer, shield=shield) if viewer.is_member else viewer
            opened = open_story(story.ref, looking)
            assert (opened is not None) == Story.objects.filter(pk=story.pk).visible_to(looking).exists(), name
            rows = Answer.objects.filter(story=story, chapter=None).visible_to(looking)
            by_rule = rows.gentle_for(looking).order_by("at").values_list("pk", flat=True)
            assert every_answer(story, looking) == [*by_rule.exclude(at=None), *by_rule.filter(at=None)], name


def every_answer(story: Story, viewer: Viewer) -> list[int]:
    """All answers, page after page."""
    found, place = [], Place()
    while True:
        page = answers_page(story, viewer, place=place)
        found += [made.pk for made in page.answers]
        if page.later is None:
            return found
        place = Place(after=page.later)


def test_it_says_that_some_are_kept_where_they_would_stand(cast: Cast) -> None:
    story = told(cast.author, MEMBERS)
    for turn in range(2 * PAGE):
        answered(story, by=cast.host, text=str(turn), notes=NOTES[0].bit if turn in {PAGE + 3, PAGE + 4} else 0)
    viewer = replace(Viewer.member(cast.same_ring), shield=NOTES[0].bit)
    first = answers_page(story, viewer)
    second = answers_page(story, viewer, place=Place(after=first.later))
    assert (first.some_kept, second.some_kept, len(second.answers)) == (False, True, PAGE - 2)
    shown = answers_page(story, viewer, place=Place(after=first.later), kept_too=True)
    assert (len(shown.answers), len(shown.folded), shown.some_kept) == (PAGE, 2, True)
    assert not answers_page(story, replace(viewer, shield=NOTES[1].bit), place=Place(after=first.later)).some_kept


def test_it_asks_as_little_of_a_long_story_as_of_a_short_one(cast: Cast) -> None:
    client, counts = signed_in(cast.same_ring), []
    set_shield(cast.same_ring, NOTES[0].bit)
    for length in (PAGE + 5, 4 * PAGE):
        story = told(cast.author, MEMBERS)
        moments = [answered(story, by=cast.host, text=str(turn)).at or 0 for turn in range(length)]
        Story.objects.written_by(cast.author).update(read_marks=-1)
        for place in ("", f"?after={moments[PAGE - 1]}", f"?after={moments[-3]}", "?newest", f"?at={moments[PAGE]}"):
            client.get(story.get_absolute_url() + place)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(story.get_absolute_url() + place).status_code == 200
            counts.append(len(asked))
    assert counts[:5] == counts[5:]
    assert max(counts) <= 6, "session, story, answers, whether some are kept, the frame; and at one answer, both sides"


def test_what_is_not_there_is_not_asked_for(cast: Cast) -> None:
    bare, full = told(cast.author, MEMBERS), told(cast.author, MEMBERS)
    went_on(full, MEMBERS)
    ShownFact.objects.create(story=full, facet="path", key="ivf")
    client, counts = signed_in(make_member("Rowan")), []
    for story in (bare, full):
        client.get(story.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(story.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] < counts[1]
