"""*People have read this*: known from five readers on, with no reader stored.

A story has sixteen marks. A member who reads it sets one of them, always the same one for her and this story; about one
member in sixteen would set that same mark. Five different marks were set by five different members at least, never by
fewer. From then on the story knows this one thing, and the marks are gone
(docs/decisions/0016-people-have-read-this.md).
"""

from __future__ import annotations

from django.db.models import F
from django.utils.crypto import salted_hmac

from leeward.audience.models import Opening
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.members.models import Member
from leeward.stories.models import Story

MARKS = 16
"""How many marks a story has."""
PEOPLE = 5
"""From how many readers on its author is told."""
READ = -1
"""What stands in place of the marks from then on."""


def was_read_by_people(story: Story) -> bool:
    """Whether five different members or more have read a story, who did not write it."""
    return story.read_marks == READ or story.read_marks.bit_count() >= PEOPLE


def keep_mark(story: Story, reader: Member) -> None:
    """Keep that somebody has read a story, unless its marks say so already: then nothing is written.

    Two who read at once lose no mark: the database itself sets it, in a row that knows it may be `READ` by then. What
    the page read of the marks can only be too few, so that the fifth is never claimed too early.

    Args:
        story: a story that was shown to her, with its words.
        reader: who reads. Its author is no reader, nor who has it on a case.
    """
    if story.read_marks == READ or reader.pk in story.tellers or story.taken_back_at or not story.is_live:
        return
    mark = mark_of(story, reader)
    is_known = bool(story.read_marks & mark)
    is_enough = (story.read_marks | mark).bit_count() >= PEOPLE
    if (is_known and not is_enough) or _on_a_case(story, reader):
        return
    hers = Story.objects.filter(pk=story.pk).visible_to(Viewer.member(reader, shield=0))
    hers.update(read_marks=READ if is_enough else F("read_marks").bitor(mark))  # -1 has every bit set, and stays -1


def mark_of(story: Story, reader: Member) -> int:
    """The one bit of sixteen that this reader sets in this story. In another story it is another."""
    digest = salted_hmac("leeward.stories.read_marks", f"{story.ref}:{reader.pk}", algorithm="sha256").digest()
    return 1 << digest[0] % MARKS


def _on_a_case(story: Story, reader: Member) -> bool:
    """Whether she reads it because it is her task."""
    if not (reader.is_moderator or reader.is_host):
        return False
    return Opening.objects.filter(moderator=reader, kind=kind_of(story), thing_id=story.pk).exists()
