"""What objections and tellings keep of a member, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.members.unsent import put_away
from leeward.moderation.models import Appeal, Telling


def register_appeal_belongings() -> None:
    """Register them with members. Called at start-up, after the log of decisions: leaving, they go before it."""
    register(
        Belonging("appeals", _("Objections to decisions"), (Appeal,), _export_appeals, _erase_appeals),
    )
    register(Belonging("tellings", _("What I was told of a threat"), (Telling,), _export_tellings, _erase_tellings))
    tending.register("tellings", _tend_tellings)


def _export_appeals(member: Member) -> Iterator[Row]:
    for appeal in Appeal.objects.filter(decision__case__author=member).order_by("at"):
        yield {
            "when": _when(appeal.at),
            "my_words": appeal.words,
            "looked_at_again": _when(appeal.heard_at),
            "taken_back": appeal.granted,
            "answer": appeal.answer,
        }
    for appeal in Appeal.objects.filter(heard_by=member).order_by("heard_at"):
        yield {"heard_by_me": _when(appeal.heard_at), "taken_back": appeal.granted, "my_answer": appeal.answer}


def _erase_appeals(member: Member, farewell: Farewell) -> None:
    """What waits goes with her: nobody would hear the answer. That one was heard stays, without anybody's words."""
    hers = Appeal.objects.filter(decision__case__author=member)
    waiting = hers.filter(heard_at=None)
    put_away(None, *(reverse("moderation:appeal_hear", args=[pk]) for pk in waiting.values_list("pk", flat=True)))
    waiting.delete()
    hers.update(words="", answer="")
    Appeal.objects.filter(heard_by=member).update(heard_by=None)


def _export_tellings(member: Member) -> Iterator[Row]:
    for row in Telling.objects.filter(told=member, agreed_at__isnull=False).order_by("agreed_at"):
        yield {"when": _when(row.agreed_at), "words": row.words}
    for row in Telling.objects.filter(Q(proposed_by=member) | Q(agreed_by=member) | Q(declined_by=member)):
        yield {
            "proposed_by_me_as_a_moderator": _when(row.proposed_at) if row.proposed_by_id == member.pk else None,
            "agreed_by_me_as_a_moderator": _when(row.agreed_at) if row.agreed_by_id == member.pk else None,
            "declined_by_me_as_a_moderator": _when(row.declined_at) if row.declined_by_id == member.pk else None,
        }


def _erase_tellings(member: Member, farewell: Farewell) -> None:
    """The words were for her: they go. That she was told stays for its days, with the evidence, tied to nobody."""
    Telling.objects.filter(told=member).update(told=None, words="")
    for role in ("proposed_by", "agreed_by", "declined_by"):
        Telling.objects.filter(**{role: member}).update(**{role: None})


def _tend_tellings() -> int:
    since = kept_since("tellings")
    return Telling.objects.filter(Q(agreed_at=None) | Q(agreed_at__lt=since), proposed_at__lt=since).delete()[0]


def _when(moment: int | None) -> str | None:
    return to_datetime(moment).isoformat() if moment else None
