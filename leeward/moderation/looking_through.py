"""What is found in the words of a new text by rules, before the transaction that writes it.

To look takes as long as all that is then written down, and while one transaction writes on SQLite no other does.
"""

from __future__ import annotations

from leeward.audience.shared import Shared
from leeward.moderation.conduct import Trace, trace_of
from leeward.moderation.suggesting import suggest


def look_through(thing: Shared) -> Trace:
    """What stands for its words today, for `hand_in`. What it has inside is suggested on the thing.

    Args:
        thing: a text that is not written yet.
    """
    suggest(thing)
    return trace_of(thing.full_text())
