"""What two write about a draft that one of them reads first, and what becomes of it when either leaves."""

from __future__ import annotations

import pytest

from leeward.audience.models import Ring, RingKind
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.notifications.models import Notice
from leeward.stories.models import FirstReading, Remark
from leeward.stories.together.ending import take_reading_back
from leeward.stories.together.lists import read_together
from leeward.stories.together.questions import remarks_of
from leeward.stories.together.talking import MayNotRemark, take_remark_back, was_read
from tests.conftest import Cast
from tests.stories.reading_together import as_it_is, draft, handed, remarked, rings, trusting


@pytest.fixture
def reading(cast: Cast) -> FirstReading:
    """The author's draft in the hands of one whom she chose, and who chose her."""
    trusting(cast.author, cast.same_ring)
    return handed(draft(cast.author), cast.same_ring)


def test_the_two_write_to_each_other_and_nobody_else_reads_it(cast: Cast, reading: FirstReading) -> None:
    theirs = remarked(reading, cast.same_ring)
    assert rings(cast.author, "stories.remark") == 1
    hers = remarked(reading, cast.author, "Thank you.")
    assert rings(cast.same_ring, "stories.remark") == 1
    for member, expected in ((cast.author, [theirs, hers]), (cast.same_ring, [theirs, hers]), (cast.moderator, [])):
        assert [one.remark for one in remarks_of(reading, member, Viewer.member(member))] == expected


def test_what_was_written_about_it_stays_with_its_author_when_it_is_over(cast: Cast, reading: FirstReading) -> None:
    theirs = remarked(reading, cast.same_ring)
    take_reading_back(reading, by=cast.author)
    assert [one.remark for one in remarks_of(reading, cast.author, Viewer.member(cast.author))] == [theirs]
    assert not is_visible_to(theirs, Viewer.member(cast.same_ring))
    with pytest.raises(MayNotRemark):
        remarked(reading, cast.same_ring, "One more.")
    assert read_together(cast.same_ring, Viewer.member(cast.same_ring)).remarks == [theirs]
    take_remark_back(theirs, by=cast.same_ring)
    assert not remarks_of(reading, cast.author, Viewer.member(cast.author))


def test_nobody_takes_back_words_of_somebody_else(cast: Cast, reading: FirstReading) -> None:
    with pytest.raises(PermissionError):
        take_remark_back(remarked(reading, cast.same_ring), by=cast.author)


def test_what_was_taken_back_rings_no_more_and_what_was_written_since_does(cast: Cast, reading: FirstReading) -> None:
    first, second = (remarked(reading, cast.same_ring, text) for text in ("One.", "Two."))
    rung = Notice.objects.filter(member=cast.author, kind="stories.remark", read_at=None)
    assert list(rung.values_list("thing_id", flat=True)) == [first.pk]
    take_remark_back(first, by=cast.same_ring)
    assert list(rung.values_list("thing_id", flat=True)) == [second.pk]
    was_read(reading, by=cast.author)
    third = remarked(reading, cast.same_ring, "Three.")
    take_remark_back(third, by=cast.same_ring)
    assert not rung.exists(), "what she has read does not ring again"


@pytest.mark.parametrize("farewell", list(Farewell))
def test_an_author_who_leaves_takes_it_along(cast: Cast, reading: FirstReading, farewell: Farewell) -> None:
    remarked(reading, cast.same_ring)
    leave(cast.author, farewell)
    assert not FirstReading.objects.filter(reader=cast.same_ring).visible_to(Viewer.member(cast.same_ring)).exists()
    assert not Remark.objects.written_by(cast.same_ring).exists()
    assert not Ring.objects.filter(kind=RingKind.PAIR).exists()


@pytest.mark.parametrize(("farewell", "stays"), [(Farewell.LEAVE_WORDS, 1), (Farewell.TAKE_ALL, 0)])
def test_of_a_reader_who_leaves_her_letters_stay_if_she_wishes(
    cast: Cast, reading: FirstReading, farewell: Farewell, stays: int
) -> None:
    remarked(reading, cast.same_ring)
    leave(cast.same_ring, farewell)
    here = as_it_is(reading)
    assert (here.reader, here.text) == (None, "")
    said = remarks_of(here, cast.author, Viewer.member(cast.author))
    assert [one.remark.author for one in said] == [None] * stays
