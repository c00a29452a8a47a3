"""What is kept of sending: that a text waits, that it was sent, and what came in great numbers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.moderation.actions.storms import forget_storms
from leeward.moderation.arrivals import forget_rushes, notice_rush
from leeward.moderation.models import Screening, Sent


def register_sent() -> None:
    """Register with members what is kept of sending, and its tending. Called at start-up."""
    register(Belonging("screening", _("What waits to be read"), (Screening,), _export_waiting, _erase_waiting))
    register(Belonging("sent", _("What I sent in the last day"), (Sent,), _export_sent, _erase_sent))
    tending.register("sent", _tend_sent)
    tending.register("arrivals", _tend_arrivals)


def _export_waiting(member: Member) -> Iterator[Row]:
    for row in Screening.objects.filter(author=member).order_by("at"):
        yield {"waits_since": _when(row.at)}


def _erase_waiting(member: Member, farewell: Farewell) -> None:
    Screening.objects.filter(author=member).delete()


def _export_sent(member: Member) -> Iterator[Row]:
    for row in Sent.objects.filter(member=member).order_by("at"):
        yield {"sent": _when(row.at)}


def _erase_sent(member: Member, farewell: Farewell) -> None:
    Sent.objects.filter(member=member).delete()


def _tend_sent() -> int:
    return Sent.objects.filter(at__lt=kept_since("sent")).delete()[0] + forget_storms()


def _tend_arrivals() -> int:
    """See whether very many have joined, also if none of them has written yet; and forget old days."""
    notice_rush()
    return forget_rushes(to_datetime(kept_since("arrivals")).date())


def _when(moment: int) -> str:
    return to_datetime(moment).isoformat()
