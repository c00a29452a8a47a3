"""What is done every few minutes: what has left the index is forgotten, on the disk too."""

from __future__ import annotations

from leeward.members import tending
from leeward.members.retention import kept_since
from leeward.search.documents import forget_departures
from leeward.search.words import blot_out


def register_tending() -> None:
    """Register what keeps the table of docs/privacy. Called at start-up."""
    tending.register("departures", _forget)


def _forget() -> int:
    blot_out()
    return forget_departures(kept_since("departures"))
