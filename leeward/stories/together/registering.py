"""What first readings tell the rooms below at start-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leeward.audience.actions import when_blocked, when_unchosen
from leeward.members import hub, tending
from leeward.members.leaving import item_page
from leeward.moderation.actions import when_released
from leeward.moderation.conduct import register_talk
from leeward.notifications.kinds import Kind, register
from leeward.stories.models import FirstReading, Remark
from leeward.stories.together.belongings import register_belongings
from leeward.stories.together.ending import ASKED, REMARK, end_between, end_for, end_what_is_over
from leeward.stories.together.handing import tell_the_reader
from leeward.stories.together.talking import tell_the_other


def register_reading_together() -> None:
    """Register all of it."""
    register_belongings()
    tending.register("first_readings", end_what_is_over)
    when_blocked(end_between)
    when_unchosen(end_for)
    when_released(FirstReading, tell_the_reader)
    when_released(Remark, tell_the_other)
    register_talk("stories.remark")
    register(
        Kind(ASKED, _("Someone asks me to read something first"), _("Somebody asks whether you would read something."))
    )
    register(Kind(REMARK, _("Someone writes about what we read together"), _("Someone has written to you about it.")))
    hub.register(
        _("Read with me"),
        "stories:together",
        _("Words that one person reads first: yours, or somebody's whom you chose."),
    )
    item_page(_("What one person read first, and what I wrote about it"), "stories:together")
