"""The index of words on SQLite: a full-text table (FTS5), Porter's stems, ranked by BM25."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from leeward.library.finding.words.asked import Group, for_sqlite

TITLE, ABOUT, TEXT, MARKS = 6.0, 3.0, 1.0, 0.0
"""What a word weighs in the name, in who runs it and what it is, in the text, and as a mark."""


def best_first(groups: Sequence[Group], among: Sequence[int]) -> list[int]:
    """Listings by how well they say something of it, best first.

    Args:
        groups: what is looked for.
        among: the listings, by their keys.
    """
    # The plus keeps the keys from being looked up one by one, for each of which FTS5 would begin anew.
    keys = ", ".join(str(int(key)) for key in among)
    asked = f"""
        SELECT rowid FROM finding_words WHERE finding_words MATCH %s AND +rowid IN ({keys})
        ORDER BY bm25(finding_words, {TITLE}, {ABOUT}, {TEXT}, {MARKS}), rowid"""  # noqa: S608  # whole numbers alone
    with connection.cursor() as cursor:
        cursor.execute(asked, [for_sqlite(tuple(groups))])
        return [key for (key,) in cursor.fetchall()]


def saying(groups: Sequence[Group], among: Sequence[int]) -> set[int]:
    """Which of these listings say all of it."""
    keys = ", ".join(str(int(key)) for key in among)
    asked = f"SELECT rowid FROM finding_words WHERE finding_words MATCH %s AND +rowid IN ({keys})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [for_sqlite(tuple(groups))])
        return {key for (key,) in cursor.fetchall()}


def how_many(groups: Sequence[Group], most: int, *, in_title: bool) -> int:
    """How many listings say all of it, counted no further than `most`."""
    asked = "SELECT count(*) FROM (SELECT 1 FROM finding_words WHERE finding_words MATCH %s LIMIT %s)"
    with connection.cursor() as cursor:
        cursor.execute(asked, [for_sqlite(tuple(groups), "title" if in_title else ""), most])
        return int(cursor.fetchone()[0])
