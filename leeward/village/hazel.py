"""What the demonstration member has of her own: days on which she greets, words that she would rather not meet."""

from __future__ import annotations

from leeward.members.models import Member
from leeward.moderation.actions.greeting import choose_days
from leeward.moderation.actions.phrases import keep_phrases
from leeward.stories.models import Story
from leeward.stories.reading_marks import READ

PHRASES = ("at least", "now you know it works")
"""One of the closed list, and one of her own: her sister-in-law said it."""


def let_her_greet(hazel: Member) -> None:
    """She greets on every day, so that there is something on her list whenever the place is tried."""
    choose_days(hazel, range(7))


def keep_her_own(hazel: Member) -> None:
    """Keep her phrases, and that people have read what she told."""
    keep_phrases(hazel, PHRASES)
    for story in Story.objects.written_by(hazel):
        story.read_marks = READ
        story.save(update_fields=["read_marks"])
