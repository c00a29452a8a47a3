"""What this part keeps of an editor: which versions she wrote, and what she did with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leeward.kit.moments import to_datetime
from leeward.library.guides.models import Step
from leeward.members.belongings import Belonging, Farewell, Row, register
from leeward.members.models import Member


def register_belongings() -> None:
    """Register what editors did with guides. Called at start-up."""
    register(Belonging("guides", _("What I did with guides"), (Step,), _export, _erase))


def _export(member: Member) -> Iterator[Row]:
    steps = Step.objects.filter(by=member).select_related("version__guide")
    for step in steps:
        yield {
            "when": to_datetime(step.at).isoformat(),
            "guide": step.version.guide.key,
            "version": step.version.number,
            "what": step.what,
            "words": step.words,
        }


def _erase(member: Member, farewell: Farewell) -> None:
    """Guides are the place's own words and stay; nothing tells any longer that she wrote them."""
    hers = Step.objects.filter(by=member)
    if farewell is Farewell.TAKE_ALL:
        hers.update(words="")
    hers.update(by=None)
