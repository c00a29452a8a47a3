"""How a story is found: by its words, and by the facts that its author chose to show with it."""

from __future__ import annotations

from leeward.journeys.ranking import facts_for_index
from leeward.search.documents import Document, register
from leeward.stories.facts import shown_facts
from leeward.stories.models import Story


def register_finding() -> None:
    """Let stories be found. Called at start-up."""
    register(Story, _described)


def _described(story: Story) -> Document | None:
    if story.taken_back_at:
        return None
    return Document(story.title, story.text, facts_for_index(shown_facts([story])[story.pk]))
