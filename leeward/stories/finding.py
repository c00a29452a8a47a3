"""How stories are found: by their words, and by the facts that their authors chose to show with them."""

from __future__ import annotations

from leeward.search.documents import Document, register
from leeward.stories.models import ShownFact, Story


def register_finding() -> None:
    """Let stories be found. Called at start-up."""
    register(Story, _describe)


def _describe(story: Story) -> Document | None:
    if story.taken_back_at:
        return None
    facts = ShownFact.objects.filter(story=story).values_list("facet", "key")
    return Document(story.title, story.text, frozenset(f"{facet}:{key}" for facet, key in facts))
