"""The facts that a story shows: chosen by its author from her journey or her words, and spoken in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from leeward.audience.prepared import prepared
from leeward.audience.rows import in_sizes
from leeward.audience.viewers import Viewer
from leeward.journeys.facts import Pair
from leeward.journeys.shown import pairs_in_words
from leeward.journeys.vocabulary import FACET
from leeward.language.told import told
from leeward.stories.models import ShownFact, Story

MOST_FROM_WORDS = 12
"""At most so many facts of a story's own words are offered."""
MOST_SAID = 2_048
"""Of so many stories' facts a process keeps how they are said: nobody's, since a story's are shown with it."""


def shown_facts(stories: Iterable[Story]) -> dict[int, list[Pair]]:
    """The facts of each story, by its key. One query for all."""
    facts: dict[int, list[Pair]] = defaultdict(list)
    for some in in_sizes(story.pk for story in stories):
        for story_id, facet, key in _facts_shown(Viewer.stranger(), len(some), **some):
            facts[story_id].append((facet, key))
    return facts


@prepared
def _facts_shown(_anybody: Viewer, /, many: int, **keys: int) -> QuerySet[ShownFact, tuple[int, str, str]]:
    rows = ShownFact.objects.filter(story_id__in=list(keys.values())).order_by("pk")
    return rows.values_list("story_id", "facet", "key")


def facts_in_her_words(story: Story, but: Collection[Pair] = ()) -> list[Pair]:
    """Facts that a story's own words tell: offered to its author to tick, never ticked. Faith is not: it needs more.

    Args:
        story: hers.
        but: facts that are offered already.
    """
    try:
        found = told(story.full_text(), settings.LANGUAGE_CODE)
    except LookupError:
        return []
    pairs = [(one.facet, one.key) for one in found]
    return [pair for pair in pairs if _may_be_offered(pair) and pair not in but][:MOST_FROM_WORDS]


def _may_be_offered(pair: Pair) -> bool:
    return pair[0] == "weeks" or (pair[0] in FACET and not FACET[pair[0]].consent)


def told_of(stories: Sequence[Story]) -> dict[int, list[str]]:
    """What each story is about, in words, by its key. One query for all."""
    facts = shown_facts(stories)
    language = get_language()
    return {story.pk: list(_in_words(language, tuple(facts[story.pk]))) for story in stories}


@lru_cache(MOST_SAID)
def _in_words(_language: str | None, facts: tuple[Pair, ...]) -> tuple[str, ...]:
    return tuple(map(str, pairs_in_words(facts)))
