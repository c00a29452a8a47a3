"""How a first reading ends: taken back, told, over, or one of the two has left. The reader is not told which."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.models import Ring, RingKind
from leeward.audience.publishing import show_to
from leeward.audience.unguarded import everything
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.turns import once_at_a_time
from leeward.moderation.actions import stop_waiting
from leeward.moderation.conduct import forget_sent
from leeward.notifications.actions import let_rest
from leeward.stories.models import Chapter, FirstReading, FirstReadingAudience, Remark, Story

ASKED = "stories.first_reading"
"""The notice that somebody asks to have a draft read."""
REMARK = "stories.remark"
"""The notice that one of the two has written about it."""
_AT_ONCE = 500
"""So many are looked at in one round of tending."""


def take_reading_back(reading: FirstReading, *, by: Member) -> None:
    """Let it be read no more, at once. What the two wrote about it stays with its author. Twice is once.

    Raises:
        PermissionError: somebody else's draft.
    """
    if reading.author_id != by.pk:
        raise PermissionError("Only its author takes a draft back.")
    with transaction.atomic():
        once_at_a_time(by)
        _end(FirstReading.objects.written_by(by).filter(pk=reading.pk))


def show_told(part: Story | Chapter, rings: set[int]) -> None:
    """Show a part to these rings, and end what one person read first: it is told now. Part of the caller's transaction.

    Args:
        part: the author's own.
        rings: to whom; for none, which is herself alone, nothing ends.
    """
    show_to(part, rings)
    if rings:
        _end(_of(part))


def forget_readings_of(part: Story | Chapter) -> None:
    """Delete the readings of what is taken back, with all that was written about it. Part of the caller's transaction.

    Args:
        part: a chapter, or a story with all its chapters.
    """
    _forget(_of(part, with_chapters=True))


def end_between(member: Member, other: Member) -> None:
    """End what a member has handed to the one whom she blocked. Registered with blocks: inside their transaction.

    What the other has handed to her stays as it is to its author: an end would tell of a block. Nothing rings.
    """
    end_for(member, other)
    theirs = FirstReading.objects.written_by(other).filter(reader=member)
    for one in (member, other):
        _rest(one, theirs)


def end_for(member: Member, other: Member) -> None:
    """End what a member has handed to one whom she chooses no more. Registered with that: inside its transaction."""
    once_at_a_time(member)  # what she hands over in this very moment ends too
    _end(FirstReading.objects.written_by(member).filter(reader=other))


def forget_author(member: Member) -> None:
    """Delete what a member who leaves has handed to others, with all that was written about it."""
    _forget(FirstReading.objects.written_by(member))


def forget_reader(member: Member) -> None:
    """End what was handed to a member who leaves. Its author keeps what was written about it."""
    hers = everything(FirstReading, reason="who leaves reads no draft").filter(reader=member)
    _end(hers)
    hers.update(reader=None)


def end_what_is_over() -> int:
    """End the readings whose time is over: the rule hides them in that moment, this takes the words away. How many."""
    over = everything(FirstReading, reason="what is over is emptied, whoever looks")
    keys = list(over.filter(ended_at=None, until__lte=now_us()).values_list("pk", flat=True)[:_AT_ONCE])
    with transaction.atomic():
        _end(over.filter(pk__in=keys))
    return len(keys)


def _of(part: Story | Chapter, *, with_chapters: bool = False) -> QuerySet[FirstReading]:
    found = everything(FirstReading, reason="what was read first goes the way of its draft")
    if isinstance(part, Chapter):
        return found.filter(chapter=part)
    return found.filter(story=part) if with_chapters else found.filter(story=part, chapter=None)


def _end(readings: QuerySet[FirstReading]) -> None:
    """Empty them and show them to nobody but their author, who keeps what was written about them."""
    locked = readings.select_for_update(no_key=True, of=("self",))
    going = list(locked.filter(ended_at=None).select_related("reader"))
    for reading in going:
        stop_waiting(reading)
        forget_sent(reading)
        if reading.reader is not None:
            _rest(reading.reader, readings.filter(pk=reading.pk))
    keys = [reading.pk for reading in going]
    shown = FirstReadingAudience.objects.filter(thing__in=keys, ring__kind=RingKind.PAIR)
    Ring.objects.filter(pk__in=list(shown.values_list("ring", flat=True))).delete()  # the audience goes with the ring
    readings.filter(pk__in=keys).update(
        ended_at=now_us(), title="", text="", notes=0, perhaps=0, not_inside=0, touched_at=now_us()
    )


def _forget(readings: QuerySet[FirstReading]) -> None:
    _end(readings)
    keys = list(readings.values_list("pk", flat=True))
    remarks = everything(Remark, reason="words about a draft go with it").filter(reading__in=keys)
    for remark in remarks:
        stop_waiting(remark)
    remarks.delete()
    readings.filter(pk__in=keys).delete()


def _rest(member: Member, readings: QuerySet[FirstReading]) -> None:
    """Let a member's bell be quiet about readings and what was written about them."""
    keys = list(readings.values_list("pk", flat=True))
    remarks = everything(Remark, reason="what is out of sight rings no more").filter(reading__in=keys)
    let_rest(member, ASKED, FirstReading._meta.label_lower, keys)
    let_rest(member, REMARK, Remark._meta.label_lower, list(remarks.values_list("pk", flat=True)))
