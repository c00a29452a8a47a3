"""How a story is found: by its words and the facts that its author chose to show with it. A chapter: by its words."""

from __future__ import annotations

from leeward.audience.changing import when_changed
from leeward.audience.shared import Shared
from leeward.audience.unguarded import everything
from leeward.journeys.ranking import facts_for_index
from leeward.search.documents import Document, keep_in_step, register
from leeward.stories.facts import shown_facts
from leeward.stories.models import Chapter, Story


def register_finding() -> None:
    """Let stories and their chapters be found. Called at start-up."""
    register(Story, _described)
    register(Chapter, _chapter_described)
    when_changed(_chapters_follow)


def _described(story: Story) -> Document | None:
    if story.taken_back_at:
        return None
    return Document(story.title, story.text, facts_for_index(shown_facts([story])[story.pk]))


def _chapter_described(chapter: Chapter) -> Document | None:
    """It is not found while its story is not shown."""
    if chapter.story.taken_back_at or not chapter.story.is_live:
        return None
    return Document(chapter.title, chapter.text)


def _chapters_follow(thing: Shared) -> None:
    if isinstance(thing, Story):
        for chapter in everything(Chapter, reason="chapters are found while their story is").filter(story=thing.pk):
            keep_in_step(chapter)
