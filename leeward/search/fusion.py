"""One search over everything that can be found: words, meaning and facts, each a list of its own, fused by rank.

What this viewer may not see leaves each list before they are fused: what she is shown, and in which order, does not
depend on what is hidden from her.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from leeward.audience.viewers import Viewer
from leeward.search import documents
from leeward.search.few import keys_of_few
from leeward.search.finder import client
from leeward.search.finder.client import FinderUnavailable, Ranked
from leeward.search.plans import Plan
from leeward.search.question import Question, read_question
from leeward.search.showing import Found, Name, fetched, visible_among
from leeward.search.words import best_by_words

RANK_CONSTANT = 60
"""How slowly a place in a list loses its worth (Cormack and others, 2009)."""
BY_WORDS, BY_MEANING, BY_FACTS = 1.0, 1.0, 0.7
"""What each list weighs. To be tuned on judgements."""
LEAST_ALIKE = 0.25
"""Whose meaning is less alike than this (cosine) is not found by it."""
FIRST_REACH, LAST_REACH = 100, 3200
"""So many of each list are looked at first, and at most, for those that the viewer may see."""


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
class _Lists:
    """What each way of looking found, with what that list weighs; and whether a longer reach might find more."""

    ranked: list[tuple[float, Ranked]]
    by_words_only: bool
    more: bool

    def names(self) -> set[Name]:
        return {name for _weight, ranked in self.ranked for name in ranked.names}


@dataclass(frozen=True)
class _Asked:
    question: Question
    kinds: list[str]
    plan: Plan = field(default_factory=Plan)


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
    asked = _Asked(
        question, list(documents.kinds() if kinds is None else kinds), question.plan if plan is None else plan
    )
    if not asked.question or not asked.kinds:
        return FoundPage([])
    reach, among = max(FIRST_REACH, 2 * (after + size)), None
    while True:
        lists = _look(asked, reach, among)
        order = fused(lists.ranked, visible_among(lists.names(), viewer))
        if len(order) > after + size or not lists.more or among is not None:
            break
        if reach >= LAST_REACH:
            among = keys_of_few(asked.kinds, viewer)
            if among is None:
                break
            continue
        reach *= 4
    page = order[after : after + size]
    following = after + size if len(order) > after + size else None
    return FoundPage(fetched(page, viewer), following, lists.by_words_only)


def _look(asked: _Asked, reach: int, among: Sequence[int] | None) -> _Lists:
    names = best_by_words(asked.question.terms, kinds=asked.kinds, reach=reach, among=among)
    ranked = [(BY_WORDS, Ranked(names, [-float(place) for place in range(len(names))]))]
    try:
        said = client.meant(asked.question.text, asked.plan, kinds=asked.kinds, reach=reach, among=among)
    except FinderUnavailable:
        return _Lists(ranked, by_words_only=True, more=len(names) >= reach)
    ranked.append((BY_FACTS, said.facts))
    if said.meaning is not None:
        ranked.append((BY_MEANING, _alike(said.meaning)))
    more = any(len(one.names) >= reach for _weight, one in ranked)
    return _Lists(ranked, by_words_only=said.meaning is None, more=more)


def _alike(meaning: Ranked) -> Ranked:
    kept = sum(weight >= LEAST_ALIKE for weight in meaning.weights)
    return Ranked(meaning.names[:kept], meaning.weights[:kept])


def fused(lists: Sequence[tuple[float, Ranked]], visible: set[Name]) -> list[Name]:
    """Names by the sum of what their places are worth. Equals of one list share a place in it.

    Args:
        lists: each with what it weighs.
        visible: only these are placed.
    """
    worth: dict[Name, float] = defaultdict(float)
    for weight, ranked in lists:
        seen = [pair for pair in zip(ranked.names, ranked.weights, strict=True) if pair[0] in visible]
        place, before = 0, None
        for turn, (name, weighs) in enumerate(seen, start=1):
            place, before = (place if weighs == before else turn), weighs
            worth[name] += weight / (RANK_CONSTANT + place)
    return sorted(worth, key=lambda name: (-worth[name], name[0], -name[1]))
