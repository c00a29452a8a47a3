"""Telling a member that something happened for her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from leeward.audience.shared import Shared
from leeward.audience.things import kind_of
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.kit.statements import Written, asked
from leeward.members.models import Member
from leeward.notifications.bell import would_meet
from leeward.notifications.kinds import Kind, kind_named, kinds_to_choose
from leeward.notifications.models import Letter, Notice, Preference

_AT_ONCE = 500
"""Rows that are written in one question."""


def tell(member: Member, kind_key: str, thing: Shared | None = None, path: str = "") -> None:
    """Write down that something happened for a member: for her bell, and for a letter if she asked for letters.

    Part of the caller's transaction: undone with it. Call it after the thing is published: what she may not see, or
    asked not to meet, is not told, so that the bell betrays neither a block nor a text that is held. What only a hard
    day keeps from her waits on the bell for tomorrow. What she has not yet read is not told twice.

    Args:
        member: whom it concerns.
        kind_key: a kind registered in notifications.kinds.
        thing: what it is about; it is shown only as long as she may see it.
        path: where to read on, for what is no shared thing; begins with a slash.

    Raises:
        LookupError: no room registers the kind.
        ValueError: neither or both of thing and path were given, or the path leads elsewhere.
    """
    kind = kind_named(kind_key)
    if (thing is None) == (not path) or (path and not path.startswith("/")) or path.startswith("//"):
        raise ValueError("A notice points at one thing or at one path of this place.")
    if thing is not None and not would_meet(thing, Viewer.on_other_days(member)):
        return
    bell, letter = wanted(member, kind)
    if not (bell or letter):
        return
    about = (kind_of(thing), int(thing.pk)) if thing else ("", 0)
    where: dict[str, Any] = {"thing_kind": about[0], "thing_id": about[1], "path": path}
    with transaction.atomic(savepoint=False):
        unread = Notice.objects.filter(member=member, kind=kind.key, read_at=None, **where)
        if _unread(member=member.pk, kind=kind.key, **where) and unread.update(at=now_us()):
            return
        if letter:
            notice = Notice.objects.create(member=member, kind=kind.key, **where)
            Letter.objects.create(member=member, notice=notice)
        else:
            _NOTICE.now(member=member.pk, kind=kind.key, at=now_us(), **where)


_NOTICE = Written(Notice, "member", "kind", "thing_kind", "thing_id", "path", "at")


@asked
def _unread(*, member: int, kind: str, thing_kind: str, thing_id: int, path: str) -> QuerySet[Notice, tuple[int]]:
    about = Notice.objects.filter(thing_kind=thing_kind, thing_id=thing_id, path=path)
    return about.filter(member_id=member, kind=kind, read_at=None).values_list("pk")[:1]


def tell_everyone(kind_key: str, path: str) -> None:
    """Write down for every member that something happened for all: as `tell`, in few questions to the database.

    Args:
        kind_key: a kind registered in notifications.kinds, which may not be switched off.
        path: where to read on; begins with a slash. Who has not yet read of it is not told twice.

    Raises:
        LookupError: no room registers the kind.
        ValueError: members may switch the kind off: then each is asked for by `tell`.
    """
    kind = kind_named(kind_key)
    if kind.may_be_off:
        raise ValueError(f"Members may switch {kind_key!r} off.")
    unread = Notice.objects.filter(kind=kind.key, path=path, thing_kind="", read_at=None)
    with transaction.atomic():
        unread.update(at=now_us())
        members = Member.objects.filter(is_active=True, ended_at=None).exclude(pk__in=unread.values("member_id"))
        told = [Notice(member=member, kind=kind.key, path=path) for member in members.iterator()]
        Notice.objects.bulk_create(told, batch_size=_AT_ONCE)
        letters = [Letter(member=one.member, notice=one) for one in told if wanted(one.member, kind)[1]]
        Letter.objects.bulk_create(letters, batch_size=_AT_ONCE)


def untell(thing: Shared) -> None:
    """Let nobody be called any more to a thing that is out of sight again. Part of the caller's transaction.

    Told anew, if it is shown once more, whoever is told hears of it.
    """
    Notice.objects.filter(thing_kind=kind_of(thing), thing_id=thing.pk, read_at=None).update(read_at=now_us())


def forget_gone(model: type[Shared], ids: Sequence[int]) -> None:
    """Let nobody be called to what is deleted: a bell that rings for nothing tells that something was there.

    Registered with deletions: called inside their transaction.
    """
    Notice.objects.filter(thing_kind=model._meta.label_lower, thing_id__in=list(ids)).delete()


def let_rest(member: Member, kind_key: str, thing_kind: str, ids: Iterable[int]) -> None:
    """Take unread bells away, and letters that wait with them: there is nothing to do any more.

    Args:
        member: for whom they ring.
        kind_key: the kind of notice.
        thing_kind: the kind of the things that they are about.
        ids: the keys of those things.
    """
    unread = Notice.objects.filter(member=member, kind=kind_key, read_at=None)
    unread.filter(thing_kind=thing_kind, thing_id__in=list(ids)).delete()


def choose_kinds(member: Member, choices: Mapping[str, tuple[bool, bool]]) -> None:
    """Keep what a member wants to hear of.

    Args:
        member: who chooses.
        choices: for each kind's key: whether on the bell, whether by letter. Kinds not hers to choose are passed over.
    """
    with transaction.atomic():
        for kind in kinds_to_choose(member):
            if kind.key in choices:
                bell, letter = choices[kind.key]
                Preference.objects.update_or_create(
                    member=member, kind=kind.key, defaults={"bell": bell, "letter": letter}
                )


def wanted(member: Member, kind: Kind) -> tuple[bool, bool]:
    """Whether a member hears of this kind on the bell, and whether by letter."""
    by_letter = bool(kind.by_letter and settings.LETTERS_ON and member.email)
    if not kind.may_be_off:
        return True, by_letter
    for bell, letter in _chosen(member=member.pk, kind=kind.key):
        return bell, by_letter and letter
    return True, by_letter


@asked
def _chosen(*, member: int, kind: str) -> QuerySet[Preference, tuple[bool, bool]]:
    return Preference.objects.filter(member_id=member, kind=kind).values_list("bell", "letter")
