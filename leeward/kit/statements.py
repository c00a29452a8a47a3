"""Statements for the database that are compiled once and then only run: for what is asked or written on every request.

To build a queryset, and SQL from it, costs ten times what the database needs for an ordinary question, and more for a
great one (docs/decisions/0034-how-a-page-is-made-fast.md). So it is built once, with marks in place of its values, and
its SQL is run with the marks filled in. No SQL is written by hand.

    @asked
    def _found(newest_first: bool, *, door: str) -> QuerySet[Any, tuple[int]]:
        return Attempt.objects.filter(door=door).order_by("-at" if newest_first else "at").values_list("pk")[:1]

    rows = _found(True, door="search")

Positional arguments give a statement its shape: each combination is compiled for itself, so there must be few. Keyword
arguments are values, whole numbers or texts, and may only be handed on to the queryset as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import DeleteQuery, InsertQuery

from leeward.kit.spelling import Spelt, spelt

P = ParamSpec("P")
Row = TypeVar("Row")
Taken = TypeVar("Taken")

MARKS = 7_300_000_000_000_000_000
"""Marks are whole numbers from here on: above every moment that is asked for, and still of 64 bits."""
_TEXT_MARK = "\N{SYMBOL FOR RECORD SEPARATOR}"


class NotOnlyValues(ValueError):
    """A question did something else with a value than hand it on: the next asking would get the answer of this one."""


@dataclass(frozen=True)
class Statement:
    """A statement in one shape.

    Args:
        sql: with a place for each parameter.
        parameters: what stands in each place; in those that are filled, anything.
        filled: the places that are filled, each with the name of its value and the type as which it is sent.
        converters: for each column that the database gives otherwise than a queryset does, what makes it the same.
    """

    sql: str
    parameters: tuple[Any, ...]
    filled: tuple[tuple[int, str, Callable[[Any], Any] | None], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...] = ()

    @cached_property
    def spelt(self) -> Spelt:
        """The same as it is sent."""
        return spelt(self.sql, self.parameters, self.filled, vendor=connections[DEFAULT_DB_ALIAS].vendor)

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        """The rows, with these values."""
        rows: list[Any] = _run(self, given, _rows_of)
        if not (self.converters and rows):
            return rows
        connection, converted = connections[DEFAULT_DB_ALIAS], [list(row) for row in rows]
        for place, converters, expression in self.converters:
            for convert in converters:
                for row in converted:
                    row[place] = convert(row[place], expression, connection)
        return [tuple(row) for row in converted]

    def do(self, given: Mapping[str, Any]) -> int:
        """Write, with these values; how many rows it was."""
        return _run(self, given, _many_of)

    def parameters_with(self, given: Mapping[str, Any]) -> list[Any]:
        """What stands in each place of `sql`, with these values."""
        parameters = list(self.parameters)
        for place, name, sent_as in self.filled:
            parameters[place] = sent_as(given[name]) if sent_as else given[name]
        return parameters


def marks_for(values: Mapping[str, Any], first: int = 0) -> dict[str, int | str]:
    """A mark in place of each value.

    Args:
        values: whole numbers and texts, by their names.
        first: so many marks are taken already.

    Raises:
        NotOnlyValues: a value is neither: it would be another question.
    """
    for value in values.values():
        if type(value) not in {int, str}:
            raise NotOnlyValues(f"{value!r} gives a question its shape: hand it on by its position.")
    return {
        name: MARKS + turn if isinstance(value, int) else f"{_TEXT_MARK}{MARKS + turn}"
        for turn, (name, value) in enumerate(values.items(), first)
    }


def question(asked_by: str, rows: QuerySet[Any, Any], names: Mapping[Any, str], needed: set[str]) -> Statement:
    """The statement of a queryset by `values_list` that was built with marks.

    Args:
        asked_by: whose it is, for who must mend it.
        rows: the queryset.
        names: for each mark the name of its value.
        needed: the values that must stand in it.

    Raises:
        NotOnlyValues: a value is not handed on as it is.
    """
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([one[0] for one in compiler.select])
    return Statement(
        sql,
        tuple(parameters),
        filled_of(asked_by, parameters, names, needed),
        tuple((place, *those) for place, those in converters.items()),
    )


class Compiled(Generic[P, Row]):
    """Something to ask that is compiled once for each shape. Made by `asked`.

    Args:
        build: makes its queryset, by `values_list`.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        self._known: dict[Hashable, Statement] = {}

    def __call__(self, *shape: P.args, **values: P.kwargs) -> list[Row]:
        """Ask it.

        Args:
            shape: what makes it another question.
            values: whole numbers and texts that it asks with.

        Raises:
            NotOnlyValues: it does not hand each value on as it is.
        """
        return self._statement(shape, values).ask(values)

    def _statement(self, shape: tuple[Any, ...], values: Mapping[str, Any]) -> Statement:
        known = self._known.get((shape, *values))
        if known is None:
            marks = marks_for(values)
            rows = self.build(*shape, **marks)  # type: ignore[arg-type]  # marks stand where values will
            names = {mark: name for name, mark in marks.items()}
            known = self._known[(shape, *values)] = self._compiled(rows, names, set(values))
        return known

    def _compiled(self, rows: QuerySet[Any, Row], names: Mapping[Any, str], needed: set[str]) -> Statement:
        return question(self.build.__qualname__, rows, names, needed)


class TakenAway(Compiled[P, Row]):
    """Rows to delete, to which no other rows point: nothing goes with them. Made by `taken_away`."""

    def now(self, *shape: P.args, **values: P.kwargs) -> int:
        """Delete them; how many there were."""
        return self._statement(shape, values).do(values)

    def _compiled(self, rows: QuerySet[Any, Row], names: Mapping[Any, str], needed: set[str]) -> Statement:
        assert not rows.model._meta.related_objects, "Something points at it: delete it by the ORM."
        query = rows.query.chain(DeleteQuery)
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return Statement(sql, parameters, filled_of(self.build.__qualname__, parameters, names, needed))


def asked(build: Callable[P, QuerySet[Any, Row]]) -> Compiled[P, Row]:
    """Make of a function that builds a queryset something to ask that is compiled once for each shape."""
    return Compiled(build)


def taken_away(build: Callable[P, QuerySet[Any, Row]]) -> TakenAway[P, Row]:
    """Make of a function that builds a queryset a deletion that is compiled once for each shape."""
    return TakenAway(build)


class Written:
    """A row to write, in which only some columns differ; the others have their plain defaults.

    Args:
        model: of which table.
        fields: what differs.
        once: whether nothing is written, and nothing raised, if such a row is there already.
    """

    def __init__(self, model: type[Model], *fields: str, once: bool = False) -> None:
        self.model, self.once = model, once
        self._fields = {field.name: field for field in model._meta.concrete_fields if field.name in fields}
        self._known: Statement | None = None

    def now(self, **values: Any) -> int:
        """Write it; how many rows it was: 0 if it was there already."""
        connection = connections[DEFAULT_DB_ALIAS]
        sent = {name: field.get_db_prep_save(values[name], connection) for name, field in self._fields.items()}
        self._known = self._known or self._compiled(values)
        return self._known.do(sent)

    def _compiled(self, values: Mapping[str, Any]) -> Statement:
        columns = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        left = [field for field in columns if field.name not in self._fields]
        assert not any(field.has_default() and callable(field.default) for field in left), (
            "A default that is made anew must be given."
        )
        row = self.model(**{field.attname: values[name] for name, field in self._fields.items()})
        query = InsertQuery(self.model, on_conflict=OnConflict.IGNORE if self.once else None)
        query.insert_values(columns, [row])
        ((sql, parameters),) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        filled = tuple((place, field.name, None) for place, field in enumerate(columns) if field.name in self._fields)
        return Statement(sql, tuple(parameters), filled)


def filled_of(
    asked_by: str, parameters: Sequence[Any], names: Mapping[Any, str], needed: set[str]
) -> tuple[tuple[int, str, Callable[[Any], Any] | None], ...]:
    """The places of the marks among a statement's parameters; the arguments as of `question`."""
    filled = tuple(
        (place, names[one], None if type(one) in {int, str} else type(one))  # PostgreSQL's numbers know their width
        for place, one in enumerate(parameters)
        if one in names
    )
    lost = needed - {name for _place, name, _sent_as in filled}
    if lost or any(_is_like_a_mark(one) and one not in names for one in parameters):
        raise NotOnlyValues(f"{asked_by} must hand its keyword arguments on to the queryset as they are.")
    return filled


def _is_like_a_mark(parameter: Any) -> bool:
    if isinstance(parameter, str):
        return _TEXT_MARK in parameter
    return isinstance(parameter, int) and abs(parameter) >= MARKS - (1 << 52)


def _rows_of(cursor: Any) -> list[Any]:
    rows: list[Any] = cursor.fetchall()
    return rows


def _many_of(cursor: Any) -> int:
    return int(cursor.rowcount)


def _run(statement: Statement, given: Mapping[str, Any], taken: Callable[[Any], Taken]) -> Taken:
    """What is taken from the cursor that has run it.

    On PostgreSQL the statement is prepared: to plan it costs more than to run it. While queries are counted or shown
    it goes as Django words it, which is what can be shown; else without what Django wraps around a cursor.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    if connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.parameters_with(given))
            return taken(cursor)
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        plain = _plain_cursor(connection)
        plain.execute(statement.spelt.sql, statement.spelt.values(given))
        return taken(plain)


def _plain_cursor(connection: Any) -> Any:
    if connection.vendor == "sqlite":
        return sqlite3.Cursor(connection.connection)
    import psycopg  # noqa: PLC0415  # only where there is PostgreSQL

    return psycopg.RawCursor(connection.connection)
