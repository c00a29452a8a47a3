"""One round of tending: calls for cover, letters that are due, and what has been kept long enough."""

from __future__ import annotations

from leeward.members.tending import tend
from leeward.moderation.actions.cover import call_for_cover
from leeward.notifications.deliver import deliver_letters


def tend_once() -> dict[str, int]:
    """Call for cover, send due letters, and delete what docs/privacy/retention.toml says; how many of each."""
    called = call_for_cover()
    letters = deliver_letters()
    return {
        "called for cover": called,
        "letters sent": letters.sent,
        "letters put off": letters.put_off,
        "letters dropped": letters.dropped,
    } | tend()
