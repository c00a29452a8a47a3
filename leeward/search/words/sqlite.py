"""The index of words on SQLite: a full-text table (FTS5), Porter's stems, ranked by BM25."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from leeward.search.question import Term
from leeward.search.showing import Name

BUDGET = 8_000
"""So many documents are ranked for one question; of more the newest are."""
TITLE, TEXT = 4.0, 1.0
"""What a word in the title weighs, and one in the text."""


def how_many(terms: Sequence[Term], most: int) -> list[tuple[Term, int]]:
    """In how many documents each term stands, counted no further than `most`."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s)"
    found = []
    with connection.cursor() as cursor:
        for term in terms:
            cursor.execute(asked, [_said(term), most])
            found.append((term, int(cursor.fetchone()[0])))
    return found


def best(terms: Sequence[Term], *, kinds: Sequence[str], reach: int, among: Sequence[int] | None) -> list[Name]:
    """The things whose documents say any of the terms, best first."""
    within = "" if among is None else f"AND rowid IN ({', '.join(str(int(key)) for key in among)})"
    marks = ", ".join(["%s"] * len(kinds))
    asked = f"""
        SELECT kind, thing_id FROM (
            SELECT rowid AS document, bm25(search_words, {TITLE}, {TEXT}) AS rank FROM search_words
            WHERE search_words MATCH %s {within} ORDER BY rowid DESC LIMIT %s) AS said
        JOIN search_indexeddocument ON id = document
        WHERE kind IN ({marks}) ORDER BY rank, document DESC LIMIT %s"""  # noqa: S608  # whole numbers and marks alone
    with connection.cursor() as cursor:
        cursor.execute(asked, [" OR ".join(_said(term) for term in terms), BUDGET, *kinds, reach])
        return [(kind, thing_id) for kind, thing_id in cursor.fetchall()]


def _said(term: Term) -> str:
    """A term in the words of FTS5. Its words are letters and figures: nothing in quotes is an operator."""
    return f'"{" ".join(term.words)}"' + (" *" if term.begun else "")
