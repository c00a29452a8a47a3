"""Told together by two: nothing without both, to nobody beyond both, and over as soon as one says so."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from leeward.audience.actions import block, mute, put_aside
from leeward.audience.feed import moments_in_her_rings
from leeward.audience.models import MEMBERS
from leeward.audience.publishing import show_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.stories.actions.sharing import share
from leeward.stories.actions.writing import ChangedElsewhere, begin_chapter, write
from leeward.stories.audiences import Sharing, ShowTo
from leeward.stories.jointly.agreeing import (
    AGREED,
    CannotBeToldTogether,
    agree,
    agree_up_to,
    ask_to_tell_together,
    rings_of,
)
from leeward.stories.jointly.questions import UpTo, told_as_second
from leeward.stories.models import Story
from leeward.stories.together.ending import ASKED
from leeward.stories.together.handing import CannotBeHanded, WordsHaveChanged, hand_over_anew
from leeward.stories.together.questions import drafts_of
from tests.conftest import Cast
from tests.stories.reading_together import WORDS, as_it_is, draft, draft_of_chapter, handed, rings, trusting
from tests.stories.telling_together import as_told, asked, joint, sees

# Beginning


def test_nothing_is_told_together_before_both_have_said_yes(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    story = as_told(reading.story)
    assert story.also_id is None
    assert not sees(cast.same_ring, story), "she sees the copy that she was handed, and no draft"
    assert told_as_second(cast.same_ring) == []


def test_both_see_it_once_both_have_said_yes_and_nobody_else(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.ONLY_ME)
    assert sees(cast.author, story)
    assert sees(cast.same_ring, story)
    assert not sees(cast.other_member, story)
    assert not sees(None, story)
    assert story.writer_names == "Maud and Ines"
    assert rings(cast.author, AGREED) == 1


def test_who_has_not_chosen_her_is_not_asked_and_cannot_agree(cast: Cast) -> None:
    reading = handed(draft(cast.author), cast.same_ring)  # chosen by the author, who is not chosen in return
    from leeward.moderation.models import FirstTexts  # noqa: PLC0415

    assert FirstTexts.objects.count() == 0
    with pytest.raises(CannotBeToldTogether):
        ask_to_tell_together(reading, by=cast.author)  # held: her first text is read first
    assert rings(cast.same_ring, ASKED) == 0


def test_asking_rings_once_and_only_where_both_chose_each_other(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    assert rings(cast.same_ring, ASKED) == 1
    ask_to_tell_together(reading, by=cast.author)
    assert rings(cast.same_ring, ASKED) == 1


def test_only_its_author_asks_and_only_the_one_asked_agrees(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    with pytest.raises(PermissionError):
        ask_to_tell_together(reading, by=cast.same_ring)
    for other in (cast.author, cast.other_member, cast.blocked):
        with pytest.raises(CannotBeToldTogether):
            agree(as_it_is(reading), by=other, up_to=UpTo.MEMBERS, stamp=reading.touched_at)


def test_without_being_asked_nobody_agrees(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    reading = handed(draft(cast.author), cast.same_ring)
    with pytest.raises(CannotBeToldTogether):
        agree(reading, by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=reading.touched_at)


def test_i_would_rather_not_is_silent_and_final_for_that_asking(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    put_aside(cast.same_ring, reading)
    with pytest.raises(CannotBeToldTogether):
        agree(reading, by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=reading.touched_at)
    assert rings(cast.author, AGREED) == 0


def test_she_agrees_to_exactly_the_words_that_she_had_before_her(cast: Cast) -> None:
    reading = asked(cast.author, cast.same_ring)
    old = reading.touched_at
    write(as_told(reading.story), by=cast.author, stamp=reading.story.touched_at, title="", text="Other words.")
    with pytest.raises(CannotBeToldTogether):  # the draft says something else than what she read
        agree(as_it_is(reading), by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=old)
    from leeward.moderation.actions import settle  # noqa: PLC0415

    settle(hand_over_anew(as_it_is(reading), by=cast.author))
    with pytest.raises(WordsHaveChanged):
        agree(as_it_is(reading), by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=old)
    story = agree(as_it_is(reading), by=cast.same_ring, up_to=UpTo.MEMBERS, stamp=as_it_is(reading).touched_at)
    assert story.text == "Other words."


def test_what_has_chapters_or_no_name_is_not_told_together(cast: Cast) -> None:
    trusting(cast.author, cast.same_ring)
    story = draft(cast.author)
    reading = handed(story, cast.same_ring)
    draft_of_chapter(story)
    with pytest.raises(CannotBeToldTogether):
        ask_to_tell_together(reading, by=cast.author)
    unsigned = draft(cast.author, title="Without a name")
    Story.objects.written_by(cast.author).filter(pk=unsigned.pk).update(signed=False)
    with pytest.raises(CannotBeToldTogether):
        ask_to_tell_together(handed(as_told(unsigned), cast.same_ring), by=cast.author)


def test_the_database_itself_holds_that_both_names_stand_there(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    mine = Story.objects.written_by(cast.author).filter(pk=story.pk)
    for wrong in ({"signed": False}, {"author": None}, {"with_teller": cast.author}, {"agreed_up_to": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**wrong)


# While it stands


def test_it_is_for_everyone_only_while_both_say_so(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, up_to=UpTo.MEMBERS)
    assert sees(cast.other_member, story)
    with pytest.raises(PermissionError):
        share(story, by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert not sees(None, story)
    agree_up_to(story, by=cast.same_ring, up_to=UpTo.EVERYONE)
    assert not sees(None, story), "her yes alone widens nothing"
    share(as_told(story), by=cast.author, sharing=Sharing(ShowTo.EVERYONE))
    assert sees(None, story)
    agree_up_to(story, by=cast.same_ring, up_to=UpTo.MEMBERS)
    assert not sees(None, story)
    assert rings_of(story) == {MEMBERS}
    with pytest.raises(PermissionError):
        agree_up_to(story, by=cast.author, up_to=UpTo.EVERYONE)


def test_it_never_loses_its_names_nor_shows_facts_of_one(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    with pytest.raises(PermissionError):
        share(story, by=cast.author, sharing=Sharing(ShowTo.MEMBERS, signed=False))
    from leeward.stories.models import ShownFact  # noqa: PLC0415

    share(as_told(story), by=cast.author, sharing=Sharing(ShowTo.MEMBERS, facts=frozenset({("kind", "ectopic")})))
    assert not ShownFact.objects.filter(story=story).exists()


def test_the_words_stay_as_both_agreed_to_them(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    with pytest.raises(ChangedElsewhere):
        write(story, by=cast.author, stamp=story.touched_at, title="", text="Mine alone.")
    with pytest.raises(PermissionError):
        write(story, by=cast.same_ring, stamp=story.touched_at, title="", text="Mine alone.")
    with pytest.raises(PermissionError):
        begin_chapter(story, by=cast.author, title="", text="And then.")
    assert as_told(story).text == WORDS


def test_it_is_in_the_lists_of_the_second_though_she_is_in_no_ring_of_it(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    show_to(story, [])
    assert story.at in (moments_in_her_rings(Story, Viewer.member(cast.same_ring), now_us() + 1) or set())


def test_it_is_handed_to_no_third(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.ONLY_ME)
    trusting(cast.author, cast.other_member)
    assert drafts_of(cast.author) == []
    with pytest.raises(CannotBeHanded):
        handed(story, cast.other_member)


def test_a_wall_between_the_reader_and_either_hides_it(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring, ShowTo.EVERYONE)
    assert not sees(cast.blocked, story), "blocked by its author"
    assert sees(cast.other_member, story)
    block(cast.same_ring, cast.other_member)
    assert not sees(cast.other_member, story), "blocked by the second"
    assert sees(cast.host, story)


def test_who_would_rather_not_meet_either_is_spared(cast: Cast) -> None:
    story = joint(cast.author, cast.same_ring)
    lists = Story.objects.filter(pk=story.pk).visible_to(Viewer.member(cast.other_member))
    assert lists.gentle_for(Viewer.member(cast.other_member)).exists()
    mute(cast.other_member, cast.same_ring)
    assert not lists.gentle_for(Viewer.member(cast.other_member)).exists()
