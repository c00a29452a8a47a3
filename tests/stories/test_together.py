"""Read this with me: a draft in one person's hands, for a time, and back at any moment."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leeward.audience.actions import block, choose, set_shield, unblock, unchoose
from leeward.audience.models import MEMBERS, Ring, RingKind
from leeward.audience.notes import mask_of
from leeward.audience.rule import is_visible_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member
from leeward.members.pace import TooOften
from leeward.stories.actions.chapters import share_chapter, take_chapter_back
from leeward.stories.actions.sharing import share, take_back
from leeward.stories.actions.writing import write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.models import FirstReading, Remark, Story
from leeward.stories.together.ending import end_what_is_over, take_reading_back
from leeward.stories.together.handing import (
    CannotBeHanded,
    IsHanded,
    WordsHaveChanged,
    hand_over,
    hand_over_anew,
)
from leeward.stories.together.lists import read_together
from leeward.stories.together.questions import asked_of
from tests.at_once import at_once
from tests.conftest import Cast
from tests.stories.reading_together import (
    WORDS,
    as_it_is,
    draft,
    draft_of_chapter,
    handed,
    remarked,
    rings,
    trusting,
)
from tests.stories.telling import told


@pytest.fixture
def reading(cast: Cast) -> FirstReading:
    """The author's draft in the hands of one whom she chose, and who chose her."""
    trusting(cast.author, cast.same_ring)
    return handed(draft(cast.author), cast.same_ring)


def sees(member: Member, reading: FirstReading) -> bool:
    return is_visible_to(reading, Viewer.member(member))


def test_one_person_reads_it_and_the_draft_stays_where_it_was(cast: Cast, reading: FirstReading) -> None:
    assert sees(cast.same_ring, reading)
    assert not sees(cast.other_member, reading)
    assert reading.text == WORDS
    assert rings(cast.same_ring, "stories.first_reading") == 1
    draft_itself = reading.story
    assert not is_visible_to(draft_itself, Viewer.member(cast.same_ring))
    assert [one.reading for one in read_together(cast.same_ring, Viewer.member(cast.same_ring)).asked] == [reading]


def test_what_she_writes_on_is_not_read_along(cast: Cast, reading: FirstReading) -> None:
    story = reading.story
    write(story, by=cast.author, stamp=story.touched_at, title="The lamp", text="Something that I say to nobody.")
    assert as_it_is(reading).text == WORDS
    hand_over_anew(reading, by=cast.author)
    assert as_it_is(reading).text == "Something that I say to nobody."


def test_she_takes_it_back_and_the_words_are_gone_from_there(cast: Cast, reading: FirstReading) -> None:
    take_reading_back(reading, by=cast.author)
    assert not sees(cast.same_ring, reading)
    assert (as_it_is(reading).title, as_it_is(reading).text) == ("", "")
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert not Ring.objects.filter(kind=RingKind.PAIR).exists()
    assert Story.objects.written_by(cast.author).get().text == WORDS
    take_reading_back(reading, by=cast.author)


def test_nobody_takes_back_what_is_not_hers(cast: Cast, reading: FirstReading) -> None:
    with pytest.raises(PermissionError):
        take_reading_back(reading, by=cast.same_ring)
    assert sees(cast.same_ring, reading)


def test_to_tell_it_ends_the_first_reading(cast: Cast, reading: FirstReading) -> None:
    share(reading.story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, signed=False))
    assert not sees(cast.same_ring, reading)
    assert as_it_is(reading).text == ""


def test_to_keep_it_for_herself_does_not_end_it(cast: Cast, reading: FirstReading) -> None:
    share(reading.story, by=cast.author, sharing=Sharing(ShowTo.ONLY_ME))
    assert sees(cast.same_ring, reading)


def test_to_take_the_draft_back_takes_all_of_it_along(cast: Cast, reading: FirstReading) -> None:
    remarked(reading, cast.same_ring)
    take_back(reading.story, by=cast.author, keep_answers=False)
    assert not FirstReading.objects.written_by(cast.author).exists()
    assert not Remark.objects.written_by(cast.same_ring).exists()
    assert rings(cast.author, "stories.remark") == 0


def test_a_chapter_is_handed_over_alone_and_ends_when_it_is_told(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    story = told(cast.author, MEMBERS, text="in the open")
    chapter = draft_of_chapter(story)
    first = handed(chapter, cast.same_ring)
    assert first.text == chapter.text
    assert sees(cast.same_ring, first)
    assert not is_visible_to(chapter, Viewer.member(cast.same_ring))
    share_chapter(chapter, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert not sees(cast.same_ring, first)
    take_chapter_back(chapter, by=cast.author)
    assert not FirstReading.objects.written_by(cast.author).exists()


def test_it_is_over_after_its_days_and_the_words_go(cast: Cast, reading: FirstReading) -> None:
    assert now_us() + 6 * DAY < reading.until <= now_us() + 7 * DAY
    FirstReading.objects.written_by(cast.author).update(until=now_us() - 1)
    assert not sees(cast.same_ring, reading)
    assert end_what_is_over() == 1
    assert as_it_is(reading).text == ""
    assert end_what_is_over() == 0


@pytest.mark.parametrize("days", [0, 31])
def test_it_is_for_thirty_days_at_most(cast: Cast, days: int) -> None:
    trusting(cast.author, cast.same_ring)
    with pytest.raises(CannotBeHanded):
        handed(draft(cast.author), cast.same_ring, days=days)


def test_a_second_click_hands_over_nothing_more(cast: Cast, reading: FirstReading) -> None:
    assert handed(reading.story, cast.same_ring) == reading
    assert FirstReading.objects.written_by(cast.author).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_hand_it_over_once(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)

    def hand() -> None:
        mine = Story.objects.written_by(cast.author).get(pk=story.pk)
        hand_over(mine, by=cast.author, to=cast.same_ring, days=7, stamp=story.touched_at)

    at_once([hand, hand, hand])
    assert FirstReading.objects.written_by(cast.author).count() == 1
    assert Ring.objects.filter(kind=RingKind.PAIR).count() == 1


def test_to_hand_it_to_one_after_the_other_and_tell_it_is_no_sign_of_anything(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring, cast.other_member)
    story = draft(
        cast.author, text=f"{WORDS} We did not put it out that night, nor the night after, and then it was May."
    )
    for to in (cast.same_ring, cast.other_member, cast.same_ring):
        take_reading_back(handed(story, to), by=cast.author)
    share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS))
    assert story.is_live


def test_one_person_at_a_time_reads_it(cast: Cast, reading: FirstReading) -> None:
    choose(cast.author, cast.other_member)
    with pytest.raises(IsHanded):
        handed(reading.story, cast.other_member)
    take_reading_back(reading, by=cast.author)
    assert sees(cast.other_member, handed(reading.story, cast.other_member))


def test_words_that_another_tab_has_changed_are_not_handed_over_unseen(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    stamp = story.touched_at
    write(story, by=cast.author, stamp=stamp, title="", text="More than I wanted to show.")
    with pytest.raises(WordsHaveChanged):
        hand_over(story, by=cast.author, to=cast.same_ring, days=7, stamp=stamp)
    assert not FirstReading.objects.written_by(cast.author).exists()


def test_only_what_nobody_else_sees_is_handed_over(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    with pytest.raises(CannotBeHanded):
        handed(told(cast.author, MEMBERS), cast.same_ring)
    with pytest.raises(CannotBeHanded):
        handed(draft(cast.author, title="", text=""), cast.same_ring)
    story = draft(cast.author)
    with pytest.raises(PermissionError):
        hand_over(story, by=cast.other_member, to=cast.same_ring, days=7, stamp=story.touched_at)


def test_nothing_arrives_where_the_author_is_not_chosen_and_nobody_is_told(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    unchoose(cast.same_ring, cast.author)
    made = handed(draft(cast.author), cast.same_ring)
    viewer = Viewer.member(cast.same_ring)
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert not asked_of(cast.same_ring, viewer).exists()
    choose(cast.same_ring, cast.author)
    assert list(asked_of(cast.same_ring, viewer)) == [made]


def test_who_is_not_among_the_chosen_cannot_be_asked(cast: Cast) -> None:
    trusting(cast.author)
    with pytest.raises(CannotBeHanded):
        handed(draft(cast.author), cast.other_member)


def test_whom_she_takes_out_of_the_people_she_chooses_reads_no_more(cast: Cast, reading: FirstReading) -> None:
    unchoose(cast.author, cast.same_ring)
    assert not sees(cast.same_ring, reading)
    assert as_it_is(reading).text == ""


def test_a_block_by_its_author_ends_it(cast: Cast, reading: FirstReading) -> None:
    block(cast.author, cast.same_ring)
    assert as_it_is(reading).ended_at
    unblock(cast.author, cast.same_ring)
    assert not sees(cast.same_ring, reading)


def test_a_block_by_the_reader_hides_it_and_its_author_finds_everything_as_it_was(
    cast: Cast, reading: FirstReading
) -> None:
    block(cast.same_ring, cast.author)
    assert not sees(cast.same_ring, reading)
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert as_it_is(reading).ended_at is None
    assert [one.name for one in read_together(cast.author, Viewer.member(cast.author)).handed] == ["Ines"]


def test_what_is_inside_does_not_ring_where_it_is_not_wanted(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    inside = mask_of(["ultrasound"])
    set_shield(cast.same_ring, inside)
    made = handed(draft(cast.author), cast.same_ring, notes=inside)
    assert rings(cast.same_ring, "stories.first_reading") == 0
    assert list(asked_of(cast.same_ring, Viewer.member(cast.same_ring))) == [made]


def test_a_member_hands_over_six_a_day(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    for nth in range(6):
        handed(draft(cast.author, title=f"{nth}"), cast.same_ring)
    with pytest.raises(TooOften):
        handed(draft(cast.author, title="one more"), cast.same_ring)


def test_a_suspended_member_hands_over_nothing(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    Member.objects.filter(pk=cast.author.pk).update(suspended_at=timezone.now())
    cast.author.refresh_from_db()
    with pytest.raises(PermissionError):
        handed(story, cast.same_ring)
    assert not FirstReading.objects.written_by(cast.author).exists()
