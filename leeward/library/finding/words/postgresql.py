"""The index of words on PostgreSQL: a generated tsvector with an inverted index (GIN)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from leeward.library.finding.words.asked import Group, for_postgresql, stems

WEIGHTS = "{0, 0.15, 0.5, 1.0}"
"""What a word weighs as a mark, in the text, in who runs it and what it is, and in the name."""
SHORTER_FIRST = 1
"""Ranks are divided by 1 + the logarithm of the text's length."""


def best_first(groups: Sequence[Group], among: Sequence[int]) -> list[int]:
    """Listings by how well they say something of it, best first.

    Args:
        groups: what is looked for.
        among: the listings, by their keys.
    """
    asked = f"""
        SELECT id FROM finding_listing WHERE id = ANY(%s)
        ORDER BY ts_rank('{WEIGHTS}', words, to_tsquery(%s, %s), {SHORTER_FIRST}) DESC, id"""  # noqa: S608  # constants
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(among), stems(), for_postgresql(tuple(groups))])
        return [key for (key,) in cursor.fetchall()]


def saying(groups: Sequence[Group], among: Sequence[int]) -> set[int]:
    """Which of these listings say all of it."""
    asked = "SELECT id FROM finding_listing WHERE id = ANY(%s) AND words @@ to_tsquery(%s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(among), stems(), for_postgresql(tuple(groups))])
        return {key for (key,) in cursor.fetchall()}


def how_many(groups: Sequence[Group], most: int, *, in_title: bool) -> int:
    """How many listings say all of it, counted no further than `most`."""
    column = "title_words" if in_title else "words"
    asked = f"""SELECT count(*) FROM
        (SELECT 1 FROM finding_listing WHERE {column} @@ to_tsquery(%s, %s) LIMIT %s) AS found"""  # noqa: S608  # ours
    with connection.cursor() as cursor:
        cursor.execute(asked, [stems(), for_postgresql(tuple(groups)), most])
        return int(cursor.fetchone()[0])
