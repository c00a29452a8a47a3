"""One round of tending: calls for cover, letters, the month's numbers, and what has been kept long enough."""

from __future__ import annotations

from leeward.circles.tending import tend_circles
from leeward.library.directory.api.preparing import prepare_if_due
from leeward.library.directory.desk.links import check_in_background
from leeward.members.tending import tend
from leeward.moderation.actions.cover import call_for_cover
from leeward.notifications.deliver import deliver_letters
from leeward.numbers.actions.publishing import publish_if_due
from leeward.stories.tending import tend_stories


def tend_once() -> dict[str, int]:
    """Call for cover, send letters, publish numbers, delete what docs/privacy/retention.toml says; how many of each."""
    called = call_for_cover()
    circles = tend_circles()  # before the letters: what it tells can go at once
    stories = tend_stories()
    letters = deliver_letters()
    return {
        "called for cover": called,
        "letters sent": letters.sent,
        "letters put off": letters.put_off,
        "letters dropped": letters.dropped,
        "tables of numbers published": publish_if_due(),
        "files of services prepared": prepare_if_due(),
        **circles,
        **stories,
    } | {**tend(), "links tried": check_in_background()}  # last: sites are waited for
