"""Finding by words, in the database's own index of words. SQL is written by hand here and nowhere else in the room.

How much a word counts comes from the list of the language, never from the texts of the place: else the order of what
one may see would tell in how many texts that one may not see a word stands. What a question costs is bounded too: the
rarest words are looked for first, as many as there are documents to be ranked for (BUDGET).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from leeward.language.lexicon import is_common, rarity
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
    if not terms or not kinds or (among is not None and not among):
        return []
    index = sqlite if connection.vendor == "sqlite" else postgresql
    weighed = weighed_terms(terms, settings.LANGUAGE_CODE)
    found: list[Name] = index.best(weighed, kinds=kinds, reach=reach, among=among)
    return found


def blot_out() -> None:
    """Leave nothing on the disk of words that are in the index no more. PostgreSQL does so by itself (autovacuum)."""
    if connection.vendor == "sqlite":
        sqlite.blot_out()


def weighed_terms(terms: Sequence[Term], language: str) -> list[tuple[Term, float]]:
    """The terms that tell something, with how much, the most telling first. Where a language has no list: all alike."""
    try:
        telling = [term for term in terms if len(term.words) > 1 or not is_common(term.words[0], language)] or terms
        weighed = [(term, max(rarity(word, language) for word in term.words)) for term in telling]
    except LookupError:
        return [(term, 1.0) for term in terms]
    return sorted(weighed, key=lambda one: -one[1])
