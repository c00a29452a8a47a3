"""Ask whether somebody would tell a story together; agree to it, and say how far."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from leeward.audience.models import EVERYONE, MEMBERS
from leeward.audience.publishing import changed, show_to
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import name_the_second
from leeward.notifications.actions import tell
from leeward.stories.jointly.questions import UpTo, may_agree, may_ask
from leeward.stories.models import FirstReading, ShownFact, Story
from leeward.stories.together.ending import ASKED, take_reading_back
from leeward.stories.together.handing import WordsHaveChanged
from leeward.stories.together.questions import asked_of

AGREED = "stories.jointly"
"""The notice that the other has agreed."""


class CannotBeToldTogether(ValueError):
    """It is over, the words are others now, it has photos or chapters, or somebody else sees it already."""


def ask_to_tell_together(reading: FirstReading, *, by: Member) -> None:
    """Ask the one who reads a draft whether she would tell it together. Twice is once.

    It rings as the reading itself did, and only if she has chosen its author too: nobody learns which.

    Raises:
        PermissionError: somebody else's draft, or she shows nothing to others at present.
        CannotBeToldTogether: what is read is not what would be told.
    """
    if reading.author_id != by.pk or by.is_suspended:
        raise PermissionError("Only its author asks, and nobody who is suspended.")
    with transaction.atomic():
        _as_they_are_now(reading, by)
        if not may_ask(reading):
            raise CannotBeToldTogether
        if reading.asked_jointly_at is not None:
            return
        reading.asked_jointly_at = now_us()
        reading.save(update_fields=["asked_jointly_at"])
        reader = reading.reader
        if reader is not None and asked_of(reader, Viewer.member(reader)).filter(pk=reading.pk).exists():
            tell(reader, ASKED, reading)


def agree(reading: FirstReading, *, by: Member, up_to: UpTo, stamp: int) -> Story:
    """Tell it together: both names stand under these words now, and its author shows them within what both agreed.

    Nothing is shown to anybody else by that. The first reading ends.

    Args:
        reading: what she was handed, and asked about.
        by: the one who reads it.
        up_to: the widest audience that she agrees to.
        stamp: `touched_at` of the reading as her page knew it.

    Raises:
        CannotBeToldTogether: it is not asked any more, or not as it stands.
        WordsHaveChanged: they are not those that she had before her.
    """
    author = reading.author
    if author is None:
        raise CannotBeToldTogether
    with transaction.atomic():
        _as_they_are_now(reading, author, by)
        if reading.touched_at != stamp:
            raise WordsHaveChanged
        if not may_agree(reading, by):
            raise CannotBeToldTogether
        story = reading.story
        story.with_teller, story.agreed_up_to, story.agreed_at = by, up_to.ring, now_us()
        story.touched_at = max(now_us(), story.touched_at + 1)  # a page on which somebody still writes is too old now
        story.save(update_fields=["with_teller", "agreed_up_to", "agreed_at", "touched_at"])
        ShownFact.objects.filter(story=story).delete()  # of one journey; the other did not read them
        take_reading_back(reading, by=author)
        name_the_second(story)
        changed(story)
        tell(author, AGREED, story)
    return story


def agree_up_to(story: Story, *, by: Member, up_to: UpTo) -> None:
    """Say anew how far she agrees. What is shown to more people is narrowed at once; nothing is widened by it.

    Raises:
        PermissionError: she is not the second of the two, or kept from writing and widens it.
    """
    with transaction.atomic():
        _same_turn(story, by)
        if story.with_teller_id != by.pk or (by.is_suspended and up_to is UpTo.EVERYONE):
            raise PermissionError("Only the second of the two agrees.")
        story.agreed_up_to = up_to.ring
        story.save(update_fields=["agreed_up_to"])
        if up_to is UpTo.MEMBERS and EVERYONE in rings_of(story):
            show_to(story, {MEMBERS})


def rings_of(story: Story) -> set[int]:
    """The keys of the rings that it is shown to."""
    return set(story.audience_rows._default_manager.filter(thing_id=story.pk).values_list("ring_id", flat=True))


def in_turn(*members: Member) -> None:
    """Wait until nobody else acts for any of them: always in the same order, so that two never wait for each other."""
    for member in sorted(set(members), key=lambda member: member.pk):
        once_at_a_time(member)


def _as_they_are_now(reading: FirstReading, *members: Member) -> None:
    """These members in their turn, and the reading as it is in it.

    Raises:
        CannotBeToldTogether: it was taken back, or one of them has left, in this very moment.
    """
    try:
        in_turn(*members)
        for row in (reading, *members):
            row.refresh_from_db()
    except ObjectDoesNotExist as gone:
        raise CannotBeToldTogether from gone


def _same_turn(story: Story, by: Member) -> None:
    """The story as it is in her turn, and in its author's, who may be showing it just now."""
    try:
        in_turn(*filter(None, (story.author, by)))
        story.refresh_from_db(fields=["author", "with_teller", "agreed_up_to"])
    except ObjectDoesNotExist as gone:
        raise PermissionError("It was taken back in this very moment.") from gone
