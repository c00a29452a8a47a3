"""The index of words on PostgreSQL: a generated tsvector with an inverted index (GIN), English stems.

PostgreSQL's own ranking does not know which words tell more; each term is ranked alone here and weighed. Ranking reads
a document's whole list of words, so only those are ranked that have the heaviest terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from leeward.search.question import Term
from leeward.search.showing import Name

BUDGET = 1_500
"""So many documents are looked at for one question."""
RANKED = 240
"""So many of them, those with the heaviest terms, are ranked; more if more are asked for."""
BESIDE, OF_EACH = 4, 600
"""Where even the rarest term stands in more documents, so many others are looked for beside it, each in so many."""
WEIGHTS = "{0, 0, 0.25, 1.0}"
"""What a word weighs in D, C, B (the text) and A (the title)."""
SHORTER_FIRST = 1
"""Ranks are divided by 1 + the logarithm of the document's length."""


def best(
    weighed: Sequence[tuple[Term, float]], *, kinds: Sequence[str], reach: int, among: Sequence[int] | None
) -> list[Name]:
    """The things whose documents say the terms best.

    Args:
        weighed: terms and what each weighs, the heaviest first.
        kinds: of what kinds.
        reach: at most so many.
        among: only documents with these keys.
    """
    is_inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # with a limit it would read texts instead of the index
        worth = _coarse(cursor, weighed, among)
        if is_inside:
            cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")  # else it ends with the transaction
        likely = sorted(worth, key=lambda key: (-worth[key], -key))[: max(RANKED, reach)]
        return _ranked(cursor, weighed, likely, kinds, reach) if likely else []


def _coarse(
    cursor: CursorWrapper, weighed: Sequence[tuple[Term, float]], among: Sequence[int] | None
) -> dict[int, float]:
    """What documents are worth by the terms they have: the heaviest terms, as many as can be looked at.

    If none can, the first, as far as it goes, and others beside it.
    """
    worth: dict[int, float] = defaultdict(float)
    left = BUDGET
    for place, (term, weight) in enumerate(weighed):
        found = _having(cursor, [[term]], left + 1, among)
        if len(found) > left and worth:
            break
        for _pair, key in found[:left]:
            worth[key] += weight
        if len(found) > left:
            others = weighed[place + 1 : place + 1 + BESIDE]
            for pair, key in _having(cursor, [[term, other] for other, _its in others], OF_EACH, among):
                worth[key] = max(worth[key], weight) + others[pair][1]
            break
        left -= len(found)
    return worth


def _having(
    cursor: CursorWrapper, wanted: Sequence[Sequence[Term]], most: int, among: Sequence[int] | None
) -> list[tuple[int, int]]:
    """Which documents have all terms of one that is wanted, its place and their keys; at most so many of each."""
    parts, given = [], list[Any]()
    within, keys = ("", list[Any]()) if among is None else ("AND id = ANY(%s)", [list(among)])
    for place, terms in enumerate(wanted):
        said = [_said(term) for term in terms]
        parts.append(
            f"(SELECT {place}, id FROM search_indexeddocument "  # noqa: S608  # marks and whole numbers alone
            f"WHERE words @@ ({' && '.join(query for query, _words in said)}) {within} LIMIT %s)"
        )
        given += [*(word for _query, words in said for word in words), *keys, most]
    if not parts:
        return []
    cursor.execute(" UNION ALL ".join(parts), given)
    return [(place, key) for place, key in cursor.fetchall()]


def _ranked(
    cursor: CursorWrapper,
    weighed: Sequence[tuple[Term, float]],
    likely: Sequence[int],
    kinds: Sequence[str],
    reach: int,
) -> list[Name]:
    """Documents by how well they say each term, best first."""
    ranks, given = [], list[Any]()
    for term, weight in weighed:
        query, words = _said(term)
        ranks.append(f"%s * ts_rank('{WEIGHTS}', words, {query}, {SHORTER_FIRST})")
        given += [weight, *words]
    # Adding nothing to the words unpacks them once, not for each term.
    asked = f"""
        WITH likely AS MATERIALIZED (
            SELECT id, kind, thing_id, words || ''::tsvector AS words FROM search_indexeddocument
            WHERE id = ANY(%s) AND kind = ANY(%s))
        SELECT kind, thing_id FROM likely ORDER BY {" + ".join(ranks)} DESC, id DESC LIMIT %s"""  # noqa: S608
    cursor.execute(asked, [list(likely), list(kinds), *given, reach])
    return [(kind, thing_id) for kind, thing_id in cursor.fetchall()]


def _said(term: Term) -> tuple[str, list[str]]:
    """A term as a query of PostgreSQL: an expression and its parameters. Words stand in quotes: none is an operator."""
    *first, last = (f"'{word}'" for word in term.words)
    stems = "english" if settings.LANGUAGE_CODE.startswith("en") else "simple"  # as the index: migrations/0002_words.py
    return f"to_tsquery('{stems}', %s)", [" <-> ".join([*first, last + (":*" if term.begun else "")])]
