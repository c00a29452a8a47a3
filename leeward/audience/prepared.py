"""Questions to the database that busy pages ask each time: compiled once from the rule's own queryset, then only run.

To build a queryset with the rule in it, and SQL from that, costs ten to fifty times what the database needs to answer
(docs/decisions/0034-how-a-page-is-made-fast.md). What changes from one asking to the next is who looks, when, and what
for. So the queryset is built once with marks in their place, and its SQL is run with the marks filled in. No SQL is
written by hand: a changed rule changes it. This is the only place with a cursor on what people share.

    @prepared
    def _newest(viewer: Viewer, longest_first: bool, *, before: int) -> QuerySet[Any, tuple[int, str]]:
        seen = Story.objects.filter(at__lt=before).visible_to(viewer).gentle_for(viewer)
        return seen.order_by("-at").values_list("at", "title")[:20]

    rows = _newest(request.viewer, False, before=moment)

Positional arguments give the question its shape: each combination is compiled for itself, so there must be few. Keyword
arguments are values, whole numbers or texts, and may only be handed on to the queryset as they are. Of the viewer a
question may use `member_id`, `shield` and `now` in the same way, and branch upon whether the first two are zero.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from leeward.audience.viewers import Viewer

P = ParamSpec("P")
Row = TypeVar("Row")

_MARKS = 7_300_000_000_000_000_000
"""Marks are whole numbers from here on: above every moment that is asked for, and still of 64 bits."""
_TEXT_MARK = "\N{SYMBOL FOR RECORD SEPARATOR}"
_MEMBER, _SHIELD, _NOW = "viewer.member_id", "viewer.shield", "viewer.now"


class NotOnlyValues(ValueError):
    """A question did something else with a value than hand it on: the next asking would get the answer of this one."""


@dataclass(frozen=True)
class _Marked(Viewer):
    """A viewer with marks in place of who she is and when she looks."""

    moment: int = 0

    @property
    def now(self) -> int:
        """The mark in place of the moment at which she looks."""
        return self.moment


@dataclass(frozen=True)
class _Compiled:
    """A question in one shape.

    Args:
        sql: with a place for each parameter.
        parameters: what stands in each place; in those that are filled, anything.
        filled: the places that are filled, each with the name of its value and the type as which it is sent.
        converters: for each column that the database gives otherwise than a queryset does, what makes it the same.
    """

    sql: str
    parameters: tuple[Any, ...]
    filled: tuple[tuple[int, str, Callable[[Any], Any] | None], ...]
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]]

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        """The rows, with these values."""
        parameters = list(self.parameters)
        for place, name, sent_as in self.filled:
            parameters[place] = sent_as(given[name]) if sent_as else given[name]
        rows = _run(self.sql, parameters)
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connections[DEFAULT_DB_ALIAS])
        return tuple(values)


class Prepared(Generic[P, Row]):
    """A question about shared things that is compiled once for each shape. Made by `prepared`.

    Args:
        build: makes its queryset for a viewer, by `values_list`.
    """

    def __init__(self, build: Callable[Concatenate[Viewer, P], QuerySet[Any, Row]]) -> None:
        self.build = build
        self._known: dict[Hashable, _Compiled] = {}

    def __call__(self, viewer: Viewer, *shape: P.args, **values: P.kwargs) -> list[Row]:
        """Ask it.

        Args:
            viewer: who is looking.
            shape: what makes it another question.
            values: whole numbers and texts that it asks with.

        Raises:
            NotOnlyValues: it does not hand each value on as it is.
        """
        key = (viewer.great, viewer.in_rings, viewer.on_cases, viewer.member_id == 0, viewer.shield == 0, shape)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _compile(self.build, viewer, shape, values)
        return known.ask({_MEMBER: viewer.member_id, _SHIELD: viewer.shield, _NOW: viewer.now, **values})


def prepared(build: Callable[Concatenate[Viewer, P], QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Make of a function that builds a queryset for a viewer a question that is compiled once for each shape."""
    return Prepared(build)


def _compile(build: Callable[..., Any], viewer: Viewer, shape: tuple[Any, ...], values: Mapping[str, Any]) -> _Compiled:
    names: dict[Any, str] = {_MARKS + turn: name for turn, name in enumerate((_MEMBER, _SHIELD, _NOW))}
    marks = {name: _mark_for(value, _MARKS + turn) for turn, (name, value) in enumerate(values.items(), len(names))}
    names |= {mark: name for name, mark in marks.items()}
    looking = _Marked(
        viewer.member_id and _MARKS,
        viewer.great,
        viewer.in_rings,
        viewer.on_cases,
        viewer.shield and _MARKS + 1,
        moment=_MARKS + 2,
    )
    compiler = build(looking, *shape, **marks).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    filled = tuple(
        (place, names[one], None if type(one) in {int, str} else type(one))  # PostgreSQL's numbers know their width
        for place, one in enumerate(parameters)
        if one in names
    )
    lost = set(values) - {name for _place, name, _sent_as in filled}
    if lost or any(_is_like_a_mark(one) and one not in names for one in parameters):
        raise NotOnlyValues(f"{build.__qualname__} must hand its keyword arguments on to the queryset as they are.")
    return _Compiled(sql, tuple(parameters), filled, compiler.get_converters([one[0] for one in compiler.select]))


def _mark_for(value: Any, number: int) -> int | str:
    if type(value) not in {int, str}:
        raise NotOnlyValues(f"{value!r} gives a question its shape: hand it on by its position.")
    return number if isinstance(value, int) else f"{_TEXT_MARK}{number}"


def _is_like_a_mark(parameter: Any) -> bool:
    if isinstance(parameter, str):
        return _TEXT_MARK in parameter
    return isinstance(parameter, int) and abs(parameter) >= _MARKS - (1 << 52)


def _run(sql: str, parameters: list[Any]) -> list[Any]:
    with _cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows


def _cursor() -> Any:
    """A cursor; on PostgreSQL one by which a statement is prepared: to plan it costs more than to run it."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return connection.cursor()
    import psycopg  # noqa: PLC0415  # only where there is PostgreSQL

    connection.ensure_connection()
    return connection._prepare_cursor(psycopg.Cursor(connection.connection))  # type: ignore[attr-defined]
