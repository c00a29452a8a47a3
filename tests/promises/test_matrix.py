"""The matrix: every shared model × who looks × audience × state, against a table written by hand.

The table says which of the cast may see. A shared model that has no row here fails.
"""

from __future__ import annotations

import pytest

from leeward.audience.actions import block, chosen_ring
from leeward.audience.models import EVERYONE, MEMBERS, Opening, Ring, RingKind, RingMember
from leeward.audience.publishing import publish, show_to
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, shared_models
from leeward.circles.models import Line, Meeting, Presence
from leeward.journeys.models import Move, News
from leeward.kit.moments import DAY, now_us
from leeward.stories.models import Answer, Chapter, FirstReading, Picture, Remark, Story
from tests.conftest import Cast

ALL = {"author", "same_ring", "other_member", "blocked", "moderator", "host", "stranger"}
AUTHOR = {"author"}

SEEN_WHEN_LIVE: dict[tuple[str, bool], set[str]] = {
    # (audience, signed): who may see. A block hides what is signed, and leaves what is not as it is for everyone.
    ("only_me", True): AUTHOR,
    ("only_me", False): AUTHOR,
    ("chosen", True): {"author", "same_ring"},
    ("way", True): {"author", "other_member"},
    ("way", False): {"author", "other_member", "blocked"},
    ("members", True): {"author", "same_ring", "other_member", "moderator", "host"},
    ("members", False): {"author", "same_ring", "other_member", "blocked", "moderator", "host"},
    ("everyone", True): ALL - {"blocked"},
    ("everyone", False): ALL,
}

ROWS_FOR = {Story, Chapter, Answer, Picture, FirstReading, Remark, News, Presence, Meeting, Line}
"""The shared models that the tests below, and those of the matrix that goes on, go through."""


def a_way(cast: Cast) -> Ring:
    """A ring of people on the same way: other_member and blocked for long, same_ring declared only today."""
    ring = Ring.objects.create(kind=RingKind.WAY, way="kind:ectopic")
    for member, days_from_now in ((cast.other_member, -30), (cast.blocked, -30), (cast.same_ring, 7)):
        RingMember.objects.create(ring=ring, member=member, counts_from=now_us() + days_from_now * DAY)
    return ring


def rings_of(audience: str, cast: Cast) -> list[int]:
    match audience:
        case "only_me":
            return []
        case "chosen":
            return [chosen_ring(cast.author).pk]
        case "way":
            return [a_way(cast).pk]
        case "members":
            return [MEMBERS]
    return [EVERYONE]


def a_story(cast: Cast, audience: str, *, signed: bool = True) -> Story:
    story: Story = Story.objects.create(author=cast.author, text="a story", signed=signed)
    show_to(story, rings_of(audience, cast))
    publish(story)
    return story


def who_sees(thing: Shared, cast: Cast) -> set[str]:
    return {name for name, viewer in cast.viewers().items() if is_visible_to(thing, viewer)}


def test_every_shared_model_has_its_rows() -> None:
    assert set(shared_models()) == ROWS_FOR


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_a_live_story_is_seen_by_exactly_these(cast: Cast, audience: str, signed: bool) -> None:
    story = a_story(cast, audience, signed=signed)
    assert who_sees(story, cast) == SEEN_WHEN_LIVE[audience, signed]


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_what_is_not_live_is_seen_by_its_author_alone(cast: Cast, audience: str, signed: bool, state: State) -> None:
    story = a_story(cast, audience, signed=signed)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=state)
    assert who_sees(story, cast) == AUTHOR


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_what_is_past_its_date_is_seen_by_its_author_alone(cast: Cast, audience: str, signed: bool) -> None:
    story = a_story(cast, audience, signed=signed)
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(until=now_us() - 1)
    assert who_sees(story, cast) == AUTHOR


@pytest.mark.parametrize("state", [State.LIVE, State.HELD, State.WITHDRAWN])
def test_an_opened_case_lets_its_moderator_see_and_only_her(cast: Cast, state: State) -> None:
    story = a_story(cast, "chosen")
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(state=state)
    opened = Opening.objects.create(
        moderator=cast.moderator, kind=kind_of(story), thing_id=story.pk, reason="a report about it"
    )
    before = {"author", "same_ring"} if state == State.LIVE else AUTHOR
    assert who_sees(story, cast) == before | {"moderator"}
    opened.closed_at = now_us()
    opened.save()
    assert who_sees(story, cast) == before


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_an_answer_is_seen_by_those_of_its_own_who_may_see_the_story(cast: Cast, audience: str, signed: bool) -> None:
    story = a_story(cast, audience, signed=signed)
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer")
    publish(made)
    assert who_sees(made, cast) == SEEN_WHEN_LIVE[audience, signed]


def test_an_answer_is_hidden_by_a_block_between_the_one_who_answers_and_the_one_who_looks(cast: Cast) -> None:
    story = a_story(cast, "everyone", signed=False)
    signed = Answer.objects.create(story=story, author=cast.blocked, text="signed")
    unsigned = Answer.objects.create(story=story, author=cast.blocked, text="unsigned", signed=False)
    for made in (signed, unsigned):
        publish(made)
    assert who_sees(signed, cast) == ALL - {"author"}
    assert who_sees(unsigned, cast) == ALL


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_an_answer_that_is_not_live_is_seen_by_who_wrote_it_alone(cast: Cast, state: State) -> None:
    story = a_story(cast, "everyone")
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer", state=state)
    assert who_sees(made, cast) == {"other_member"}


def test_an_answer_in_a_story_that_was_hidden_is_seen_by_nobody_but_the_storys_author(cast: Cast) -> None:
    story = a_story(cast, "everyone")
    made = Answer.objects.create(story=story, author=cast.other_member, text="an answer")
    publish(made)
    show_to(story, [])
    assert who_sees(made, cast) == AUTHOR


@pytest.mark.parametrize("of_chapter", ["only_me", "chosen", "way", "members", "everyone"])
@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_a_chapter_is_seen_by_those_of_its_own_audience_who_may_see_the_story(
    cast: Cast, audience: str, signed: bool, of_chapter: str
) -> None:
    chapter, made = a_chapter(cast, audience, of_chapter, signed=signed)
    own = SEEN_WHEN_LIVE.get((of_chapter, signed), {"author", "same_ring"})  # what is not signed is not for the chosen
    expected = SEEN_WHEN_LIVE[audience, signed] & own
    assert who_sees(chapter, cast) == expected
    assert who_sees(made, cast) == expected  # and so is an answer under it


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_a_chapter_that_is_not_live_is_seen_by_its_author_alone_with_what_is_under_it(cast: Cast, state: State) -> None:
    chapter, made = a_chapter(cast, "everyone", "everyone")
    Chapter.objects.written_by(cast.author).update(state=state)
    assert who_sees(chapter, cast) == AUTHOR
    assert who_sees(made, cast) == AUTHOR


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_chapters_of_a_story_that_is_not_live_are_seen_by_its_author_alone(cast: Cast, state: State) -> None:
    chapter, made = a_chapter(cast, "everyone", "everyone")
    Story.objects.written_by(cast.author).update(state=state)
    assert who_sees(chapter, cast) == AUTHOR
    assert who_sees(made, cast) == AUTHOR


def test_a_case_about_the_story_or_an_answer_shows_no_chapter_beside_it(cast: Cast) -> None:
    chapter, made = a_chapter(cast, "chosen", "only_me")
    for thing, seen in ((chapter.story, False), (made, False), (chapter, True)):
        Opening.objects.create(moderator=cast.moderator, kind=kind_of(thing), thing_id=thing.pk, reason="a report")
        assert ("moderator" in who_sees(chapter, cast)) is seen


def a_chapter(cast: Cast, audience: str, of_chapter: str, *, signed: bool = True) -> tuple[Chapter, Answer]:
    """A chapter with an audience of its own, and what the author answers under it."""
    story = a_story(cast, audience, signed=signed)
    chapter: Chapter = Chapter.objects.create(story=story, author=cast.author, text="a year later", signed=signed)
    ring = Ring.objects.filter(kind=RingKind.WAY).first()
    show_to(chapter, [ring.pk] if ring and of_chapter == "way" else rings_of(of_chapter, cast))
    publish(chapter)
    made: Answer = Answer.objects.create(story=story, chapter=chapter, author=cast.author, text="x", signed=signed)
    publish(made)
    return chapter, made


@pytest.mark.parametrize(("audience", "signed"), SEEN_WHEN_LIVE)
def test_news_are_seen_as_a_story_is(cast: Cast, audience: str, signed: bool) -> None:
    news = some_news(cast, audience, signed=signed)
    publish(news)
    assert who_sees(news, cast) == SEEN_WHEN_LIVE[audience, signed]


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_news_that_are_not_live_are_seen_by_their_author_alone(cast: Cast, state: State) -> None:
    news = some_news(cast, "everyone")
    publish(news)
    News.objects.written_by(cast.author).filter(pk=news.pk).update(state=state)
    assert who_sees(news, cast) == AUTHOR


def some_news(cast: Cast, audience: str, *, signed: bool = True) -> News:
    move = Move.objects.create(member=cast.author, what="pregnant_after_loss")
    news: News = News.objects.create(author=cast.author, move=move, signed=signed)
    show_to(news, rings_of(audience, cast))
    return news


SIGNED = [audience for audience, signed in SEEN_WHEN_LIVE if signed]
"""A presence is always signed."""
TWO = {"author", "other_member"}


@pytest.mark.parametrize("audience", SIGNED)
def test_a_presence_is_seen_as_a_signed_story_is(cast: Cast, audience: str) -> None:
    presence: Presence = Presence.objects.create(author=cast.author, text="I am here.")
    show_to(presence, rings_of(audience, cast))
    publish(presence)
    assert who_sees(presence, cast) == SEEN_WHEN_LIVE[audience, True]


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_a_presence_that_is_not_live_is_seen_by_its_author_alone(cast: Cast, state: State) -> None:
    presence: Presence = Presence.objects.create(author=cast.author, text="I am here.", state=state)
    show_to(presence, [EVERYONE])
    assert who_sees(presence, cast) == AUTHOR


def test_a_meeting_and_its_lines_are_seen_by_the_two_alone(cast: Cast) -> None:
    meeting, lines = a_meeting(cast)
    assert who_sees(meeting, cast) == TWO
    for line in lines:
        assert who_sees(line, cast) == TWO


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_a_note_that_is_not_live_is_seen_by_its_writer_alone_with_all_that_is_in_it(cast: Cast, state: State) -> None:
    meeting, (hers, theirs) = a_meeting(cast)
    Meeting.objects.written_by(cast.author).update(state=state)
    assert who_sees(meeting, cast) == AUTHOR
    assert who_sees(hers, cast) == AUTHOR
    assert who_sees(theirs, cast) == AUTHOR


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_a_line_that_is_not_live_is_seen_by_who_wrote_it_alone(cast: Cast, state: State) -> None:
    _meeting, (_hers, theirs) = a_meeting(cast)
    Line.objects.written_by(cast.other_member).update(state=state)
    assert who_sees(theirs, cast) == {"other_member"}


def test_a_block_between_the_two_hides_what_the_other_wrote(cast: Cast) -> None:
    meeting, (hers, theirs) = a_meeting(cast)
    block(cast.other_member, cast.author)
    assert who_sees(meeting, cast) == AUTHOR
    assert who_sees(hers, cast) == AUTHOR
    assert who_sees(theirs, cast) == set()


def a_meeting(cast: Cast) -> tuple[Meeting, tuple[Line, Line]]:
    """A note from the author to another member, and a line by each."""
    meeting: Meeting = Meeting.objects.create(author=cast.author, asked=cast.other_member, text="a note")
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=cast.other_member)
    show_to(meeting, [ring.pk])
    lines = tuple(
        Line.objects.create(meeting=meeting, author=by, text="a line") for by in (cast.author, cast.other_member)
    )
    for thing in (meeting, *lines):
        publish(thing)
    hers, theirs = lines
    return meeting, (hers, theirs)


def test_what_a_member_left_behind_keeps_its_audience(cast: Cast) -> None:
    story = a_story(cast, "members")
    Story.objects.written_by(cast.author).filter(pk=story.pk).update(author=None, signed=False)
    assert who_sees(story, cast) == SEEN_WHEN_LIVE["members", False]


def test_the_table_can_fail(cast: Cast) -> None:
    """Each of the cast sees something and, but for the author, misses something."""
    for name in ALL - {"author"}:
        seen = [name in row for row in SEEN_WHEN_LIVE.values()]
        assert any(seen), name
        assert not all(seen), name
