"""A tabular data package written to a folder: a CSV file for each table that has rows, and what describes them."""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from leeward.library.directory.giving_out import records
from leeward.library.directory.hsds import CORE, MORE, TABLES
from leeward.library.directory.models import LooseRow, Source
from leeward.library.directory.tabling import Row, Survey, Tabling


def write_package(
    folder: Path, *, with_retired: bool = False, progress: Callable[[int], object] | None = None
) -> dict[str, int]:
    """Write the package into a folder; table -> how many rows.

    Args:
        folder: there, and empty.
        with_retired: whether records that their source no longer has are given out too.
        progress: called with how many records were written since.
    """
    survey = Survey(with_retired=with_retired)
    tabling = Tabling(survey)
    with ExitStack() as files:
        sheets = _Sheets(folder, survey, files)
        for kind in ("organization", *(kind for kind in CORE if kind != "organization")):
            for record in records(kind, with_retired=with_retired).iterator():
                for table, row in tabling.rows(kind, record.overlaid):
                    sheets.write(table, row)
                if progress:
                    progress(1)
        for loose in LooseRow.objects.order_by("id").iterator():
            sheets.write(loose.table, tabling.loose(loose.table, loose.data))
    (folder / "datapackage.json").write_text(json.dumps(_description(sheets), ensure_ascii=False, indent=1) + "\n")
    return sheets.counts


def write_zip(
    path: Path, *, with_retired: bool = False, progress: Callable[[int], object] | None = None
) -> dict[str, int]:
    """Write the package into a zip, which is there once it is whole; table -> how many rows.

    Args:
        path: the zip; another of this name gives way to it.
        with_retired: whether records that their source no longer has are given out too.
        progress: called with how many records were written since.
    """
    with tempfile.TemporaryDirectory(prefix="leeward-export-", dir=path.parent) as folder:
        tables = Path(folder) / "tables"
        tables.mkdir()
        counts = write_package(tables, with_retired=with_retired, progress=progress)
        unfinished = Path(folder) / "package.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
            for file in sorted(tables.iterdir()):
                package.write(file, file.name)
        unfinished.replace(path)
    return counts


class _Sheets:
    """The CSV files, each made when its first row comes."""

    def __init__(self, folder: Path, survey: Survey, files: ExitStack) -> None:
        self.folder, self.survey, self.files = folder, survey, files
        self.columns: dict[str, list[str]] = {}
        self.counts: dict[str, int] = {}
        self._writers: dict[str, Any] = {}

    def write(self, table: str, row: Row) -> None:
        if table not in self._writers:
            self._begin(table)
        self._writers[table].writerow([row.get(column, "") for column in self.columns[table]])
        self.counts[table] += 1

    def _begin(self, table: str) -> None:
        own = list(TABLES[table].fields) if table in TABLES else ["id"]
        more = [name for name in sorted(self.survey.columns.get(table, ())) if name not in own]
        self.columns[table] = [*own, *more, MORE]
        file = self.files.enter_context((self.folder / file_of(table)).open("w", encoding="utf-8", newline=""))
        self._writers[table] = csv.writer(file, lineterminator="\r\n")
        self._writers[table].writerow(self.columns[table])
        self.counts[table] = 0


def file_of(table: str) -> str:
    """The file of a table; of one that HSDS does not know, by its own name."""
    return TABLES[table].file if table in TABLES else f"{table}.csv"


def _description(sheets: _Sheets) -> dict[str, Any]:
    sources = [{"title": source.name, "path": source.address} for source in Source.objects.order_by("key")]
    licences = sorted({source.licence for source in Source.objects.all() if source.licence})
    return {
        "name": "directory-of-services",
        "profile": "tabular-data-package",
        "hsds_version": "3.0",
        **({"licenses": [{"title": licence} for licence in licences]} if licences else {}),
        **({"sources": [{n: v for n, v in source.items() if v} for source in sources]} if sources else {}),
        "resources": [_resource(table, columns) for table, columns in sheets.columns.items()],
    }


def _resource(table: str, columns: list[str]) -> dict[str, Any]:
    known = TABLES[table].fields if table in TABLES else {}
    fields = [{"name": name, "type": known[name].type if name in known else "string"} for name in columns]
    return {
        "name": table,
        "path": file_of(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},
        "schema": {"fields": fields, "missingValues": [""]},
    }
