"""A letter about a note or a line goes only if its reader may still see it when it is sent, and says nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from leeward.audience.actions import block, mute, set_shield
from leeward.audience.notes import NOTE
from leeward.audience.publishing import hold
from leeward.circles.actions.ending import decline, take_back_mine
from leeward.circles.actions.talking import take_back_line
from leeward.circles.models import Line, Meeting
from leeward.members.belongings import Farewell
from leeward.members.leaving import leave
from leeward.members.tending import tend
from leeward.notifications.bell import has_something_new
from leeward.notifications.deliver import deliver_letters
from leeward.notifications.models import Letter, LetterState
from tests.circles.people import met, noted, said
from tests.circles.reading import aged, page_of
from tests.conftest import Cast
from tests.notifications.letterbox import Letterbox, open_letterbox


@pytest.fixture
def letterbox(settings: object, cast: Cast) -> Iterator[Letterbox]:
    """A mail server; the one who reads has an address."""
    cast.other_member.email = "tobias@example.org"
    cast.other_member.save()
    with open_letterbox(settings) as box:
        yield box


@pytest.fixture
def note(letterbox: Letterbox, cast: Cast) -> Meeting:
    """A first note, with a letter about it waiting."""
    made = noted(cast.same_ring, cast.other_member, notes=NOTE["faith"].bit)
    assert Letter.objects.get().state == LetterState.WAITING
    return made


@pytest.fixture
def line(letterbox: Letterbox, cast: Cast) -> Line:
    """A line of two who have met, with a letter about it waiting."""
    meeting = met(cast.same_ring, cast.other_member)
    page_of(cast.other_member, meeting)
    Letter.objects.all().delete()
    made = said(meeting, cast.same_ring, "Where the lamp is.", notes=NOTE["faith"].bit)
    assert Letter.objects.get().state == LetterState.WAITING
    return made


def lapse(note: Meeting) -> None:
    aged(note, 31)
    tend()


NOTE_GONE: dict[str, Callable[[Cast, Meeting], object]] = {
    "its writer takes it back": lambda cast, note: take_back_mine(note, by=cast.same_ring),
    "its reader blocks the writer": lambda cast, note: block(cast.other_member, cast.same_ring),
    "its writer blocks the reader": lambda cast, note: block(cast.same_ring, cast.other_member),
    "its reader mutes the writer": lambda cast, note: mute(cast.other_member, cast.same_ring),
    "its reader shields herself": lambda cast, note: set_shield(cast.other_member, NOTE["faith"].bit),
    "its reader has left it unanswered": lambda cast, note: decline(note, by=cast.other_member),
    "its reader has read it": lambda cast, note: page_of(cast.other_member, note),
    "it is held": lambda cast, note: hold(note),
    "it has lapsed": lambda cast, note: lapse(note),
    "its writer leaves": lambda cast, note: leave(cast.same_ring, Farewell.LEAVE_WORDS),
    "its reader leaves": lambda cast, note: leave(cast.other_member, Farewell.LEAVE_WORDS),
}
LINE_GONE: dict[str, Callable[[Cast, Line], object]] = {
    "its writer takes it back": lambda cast, line: take_back_line(line, by=cast.same_ring),
    "its writer takes all of hers back": lambda cast, line: take_back_mine(line.meeting, by=cast.same_ring),
    "its reader blocks the writer": lambda cast, line: block(cast.other_member, cast.same_ring),
    "its writer blocks the reader": lambda cast, line: block(cast.same_ring, cast.other_member),
    "its reader shields herself": lambda cast, line: set_shield(cast.other_member, NOTE["faith"].bit),
    "its reader has read it": lambda cast, line: page_of(cast.other_member, line.meeting),
    "it is held": lambda cast, line: hold(line),
    "its writer takes all with her": lambda cast, line: leave(cast.same_ring, Farewell.TAKE_ALL),
}


def test_letters_about_a_note_and_a_line_would_have_gone_and_name_nobody(
    cast: Cast, note: Meeting, letterbox: Letterbox
) -> None:
    deliver_letters()
    said(note, cast.other_member)
    said(note, cast.same_ring, "Where the lamp is.")
    deliver_letters()
    assert letterbox.recipients == ["tobias@example.org"] * 2
    for letter in letterbox.letters:
        for word in ("Ines", "note", "lamp", "read your page", note.ref):
            assert word not in str(letter), word


@pytest.mark.parametrize("change", NOTE_GONE.values(), ids=NOTE_GONE)
def test_no_letter_about_a_note_goes_when(
    cast: Cast, note: Meeting, letterbox: Letterbox, change: Callable[[Cast, Meeting], object]
) -> None:
    change(cast, note)
    _nothing_goes(letterbox)


@pytest.mark.parametrize("change", LINE_GONE.values(), ids=LINE_GONE)
def test_no_letter_about_a_line_goes_when(
    cast: Cast, line: Line, letterbox: Letterbox, change: Callable[[Cast, Line], object]
) -> None:
    change(cast, line)
    _nothing_goes(letterbox)


def _nothing_goes(letterbox: Letterbox) -> None:
    assert deliver_letters().sent == 0
    assert letterbox.letters == []
    assert not Letter.objects.filter(state=LetterState.WAITING).exists()


def test_a_bell_does_not_ring_for_what_is_deleted(cast: Cast, note: Meeting) -> None:
    assert has_something_new(cast.other_member)
    leave(cast.same_ring, Farewell.LEAVE_WORDS)
    assert not has_something_new(cast.other_member)
