"""A first note: who may write one, and that whatever becomes of it reads the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from leeward.audience.actions import block, mute
from leeward.audience.models import RingKind, RingMember
from leeward.audience.publishing import withdraw as withdraw_thing
from leeward.audience.rule import is_visible_to
from leeward.audience.shared import State
from leeward.audience.viewers import Viewer
from leeward.circles.actions.asking import ask, ask_in_vain
from leeward.circles.actions.ending import decline
from leeward.circles.actions.talking import write_line
from leeward.circles.meeting import MayNotWrite
from leeward.circles.models import FoundBy, Line, Meeting, Presence
from leeward.circles.tending import tend_circles
from leeward.kit.moments import DAY, now_us
from leeward.members.consents import withdraw
from leeward.members.models import Member, Purpose, today
from leeward.members.pace import TooOften
from leeward.members.tending import tend
from leeward.moderation.actions import settle
from leeward.moderation.models import FirstTexts
from leeward.notifications.models import Notice
from tests.circles.people import LATE, findable, noted
from tests.circles.reading import aged, page_of, plain, sees
from tests.circles.test_being_found import on_the_way
from tests.conftest import Cast, make_member, signed_in
from tests.journeys.journeying import text_of

SENT = "Sent. If it fits, an answer comes"


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
    assert plain(page_of(cast.same_ring, note)) == plain(said_first)
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


def _list_of(member: Member) -> str:
    return plain(text_of(signed_in(member).get("/people/")))


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


def test_a_page_that_was_open_when_she_was_blocked_takes_the_note_as_if_it_were_sent(cast: Cast) -> None:
    assert SENT in _sent_after(cast, lambda: block(cast.other_member, cast.same_ring))
    note = Meeting._base_manager.get()
    assert (note.author_id, note.asked_id) == (cast.same_ring.pk, cast.other_member.pk)
    assert not sees(cast.other_member, note)
    assert Notice.objects.filter(member=cast.other_member).count() == 0


def test_so_it_is_when_she_has_only_stopped_being_found(cast: Cast) -> None:
    assert SENT in _sent_after(cast, lambda: withdraw(cast.other_member, Purpose.FOUND))
    assert not sees(cast.other_member, Meeting._base_manager.get())


def test_who_never_had_the_page_before_her_learns_nothing_by_sending(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    block(cast.other_member, cast.same_ring)
    answer = signed_in(cast.same_ring).post(f"/people/{presence.ref}/write/", {"text": "I read your page."})
    assert answer.status_code == 404


def _sent_after(cast: Cast, change: Callable[[], object]) -> str:
    """What a page says that takes a note, where something has changed since it was opened to write."""
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client, where = signed_in(cast.same_ring), f"/people/{presence.ref}/write/"
    seen = _seen_in(text_of(client.get(where)))
    change()
    return text_of(client.post(where, {"text": "I read your page.", "seen": seen}, follow=True))


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


def test_a_note_whose_answer_is_still_being_read_lapses_to_its_writer_like_any(cast: Cast) -> None:
    pages = []
    for answered in (False, True):
        Meeting._base_manager.all().delete()
        note = noted(cast.same_ring, cast.other_member)
        if answered:
            write_line(note, by=cast.other_member, text="An answer that waits.")
        aged(note, 31)
        tend()
        person = text_of(signed_in(cast.same_ring).get(f"/people/{_ref_of(cast.other_member)}/"))
        page = page_of(cast.same_ring, note) + _list_of(cast.same_ring) + person
        pages.append(plain(page).replace(note.ref, "NOTE"))
    assert "No answer has come." in pages[0]
    assert "You can write anew from" in pages[0]
    assert pages[0] == pages[1]
    note.refresh_from_db()
    assert note.ended_at is None
    settle(Line.objects.written_by(cast.other_member).get())
    assert "An answer that waits." in page_of(cast.same_ring, note)


def test_an_answer_that_was_removed_does_not_keep_a_note(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member)
    withdraw_thing(write_line(note, by=cast.other_member, text="An answer."))
    aged(note, 31)
    tend()
    note.refresh_from_db()
    assert note.ended_at is not None


def _ref_of(member: Member) -> str:
    return str(Presence.objects.written_by(member).get().ref)


def test_a_note_that_cannot_be_sent_loses_no_word(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client = signed_in(cast.same_ring)
    where = f"/people/{presence.ref}/write/"
    sent = {"text": "What I had begun to say.", "seen": _seen_in(text_of(client.get(where)))}
    noted(cast.other_member, cast.same_ring)
    answers = [client.post(where, sent)]
    Member.objects.filter(pk=cast.same_ring.pk).update(joined_on=today())
    answers.append(client.post(where, sent))
    block(cast.other_member, cast.same_ring)
    answers.append(client.post(where, sent))
    Member.objects.filter(pk=cast.same_ring.pk).update(joined_on=today() - datetime.timedelta(days=60))
    answers.append(client.post(where, {**sent, "notes": "nothing known"}))
    for answer in answers:
        assert answer.status_code == 422
        assert "What I had begun to say." in text_of(answer)
    assert Meeting._base_manager.filter(author=cast.same_ring).count() == 0


def test_two_presses_write_one_note_and_show_it(cast: Cast) -> None:
    presence = findable(cast.other_member)
    findable(cast.same_ring)
    client = signed_in(cast.same_ring)
    answers = [client.post(f"/people/{presence.ref}/write/", {"text": "I read your page."}) for _nth in range(2)]
    note = Meeting._base_manager.get()
    assert [answer.headers["Location"] for answer in answers] == [note.get_absolute_url()] * 2


def test_whom_she_writes_to_is_on_her_list_whatever_way_that_one_has_declared(cast: Cast) -> None:
    """Else her list would say of each whom she writes to whether she is on the same way, which nobody showed."""
    on_the_way(cast.author)
    on_the_way(cast.same_ring)
    findable(cast.author, LATE, by=FoundBy.SAME_WAY)
    for asked in (cast.same_ring, cast.other_member):
        noted(cast.author, asked)
    place = RingMember.objects.filter(ring__owner=cast.author, ring__kind=RingKind.LET_IN)
    assert set(place.values_list("member", flat=True)) == {cast.same_ring.pk, cast.other_member.pk}


def test_a_note_in_vain_leaves_her_list_as_one_that_arrived(cast: Cast) -> None:
    findable(cast.author)
    findable(cast.other_member)
    block(cast.other_member, cast.author)
    ask_in_vain(cast.other_member, by=cast.author, text="I read your page twice.")
    assert RingMember.objects.filter(ring__owner=cast.author, member=cast.other_member).exists()
