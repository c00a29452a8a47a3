"""Hand a draft to one person, as its words stand now, for a time; and hand over the words as they have become."""

from __future__ import annotations

import datetime

from django.db import transaction

from leeward.audience.models import Choice, Ring, RingKind, RingMember
from leeward.audience.publishing import show_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.members.models import Member
from leeward.members.pace import keep_pace
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import hand_in, is_hidden
from leeward.moderation.suggesting import say_notes
from leeward.notifications.actions import tell
from leeward.notifications.bell import was_told
from leeward.stories.models import Chapter, FirstReading, Story, story_and_chapter
from leeward.stories.paces import HANDINGS
from leeward.stories.together.ending import ASKED
from leeward.stories.together.questions import asked_of, is_over, may_be_handed, reading_of

LONGEST = 30
"""So many days at most a draft can be read by another."""


class CannotBeHanded(ValueError):
    """It is not only hers to see any more, or there is no such person among those whom she chose."""


class WordsHaveChanged(Exception):
    """The words were changed since the page that showed them was opened; nothing was handed over."""


class IsHanded(Exception):
    """Somebody reads it already. `reading` is that first reading."""

    def __init__(self, reading: FirstReading) -> None:
        super().__init__("handed over already")
        self.reading = reading


def hand_over(part: Story | Chapter, *, by: Member, to: Member, days: int, notes: int = 0, stamp: int) -> FirstReading:
    """Hand a draft to one person, held until it was read by the screening; the caller settles it. Twice is once.

    Args:
        part: the author's own, which nobody else sees.
        by: its author.
        to: one of the people whom she chose.
        days: for how many days, `LONGEST` at most.
        notes: bit mask of what is inside.
        stamp: `touched_at` of the part as her page knew it.

    Raises:
        PermissionError: somebody else's words, or a member who shows nothing to others at present.
        CannotBeHanded: others see it already, it has no words, or she has not chosen this person.
        IsHanded: somebody else reads it.
        WordsHaveChanged: another tab has written since.
        TooOften: she has handed over as much as may be for now.
    """
    if part.author_id != by.pk or by.is_suspended:
        raise PermissionError("Only its author hands over a draft, and nobody who is suspended.")
    with transaction.atomic():
        once_at_a_time(by)
        part.refresh_from_db()
        chosen = Choice.objects.filter(member=by, chosen=to).exists()
        if not (chosen and may_be_handed(part) and part.full_text() and 0 < days <= LONGEST):
            raise CannotBeHanded
        before = reading_of(part, by)
        if before is not None and before.reader_id != to.pk:
            raise IsHanded(before)
        if part.touched_at != stamp:
            raise WordsHaveChanged
        if before is not None:
            return before
        keep_pace(HANDINGS, by)
        made = _make(part, by, to, days, notes)
        hand_in(made)
    return made


def hand_over_anew(reading: FirstReading, *, by: Member) -> FirstReading:
    """Give the one who reads it the words as they are now, held until they were read; the caller settles it.

    Raises:
        PermissionError: somebody else's, one that a decision hid, or a member who shows nothing to others at present.
        CannotBeHanded: it is over, or others see the draft already.
        TooOften: she has handed over as much as may be for now.
    """
    if reading.author_id != by.pk or by.is_suspended or is_hidden(reading):
        raise PermissionError("Only its author hands over a draft, and nothing that a decision hid.")
    with transaction.atomic():
        once_at_a_time(by)
        hers = FirstReading.objects.written_by(by).select_for_update(no_key=True, of=("self",))
        reading.refresh_from_db(from_queryset=hers)  # what ends it waits, and empties it then, or was first
        part = reading.part
        if is_over(reading) or not may_be_handed(part) or not part.full_text():
            raise CannotBeHanded
        if (reading.title, reading.text) == (part.title, part.text):
            return reading
        keep_pace(HANDINGS, by)
        reading.title, reading.text, reading.touched_at = part.title, part.text, now_us()
        say_notes(reading, (reading.notes & ~reading.perhaps) | (part.notes & ~part.perhaps))
        reading.save(update_fields=["title", "text", "touched_at", "notes", "perhaps", "not_inside"])
        hand_in(reading)
    return reading


def tell_the_reader(reading: FirstReading) -> None:
    """Ring for the one who is asked, once, if she has chosen its author too. Part of the transaction that shows it."""
    reader = reading.reader
    if reader is None or was_told(reader, ASKED, reading):
        return
    if asked_of(reader, Viewer.member(reader)).filter(pk=reading.pk).exists():
        tell(reader, ASKED, reading)


def _make(part: Story | Chapter, by: Member, to: Member, days: int, notes: int) -> FirstReading:
    story, chapter = story_and_chapter(part)
    made: FirstReading = FirstReading.objects.create(
        story=story,
        chapter=chapter,
        author=by,
        reader=to,
        title=part.title,
        text=part.text,
        notes=notes,
        until=now_us() + int(datetime.timedelta(days=days).total_seconds()) * MICROSECONDS,
    )
    ring = Ring.objects.create(kind=RingKind.PAIR)
    RingMember.objects.create(ring=ring, member=to)
    show_to(made, [ring.pk])
    return made
