"""What is seen not in a text but in how it is sent: the same text to many, very much at once, a link from a newcomer.

A storm on one story is seen in `actions.storms`. What is found are signs for a person, never a judgement of a person.
"""

from __future__ import annotations

from django.db.models import QuerySet

from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, shared_models
from leeward.kit.moments import DAY, MICROSECONDS, now_us
from leeward.members.limits import key_of_today
from leeward.members.models import Member
from leeward.moderation.first_texts import must_be_read_first
from leeward.moderation.models import Sent
from leeward.moderation.sameness import LONG_ENOUGH, are_alike, digest_of, likeness_of, words_of

SAME_TEXT = 3
"""The same words to so many within a day, or from so many, are looked at by a person from here on."""
SAME_FEW_WORDS = 6
"""So many times a day one member may say the same few words to different people: "I am so sorry for your loss"."""
MUCH = 15
"""More texts than this within `AT_ONCE` nobody writes who reads what she answers."""
AT_ONCE = 10 * 60 * MICROSECONDS
KNOWN_BY = 5
"""So many texts that others have seen for a day make her one whose links are not looked at first."""
_COMPARED = 500
"""With so many of the day's newest texts another is compared; more would make each text dearer the more are sent."""


_talks: set[str] = set()


def register_talk(kind: str) -> None:
    """Say that things of this kind are said between two who talk: many short ones at once are usual there.

    Called from AppConfig.ready() of their room.
    """
    _talks.add(kind)


def is_talk(thing: Shared) -> bool:
    """Whether a thing is said between two who talk."""
    return kind_of(thing) in _talks


def write_down_sent(thing: Shared) -> None:
    """Write down that a text was sent: numbers without words, gone after a day. Part of the caller's transaction."""
    assert thing.author_id is not None  # whose author has left is not sent
    words, key = words_of(thing.full_text()), key_of_today()
    Sent.objects.update_or_create(
        kind=kind_of(thing),
        thing_id=thing.pk,
        defaults={
            "digest": digest_of(words, key),
            "likeness": likeness_of(words, key),
            "member_id": thing.author_id,
            "under_id": outermost(thing).pk,
            "at": now_us(),
        },
    )


def forget_sent(thing: Shared) -> None:
    """Let a text count as sent no longer: nobody but its writer sees it, and the same words may go elsewhere now."""
    Sent.objects.filter(kind=kind_of(thing), thing_id=thing.pk).delete()


def outermost(thing: Shared) -> Shared:
    """What a thing stands under in the end, or it itself."""
    return thing.things_around[-1] if thing.things_around else thing


def signs_of_conduct(thing: Shared, found: frozenset[str]) -> frozenset[str]:
    """What was found in a text, and what the way of sending adds: keys of moderation.signs.

    A link alone says nothing of somebody who is known here. Those who greet, moderate or host are trusted with how they
    send: many short kind words to many are what they are there for. So is an author who answers under her own words.

    Args:
        thing: what was handed in.
        found: what the reading found in its words.
    """
    writer, under = thing.author, outermost(thing)
    if writer is None or writer.may_greet:
        return found - {"link"}
    signs = set(found)
    if "link" in found and is_known_here(writer):
        signs.discard("link")
    if under is not thing and under.author_id == writer.pk:
        return frozenset(signs)
    if _is_repeated(thing):
        signs.add("repeated")
    if not is_talk(thing) and Sent.objects.filter(member=writer, at__gt=now_us() - AT_ONCE).count() > MUCH:
        signs.add("flood")
    return frozenset(signs)


def is_known_here(member: Member) -> bool:
    """Whether her first texts are read, and enough of hers have been seen by others for more than a day."""
    if must_be_read_first(member):
        return False
    seen = 0
    for model in shared_models():
        hers = model.objects.written_by(member).filter(state=State.LIVE, at__lt=now_us() - DAY)
        seen += len(hers.values_list("pk")[: KNOWN_BY - seen])
        if seen >= KNOWN_BY:
            return True
    return False


def same_as(thing: Shared) -> QuerySet[Sent]:
    """What was sent today in the same words, or nearly the same if they are many; with the thing itself."""
    row = Sent.objects.filter(kind=kind_of(thing), thing_id=thing.pk).first()
    if row is None:
        return Sent.objects.none()
    today = Sent.objects.filter(at__gt=now_us() - DAY)
    same = today.filter(digest=row.digest)
    if row.likeness is None:
        return same
    newest = today.exclude(likeness=None).order_by("-at").values_list("pk", "likeness")[:_COMPARED]
    near = [key for key, likeness in newest if likeness is not None and are_alike(row.likeness, likeness)]
    return same | today.filter(pk__in=near)


def _is_repeated(thing: Shared) -> bool:
    """Whether she sent these words to several today; or, if they are many, several people sent them."""
    same = same_as(thing)
    if is_talk(thing):  # "yes" and "good night" are said again and again to the same person
        same = same.exclude(kind=kind_of(thing), under_id=outermost(thing).pk) | same.filter(thing_id=thing.pk)
    members = list(same.values_list("member_id", flat=True))
    by_her = members.count(thing.author_id or 0)
    if len(words_of(thing.full_text())) < LONG_ENOUGH:
        return by_her >= SAME_FEW_WORDS
    return by_her >= SAME_TEXT or len(set(members)) >= SAME_TEXT
