"""Every write of this room that others ask for: take a photo in, and let it go."""

from leeward.photos.actions.discarding import discard
from leeward.photos.actions.receiving import receive

__all__ = ["discard", "receive"]
