"""Finding by words, in the database's own index of words. SQL is written by hand here and nowhere else in the room.

What a question costs is bounded: words that stand in very many documents tell little and are left out, rarest words
first, until as many documents as may be ranked would be (BUDGET).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from django.db import connection

from leeward.search.question import Term
from leeward.search.showing import Name
from leeward.search.words import postgresql, sqlite


def best_by_words(
    terms: Sequence[Term], *, kinds: Sequence[str], reach: int, among: Sequence[int] | None = None
) -> list[Name]:
    """The things whose documents say these words best, by their kind and key, best first.

    Args:
        terms: any of them.
        kinds: of what kinds.
        reach: at most so many.
        among: only documents with these keys of the index.
    """
    index = _index()
    telling = _telling(index, terms) if among is None else list(terms)
    if not telling or not kinds or (among is not None and not among):
        return []
    found: list[Name] = index.best(telling, kinds=kinds, reach=reach, among=among)
    return found


def _telling(index: ModuleType, terms: Sequence[Term]) -> list[Term]:
    """The rarest terms, as many as can be ranked; at least one that stands in any document."""
    budget: int = index.BUDGET
    counted = sorted(((many, term) for term, many in index.how_many(terms, budget + 1) if many), key=lambda one: one[0])
    kept: list[Term] = []
    for many, term in counted:
        if kept and many > budget:
            break
        kept.append(term)
        budget -= many
    return kept


def _index() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql
