"""Concerns: signs that several accounts are one person, or that a loss is made up.

Two people see one: who raised it and a second, who reads and writes, too. It is told to nobody else, stands in no log
and no number, and does nothing by itself: what is done is a decision on a case, as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from leeward.audience.things import find_by_id
from leeward.audience.viewers import Viewer
from leeward.kit.moments import now_us
from leeward.members.models import Member
from leeward.members.unsent import put_away
from leeward.moderation.actions.opening import NotForYouError, has_opened, thing_of
from leeward.moderation.desks import other_moderators
from leeward.moderation.models import Case, Concern, ConcernAbout, ConcernState, Opinion
from leeward.moderation.showing import token
from leeward.notifications.actions import tell

_TOKEN = re.compile(r"[0-9a-f]{6}")


class NotYetTwoError(Exception):
    """Two people have not written yet."""


@dataclass(frozen=True)
class Account:
    """One account that a concern is about, and whether it was named by its chosen name."""

    member_id: int
    named: bool


def accounts_said(case: Case, said: str, *, moderator: Member) -> tuple[list[Account], list[str]]:
    """The accounts that somebody named, one on each line, and the lines that name none.

    Args:
        case: a case that the moderator has opened; its tokens name who wrote on it without a signature.
        said: chosen names and tokens, one on each line.
        moderator: who names them.
    """
    lines = list(dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()))
    writers = {token(case, member_id): member_id for member_id in _writers(case, moderator)}
    found, unknown = [], []
    for line in lines:
        mark = line.strip("“”\"'.,").lower()
        if _TOKEN.fullmatch(mark) and mark in writers:
            found.append(Account(writers[mark], named=False))
            continue
        member = _named(line)
        if member is None:
            unknown.append(line)
        else:
            found.append(Account(member.pk, named=True))
    return list(dict.fromkeys(found)), unknown


def raise_concern(case: Case, *, by: Member, words: str, about: Iterable[Account]) -> Concern:
    """Write down a concern, and ask the other moderators for a second person.

    Those whom it is about are not asked.

    Raises:
        NotForYouError: she has not opened the case.
        ValueError: no words, no account, or her own.
    """
    accounts = list(about)
    if not has_opened(case, by):
        raise NotForYouError("A concern comes from a case that she reads.")
    if not words.strip() or not accounts or by.pk in {account.member_id for account in accounts}:
        raise ValueError("A concern needs words, and an account other than her own.")
    with transaction.atomic():
        concern = Concern.objects.create(case=case, words=words.strip(), raised_by=by)
        ConcernAbout.objects.bulk_create(
            ConcernAbout(concern=concern, member_id=account.member_id, named=account.named) for account in accounts
        )
        for other in other_moderators(by):
            if other.pk not in {account.member_id for account in accounts}:
                tell(other, "moderation.concern", path=reverse("moderation:concerns"))
    return concern


def concerns_of(moderator: Member) -> QuerySet[Concern]:
    """The concerns that she raised or reads as the second, newest first."""
    return _not_about(moderator).filter(Q(raised_by=moderator) | Q(second=moderator)).order_by("-at")


def concerns_without_second(moderator: Member) -> QuerySet[Concern]:
    """Open concerns of others for which a second person is wanted, oldest first. Nothing of them is shown yet."""
    wanted = _not_about(moderator).filter(state=ConcernState.OPEN, second_words="")
    nobody = Q(second=None) | Q(second__is_moderator=False)
    return wanted.filter(nobody).exclude(raised_by=moderator).order_by("at")


def become_second(concern: Concern, *, by: Member) -> bool:
    """Be the second person of a concern: from then on she, and nobody else, reads it; whether she is."""
    return concerns_without_second(by).filter(pk=concern.pk).update(second=by) > 0


def leave_it(concern: Concern, *, by: Member) -> bool:
    """Leave being the second to another, before having written; whether she was."""
    hers = Concern.objects.filter(pk=concern.pk, second=by, second_words="", state=ConcernState.OPEN)
    left = hers.update(second=None) > 0
    if left:
        put_away(by, reverse("moderation:concern", args=[concern.ref]))
    return left


def write_second(concern: Concern, *, by: Member, words: str) -> None:
    """Write as the second person. Who raised it is told.

    Raises:
        NotForYouError: she is not the second, or it is closed.
        ValueError: no words.
    """
    if not words.strip():
        raise ValueError("What she sees needs words.")
    hers = Concern.objects.filter(pk=concern.pk, second=by, state=ConcernState.OPEN)
    with transaction.atomic():
        if not hers.update(second_words=words.strip()):
            raise NotForYouError("Somebody else reads this as the second.")
        if concern.raised_by is not None:
            tell(concern.raised_by, "moderation.concern", path=reverse("moderation:concerns"))


def close_concern(concern: Concern, *, by: Member, acted: bool) -> None:
    """Close a concern: something was done on a case, or it is let be.

    Raises:
        NotForYouError: she is neither of the two, or it is closed.
        NotYetTwoError: only one person has written.
    """
    open_one = concerns_of(by).filter(pk=concern.pk, state=ConcernState.OPEN)
    if not open_one.exists():
        raise NotForYouError("Two people see this concern; she is neither.")
    state = ConcernState.ACTED if acted else ConcernState.LET_BE
    if not open_one.exclude(second_words="").update(state=state, closed_at=now_us()):
        raise NotYetTwoError


def two_have_read(case: Case, decider: Member) -> bool:
    """Whether a second person has read what this case is about: as another reader, or in a concern that came from it.

    A concern that came from another case does not count, whomever it names: this one may not be signed, and whether it
    counted would tell who wrote it.
    """
    if Opinion.objects.filter(case=case).exclude(by=decider).exists():
        return True
    return concerns_of(decider).filter(case=case).exclude(second_words="").exists()


def _not_about(moderator: Member) -> QuerySet[Concern]:
    return Concern.objects.exclude(pk__in=ConcernAbout.objects.filter(member=moderator).values("concern"))


def _writers(case: Case, moderator: Member) -> list[int]:
    """Who wrote what she sees on this case."""
    viewer = Viewer.moderator(moderator)
    things = [thing_of(case, moderator), *(find_by_id(kind, thing_id, viewer) for kind, thing_id in case.around)]
    return [thing.author_id for thing in things if thing is not None and thing.author_id is not None]


def _named(name: str) -> Member | None:
    try:
        return Member.objects.get_by_natural_key(name)
    except Member.DoesNotExist:
        return None
