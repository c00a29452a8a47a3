"""Rows that busy doors write, by statements that are compiled once: whole new ones, and changes of some columns.

What is asked, taken away, or written with plain defaults is in `kit.statements`, and why as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from leeward.kit.statements import Compiled, Statement, filled_of

P = ParamSpec("P")


class Added:
    """New rows of one table, written as they stand, as `Model.save` does for one that has no key yet.

    Args:
        model: of which table. It may have no parents, and no column that the database makes.
    """

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self._columns = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._known: Statement | None = None

    def now(self, row: Model) -> None:
        """Write it; its key is set."""
        connection = connections[DEFAULT_DB_ALIAS]
        sent = {
            field.name: field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in self._columns
        }
        self._known = self._known or self._compiled(row)
        ((row.pk,),) = self._known.ask(sent)
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def _compiled(self, row: Model) -> Statement:
        query = InsertQuery(self.model)
        query.insert_values(self._columns, [row])
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [self.model._meta.pk]
        ((sql, parameters),) = compiler.as_sql()
        filled = tuple((place, field.name, None) for place, field in enumerate(self._columns))
        of_each = zip(self._columns, parameters, strict=True)
        # Of this row nothing is kept but which columns hold a number, and always one: it is sent as of one width.
        kinds = tuple(0 if type(one) is int and not field.null else None for field, one in of_each)
        return Statement(sql, kinds, filled)


class Changed(Compiled[P, Any]):
    """Columns of some rows to change. Made by `changed`."""

    def now(self, *shape: P.args, **values: P.kwargs) -> int:
        """Change them; how many rows it was."""
        return self._statement(shape, values).do(values)

    def _compiled(self, rows: Any, names: Mapping[Any, str], needed: set[str]) -> Statement:
        found, columns = rows
        query = found.query.chain(UpdateQuery)
        query.add_update_values(columns)
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return Statement(sql, tuple(parameters), filled_of(self.build.__qualname__, parameters, names, needed))


def changed(build: Callable[P, tuple[QuerySet[Any, Any], dict[str, Any]]]) -> Changed[P]:
    """Make of a function that gives a queryset, and what `update` takes, a change that is compiled once a shape."""
    return Changed(build)  # type: ignore[arg-type]  # it builds a pair
