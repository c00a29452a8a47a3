"""Which kinds of loss stories tell of, for moderators who asked to be spared some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from leeward.journeys.vocabulary import KIND
from leeward.moderation.losses import Source, register
from leeward.stories.models import ShownFact


def register_losses() -> None:
    """Register them with moderation. Called at start-up."""
    register(Source("stories.story", _choices, _tells_of))


def _choices() -> list[tuple[str, str]]:
    return [(term.key, str(term.label)) for term in KIND.terms]


def _tells_of(stories: Collection[int]) -> Mapping[int, frozenset[str]]:
    """By the facts that each author chose to show with her story."""
    found: dict[int, set[str]] = defaultdict(set)
    facts = ShownFact.objects.filter(story__in=stories, facet=KIND.key)
    for story_id, key in facts.values_list("story_id", "key"):
        found[story_id].add(key)
    return {story_id: frozenset(keys) for story_id, keys in found.items()}
