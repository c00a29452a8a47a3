"""Whether the place may open: help is confirmed, and people are there to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from leeward.language.folders import has_screening
from leeward.library.opening import Missing, what_is_missing
from leeward.moderation.models import HostText
from leeward.moderation.papers.facts import moderators_now
from leeward.moderation.papers.setting import ENOUGH_MODERATORS
from leeward.moderation.papers.texts import newest

ACCEPTED = "opening.one_moderator"
"""Under this key stands that the host has read what it costs to begin with one moderator."""
OPENED = "opening.opened"
"""Under this key stands since when the place is open."""


@dataclass(frozen=True)
class Readiness:
    """What the place has and lacks to open.

    Args:
        missing: countries that lack a confirmed line or emergency number.
        moderators: how many may decide now.
        accepted: that the host has read what one moderator costs; None if not.
        opened: since when the place is open; None if it never was.
    """

    missing: list[Missing]
    moderators: int
    accepted: HostText | None
    opened: HostText | None

    @property
    def has_readers(self) -> bool:
        """Whether enough people moderate to begin: two, or one if the host knows what that costs."""
        return self.moderators >= ENOUGH_MODERATORS or (self.moderators == 1 and self.accepted is not None)

    @property
    def is_open(self) -> bool:
        """Whether members may come in. A moderator who leaves later does not shut out those who are inside."""
        return not self.missing and (self.has_readers or self.opened is not None)


def readiness() -> Readiness:
    """How it stands now."""
    return Readiness(what_is_missing(), moderators_now(), newest(ACCEPTED), newest(OPENED))


def may_open() -> bool:
    """Whether others than the host may come in. Always outside production. The first time is written down."""
    if not settings.PRODUCTION:
        return True
    now = readiness()
    if now.is_open and now.opened is None:
        HostText.objects.create(key=OPENED, text=f"moderators: {now.moderators}")
    return now.is_open


def what_one_moderator_costs() -> list[str]:
    """What a host reads before it begins with one moderator."""
    return [
        _(
            "What is said against a decision cannot be heard by a second moderator. Only you as the host can hear it, "
            "and not if the decision was yours; then nobody can."
        ),
        _("There is nobody to hand a case on to, and nobody to ask for a second reading."),
        _("What needs two, does not happen: telling somebody that she was threatened, and looking into a concern."),
        _("When that person sleeps, is ill or has had enough, nobody reads. First texts and reports wait."),
        _("Everything hard is read by one person alone. People who do this alone seldom last."),
    ]


def lacks_screening() -> bool:
    """Whether there is no screening for the language of this place, so that only people find what hurts."""
    return not has_screening(settings.LANGUAGE_CODE)
