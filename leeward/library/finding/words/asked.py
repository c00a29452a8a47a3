"""What is looked for in words, as one more condition that a question to the database can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True)
class Phrase:
    """A word, or words beside each other: letters and figures alone, small, without accents.

    Args:
        words: at least one.
        begun: whether the last may be the beginning of a longer one.
    """

    words: tuple[str, ...]
    begun: bool = False


Group = tuple[Phrase, ...]
"""Phrases of which one is enough."""


def for_sqlite(groups: tuple[Group, ...], column: str = "") -> str:
    """What is looked for as FTS5 reads it. In quotes nothing is an operator."""
    said = [" OR ".join(f'"{" ".join(one.words)}"{" *" if one.begun else ""}' for one in group) for group in groups]
    every = " AND ".join(f"({one})" for one in said)
    return f"{{{column}}} : ({every})" if column else every


def for_postgresql(groups: tuple[Group, ...]) -> str:
    """What is looked for as PostgreSQL reads it. In quotes nothing is an operator."""
    return " & ".join(f"({' | '.join(_phrase(one) for one in group)})" for group in groups)


def _phrase(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'{':*' if phrase.begun else ''}" for word in phrase.words) + ")"


class SaysAll(Expression):
    """That a listing says something of each group.

    Args:
        groups: what is looked for.
        key: the column that holds the listing's key, of the table that is asked.
        in_title: whether its title alone is looked at.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, groups: tuple[Group, ...], *, key: str, in_title: bool = False) -> None:
        super().__init__()
        self.groups, self.key, self.in_title = groups, key, in_title

    def as_sqlite(self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, list[Any]]:
        """The condition in the words of FTS5."""
        key = compiler.connection.ops.quote_name(self.key)
        asked = for_sqlite(self.groups, "title" if self.in_title else "")
        return f"{key} IN (SELECT rowid FROM finding_words WHERE finding_words MATCH %s)", [asked]  # noqa: S608  # a column of ours

    def as_postgresql(
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, list[Any]]:
        """The condition in the words of PostgreSQL."""
        key = compiler.connection.ops.quote_name(self.key)
        column = "title_words" if self.in_title else "words"
        sql = f"{key} IN (SELECT id FROM finding_listing WHERE {column} @@ to_tsquery(%s, %s))"  # noqa: S608
        return sql, [stems(), for_postgresql(self.groups)]


def stems() -> str:
    """How PostgreSQL cuts words to their stems, as the index does: migrations/0002_words.py."""
    return "english" if settings.LANGUAGE_CODE.startswith("en") else "simple"
