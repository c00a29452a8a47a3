"""The index of words on SQLite: a full-text table (FTS5), Porter's stems, ranked by BM25."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from leeward.search.question import Term
from leeward.search.showing import Name

BUDGET = 4_000
"""So many documents are ranked for one question; of more the newest are."""
EVERY = 10**12
TITLE, TEXT = 4.0, 1.0
"""What a word in the title weighs, and one in the text."""
BESIDE = 4
"""Where even the rarest term stands in more documents, so many others are looked for beside it."""

REWRITTEN = 1_000
"""So many pages of the index are written anew in one round of `blot_out`: some tenths of a second."""

Part = tuple[str, str, float]
"""What is looked for, as FTS5 reads it; the SQL of what a document that has it is worth; and what that is times."""


def best(
    weighed: Sequence[tuple[Term, float]], *, kinds: Sequence[str], reach: int, among: Sequence[int] | None
) -> list[Name]:
    """The things whose documents say the terms best.

    Each term is ranked alone, so that FTS5's own weight of it, which counts all documents, can be taken out again.

    Args:
        weighed: terms and what each weighs, the heaviest first.
        kinds: of what kinds.
        reach: at most so many.
        among: only documents with these keys.
    """
    # The plus keeps the keys from being looked up one by one, for each of which FTS5 would begin anew.
    within = "" if among is None else f"AND +rowid IN ({', '.join(str(int(key)) for key in among)})"
    with connection.cursor() as cursor:
        parts = list(_parts(cursor, weighed, BUDGET if among is None else EVERY))
        if not parts:
            return []
        union = " UNION ALL ".join(
            f"""SELECT * FROM (SELECT rowid AS document, {worth} * %s AS worth FROM search_words
            WHERE search_words MATCH %s {within} ORDER BY rowid DESC LIMIT {BUDGET})"""  # noqa: S608
            for _match, worth, _times in parts
        )  # columns and whole numbers alone
        asked = f"""
            SELECT kind, thing_id FROM (SELECT document, sum(worth) AS worth FROM ({union}) GROUP BY document) AS said
            JOIN search_indexeddocument ON id = document
            WHERE kind IN ({", ".join(["%s"] * len(kinds))}) ORDER BY worth DESC, document DESC LIMIT %s"""  # noqa: S608
        given = [value for match, _worth, times in parts for value in (times, match)]
        cursor.execute(asked, [*given, *kinds, reach])
        return [(kind, thing_id) for kind, thing_id in cursor.fetchall()]


def blot_out() -> None:
    """Write over the words of what has left, or says other words now. In a small place one round does all of it.

    FTS5 only notes beside a word that it is gone, and lets go of it when parts of its index grow together, which in a
    quiet place may be never. A minus before the number of pages has it join all parts, however small.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM search_words_idx")
        (parts,) = cursor.fetchone()
        if parts > 1:
            cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)", [-REWRITTEN])
        if not connection.in_atomic_block:  # what was written over stands in the log alone until it is taken over
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _parts(cursor: CursorWrapper, weighed: Sequence[tuple[Term, float]], budget: int) -> Iterator[Part]:
    """What is looked for: the heaviest terms, as many as can be ranked; if none can, the first, and others beside it.

    Args:
        cursor: to ask with.
        weighed: terms and what each weighs.
        budget: so many documents can be ranked.
    """
    counted = [(term, weight, _count(cursor, term, budget + 1)) for term, weight in weighed]
    counted = [one for one in counted if one[2]]
    if not counted:
        return
    cursor.execute("SELECT count(*) FROM search_indexeddocument")
    (all_of_them,) = cursor.fetchone()
    first, its_weight, many = counted[0]
    if many > budget:
        yield _ranked(first, its_weight, _count(cursor, first, -1), all_of_them)
        for term, weight, _many in counted[1 : 1 + BESIDE]:
            yield f"{_said(first)} AND {_said(term)}", "1", weight
        return
    for term, weight, many in counted:
        if many > budget:
            return
        yield _ranked(term, weight, many, all_of_them)
        budget -= many


def _ranked(term: Term, weight: float, many: int, all_of_them: int) -> Part:
    """A term that counts its weight times how well a document says it."""
    its_own = math.log((all_of_them - many + 0.5) / (many + 0.5))  # as FTS5 weighs it (its source, fts5_aux.c)
    return _said(term), f"bm25(search_words, {TITLE}, {TEXT})", -weight / (its_own if its_own > 0 else 1e-6)


def _count(cursor: CursorWrapper, term: Term, most: int) -> int:
    """In how many documents a term stands, counted no further than `most`; -1: however many."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s)"
    cursor.execute(asked, [_said(term), most])
    return int(cursor.fetchone()[0])


def _said(term: Term) -> str:
    """A term in the words of FTS5. Its words are letters and figures: nothing in quotes is an operator."""
    return f'"{" ".join(term.words)}"' + (" *" if term.begun else "")
