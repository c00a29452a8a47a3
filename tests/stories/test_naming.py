"""Names beside words: put there by choice, for members who know her, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from leeward.audience.actions import block, choose, mute, unblock, unchoose
from leeward.audience.models import EVERYONE, MEMBERS, Ring, RingKind, RingMember
from leeward.audience.publishing import publish, show_to
from leeward.audience.viewers import Viewer
from leeward.circles.models import Meeting
from leeward.kit.moments import now_us
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.models import Member
from leeward.stories.actions.answering import MayNotAnswer, react
from leeward.stories.actions.naming import put_name
from leeward.stories.actions.sharing import take_back
from leeward.stories.models import Reaction, ReactionWord, Story
from leeward.stories.naming import names_beside
from tests.conftest import Cast, make_member, signed_in
from tests.stories.telling import told

WITH_YOU, ME_TOO = ReactionWord.WITH_YOU, ReactionWord.ME_TOO


@pytest.fixture
def story(cast: Cast) -> Story:
    return told(cast.author, EVERYONE)


def names(story: Story, member: Member | None) -> list[str]:
    """The names that this reader meets beside the words of a story."""
    story.refresh_from_db()
    viewer = Viewer.member(member) if member else Viewer.stranger()
    return list(dict.fromkeys(name for _word, who in names_beside(story, viewer).known for name in who))


def says(story: Story, *members: Member, word: ReactionWord = WITH_YOU, named: bool = True) -> None:
    for member in members:
        react(story, by=member, word=word, said=True)
        put_name(story, by=member, word=word, named=named)


def befriend(one: Member, other: Member) -> None:
    choose(one, other)
    choose(other, one)


def meet(one: Member, other: Member) -> Meeting:
    """One asked, and the other answered."""
    note: Meeting = Meeting.objects.create(author=one, asked=other, text="a note", answered_at=now_us())
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=other)
    show_to(note, [ring.pk])
    publish(note)
    return note


def test_a_word_names_nobody_until_she_says_so(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    react(story, by=cast.other_member, word=WITH_YOU, said=True)
    assert names(story, cast.host) == []
    put_name(story, by=cast.other_member, word=WITH_YOU, named=True)
    assert names(story, cast.host) == ["Tobias"]
    put_name(story, by=cast.other_member, word=WITH_YOU, named=False)
    assert names(story, cast.host) == []


def test_a_name_stands_by_the_word_that_it_was_put_to(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member, word=ME_TOO)
    react(story, by=cast.other_member, word=WITH_YOU, said=True)
    story.refresh_from_db()
    assert names_beside(story, Viewer.member(cast.host)).known == [(ME_TOO, ["Tobias"])]
    assert names_beside(story, Viewer.member(cast.other_member)).hers == {ME_TOO}


def test_those_know_each_other_who_chose_each_other_or_have_met(cast: Cast, story: Story) -> None:
    says(story, cast.other_member)
    assert names(story, cast.host) == names(story, None) == []
    choose(cast.host, cast.other_member)
    assert names(story, cast.host) == [], "anybody can put any name on her list"
    unchoose(cast.host, cast.other_member)
    choose(cast.other_member, cast.host)
    assert names(story, cast.host) == [], "whom somebody chose is not told of it"
    choose(cast.host, cast.other_member)
    assert names(story, cast.host) == ["Tobias"]
    for asked, asks in ((cast.other_member, cast.moderator), (cast.same_ring, cast.other_member)):
        meet(asks, asked)
    assert names(story, cast.moderator) == names(story, cast.same_ring) == ["Tobias"]


def test_a_note_that_was_not_answered_or_a_meeting_that_is_over_makes_nobody_known(cast: Cast, story: Story) -> None:
    says(story, cast.other_member)
    note = meet(cast.host, cast.other_member)
    for change in ({"answered_at": None}, {"ended_at": now_us()}):
        assert names(story, cast.host) == ["Tobias"]
        Meeting.objects.written_by(cast.host).filter(pk=note.pk).update(**change)
        assert names(story, cast.host) == []
        Meeting.objects.written_by(cast.host).filter(pk=note.pk).update(answered_at=now_us(), ended_at=None)


def test_two_whom_a_third_chose_do_not_know_each_other_by_that(cast: Cast, story: Story) -> None:
    for one in (cast.host, cast.other_member):
        befriend(cast.moderator, one)
    says(story, cast.other_member)
    assert names(story, cast.host) == []
    assert names(story, cast.moderator) == ["Tobias"]


ENDS: dict[str, Callable[[Cast, Story], object]] = {
    "she takes the word back": lambda cast, story: react(story, by=cast.other_member, word=WITH_YOU, said=False),
    "she takes her name off": lambda cast, story: put_name(story, by=cast.other_member, word=WITH_YOU, named=False),
    "she blocks the reader": lambda cast, story: block(cast.other_member, cast.host),
    "the reader blocks her": lambda cast, story: block(cast.host, cast.other_member),
    "the reader would rather not meet her": lambda cast, story: mute(cast.host, cast.other_member),
    "she unchooses the reader": lambda cast, story: unchoose(cast.other_member, cast.host),
    "the reader unchooses her": lambda cast, story: unchoose(cast.host, cast.other_member),
    "the story's author blocks her": lambda cast, story: block(cast.author, cast.other_member),
    "she leaves": lambda cast, story: leave(cast.other_member, Farewell.LEAVE_WORDS),
    "the story is taken back": lambda cast, story: take_back(story, by=cast.author, keep_answers=True),
}


@pytest.mark.parametrize("change", ENDS.values(), ids=ENDS)
def test_the_name_is_gone_at_once_when(cast: Cast, story: Story, change: Callable[[Cast, Story], object]) -> None:
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member)
    assert names(story, cast.host) == ["Tobias"]
    change(cast, story)
    assert names(story, cast.host) == []


def test_a_word_said_anew_has_no_name(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member)
    for said in (False, True):
        react(story, by=cast.other_member, word=WITH_YOU, said=said)
    assert names(story, cast.host) == []


def test_under_what_is_not_signed_a_block_of_its_author_takes_no_name_away(cast: Cast) -> None:
    """If it did, it would tell whose the story is."""
    story = told(cast.author, MEMBERS, signed=False)
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member)
    block(cast.author, cast.other_member)
    assert names(story, cast.host) == ["Tobias"]


def test_the_storys_author_reads_the_name_only_of_whom_she_knows(cast: Cast, story: Story) -> None:
    befriend(cast.author, cast.other_member)
    says(story, cast.other_member, cast.host)
    assert names(story, cast.author) == ["Tobias"]
    page = signed_in(cast.author).get(story.get_absolute_url()).content.decode()
    assert "People have said to you:" in page
    assert "Tobias" in page
    assert "Hesper" not in page


def test_three_names_at_most_by_the_alphabet_and_nothing_tells_of_more(cast: Cast, story: Story) -> None:
    friends = [make_member(name) for name in ("Zoe", "Ada", "Moss", "Bea")]
    for friend in friends:
        befriend(cast.host, friend)
    says(story, *friends[:1])
    says(story, *friends[2:], friends[1])
    assert names(story, cast.host) == ["Ada", "Bea", "Moss"]
    says(story, friends[1], word=ME_TOO)
    story.refresh_from_db()
    four = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    unblock(cast.host, friends[0])
    put_name(story, by=friends[0], word=WITH_YOU, named=False)
    three = signed_in(cast.host).get(story.get_absolute_url()).content.decode()
    assert said_in(three) == said_in(four)
    assert said_in(four) == "People you know have said: “With you” (Ada, Bea, Moss), “Me too” (Ada)"


def said_in(page: str) -> str:
    line = page[page.index("People you know have said:") :]
    return " ".join(line[: line.index("</p>")].split())


def test_nobody_else_finds_a_trace(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    before = signed_in(cast.moderator).get(story.get_absolute_url()).content.decode()
    says(story, cast.other_member)
    after = signed_in(cast.moderator).get(story.get_absolute_url()).content.decode()
    assert len(before) == len(after)
    for client in (Client(), signed_in(cast.moderator)):
        page = client.get(story.get_absolute_url()).content.decode()
        assert "Tobias" not in page
        assert "People you know" not in page
    assert "Tobias" in signed_in(cast.host).get(story.get_absolute_url()).content.decode()


def test_no_name_is_put_to_a_word_that_was_not_said(cast: Cast, story: Story) -> None:
    put_name(story, by=cast.other_member, word=WITH_YOU, named=True)
    assert not Reaction.objects.exists()
    story.refresh_from_db()
    assert not story.words_named


def test_who_may_not_write_puts_no_name_and_can_still_take_hers_off(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member)
    cast.other_member.suspended_at = timezone.now()
    with pytest.raises(MayNotAnswer):
        put_name(story, by=cast.other_member, word=WITH_YOU, named=True)
    put_name(story, by=cast.other_member, word=WITH_YOU, named=False)
    assert names(story, cast.host) == []


def test_who_is_no_member_any_more_knows_nobody(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    says(story, cast.other_member)
    cast.host.ended_at = timezone.now()
    cast.host.save()
    assert names(story, cast.host) == []


def test_it_is_asked_once_and_not_at_all_where_nobody_put_a_name(
    cast: Cast, story: Story, django_assert_num_queries: Callable[[int], object]
) -> None:
    viewer = Viewer.member(cast.host)
    react(story, by=cast.other_member, word=WITH_YOU, said=True)
    story.refresh_from_db()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # pytest-django's
        names_beside(story, viewer)
    befriend(cast.host, cast.other_member)
    put_name(story, by=cast.other_member, word=WITH_YOU, named=True)
    story.refresh_from_db()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # the same
        assert names_beside(story, viewer).known


def test_it_works_by_plain_forms(cast: Cast, story: Story) -> None:
    befriend(cast.host, cast.other_member)
    client, address = signed_in(cast.other_member), story.get_absolute_url()
    assert "Your name beside it" not in client.get(address).content.decode()
    client.post(f"{address}word/", {"say": "with_you"})
    assert "Put my name to “With you”" in client.get(address).content.decode()
    for _twice in range(2):
        client.post(f"{address}name/", {"put": "with_you"})
    assert names(story, cast.host) == ["Tobias"]
    assert "Take my name off “With you”" in client.get(address).content.decode()
    client.post(f"{address}name/", {"off": "with_you"})
    assert names(story, cast.host) == []
    assert client.post(f"{address}name/", {"put": "nonsense"}).status_code == 404
