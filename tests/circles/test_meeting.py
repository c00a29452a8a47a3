"""Two meet by both their wills: a note, an answer, and either ends it."""

from __future__ import annotations

import pytest

from leeward.audience.actions import set_shield
from leeward.audience.notes import NOTE
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.circles.actions.asking import ask
from leeward.circles.actions.ending import decline, end, take_back_mine
from leeward.circles.actions.talking import take_back_line, write_line
from leeward.circles.meeting import MayNotWrite, may_write
from leeward.circles.models import Line, Meeting, Presence
from leeward.circles.threads import meetings_of
from leeward.kit.moments import DAY, now_us
from leeward.members.tending import tend
from leeward.moderation.actions import open_case, report, settle
from leeward.moderation.models import Act, Case
from leeward.notifications.models import Notice
from tests.circles.people import findable, known, met, noted, said
from tests.circles.reading import aged, page_of, plain, rings, sees
from tests.conftest import Cast, signed_in
from tests.moderation.casework import case_about, decided


def test_a_note_rings_for_whom_it_is_and_is_seen_by_nobody_else(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    assert rings(cast.other_member, "circles.note") == 1
    assert sees(cast.other_member, note)
    for other in (cast.author, cast.moderator, cast.host):
        assert not sees(other, note)


def test_an_answer_makes_it_a_thread_of_the_two(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    assert not may_write(note, cast.same_ring)
    said(note, cast.other_member)
    note.refresh_from_db()
    assert may_write(note, cast.same_ring)
    assert rings(cast.same_ring, "circles.line") == 1
    line = said(note, cast.same_ring, "Thank you.")
    assert sees(cast.other_member, line)
    assert not sees(cast.author, line)


def test_the_asker_does_not_write_again_before_she_is_answered(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    with pytest.raises(MayNotWrite):
        write_line(note, by=cast.same_ring, text="Did you read it?")
    with pytest.raises(MayNotWrite):
        ask(Presence.objects.written_by(cast.other_member).get(), by=cast.same_ring, text="Did you read it?")


def test_an_answer_that_is_held_tells_the_asker_nothing(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    before = page_of(cast.same_ring, note)
    write_line(note, by=cast.other_member, text="An answer.")
    note.refresh_from_db()
    assert note.answered_at is None
    assert plain(page_of(cast.same_ring, note)) == plain(before)
    assert rings(cast.same_ring, "circles.line") == 0


def test_a_note_that_is_being_answered_does_not_lapse(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    write_line(note, by=cast.other_member, text="An answer that waits.")
    aged(note, 31)
    tend()
    note.refresh_from_db()
    assert note.ended_at is None


def test_a_declined_note_can_still_be_answered(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    decline(note, by=cast.other_member)
    assert [one.is_left for one in meetings_of(cast.other_member, Viewer.member(cast.other_member))] == [True]
    said(note, cast.other_member)
    note.refresh_from_db()
    assert (note.declined_at, note.answered_at is None) == (None, False)


def test_only_the_asked_declines(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    with pytest.raises(PermissionError):
        decline(note, by=cast.same_ring)


def test_taking_notes_back_makes_no_room_for_more(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    take_back_mine(note, by=cast.same_ring)
    assert Meeting._base_manager.filter(author=cast.same_ring).count() == 1
    assert not sees(cast.other_member, note)
    assert rings(cast.other_member, "circles.note") == 0
    with pytest.raises(MayNotWrite):
        ask(Presence.objects.written_by(cast.other_member).get(), by=cast.same_ring, text="another")


def test_each_takes_back_her_own_words_and_only_those(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    mine = said(meeting, cast.same_ring, "Where do you live?")
    with pytest.raises(PermissionError):
        take_back_line(mine, by=cast.other_member)
    take_back_line(mine, by=cast.same_ring)
    take_back_mine(meeting, by=cast.same_ring)
    page = page_of(cast.other_member, meeting)
    assert "I read your page twice." not in page
    assert "Where do you live?" not in page
    assert "So did I." in page
    assert may_write(meeting, cast.other_member)


def test_a_line_that_was_taken_back_rings_no_more_and_what_is_left_does(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    first, second = said(meeting, cast.same_ring, "one"), said(meeting, cast.same_ring, "two")
    assert rings(cast.other_member, "circles.line") == 1
    take_back_line(first, by=cast.same_ring)
    assert list(Notice.objects.filter(member=cast.other_member, kind="circles.line").values_list("thing_id")) == [
        (second.pk,)
    ]
    take_back_line(second, by=cast.same_ring)
    assert rings(cast.other_member, "circles.line") == 0


def test_reading_quiets_the_bell_and_is_told_to_nobody(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    before = page_of(cast.other_member, meeting)
    assert rings(cast.same_ring, "circles.line") == 1
    assert meetings_of(cast.same_ring, Viewer.member(cast.same_ring))[0].has_new
    page_of(cast.same_ring, meeting)
    assert rings(cast.same_ring, "circles.line") == 0
    assert not meetings_of(cast.same_ring, Viewer.member(cast.same_ring))[0].has_new
    assert plain(page_of(cast.other_member, meeting)) == plain(before)


def test_a_line_with_something_inside_that_she_asked_not_to_meet_stands_folded(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    set_shield(cast.other_member, NOTE["pregnancy_current"].bit)
    said(meeting, cast.same_ring, "There is news.", notes=NOTE["pregnancy_current"].bit)
    assert rings(cast.other_member, "circles.line") == 0
    page = page_of(cast.other_member, meeting)
    folded = page[page.index("<details") : page.index("</details>")]
    assert "There is news." in folded
    assert may_write(meeting, cast.other_member)


def test_hostile_lines_are_held_and_a_person_reads_them(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    line = said(meeting, cast.same_ring, "You are a disgusting liar and you deserve that your baby died, I hate you.")
    assert line.state == State.HELD
    assert not sees(cast.other_member, line)
    assert Case.objects.filter(kind="circles.line", thing_id=line.pk).exists()


def test_many_short_lines_to_one_person_are_no_flood(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    lines = [said(meeting, cast.same_ring, f"yes {number}") for number in range(17)]
    again = []
    for _nth in range(7):
        Line._base_manager.filter(author=cast.same_ring).update(touched_at=now_us() - DAY)
        again.append(said(meeting, cast.same_ring, "Good night"))
    assert {line.state for line in [*lines, *again]} == {State.LIVE}


def test_the_same_words_sent_twice_are_one_note_and_one_line(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    made = {ask(presence, by=cast.same_ring, text="a note").pk for _nth in range(2)}
    assert len(made) == 1
    note = Meeting._base_manager.get()
    settle(note)
    lines = {write_line(note, by=cast.other_member, text="an answer").pk for _nth in range(2)}
    assert len(lines) == 1


def test_somebody_else_does_not_find_the_meeting(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    for other in (cast.author, cast.moderator, cast.host):
        client = signed_in(known(other))
        assert client.get(meeting.get_absolute_url()).status_code == 404
        assert client.post(f"/meetings/{meeting.ref}/say/", {"text": "hello"}).status_code == 404


def test_a_moderator_who_opens_a_reported_line_reads_it_and_the_first_note_and_no_other_line(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    pointed_out = said(meeting, cast.same_ring, "Where do you live?")
    report(pointed_out, by=cast.other_member, reason="cruel")
    lines = Line.objects.all().visible_to(Viewer.moderator(cast.moderator))
    assert not lines.exists()
    case = case_about(pointed_out)
    open_case(case, moderator=cast.moderator)
    assert list(lines.all()) == [pointed_out]
    assert list(Meeting.objects.all().visible_to(Viewer.moderator(cast.moderator))) == [meeting]
    assert signed_in(cast.moderator).get(meeting.get_absolute_url()).status_code == 404
    decided(case, cast.moderator, Act.REMOVE)
    assert not lines.all().exists()


def test_each_of_two_reaches_the_page_of_the_other_while_they_write(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    hers, his = (
        Presence.objects.written_by(one).get().get_absolute_url() for one in (cast.same_ring, cast.other_member)
    )
    assert hers in page_of(cast.other_member, note)
    assert his not in page_of(cast.same_ring, note)
    said(note, cast.other_member)
    assert his in page_of(cast.same_ring, note)
    note.refresh_from_db()
    end(note, by=cast.other_member)
    assert hers not in page_of(cast.other_member, note)
