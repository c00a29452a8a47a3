"""A storm: very much, or very cruel, sent under one story in a short time. Its author is not to stand in it.

While it lasts, what is sent there is held and read by a person first, and what accounts that are not known here had
shown just before is held back. Whom the author chose, she herself and those who keep the place still reach her. She is
told nothing of it.
"""

from __future__ import annotations

import datetime

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from leeward.audience.models import Choice
from leeward.audience.publishing import hold
from leeward.audience.shared import Shared, State
from leeward.audience.things import kind_of, model_of
from leeward.kit.moments import MICROSECONDS, now_us
from leeward.kit.statements import asked
from leeward.members.models import Member, today
from leeward.moderation.actions.cases import call_moderators, case_of
from leeward.moderation.conduct import is_known_here, is_talk, outermost
from leeward.moderation.models import Act, Because, Case, Decision, Sent, Storm
from leeward.notifications.actions import tell, untell

MINUTE = 60 * MICROSECONDS
WITHIN = 10 * MINUTE
CRUEL = 3
"""So many texts held as cruel or threatening in ten minutes are a storm, by two people or more: one silences nobody."""
BY_NEWCOMERS = ((8, MINUTE), (25, WITHIN))
"""So many from accounts of `NEWCOMER` days at most, in such a time (microseconds), are a storm too;"""
IN_ALL = ((15, MINUTE), (60, WITHIN))
"""and so many different ones from whomever."""
NEWCOMER, YOUNG = 7, 30
"""Days since joining: whose texts count as newcomers', and whose are held back though they had been shown."""
QUIET = 120 * MINUTE
"""It is over when for so long (microseconds) nothing of the kind was sent there."""
_LOOKED_AT = 200
"""So many of the newest texts under a story are counted: more than any of the numbers above."""
ROUGH = frozenset({"hostile", "threat"})
_ROLES = ("id", "is_greeter", "is_moderator", "is_host")
"""What `Member.may_greet` asks."""


def is_in_storm(thing: Shared, signs: frozenset[str]) -> bool:
    """Whether a text is sent into a storm; one that begins with it, begins. Part of the transaction that settles it.

    Args:
        thing: what was handed in.
        signs: what was found in it.
    """
    under = outermost(thing)
    if under is thing or thing.author is None or is_talk(thing) or _is_welcome(thing.author, under):
        return False
    _one_after_the_other(under)
    last = next((at for (at,) in _last(kind=kind_of(under), thing=under.pk)), 0)
    if last > now_us() - QUIET:
        # Asked once a minute is enough, and keeps the place quick while it blows.
        if last < now_us() - MINUTE and (ROUGH & signs or _blows(thing, under, signs)):
            Storm.objects.filter(kind=kind_of(under), thing_id=under.pk).update(last_at=now_us())
        return True
    if not _blows(thing, under, signs):
        return False
    _begin(thing, under)
    return True


@asked
def _last(*, kind: str, thing: int) -> QuerySet[Storm, tuple[int]]:
    return Storm.objects.filter(kind=kind, thing_id=thing).values_list("last_at")


def forget_storms() -> int:
    """Delete storms that are long over; how many."""
    return Storm.objects.filter(last_at__lt=now_us() - 2 * QUIET).delete()[0]


def _is_welcome(member: Member, under: Shared) -> bool:
    """Whether her answer comes through a storm: she tells the story, keeps the place, or the story's author chose her.

    Under an unsigned story it does not count who is chosen: that it comes through would tell whose it is.
    """
    if member.may_greet or member.pk in under.tellers:
        return True
    return under.signed and bool(_choice(member=under.author_id or 0, chosen=member.pk))


@asked
def _choice(*, member: int, chosen: int) -> QuerySet[Choice, tuple[int]]:
    return Choice.objects.filter(member_id=member, chosen_id=chosen).values_list("pk")[:1]


def _one_after_the_other(under: Shared) -> None:
    """Let no two texts under one story be settled at once: neither would see the other, nor a storm that it begins."""
    if under.author is not None and connection.features.has_select_for_update:  # else one writes at a time anyway
        hers = type(under).objects.written_by(under.author).filter(pk=under.pk)
        list(hers.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _blows(thing: Shared, under: Shared, signs: frozenset[str]) -> bool:
    """Whether a storm blows there now, this text counted.

    To what those who keep the place signed many may answer at once: on an evening when all are asked to, say.
    """
    if _is_cruel(thing, under, signs):
        return True
    if under.author is None or (under.signed and _keeps_the_place(under.author_id or 0)):
        return False
    lately = now_us() - WITHIN
    sent = _newest_under(kind=kind_of(thing), under=under.pk, lately=lately, teller=under.author_id or 0)
    since, now = today() - datetime.timedelta(days=NEWCOMER), now_us()
    return any(
        sum(1 for at, _digest, joined in sent if at > now - within and joined >= since) >= most
        for most, within in BY_NEWCOMERS
    ) or any(len({digest for at, digest, _joined in sent if at > now - within}) >= most for most, within in IN_ALL)


def _keeps_the_place(member: int) -> bool:
    """Whether she greets, moderates or hosts: asked at once, where of a story's author only the name is at hand."""
    return any(Member.from_db(None, _ROLES, row).may_greet for row in _roles(member=member))


@asked
def _roles(*, member: int) -> QuerySet[Member, tuple[int, bool, bool, bool]]:
    return Member.objects.filter(pk=member).values_list(*_ROLES)


@asked
def _newest_under(*, kind: str, under: int, lately: int, teller: int) -> QuerySet[Sent, tuple[int, str, datetime.date]]:
    sent = _sent_under(kind, under, lately, teller).order_by("-at")
    return sent.values_list("at", "digest", "member__joined_on")[:_LOOKED_AT]


def _is_cruel(thing: Shared, under: Shared, signs: frozenset[str]) -> bool:
    """Whether so much cruelty by more than one was held there lately, this text counted."""
    where = {"under_kind": kind_of(under), "under": under.pk, "kind": kind_of(thing), "thing": thing.pk}
    found = [(thing.author_id, signs), *_held_under(**where, lately=now_us() - WITHIN)]
    writers = [author for author, said in found if ROUGH & set(said)]
    return len(writers) >= CRUEL and len(set(writers)) > 1


@asked
def _held_under(
    *, under_kind: str, under: int, kind: str, thing: int, lately: int
) -> QuerySet[Case, tuple[int | None, list[str]]]:
    about = Case.objects.filter(under_kind=under_kind, under_id=under, at__gt=lately)
    let_be = Decision.objects.filter(act=Act.RELEASE, undone_at=None).values("case_id")
    held = about.exclude(pk__in=let_be).exclude(kind=kind, thing_id=thing)
    return held.values_list("author_id", "signs")


def _begin(thing: Shared, under: Shared) -> None:
    now = now_us()
    where = {"kind": kind_of(under), "thing_id": under.pk}
    Storm.objects.update_or_create(**where, defaults={"began_at": now, "last_at": now})
    call_moderators(_put_under_storm(thing))
    _hold_back(thing, under)


def _hold_back(thing: Shared, under: Shared) -> None:
    """Hold what accounts that are not known here had shown just before, and no person has read; they are told."""
    for row in _sent_lately(thing, under).exclude(thing_id=thing.pk).select_related("member"):
        if _is_welcome(row.member, under) or _was_read(row) or _is_trusted(row.member):
            continue
        hers = model_of(row.kind).objects.written_by(row.member).filter(pk=row.thing_id, state=State.LIVE)
        shown = hers.select_for_update(of=("self",), skip_locked=True).first()
        if shown is not None:
            hold(shown)
            _put_under_storm(shown)
            untell(shown)
            tell(row.member, "moderation.held", path=reverse("moderation:waiting"))


def _is_trusted(member: Member) -> bool:
    """Whether what she had shown before a storm stays: hers is no young account, and others have read her for long."""
    return member.joined_on < today() - datetime.timedelta(days=YOUNG) and is_known_here(member)


def _put_under_storm(thing: Shared) -> Case:
    case = case_of(thing, Because.DOUBTFUL)
    case.signs = sorted({*case.signs, "storm"})
    case.save(update_fields=["signs"])
    return case


def _was_read(row: Sent) -> bool:
    """Whether a person has read a text and let it be shown."""
    about = Decision.objects.filter(case__kind=row.kind, case__thing_id=row.thing_id, undone_at=None)
    return about.filter(act__in=[Act.RELEASE, Act.DISMISS]).exists()


def _sent_lately(thing: Shared, under: Shared) -> QuerySet[Sent]:
    return _sent_under(kind_of(thing), under.pk, now_us() - WITHIN, under.author_id or 0)


def _sent_under(kind: str, under: int, lately: int, teller: int) -> QuerySet[Sent]:
    return Sent.objects.filter(kind=kind, under_id=under, at__gt=lately).exclude(member_id=teller)
