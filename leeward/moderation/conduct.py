"""What is seen not in a text but in how it is sent: the same text to many, very much at once, a storm on one story."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.kit.moments import DAY, now_us
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.models import Sent

SAME_TEXT = 3
"""The same words to so many within a day are looked at by a person from here on."""


def write_down_sent(thing: Shared) -> None:
    """Write down that a text was sent: a digest, gone after a day. Part of the caller's transaction."""
    under = thing
    while type(under).inside:
        under = getattr(under, type(under).inside)
    Sent.objects.update_or_create(
        kind=kind_of(thing),
        thing_id=thing.pk,
        defaults={
            "digest": _digest(thing.full_text()),
            "member_id": thing.author_id,
            "under_id": under.pk,
            "at": now_us(),
        },
    )


def signs_of_conduct(thing: Shared, *, linked: bool) -> frozenset[str]:
    """What the way of sending says: keys of moderation.signs."""
    signs = set()
    same = Sent.objects.filter(digest=_digest(thing.full_text()), at__gt=now_us() - DAY)
    if len(thing.full_text().split()) > 5 and same.count() >= SAME_TEXT:
        signs.add("repeated")
    if linked and thing.author is not None and must_be_read_first(thing.author):
        signs.add("link")
    return frozenset(signs)


def _digest(text: str) -> str:
    words = " ".join(text.casefold().split())
    return salted_hmac("leeward.moderation.sent", words, algorithm="sha256").hexdigest()
