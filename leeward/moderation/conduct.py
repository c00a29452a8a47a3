"""What is seen not in a text but in how it is sent: the same text to many, very much at once, a link from a newcomer.

A storm on one story is seen in `actions.storms`. What is found are signs for a person, never a judgement of a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, shared_models
from leeward.kit.moments import DAY, MICROSECONDS, now_us
from leeward.kit.statements import Written, asked, taken_away
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


@dataclass(frozen=True)
class Trace:
    """What stands for the words of a text for a day: numbers under the day's key."""

    digest: str
    likeness: int | None


def trace_of(text: str) -> Trace:
    """What stands for these words today."""
    words, key = words_of(text), key_of_today()
    return Trace(digest_of(words, key), likeness_of(words, key))


def write_down_sent(thing: Shared, trace: Trace | None = None) -> None:
    """Write down that a text was sent: numbers without words, gone after a day. Part of the caller's transaction.

    Args:
        thing: the text.
        trace: of its words, if this transaction has just written it.
    """
    assert thing.author_id is not None  # whose author has left is not sent
    if trace is None:
        trace = trace_of(thing.full_text())
        _unsent.now(kind=kind_of(thing), thing=thing.pk)
    _SENT.now(
        kind=kind_of(thing),
        thing_id=thing.pk,
        digest=trace.digest,
        likeness=trace.likeness,
        member=thing.author_id,
        under_id=outermost(thing).pk,
        at=now_us(),
    )


_SENT = Written(Sent, "kind", "thing_id", "digest", "likeness", "member", "under_id", "at")


@taken_away
def _unsent(*, kind: str, thing: int) -> QuerySet[Sent, Any]:
    return Sent.objects.filter(kind=kind, thing_id=thing)


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
    if under is not thing and writer.pk in under.tellers:
        return frozenset(signs)
    if _is_repeated(thing):
        signs.add("repeated")
    if not is_talk(thing) and _sent_more_than(MUCH, member=writer.pk, since=now_us() - AT_ONCE):
        signs.add("flood")
    return frozenset(signs)


@asked
def _sent_more_than(many: int, *, member: int, since: int) -> QuerySet[Sent, tuple[int]]:
    return Sent.objects.filter(member_id=member, at__gt=since).values_list("pk")[many : many + 1]


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


def _is_repeated(thing: Shared) -> bool:
    """Whether she sent these words to several today; or, if they are many, several people sent them."""
    members = _senders_of_the_same(thing)
    by_her = members.count(thing.author_id or 0)
    if len(words_of(thing.full_text())) < LONG_ENOUGH:
        return by_her >= SAME_FEW_WORDS
    return by_her >= SAME_TEXT or len(set(members)) >= SAME_TEXT


def _senders_of_the_same(thing: Shared) -> list[int]:
    """Who sent the same words today, or nearly the same if they are many, once for each time; this time counted too.

    "Yes" and "good night" are said again and again to the same person: what was said before in one talk is left out.
    """
    kind, under, since = kind_of(thing), outermost(thing).pk, now_us() - DAY
    found: dict[int, _Sending] = {}
    for digest, likeness in _said_of(kind=kind, thing=thing.pk):
        found |= {one[0]: one for one in _in_the_same_words(digest=digest, since=since)}
        if likeness is not None:
            alike = [key for key, other in _newest_to_compare(since=since) if are_alike(likeness, other)]
            found |= {one[0]: one for one in _sendings(key for key in alike if key not in found)}
    talk = is_talk(thing)
    return [
        member
        for _key, member, its_kind, stands_under, key in found.values()
        if not (talk and its_kind == kind and stands_under == under and key != thing.pk)
    ]


_Sending = tuple[int, int, str, int, int]
"""The key of a row of Sent, its member, kind, what it stands under, and the key of the thing."""
_SENDING = ("pk", "member_id", "kind", "under_id", "thing_id")


@asked
def _said_of(*, kind: str, thing: int) -> QuerySet[Sent, tuple[str, int | None]]:
    return Sent.objects.filter(kind=kind, thing_id=thing).values_list("digest", "likeness")


@asked
def _in_the_same_words(*, digest: str, since: int) -> QuerySet[Sent, _Sending]:
    return Sent.objects.filter(at__gt=since, digest=digest).values_list(*_SENDING)


@asked
def _newest_to_compare(*, since: int) -> QuerySet[Sent, tuple[int, Any]]:
    """No more of each than is compared: hundreds are read for each text that is sent, and hardly any is alike."""
    rows = Sent.objects.filter(at__gt=since).exclude(likeness=None).order_by("-at")
    return rows.values_list("pk", "likeness")[:_COMPARED]


def _sendings(keys: Iterable[int]) -> list[_Sending]:
    wanted = list(keys)
    return list(Sent.objects.filter(pk__in=wanted).values_list(*_SENDING)) if wanted else []
