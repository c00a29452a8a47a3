"""Two meet by both their wills: a note, an answer, and either ends it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from leeward.audience.actions import block, mute, set_shield
from leeward.audience.notes import NOTE
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.circles.actions.asking import ask
from leeward.circles.actions.ending import decline, end, put_away, take_back_mine
from leeward.circles.actions.talking import take_back_line, write_line
from leeward.circles.meeting import MayNotWrite, may_write
from leeward.circles.models import FoundBy, Line, Meeting, Presence
from leeward.circles.tending import tend_circles
from leeward.circles.threads import meetings_of
from leeward.kit.moments import DAY, now_us
from leeward.members.consents import withdraw
from leeward.members.models import Member, Purpose, today
from leeward.members.pace import TooOften
from leeward.members.tending import tend
from leeward.moderation.actions import settle
from leeward.moderation.models import Case, FirstTexts
from leeward.notifications.models import Notice
from tests.circles.people import findable, known, met, noted, said
from tests.conftest import Cast, make_member, signed_in
from tests.journeys.journeying import text_of

SENT = "Sent. If it fits, an answer comes"


def rings(member: Member, kind: str) -> int:
    return Notice.objects.filter(member=member, kind=kind, read_at=None).count()


def page_of(member: Member, meeting: Meeting) -> str:
    return text_of(signed_in(member).get(meeting.get_absolute_url()))


def sees(member: Member, thing: Meeting | Line) -> bool:
    return is_visible_to(thing, Viewer.member(member))


def aged(meeting: Meeting, days: int) -> None:
    for field in ("touched_at", "at", "ended_at"):
        value = getattr(meeting, field)
        if value is not None:
            Meeting._base_manager.filter(pk=meeting.pk).update(**{field: value - days * DAY})
    meeting.refresh_from_db()


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
    assert _without_csrf(page_of(cast.same_ring, note)) == _without_csrf(before)
    assert rings(cast.same_ring, "circles.line") == 0


def unread(note: Meeting, asked: Member) -> None:
    """Nothing is done."""


def opened(note: Meeting, asked: Member) -> None:
    page_of(asked, note)


def declined(note: Meeting, asked: Member) -> None:
    decline(note, by=asked)


def muted(note: Meeting, asked: Member) -> None:
    assert note.author is not None
    mute(asked, note.author)


def blocked(note: Meeting, asked: Member) -> None:
    assert note.author is not None
    block(asked, note.author)


def stopped(note: Meeting, asked: Member) -> None:
    withdraw(asked, Purpose.FOUND)


NO_ANSWERS: list[Callable[[Meeting, Member], None]] = [unread, opened, declined, muted, blocked, stopped]


@pytest.mark.parametrize("became", NO_ANSWERS)
def test_whatever_became_of_a_note_its_writer_reads_the_same(
    cast: Cast, became: Callable[[Meeting, Member], None]
) -> None:
    note = noted(cast.same_ring, cast.other_member)
    said_first, list_first = page_of(cast.same_ring, note), _list_of(cast.same_ring)
    became(note, cast.other_member)
    assert _without_csrf(page_of(cast.same_ring, note)) == _without_csrf(said_first)
    assert _list_of(cast.same_ring) == list_first
    note.refresh_from_db()
    aged(note, 31)
    tend_circles()
    tend()
    note.refresh_from_db()
    assert note.ended_at is not None
    page = page_of(cast.same_ring, note)
    assert "No answer has come." in page
    assert not sees(cast.other_member, note)
    aged(note, 31)
    tend()
    assert not Meeting._base_manager.filter(pk=note.pk).exists()


def _without_csrf(page: str) -> str:
    return "".join(line for line in page.splitlines(keepends=True) if "csrf" not in line)


def _list_of(member: Member) -> str:
    return _without_csrf(text_of(signed_in(member).get("/people/")))


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


WHY_NOT: dict[str, Callable[[Member], object]] = {
    "her account is new": lambda member: Member.objects.filter(pk=member.pk).update(joined_on=today()),
    "nobody has read her first texts": lambda member: FirstTexts.objects.filter(member=member).update(released=0),
    "nobody can find her": lambda member: withdraw(member, Purpose.FOUND),
    "she is suspended": lambda member: Member.objects.filter(pk=member.pk).update(
        suspended_at=datetime.datetime.now(datetime.UTC)
    ),
    "her membership has ended": lambda member: Member.objects.filter(pk=member.pk).update(
        ended_at=datetime.datetime.now(datetime.UTC)
    ),
    "hers is out of sight": lambda member: Presence.objects.written_by(member).update(state=State.WITHDRAWN),
}


@pytest.mark.parametrize("change", WHY_NOT.values(), ids=WHY_NOT)
def test_she_may_not_write_first_notes_when(cast: Cast, change: Callable[[Member], object]) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    change(cast.same_ring)
    asker = Member.objects.get(pk=cast.same_ring.pk)
    with pytest.raises(MayNotWrite):
        ask(presence, by=asker, text="a note")
    assert not Meeting._base_manager.exists()


def test_the_asked_can_always_see_who_writes(cast: Cast) -> None:
    presence = findable(cast.other_member)
    hers = findable(cast.same_ring, by=FoundBy.LET_IN)
    assert not is_visible_to(hers, Viewer.member(cast.other_member))
    ask(presence, by=cast.same_ring, text="a note")
    assert is_visible_to(hers, Viewer.member(cast.other_member))
    assert not is_visible_to(hers, Viewer.member(cast.author))


def test_three_notes_a_day_and_ten_a_week(cast: Cast) -> None:
    findable(cast.same_ring)
    people = [findable(make_member(f"Person {number}")) for number in range(12)]
    for presence in people[:3]:
        ask(presence, by=cast.same_ring, text="a note")
    with pytest.raises(TooOften):
        ask(people[3], by=cast.same_ring, text="a note")
    assert Meeting._base_manager.count() == 3
    made = [Meeting(author=cast.same_ring, text="earlier", touched_at=now_us() - 2 * DAY) for _nth in range(7)]
    for meeting in made:
        meeting.save()
    with pytest.raises(TooOften) as refused:
        ask(people[4], by=cast.same_ring, text="a note")
    assert refused.value.minutes > 4 * 24 * 60


def test_taking_notes_back_makes_no_room_for_more(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    take_back_mine(note, by=cast.same_ring)
    assert Meeting._base_manager.filter(author=cast.same_ring).count() == 1
    assert not sees(cast.other_member, note)
    assert rings(cast.other_member, "circles.note") == 0
    with pytest.raises(MayNotWrite):
        ask(Presence.objects.written_by(cast.other_member).get(), by=cast.same_ring, text="another")


def test_either_ends_it_and_then_neither_writes(cast: Cast) -> None:
    for ender in (cast.same_ring, cast.other_member):
        Meeting._base_manager.all().delete()
        meeting = met(cast.same_ring, cast.other_member)
        end(meeting, by=ender)
        for member in (cast.same_ring, cast.other_member):
            with pytest.raises(MayNotWrite):
                write_line(meeting, by=member, text="more")
            assert "This has ended." in page_of(member, meeting)
        meeting.refresh_from_db()
        assert ender.pk not in {meeting.ended_at, meeting.declined_at}


def test_who_ended_it_cannot_be_read_from_either_page(cast: Cast) -> None:
    pages = []
    for ender in ("same_ring", "other_member"):
        Meeting._base_manager.all().delete()
        meeting = met(cast.same_ring, cast.other_member)
        end(meeting, by=getattr(cast, ender))
        page = _without_csrf(page_of(cast.same_ring, meeting))
        for line in Line._base_manager.filter(meeting=meeting):
            page = page.replace(line.ref, "LINE")
        pages.append(page.replace(meeting.ref, "MEETING"))
    assert pages[0] == pages[1]


def test_what_the_other_wrote_stays_until_it_is_put_away(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    end(meeting, by=cast.other_member)
    assert "So did I." in page_of(cast.same_ring, meeting)
    put_away(meeting, by=cast.same_ring)
    assert meetings_of(cast.same_ring, Viewer.member(cast.same_ring)) == []
    assert len(meetings_of(cast.other_member, Viewer.member(cast.other_member))) == 1


def test_what_goes_on_is_not_put_away(cast: Cast) -> None:
    with pytest.raises(PermissionError):
        put_away(met(cast.same_ring, cast.other_member), by=cast.same_ring)


def test_a_block_looks_like_an_end_after_which_the_other_took_her_words_back(cast: Cast) -> None:
    ended = met(cast.same_ring, cast.other_member)
    take_back_mine(ended, by=cast.other_member)
    end(ended, by=cast.other_member)
    looks = _without_csrf(page_of(cast.same_ring, ended)).replace(ended.ref, "MEETING")
    Meeting._base_manager.all().delete()
    meeting = met(cast.same_ring, cast.other_member)
    block(cast.other_member, cast.same_ring)
    assert _without_csrf(page_of(cast.same_ring, meeting)).replace(meeting.ref, "MEETING") == looks
    assert not sees(cast.other_member, meeting)


def test_end_and_block_is_one_press(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    signed_in(cast.other_member).post(f"/meetings/{meeting.ref}/end/", {"block": "1"})
    assert cast.other_member.blocks.filter(blocked=cast.same_ring).exists()
    meeting.refresh_from_db()
    assert meeting.ended_at is not None


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
    assert _without_csrf(page_of(cast.other_member, meeting)) == _without_csrf(before)


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


def test_a_page_that_was_open_when_she_was_blocked_takes_the_note_as_if_it_were_sent(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client = signed_in(cast.same_ring)
    seen = _seen_in(text_of(client.get(f"/people/{presence.ref}/write/")))
    block(cast.other_member, cast.same_ring)
    answer = client.post(f"/people/{presence.ref}/write/", {"text": "I read your page.", "seen": seen}, follow=True)
    assert SENT in text_of(answer)
    note = Meeting._base_manager.get()
    assert (note.author_id, note.asked_id) == (cast.same_ring.pk, cast.other_member.pk)
    assert not sees(cast.other_member, note)
    assert Notice.objects.filter(member=cast.other_member).count() == 0


def test_so_it_is_when_she_has_only_stopped_being_found(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client = signed_in(cast.same_ring)
    seen = _seen_in(text_of(client.get(f"/people/{presence.ref}/write/")))
    withdraw(cast.other_member, Purpose.FOUND)
    answer = client.post(f"/people/{presence.ref}/write/", {"text": "I read your page.", "seen": seen}, follow=True)
    assert SENT in text_of(answer)
    assert not sees(cast.other_member, Meeting._base_manager.get())


def test_who_never_had_the_page_before_her_learns_nothing_by_sending(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    block(cast.other_member, cast.same_ring)
    answer = signed_in(cast.same_ring).post(f"/people/{presence.ref}/write/", {"text": "I read your page."})
    assert answer.status_code == 404


def _seen_in(page: str) -> str:
    part = page[page.index('name="seen"') :]
    return part[part.index('value="') + 7 :].partition('"')[0]


def test_words_that_hurt_are_looked_at_again_and_can_be_sent_as_they_are(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client = signed_in(cast.same_ring)
    sent = {"text": "At least you know you can get pregnant."}
    page = client.post(f"/people/{presence.ref}/write/", sent)
    assert "Before it is sent" in text_of(page)
    assert not Meeting._base_manager.exists()
    client.post(f"/people/{presence.ref}/write/", {**sent, "as_it_is": "1"})
    assert Meeting._base_manager.count() == 1


def test_ended_meetings_go_after_a_year(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    aged(meeting, 400)
    tend()
    assert Meeting._base_manager.filter(pk=meeting.pk).exists()
    end(meeting, by=cast.same_ring)
    meeting.refresh_from_db()
    aged(meeting, 366)
    tend()
    assert not Meeting._base_manager.filter(pk=meeting.pk).exists()
    assert not Line._base_manager.exists()


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
