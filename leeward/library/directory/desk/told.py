"""What members and strangers say is no longer so: said, kept for editors alone, and settled."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count

from leeward.kit.moments import now_us
from leeward.library.actions import refuse_all_but_editors
from leeward.library.directory.desk.models import Settled, Word
from leeward.library.directory.models import Service
from leeward.members.limits import Door
from leeward.members.models import Member
from leeward.members.pace import DAY, HOUR, Pace, keep_pace

BY_STRANGERS = Door("told_service", 10, 10, datetime.timedelta(hours=1))
"""Words of people without an account: by their network address, under the key of the day."""
BY_MEMBERS = Pace("no_longer_so", ((20, HOUR), (60, DAY)))
MOST_WAITING = 20
"""So many words of people without an account wait for one service; more would tell an editor nothing new."""
DOUBTED_AFTER = 2
"""So many members, each by herself, before others are told that something may have changed."""


def tell(service: Service, *, what: str, words: str, by: Member | None) -> None:
    """Say that a service is no longer as it is shown. A second word of the same member takes the place of the first.

    Args:
        service: which.
        what: a value of `Wrong`.
        words: more, if she says more.
        by: who says it; None: somebody without an account, whom the caller has counted.

    Raises:
        TooOften: she has said so very often today.
    """
    with transaction.atomic():
        if by is None:
            if Word.objects.filter(service=service, by=None, settled_at=None).count() < MOST_WAITING:
                Word.objects.create(service=service, what=what, words=words.strip())
            return
        keep_pace(BY_MEMBERS, by)
        told = {"what": what, "words": words.strip(), "at": now_us()}
        Word.objects.update_or_create(service=service, by=by, settled_at=None, defaults=told)


def settle(words: Collection[Word], outcome: Settled, *, by: Member) -> int:
    """Say what became of words that waited.

    Those that another editor has settled meanwhile stay as she did, and what was said anew since goes on waiting. Who
    said it had to be known only while it waited, so that one person does not count as two: from now on nobody knows.

    Args:
        words: as the editor read them.
        outcome: what became of them.
        by: the editor.

    Returns:
        How many were settled now.

    Raises:
        PermissionDenied: she is no editor.
    """
    refuse_all_but_editors(by)
    done = {"settled_at": now_us(), "settled": outcome, "settled_by": by, "by": None}
    waiting = Word.objects.filter(settled_at=None)
    return sum(waiting.filter(pk=word.pk, at=word.at).update(**done) for word in words)


def waiting_words(service: Service) -> list[Word]:
    """What was said of a service and nobody has settled, the oldest first."""
    return list(Word.objects.filter(service=service, settled_at=None))


def doubted(services: Collection[str]) -> frozenset[str]:
    """Of these services, those of which two members or more say that something has changed, until it is settled.

    Nothing is hidden for it, and no page says what was said or by whom: whoever wants a clinic out of sight gets no
    more than a sentence, and an editor looks. One question.

    Args:
        services: their ids.
    """
    said = Word.objects.filter(service_id__in=services, settled_at=None, by__isnull=False)
    many = said.values("service_id").annotate(members=Count("by", distinct=True)).filter(members__gte=DOUBTED_AFTER)
    return frozenset(many.order_by().values_list("service_id", flat=True))
