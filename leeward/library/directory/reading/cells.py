"""The rows of one table of a tabular data package, as programs for tables write them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from leeward.library.directory.hsds import MORE
from leeward.library.directory.reading.decoding import MOST_RECORD, Decoding, not_utf8, shortened, too_long
from leeward.library.directory.reading.found import Fault, Origin
from leeward.library.directory.tables import Table

ENCODINGS = frozenset(("utf-8", "utf-8-sig", "ascii", "iso-8859-1", "latin-1", "iso-8859-15", "windows-1252", "cp1252"))
"""What a package may say its files are in."""

_DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(\.\d{1,20})?(?:[eE][+-]?\d{1,2})?")


@dataclass(frozen=True)
class Form:
    """How the file of a table is written; empty: as its first line shows."""

    delimiter: str = ""
    quote: str = '"'
    encoding: str = "utf-8"


@dataclass(slots=True)
class Row:
    """One row.

    Attributes:
        line: where it begins, from 1.
        cells: by the names of their columns, typed as the standard has them; empty cells are not there.
        more: what cells cannot tell (`hsds.MORE`).
    """

    line: int
    cells: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


class _TooLong(Exception):
    """A row goes on and on."""


class Cells:
    """The rows of a file.

    Args:
        file: in UTF-8 without a mark at its beginning, or in the encoding that `form` says.
        name: what faults call it.
        table: what its rows are.
        form: how it is written.
    """

    def __init__(self, file: BinaryIO, name: str, table: Table, form: Form) -> None:
        self._name = name
        self._table = table
        self._form = form
        self._text = io.TextIOWrapper(file, encoding=form.encoding, errors="surrogateescape", newline="")
        self._row_length = 0
        self._numbers = {name for name, known in table.fields.items() if known.type == "number"}

    def __iter__(self) -> Iterator[Row | Fault]:
        csv.field_size_limit(MOST_RECORD)  # Of the whole process; the rows' own limit comes first.
        begin = 1
        try:
            head = self._text.readline(MOST_RECORD)
            delimiter = self._form.delimiter or max(_DELIMITERS, key=head.count)
            reader = csv.reader(self._lines(head), delimiter=delimiter, quotechar=self._form.quote, strict=True)
            columns = [column.strip() for column in next(reader, [])]
            trouble = self._troubles_of_head(columns)
            yield from trouble
            begin = reader.line_num + 1
            for cells in () if any(fault.fatal for fault in trouble) else reader:
                self._row_length = 0
                if cells:
                    yield self._row(columns, cells, begin)
                begin = reader.line_num + 1
        except _TooLong:
            yield Fault(Origin(self._name, begin), too_long(), fatal=True)
        except csv.Error:
            yield Fault(Origin(self._name, begin), _("A quotation mark is missing, or is one too many."), fatal=True)
        finally:
            self._text.detach()

    def _lines(self, head: str) -> Iterator[str]:
        line = head
        while line:
            self._row_length += len(line)
            if self._row_length >= MOST_RECORD:
                raise _TooLong
            yield line
            line = self._text.readline(MOST_RECORD)

    def _troubles_of_head(self, columns: list[str]) -> list[Fault]:
        """What is wrong with the names of the columns."""
        origin = Origin(self._name, 1)
        if not any(columns):
            return [Fault(origin, _("There is nothing in this file, not even the names of columns."), fatal=True)]
        if reason := _unkeepable("".join(columns)):
            return [Fault(origin, reason, fatal=True)]
        twice = sorted({column for column in columns if column and columns.count(column) > 1})
        if twice:
            words = _("These columns stand twice: %(columns)s.")
            return [Fault(origin, words % {"columns": shortened(", ".join(twice))}, fatal=True)]
        lacking = [name for name in self._table.required if name not in columns]
        if MORE in columns:  # What is missing may stand there.
            lacking = [name for name in lacking if name == "id"]
        if lacking:
            words = _("These columns are missing: %(columns)s.")
            is_none = self._table.is_core or "id" in lacking
            return [Fault(origin, words % {"columns": ", ".join(lacking)}, fatal=is_none)]
        return []

    def _row(self, columns: list[str], cells: list[str], line: int) -> Row | Fault:
        if len(cells) != len(columns):
            words = _("This row has %(cells)s cells, and there are %(columns)s columns.")
            return self._lost(line, 0, words % {"cells": len(cells), "columns": len(columns)})
        row = Row(line, {column: cell for column, cell in zip(columns, cells, strict=True) if cell})
        reason = _unkeepable("".join(cells))
        if reason:
            number = next(number for number, cell in enumerate(cells, start=1) if _unkeepable(cell))
            return self._lost(line, number, reason)
        if "" in row.cells:
            return self._lost(line, columns.index("") + 1, _("This cell stands under no name of a column."))
        for column in self._numbers & row.cells.keys():
            row.cells[column] = _number(row.cells[column])
        if MORE in row.cells:
            row.more = _more(row.cells.pop(MORE))
            if not row.more:
                words = _("What stands in the column %(column)s cannot be understood.")
                return self._lost(line, columns.index(MORE) + 1, words % {"column": MORE})
        return row

    def _lost(self, line: int, cell: int, reason: str) -> Fault:
        return Fault(Origin(self._name, line, cell), reason, fatal=self._table.is_core)


def _unkeepable(cell: str) -> str:
    if "\0" in cell:
        return _("A text holds a sign that cannot be kept: a null.")
    try:
        if not cell.isascii():
            cell.encode()
    except UnicodeError:
        return not_utf8()
    return ""


def _number(cell: str) -> Any:
    """A number as JSON has it; what is none stays as it came, and is said where it is taken in."""
    match = _NUMBER.fullmatch(cell)
    if not match:
        return cell
    return int(cell) if match.end() and cell.lstrip("-").isdigit() else float(cell)


def _more(cell: str) -> dict[str, Any]:
    decoding = Decoding()
    try:
        more, end = decoding.value_at(cell, 0)
    except (json.JSONDecodeError, RecursionError):
        return {}
    if not isinstance(more, dict) or end != len(cell) or decoding.trouble_with(cell, more):
        return {}
    sound = isinstance(more.get("set", {}), dict) and isinstance(more.get("unset", []), list)
    return more if sound else {}
