"""What this room tells the rooms below at start-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leeward.audience.panel import explain_by
from leeward.journeys.actions import erase_faith, erase_journey
from leeward.journeys.actions.moving import NEWS
from leeward.journeys.belongings import register_belongings
from leeward.journeys.presets import reasons_of
from leeward.journeys.words import host_words
from leeward.members import hub
from leeward.members.consents import when_withdrawn
from leeward.members.leaving import item_page
from leeward.members.models import Purpose
from leeward.notifications import kinds


def register_room() -> None:
    """Register all of it, and read the host's words once, so that a mistake in them is met at the start."""
    host_words()
    register_belongings()
    explain_by(reasons_of)
    when_withdrawn(Purpose.JOURNEY, erase_journey)
    when_withdrawn(Purpose.FAITH, erase_faith)
    hub.register(_("My journey"), "journeys:overview", _("Everything you told of it, to change or take away."))
    item_page(_("My journey"), "journeys:overview")
    kinds.register(
        kinds.Kind(
            NEWS,
            _("News of people who let me know"),
            _("Someone lets you know that something has changed."),
        )
    )
