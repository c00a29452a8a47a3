"""HSDS as tables: a folder of CSV files, with a datapackage.json or by the names that the standard gives them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from leeward.library.directory.hsds import TABLES
from leeward.library.directory.reading.cells import ENCODINGS, Cells, Form, Row
from leeward.library.directory.reading.decoding import MOST_RECORD, Decoding, shortened
from leeward.library.directory.reading.found import Fault, Origin, Read, ReadRefused
from leeward.library.directory.reading.joining import BATCH, Joining, loading_order, table_called
from leeward.library.directory.reading.text import opened
from leeward.library.directory.tables import Table

DESCRIPTOR = "datapackage.json"
_MOST_FILES = 500
_OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class TableFile:
    """A file of rows.

    Attributes:
        path: where it is.
        name: what faults call it: its path within the package.
        table: of HSDS, or one of somebody's own, whose rows are kept and given out again.
        form: how it is written.
    """

    path: Path
    name: str
    table: Table
    form: Form


def is_package(folder: Path) -> bool:
    """Whether a folder holds tables."""
    return (folder / DESCRIPTOR).is_file() or any(folder.glob("*.[cC][sS][vV]"))


def read_package(folder: Path) -> Iterator[Read | Fault]:
    """The records of a folder of tables.

    Raises:
        ReadRefused: none of its files is a table of HSDS, or its description cannot be understood.
    """
    files: list[TableFile] = []
    for one in _described(folder) if _has_description(folder) else _by_name(folder):
        if isinstance(one, Fault):
            yield one
        else:
            files.append(one)
    if not any(file.table.is_core for file in files):
        words = _("There is no table of HSDS in %(folder)s, as services.csv or organizations.csv would be.")
        raise ReadRefused(words % {"folder": folder.name})
    if not any(file.table.name == "service" for file in files):
        yield Fault(
            Origin("services.csv"), _("This file is not there, so nobody can say which services are gone."), True
        )
    yield from _read_tables(files)


def read_table(path: Path) -> Iterator[Read | Fault]:
    """The records of one table alone.

    Raises:
        ReadRefused: its name is none of a table of HSDS.
    """
    file = _table_file(path, path.name, path.stem, Form())
    if isinstance(file, Fault) or file.table.name not in TABLES:
        raise ReadRefused(_("%(file)s has not the name of a table of HSDS, as services.csv has.") % {"file": path.name})
    yield from _read_tables([file])


def _read_tables(files: list[TableFile]) -> Iterator[Read | Fault]:
    """The records of these files, put together.

    Raises:
        ReadRefused: a file cannot be opened, or there is no room for what waits to be put together.
    """
    try:
        with Joining() as joining:
            for file in sorted(files, key=lambda file: loading_order(file.table)):
                with opened(file.path) as binary:
                    yield from _loaded(joining, file, binary)
            yield from joining.found()
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
            raise
        raise ReadRefused(_("There is no room for temporary files, or they were taken away.")) from error


def _loaded(joining: Joining, file: TableFile, binary: BinaryIO) -> Iterator[Fault]:
    batch: list[Row] = []
    for row in Cells(binary, file.name, file.table, file.form):
        if isinstance(row, Fault):
            yield row
        elif "id" not in row.cells and "id" not in row.more.get("set", ()):
            yield Fault(Origin(file.name, row.line), _("This row has no id."), fatal=file.table.is_core)
        else:
            batch.append(row)
        if len(batch) == BATCH:
            joining.add(file.table, batch, file.name)
            batch = []
    joining.add(file.table, batch, file.name)


# -- Which files ------------------------------------------------------------------------------------------------------


def _by_name(folder: Path) -> Iterator[TableFile | Fault]:
    for path in sorted(folder.iterdir())[:_MOST_FILES]:
        if path.suffix.lower() == ".csv" and path.is_file():
            yield _table_file(path, path.name, path.stem, Form())


def _table_file(path: Path, name: str, called: str, form: Form) -> TableFile | Fault:
    known = table_called(called) or table_called(path.stem)
    if known:
        return TableFile(path, name, TABLES[known], form)
    own = path.stem.lower()
    if not _OWN_NAME.fullmatch(own):
        return Fault(Origin(name), _("This is no table of HSDS, and its name is none that a table can have."))
    return TableFile(path, name, Table(own, path.name, {}), form)


def _has_description(folder: Path) -> bool:
    """A description that is only the text of a link (as some programs unpack the official examples) is none."""
    path = folder / DESCRIPTOR
    if not path.is_file():
        return False
    with opened(path) as file:
        head = file.read(300).strip()
    return not (head.endswith(DESCRIPTOR.encode()) and b"{" not in head)


def _described(folder: Path) -> Iterator[TableFile | Fault]:
    package = _description(folder / DESCRIPTOR)
    resources = package.get("resources")
    if not isinstance(resources, list) or len(resources) > _MOST_FILES:
        raise ReadRefused(_("%(file)s lists no resources, or too many.") % {"file": DESCRIPTOR})
    for resource in resources:
        if isinstance(resource, dict):
            yield from _files_of(folder, resource, package)
        else:
            yield Fault(Origin(DESCRIPTOR), _("A resource is no object."), fatal=True)


def _description(path: Path) -> dict[str, Any]:
    with opened(path) as file:
        text = file.read(MOST_RECORD)
    decoding = Decoding()
    try:
        package, _end = decoding.value_at(text.decode().strip(), 0)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ReadRefused(_("%(file)s is no JSON that can be understood.") % {"file": DESCRIPTOR}) from error
    if not isinstance(package, dict):
        raise ReadRefused(_("%(file)s is no description of a data package.") % {"file": DESCRIPTOR})
    return package


def _files_of(folder: Path, resource: Mapping[str, Any], package: Mapping[str, Any]) -> Iterator[TableFile | Fault]:
    """The files of a resource. One that is not there has no rows: the standard's own description names them all."""
    called = str(resource.get("name", ""))
    paths = resource.get("path")
    if "data" in resource:
        yield _refused(called, _("Its rows stand within the description. Please put them into a file."))
        return
    for name in paths if isinstance(paths, list) else [paths]:
        if not isinstance(name, str) or not name or "\0" in name:
            yield _refused(called, _("It names no file."))
        elif ":" in name or "\\" in name or not _is_within(folder, name):
            yield _refused(
                called, _("It names a file that is not in the folder: %(path)s.") % {"path": shortened(name)}
            )
        elif (folder / name).is_file():
            form = _form(resource, package)
            path = folder / name
            yield form if isinstance(form, Fault) else _table_file(path, name, called, form)


def _is_within(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _form(resource: Mapping[str, Any], package: Mapping[str, Any]) -> Form | Fault:
    called = str(resource.get("name", ""))
    dialect = resource.get("dialect", package.get("dialect", {}))
    dialect = dialect if isinstance(dialect, dict) else {}
    delimiter, quote = dialect.get("delimiter", ""), dialect.get("quoteChar", '"')
    encoding = str(resource.get("encoding", package.get("encoding", "utf-8"))).lower()
    if encoding not in ENCODINGS:
        return _refused(called, _("Its encoding is not known here: %(name)s.") % {"name": shortened(encoding)})
    if not _is_sign(quote) or (delimiter and not _is_sign(delimiter)) or dialect.get("header") is False:
        return _refused(called, _("It is written in a way that is not known here. Please save it as plain CSV."))
    return Form(delimiter, quote, "utf-8" if encoding == "ascii" else encoding)


def _is_sign(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 1 and value not in "\r\n\0"


def _refused(called: str, reason: str) -> Fault:
    words = _("The resource “%(name)s” cannot be read. %(reason)s")
    return Fault(Origin(DESCRIPTOR), words % {"name": shortened(called), "reason": reason}, fatal=True)


def rows_of_tables(tree: Mapping[str, Any], origin: Origin) -> Iterator[Read | Fault]:
    """Tables that stand in one object of JSON, by the names of their files: `{"services.csv": [{…}, …]}`."""
    with Joining() as joining:
        for file in sorted(tree, key=lambda file: loading_order(TABLES[table_called(file)])):
            rows = [Row(origin.line, cells) for cells in tree[file] if isinstance(cells, dict) and "id" in cells]
            if len(rows) < len(tree[file]):
                yield Fault(origin, _("A row of %(file)s is no object with an id.") % {"file": file})
            joining.add(TABLES[table_called(file)], rows, origin.file)
        yield from joining.found()


def holds_tables(tree: Mapping[str, Any]) -> bool:
    """Whether an object is nothing but tables."""
    return bool(tree) and all(
        name.endswith(".csv") and table_called(name) and isinstance(rows, list) for name, rows in tree.items()
    )
