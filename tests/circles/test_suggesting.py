"""What words between people seem to have inside is asked of who wrote them, and of nobody else."""

from __future__ import annotations

from django.urls import reverse

from leeward.audience.notes import NOTE
from leeward.circles.actions.being_found import be_found
from leeward.circles.actions.ending import take_back_mine
from leeward.circles.models import FoundBy, Line, Meeting, Presence
from leeward.circles.shown import Wish
from leeward.moderation.suggesting import answer_suggestion
from tests.circles.people import findable, met, noted, said
from tests.circles.reading import page_of
from tests.conftest import Cast, signed_in
from tests.journeys.journeying import text_of

PREGNANT = "I am eleven weeks pregnant again and I have told nobody."
BIT = NOTE["pregnancy_current"].bit
ASKED = "seem to speak of this: someone is pregnant now"


def test_her_page_for_being_found_asks_her_and_one_tap_answers(cast: Cast) -> None:
    presence = findable(cast.author, text=PREGNANT)
    assert presence.perhaps == BIT
    client = signed_in(cast.author)
    assert ASKED in text_of(client.get("/found/"))
    assert ASKED in text_of(client.get(presence.get_absolute_url()))
    others = text_of(signed_in(cast.other_member).get(presence.get_absolute_url()))
    assert ASKED not in others
    assert "perhaps someone is pregnant now" in others
    where = reverse("moderation:say_inside", args=["circles.presence", presence.ref])
    after = text_of(client.post(where, {"note": "pregnancy_current", "inside": "no"}, follow=True))
    assert ASKED not in after
    assert Presence.objects.written_by(cast.author).get().notes == 0


def test_what_she_looks_at_first_says_perhaps_too(cast: Cast) -> None:
    findable(cast.author)
    said_so = {"text": PREGNANT, "found_by": "members", "look": "1", "agree": "on"}
    page = text_of(signed_in(cast.author).post("/found/", said_so))
    assert "perhaps someone is pregnant now" in page
    assert Presence.objects.written_by(cast.author).get().text == "I am here."


def test_what_she_ticks_herself_is_perhaps_no_more(cast: Cast) -> None:
    findable(cast.author, text=PREGNANT)
    be_found(cast.author, Wish(PREGNANT, FoundBy.MEMBERS, frozenset(), BIT))
    presence = Presence.objects.written_by(cast.author).get()
    assert (presence.notes, presence.perhaps) == (BIT, 0)


def test_a_suggestion_goes_with_the_words_and_not_with_the_facts(cast: Cast) -> None:
    fact = ("now", "pregnant_after_loss")
    findable(cast.author, fact, text=PREGNANT)
    be_found(cast.author, Wish("", FoundBy.MEMBERS, frozenset({fact})))
    presence = Presence.objects.written_by(cast.author).get()
    assert (presence.notes, presence.perhaps) == (BIT, 0)


def test_who_writes_a_note_or_a_line_is_asked_where_it_stands(cast: Cast) -> None:
    note = noted(cast.same_ring, cast.other_member, text=PREGNANT)
    assert ASKED in page_of(cast.same_ring, note)
    assert ASKED not in page_of(cast.other_member, note)
    line = said(note, cast.other_member, "My sister is sixteen weeks pregnant and glowing.")
    assert ASKED in page_of(cast.other_member, note)
    for writer, thing in ((cast.same_ring, note), (cast.other_member, line)):
        where = reverse("moderation:say_inside", args=[thing._meta.label_lower, thing.ref])
        page = text_of(signed_in(writer).post(where, {"note": "pregnancy_current", "inside": "yes"}, follow=True))
        assert ASKED not in page
    assert Meeting.objects.written_by(cast.same_ring).get().perhaps == 0
    assert Line.objects.written_by(cast.other_member).get().notes == BIT


def test_words_taken_back_leave_nothing_of_what_was_said_about_them(cast: Cast) -> None:
    meeting = met(cast.same_ring, cast.other_member)
    Meeting.objects.written_by(cast.same_ring).update(perhaps=BIT, notes=BIT)
    answer_suggestion(meeting, by=cast.same_ring, note="pregnancy_current", is_inside=False)
    take_back_mine(meeting, by=cast.same_ring)
    meeting = Meeting.objects.written_by(cast.same_ring).get()
    assert (meeting.notes, meeting.perhaps, meeting.not_inside) == (0, 0, 0)
