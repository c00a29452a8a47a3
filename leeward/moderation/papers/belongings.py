"""What the host's papers keep of a member, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.members import tending
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member
from leeward.members.retention import kept_since
from leeward.moderation.models import Disclosure, HostText, RulesVersion
from leeward.moderation.papers.tally import keep_as_numbers, tally_disclosures


def register_papers() -> None:
    """Register what the host wrote with members, and the tending of it. Called at start-up."""
    papers = (RulesVersion, HostText)
    register(Belonging("house_papers", _("Papers that I wrote as the host"), papers, _export_papers, _erase_papers))
    title = _("Disclosures that I wrote down as the host")
    register(Belonging("moderation_disclosures", title, (Disclosure,), _export_disclosures, _erase_disclosures))
    tending.register("moderation_disclosures", _tend_disclosures)


def _export_papers(member: Member) -> Iterator[Row]:
    for version in RulesVersion.objects.filter(by=member).order_by("at"):
        yield {"when": _when(version.at), "what": "rules of the house", "version": version.number, "why": version.why}
    for text in HostText.objects.filter(by=member).order_by("at"):
        yield {"when": _when(text.at), "what": text.key, "confirmed_as": text.role, "text": text.text}


def _erase_papers(member: Member, farewell: Farewell) -> None:
    """They are the place's, not hers: they stay, without saying who wrote them."""
    RulesVersion.objects.filter(by=member).update(by=None)
    HostText.objects.filter(by=member).update(by=None)


def _export_disclosures(member: Member) -> Iterator[Row]:
    for line in Disclosure.objects.filter(by=member).order_by("at"):
        yield {"when": _when(line.at), "what": "a line in the log of disclosures", "of": line.on.isoformat()}


def _erase_disclosures(member: Member, farewell: Farewell) -> None:
    Disclosure.objects.filter(by=member).update(by=None)


def _tend_disclosures() -> int:
    old = Disclosure.objects.filter(at__lt=kept_since("moderation_disclosures"))
    with transaction.atomic():
        keep_as_numbers(tally_disclosures(old))
        return old.delete()[0]


def _when(moment: int) -> str:
    return to_datetime(moment).isoformat()
