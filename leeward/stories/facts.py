"""The facts that a story shows: offered from its author's journey, chosen by her, spoken in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import ngettext

from leeward.journeys.facts import Pair, pairs_of, place_of
from leeward.journeys.words import say
from leeward.members.models import Member
from leeward.stories.models import ShownFact, Story

_TOLD_FIRST = ("kind", "weeks", "path", "now", "relation")


def shown_facts(stories: Iterable[Story]) -> dict[int, list[Pair]]:
    """The facts of each story, by its key. One query for all."""
    facts: dict[int, list[Pair]] = defaultdict(list)
    rows = ShownFact.objects.filter(story__in=[story.pk for story in stories]).order_by("pk")
    for story_id, facet, key in rows.values_list("story_id", "facet", "key"):
        facts[story_id].append((facet, key))
    return facts


def facts_in_words(pairs: Iterable[Pair]) -> list[str]:
    """Each fact as it is said on a page, what happened and where she is now before all else."""
    return [say_fact(pair) for pair in sorted(pairs, key=_first_told)]


def offered_facts(author: Member, shown: Iterable[Pair] = ()) -> list[Pair]:
    """What an author can show with a story: all that she told but answers of yes and no, which say nothing alone.

    Args:
        author: whose story it is.
        shown: what the story shows already: offered too, so that she can untick what she no longer holds.
    """
    told = [pair for pair in pairs_of(author) if pair[0] != "alive"]
    return [*told, *(pair for pair in shown if pair not in told)]


def told_of(stories: Sequence[Story]) -> dict[int, list[str]]:
    """What each story is about, in words, by its key. One query for all."""
    facts = shown_facts(stories)
    return {story.pk: facts_in_words(facts[story.pk]) for story in stories}


def _first_told(pair: Pair) -> tuple[int, int]:
    first = _TOLD_FIRST.index(pair[0]) if pair[0] in _TOLD_FIRST else len(_TOLD_FIRST)
    return first, place_of(pair)


def say_fact(pair: Pair) -> str:
    """One fact in words: the term's label, or the weeks."""
    facet, key = pair
    if facet == "weeks":
        return ngettext("%(weeks)s week", "%(weeks)s weeks", int(key)) % {"weeks": key}
    return say(facet, key)
