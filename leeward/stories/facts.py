"""The facts that a story shows: chosen by its author from her journey, and spoken in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from leeward.journeys.facts import Pair
from leeward.journeys.shown import pairs_in_words
from leeward.stories.models import ShownFact, Story


def shown_facts(stories: Iterable[Story]) -> dict[int, list[Pair]]:
    """The facts of each story, by its key. One query for all."""
    facts: dict[int, list[Pair]] = defaultdict(list)
    rows = ShownFact.objects.filter(story__in=[story.pk for story in stories]).order_by("pk")
    for story_id, facet, key in rows.values_list("story_id", "facet", "key"):
        facts[story_id].append((facet, key))
    return facts


def told_of(stories: Sequence[Story]) -> dict[int, list[str]]:
    """What each story is about, in words, by its key. One query for all."""
    facts = shown_facts(stories)
    return {story.pk: pairs_in_words(facts[story.pk]) for story in stories}
