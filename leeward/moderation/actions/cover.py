"""Calling for cover: first words that stay silent beyond the host's promise are brought before a person.

The author is never told. A text rings for each person once, and what is answered meanwhile stops ringing.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.kit.moments import DAY, now_us
from leeward.members.models import Member, members_who_may_write
from leeward.moderation.greeting.first_words import oldest_unanswered, promised_within, still_unanswered, taken_now
from leeward.moderation.greeting.rota import todays_greeters
from leeward.moderation.models import Greeting
from leeward.notifications.actions import let_rest, tell
from leeward.notifications.bell import unread_things, was_told

COVER = "moderation.cover"
LOOK_BACK = 14 * DAY
"""For how long (microseconds) after it is due a text is called for: so long may the tending itself have stood still."""


def call_for_cover() -> int:
    """Tell today's greeters of what is due, and moderators and host of what has waited twice as long; how many bells.

    Nothing that somebody has taken is called for, and nothing that a person may not see, or not answer.
    """
    _let_answered_rest()
    promise, rung = promised_within(), 0
    if not promise:
        return 0
    for greeter in todays_greeters():
        rung += _call(greeter, promise)
    keepers: QuerySet[Member] = members_who_may_write().filter(Q(is_moderator=True) | Q(is_host=True), is_active=True)
    for keeper in keepers:
        rung += _call(keeper, 2 * promise)
    return rung


def _call(person: Member, silent_for: int) -> int:
    """Ring for what has been silent for so long (microseconds) and did not ring for this person before."""
    due = now_us() - silent_for
    things = oldest_unanswered(person, Q(at__lte=due, at__gt=due - LOOK_BACK))
    taken = {(row.kind, row.thing_id) for row in taken_now(things)}
    return sum(_ring(person, thing) for thing in things if (kind_of(thing), thing.pk) not in taken)


def _ring(person: Member, thing: Shared) -> bool:
    """Ring, unless it did before. Two rounds of tending at once wait for each other at the row of the text."""
    where = {"kind": kind_of(thing), "thing_id": thing.pk}
    with transaction.atomic():
        Greeting.objects.get_or_create(**where)
        row = Greeting.objects.select_for_update().filter(**where).first()
        if row is None or was_told(person, COVER, thing):
            return False
        tell(person, COVER, thing)
        if row.cover_called_at is None:
            row.cover_called_at = now_us()
            row.save(update_fields=["cover_called_at"])
        return was_told(person, COVER, thing)


def _let_answered_rest() -> None:
    """Take unread bells away whose text has an answer by now, or is out of that person's sight."""
    for person, ids in unread_things(COVER).items():
        for kind, rung in ids.items():
            let_rest(person, COVER, kind, rung - still_unanswered(person, kind, rung))
