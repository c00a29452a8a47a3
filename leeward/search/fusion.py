"""One search over everything that can be found: words, meaning and facts, each a list of its own, fused by rank.

What this viewer may not see leaves each list before they are cut and fused, and no list counts how often a word stands
in the texts of the place: what she is shown, and in which order, does not depend on what is hidden from her, as far as
the index looks (LAST_REACH, and the BUDGET of words).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from leeward.audience.viewers import Viewer
from leeward.search import documents
from leeward.search.few import keys_of_few
from leeward.search.finder import client
from leeward.search.finder.client import FinderUnavailable, Ranked
from leeward.search.plans import Plan
from leeward.search.question import Question, read_question
from leeward.search.showing import Found, Name, Sight
from leeward.search.words import best_by_words

RANK_CONSTANT = 10
"""How slowly a place in a list loses its worth (Cormack and others, 2009, who took 60 for lists of a thousand)."""
BY_WORDS, BY_MEANING, BY_FACTS = 1.0, 1.15, 1.2
"""What each list weighs, tuned with the constant on the development half of benchmarks/judgements/search.jsonl."""
LEAST_ALIKE = 0.25
"""Whose meaning is less alike than this (cosine) is not found by it."""
TIERS = (80, 320, 1280)
"""So many of each list that the viewer may see are fused at first; then, for pages further on, as many more."""
FIRST_REACH, LAST_REACH = 120, 3200
"""So many of each list are asked for at first, and at most, to have as many that she may see."""


@dataclass(frozen=True)
class FoundPage:
    """A page of what was found.

    Args:
        found: best first.
        next: where the next page begins, or None at the end.
        by_words_only: whether meaning and facts could not be asked: the page says so.
    """

    found: list[Found]
    next: int | None = None
    by_words_only: bool = False


@dataclass(frozen=True)
class _Asked:
    question: Question
    kinds: list[str]
    plan: Plan


@dataclass(frozen=True)
class _Lists:
    """What each way of looking found of what she may see, with what that list weighs.

    Args:
        ranked: the lists.
        is_whole: for each list whether nothing more would be found further on.
        by_words_only: whether meaning could not be asked.
    """

    ranked: list[tuple[float, Ranked]]
    is_whole: list[bool]
    by_words_only: bool

    def lacks(self, wanted: int) -> float:
        """By how much further a list must be asked for to hold as many as are wanted; 1 or less: none must."""
        open_ended = [len(one.names) for (_, one), whole in zip(self.ranked, self.is_whole, strict=True) if not whole]
        return max((wanted / max(many, 1) for many in open_ended), default=0.0)

    def ends_within(self, first: int) -> bool:
        """Whether the first so many of each list are all that there is."""
        return all(self.is_whole) and all(len(ranked.names) <= first for _weight, ranked in self.ranked)


def search_for(
    text: str,
    viewer: Viewer,
    *,
    kinds: Sequence[str] | None = None,
    size: int = 20,
    after: int = 0,
    plan: Plan | None = None,
) -> FoundPage:
    """Find things, of those that this viewer may and wants to see, her own among them.

    Args:
        text: what she typed.
        viewer: who is looking.
        kinds: of what kinds; None: of all that can be found.
        size: how many make a page.
        after: how many came before this page.
        plan: what facts to look for, where the caller knows better than the question's own words.
    """
    question = read_question(text)
    kinds = list(documents.kinds() if kinds is None else kinds)
    asked = _Asked(question, kinds, question.plan if plan is None else plan)
    if not question or not kinds:
        return FoundPage([])
    sight, order = Sight(viewer), list[Name]()
    lists = _seen(asked, sight, TIERS[0])
    for tier in TIERS:
        if lists.lacks(tier) > 1:
            lists = _seen(asked, sight, tier)
        order += fused(lists.ranked, tier, but=set(order))
        if len(order) > after + size or lists.ends_within(tier):
            break
    following = after + size if len(order) > after + size else None
    return FoundPage(sight.fetched(order[after : after + size]), following, lists.by_words_only)


def _seen(asked: _Asked, sight: Sight, wanted: int) -> _Lists:
    """The lists, each so long that as many as are wanted may be seen of it, or to its end."""
    reach, among = max(FIRST_REACH, wanted), None
    while True:
        lists = _look(asked, sight, reach, among)
        further = lists.lacks(wanted)
        if further <= 1 or among is not None:
            return lists
        if reach < LAST_REACH:
            reach = min(LAST_REACH, int(reach * max(further, 1) * 1.25) + 1)
            continue
        among = keys_of_few(asked.kinds, sight.viewer)
        if among is None:
            return lists
        reach = len(among) + 1


def _look(asked: _Asked, sight: Sight, reach: int, among: Sequence[int] | None) -> _Lists:
    names = best_by_words(asked.question.terms, kinds=asked.kinds, reach=reach, among=among)
    found = [(BY_WORDS, Ranked(names, [-float(place) for place in range(len(names))]))]
    by_words_only = True
    try:
        said = client.meant(asked.question.text, asked.plan, kinds=asked.kinds, reach=reach, among=among)
        found.append((BY_FACTS, said.facts))
        if said.meaning is not None:
            found.append((BY_MEANING, alike(said.meaning)))
            by_words_only = False
    except FinderUnavailable:
        pass
    visible = sight.among({name for _weight, ranked in found for name in ranked.names})
    whole = [len(ranked.names) < reach for _weight, ranked in found]
    return _Lists([(weight, _only(ranked, visible)) for weight, ranked in found], whole, by_words_only)


def alike(meaning: Ranked) -> Ranked:
    """What is alike enough to be found by its meaning."""
    kept = sum(weight >= LEAST_ALIKE for weight in meaning.weights)
    return Ranked(meaning.names[:kept], meaning.weights[:kept])


def _only(ranked: Ranked, visible: set[Name]) -> Ranked:
    kept = [pair for pair in zip(ranked.names, ranked.weights, strict=True) if pair[0] in visible]
    return Ranked([name for name, _weighs in kept], [weighs for _name, weighs in kept])


def fused(lists: Sequence[tuple[float, Ranked]], first: int, but: Collection[Name] = ()) -> list[Name]:
    """Names by the sum of what their places are worth. Equals of one list share a place in it.

    Args:
        lists: each with what it weighs.
        first: so many of each list are placed.
        but: names to leave out, whatever they are worth.
    """
    worth: dict[Name, float] = defaultdict(float)
    for weight, ranked in lists:
        place, before = 0, None
        for turn, (name, weighs) in enumerate(zip(ranked.names[:first], ranked.weights[:first], strict=True), start=1):
            place, before = (place if weighs == before else turn), weighs
            worth[name] += weight / (RANK_CONSTANT + place)
    return sorted(worth.keys() - set(but), key=lambda name: (-worth[name], name[0], -name[1]))
