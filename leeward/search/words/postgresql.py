"""The index of words on PostgreSQL: a generated tsvector with an inverted index (GIN), English stems.

PostgreSQL's own ranking does not know which words are rare; each term is ranked alone here and weighed by its rarity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.db import connection

from leeward.search.question import Term
from leeward.search.showing import Name

BUDGET = 2_000
"""So many documents are ranked for one question; of more the newest are. Each costs reading its whole list of words."""
WEIGHTS = "{0, 0, 0.25, 1.0}"
"""What a word weighs in D, C, B (the text) and A (the title)."""
SHORTER_FIRST = 1
"""Ranks are divided by 1 + the logarithm of the document's length."""


def how_many(terms: Sequence[Term], most: int) -> list[tuple[Term, int]]:
    """In how many documents each term stands, counted no further than `most`."""
    if not terms:
        return []
    one = "(SELECT count(*) FROM (SELECT 1 FROM search_indexeddocument WHERE words @@ {} LIMIT %s) AS said)"
    parts, given = [], list[Any]()
    for term in terms:
        query, words = _said(term)
        parts.append(one.format(query))
        given += [*words, most]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), given)
        return [(term, int(many)) for term, many in zip(terms, cursor.fetchone(), strict=True)]


def best(terms: Sequence[Term], *, kinds: Sequence[str], reach: int, among: Sequence[int] | None) -> list[Name]:
    """The things whose documents say any of the terms, best first."""
    ranks, rank_given, anyof, any_given = [], list[Any](), [], list[Any]()
    for term, many in how_many(terms, BUDGET + 1):
        query, words = _said(term)
        ranks.append(f"%s * ts_rank('{WEIGHTS}', words, {query}, {SHORTER_FIRST})")
        rank_given += [math.log(1 + 10 * BUDGET / (1 + many)), *words]
        anyof.append(query)
        any_given += words
    within, within_given = ("", list[Any]()) if among is None else ("AND id = ANY(%s)", [list(among)])
    # The condition is one query, so that the index of words is asked once; ordered outside, so that it is asked at all.
    asked = f"""
        WITH said AS MATERIALIZED (
            SELECT id, kind, thing_id, words FROM search_indexeddocument
            WHERE words @@ ({" || ".join(anyof)}) AND kind = ANY(%s) {within}),
        few AS MATERIALIZED (SELECT * FROM said ORDER BY id DESC LIMIT %s)
        SELECT kind, thing_id FROM few ORDER BY {" + ".join(ranks)} DESC, id DESC LIMIT %s"""  # noqa: S608  # marks alone
    with connection.cursor() as cursor:
        cursor.execute(asked, [*any_given, list(kinds), *within_given, BUDGET, *rank_given, reach])
        return [(kind, thing_id) for kind, thing_id in cursor.fetchall()]


def _said(term: Term) -> tuple[str, list[str]]:
    """A term as a query of PostgreSQL: an expression and its parameters. Words stand in quotes: none is an operator."""
    *first, last = (f"'{word}'" for word in term.words)
    return "to_tsquery('english', %s)", [" <-> ".join([*first, last + (":*" if term.begun else "")])]
