"""One round of tending: letters that are due, and what has been kept long enough."""

from __future__ import annotations

from leeward.members.tending import tend
from leeward.notifications.deliver import deliver_letters


def tend_once() -> dict[str, int]:
    """Send due letters and delete what docs/privacy/retention.toml says; how many of each."""
    letters = deliver_letters()
    return {
        "letters sent": letters.sent,
        "letters put off": letters.put_off,
        "letters dropped": letters.dropped,
    } | tend()
