"""What quoting tells the rooms below at start-up."""

from __future__ import annotations

from leeward.audience.changing import when_changed
from leeward.moderation.quoted import register_quoted
from leeward.stories.models import Answer
from leeward.stories.quoting.actions import follow_its_source
from leeward.stories.quoting.shown import passage_above


def register_quoting() -> None:
    """Quotes follow what they were taken from, and stand beside an answer on its case."""
    when_changed(follow_its_source)
    register_quoted(Answer, passage_above)
