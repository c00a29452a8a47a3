"""The matrix goes on: a draft that one person reads first, and what the two write about it."""

from __future__ import annotations

import pytest

from leeward.audience.actions import block
from leeward.audience.models import EVERYONE, Opening, Ring, RingKind, RingMember
from leeward.audience.publishing import publish, show_to
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of
from leeward.kit.moments import now_us
from leeward.stories.models import FirstReading, Remark, Story
from tests.conftest import Cast
from tests.promises.test_matrix import AUTHOR, who_sees
from tests.stories.telling import told, went_on

TWO = {"author", "other_member"}
HERS, THEIRS = "by the author", "by the one who reads it"


def in_hands(cast: Cast, *, of_chapter: bool = False) -> tuple[FirstReading, dict[str, Remark]]:
    """The author's draft in the hands of another member, and what each of the two wrote about it."""
    story = told(cast.author, EVERYONE) if of_chapter else Story.objects.create(author=cast.author, text="a draft")
    chapter = went_on(story, text="a draft") if of_chapter else None
    reading: FirstReading = FirstReading.objects.create(
        story=story, chapter=chapter, author=cast.author, reader=cast.other_member, text="a draft"
    )
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=cast.other_member)
    show_to(reading, [ring.pk])
    remarks = {
        name: Remark.objects.create(reading=reading, author=by, text="words about it")
        for name, by in ((HERS, cast.author), (THEIRS, cast.other_member))
    }
    for thing in (reading, *remarks.values()):
        publish(thing)
    return reading, remarks


def all_seen(cast: Cast, reading: FirstReading, remarks: dict[str, Remark]) -> list[set[str]]:
    things: list[Shared] = [reading, remarks[HERS], remarks[THEIRS]]
    return [who_sees(thing, cast) for thing in things]


@pytest.mark.parametrize("of_chapter", [False, True])
def test_it_is_seen_by_the_two_alone_and_the_draft_by_its_author_alone(cast: Cast, of_chapter: bool) -> None:
    reading, remarks = in_hands(cast, of_chapter=of_chapter)
    assert all_seen(cast, reading, remarks) == [TWO, TWO, TWO]
    assert who_sees(reading.part, cast) == AUTHOR


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_what_is_not_live_is_seen_by_its_author_alone_with_all_that_is_beside_it(cast: Cast, state: State) -> None:
    reading, remarks = in_hands(cast)
    FirstReading.objects.written_by(cast.author).update(state=state)
    assert all_seen(cast, reading, remarks) == [AUTHOR, AUTHOR, AUTHOR]


def test_past_its_day_it_is_seen_by_its_author_alone(cast: Cast) -> None:
    reading, remarks = in_hands(cast)
    FirstReading.objects.written_by(cast.author).update(until=now_us() - 1)
    assert all_seen(cast, reading, remarks) == [AUTHOR, AUTHOR, AUTHOR]


@pytest.mark.parametrize("state", [State.DRAFT, State.HELD, State.WITHDRAWN])
def test_words_about_it_that_are_not_live_are_seen_by_who_wrote_them_alone(cast: Cast, state: State) -> None:
    reading, remarks = in_hands(cast)
    for by in (cast.author, cast.other_member):
        Remark.objects.written_by(by).update(state=state)
    assert all_seen(cast, reading, remarks) == [TWO, AUTHOR, {"other_member"}]


@pytest.mark.parametrize("by", ["author", "other_member"])
def test_a_block_hides_it_with_what_the_other_wrote(cast: Cast, by: str) -> None:
    reading, remarks = in_hands(cast)
    block(getattr(cast, by), getattr(cast, (TWO - {by}).pop()))
    assert all_seen(cast, reading, remarks) == [AUTHOR, AUTHOR, set()]


def test_a_case_about_one_of_them_opens_nothing_beside_it(cast: Cast) -> None:
    reading, remarks = in_hands(cast)
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(reading), thing_id=reading.pk, reason="a report")
    with_moderator = {*TWO, "moderator"}
    assert all_seen(cast, reading, remarks) == [with_moderator, TWO, TWO]
    theirs = remarks[THEIRS]
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(theirs), thing_id=theirs.pk, reason="a report")
    assert all_seen(cast, reading, remarks) == [with_moderator, TWO, with_moderator]


def test_words_about_it_open_no_draft_to_their_moderator(cast: Cast) -> None:
    reading, remarks = in_hands(cast)
    theirs = remarks[THEIRS]
    Opening.objects.create(moderator=cast.moderator, kind=kind_of(theirs), thing_id=theirs.pk, reason="a report")
    assert "moderator" not in who_sees(reading, cast)
