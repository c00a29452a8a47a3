"""Making a backup."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.utils import timezone

from leeward import __version__
from leeward.web.backups.contents import (
    FORMAT,
    MANIFEST,
    PHOTOS,
    BackupRefusedError,
    kept_files,
    kept_models,
    migrations,
    rows_of,
    written_row,
)

SNAPSHOT = "snapshot"
CHUNK = 2000

Progress = Callable[[int], object]
"""Told of each few rows that are done."""


@contextmanager
def one_moment() -> Iterator[str]:
    """A database alias through which everything is seen as it was at one moment, while others go on writing."""
    alone = dict(connections.settings[DEFAULT_DB_ALIAS])
    alone["OPTIONS"] = dict(alone["OPTIONS"]) | _snapshot_options(str(alone["ENGINE"]))
    connections.settings[SNAPSHOT] = alone
    try:
        with transaction.atomic(using=SNAPSHOT):
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]
        del connections.settings[SNAPSHOT]


def _snapshot_options(engine: str) -> dict[str, Any]:
    if "sqlite" in engine:
        return {"transaction_mode": "DEFERRED"}  # reads its moment from the WAL, and keeps no writer waiting
    from psycopg import IsolationLevel  # noqa: PLC0415  # only where the database is PostgreSQL

    return {"isolation_level": IsolationLevel.REPEATABLE_READ}


def count_rows(database: str = DEFAULT_DB_ALIAS) -> int:
    """How many rows a backup would hold."""
    return sum(rows_of(model, database).count() for model in kept_models())


def write_backup(target: Path, *, database: str = DEFAULT_DB_ALIAS, progress: Progress = lambda rows: None) -> None:
    """Write the whole place into one zip, readable by this user alone. It is there whole, or not at all.

    Args:
        target: the file to make.
        database: the alias to read from; see `one_moment`.
        progress: told of the rows that are done.

    Raises:
        BackupRefusedError: the file is there already, or its folder is not.
        OSError: the disk is full, or the folder cannot be written.
    """
    if target.exists():
        raise BackupRefusedError(f"{target} is there already; a backup never writes over a file.")
    if not target.parent.is_dir():
        raise BackupRefusedError(f"There is no folder {target.parent}.")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _write_all(archive, database, progress)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_all(archive: zipfile.ZipFile, database: str, progress: Progress) -> None:
    sums: dict[str, str] = {}
    rows: dict[str, int] = {}
    for model in kept_models():
        label = model._meta.label_lower
        name = f"rows/{label}.jsonl"
        with _entry(archive, name, sums) as write:
            rows[label] = _write_rows(model, database, write, progress)
    for name, path in kept_files().items():
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:  # a photo may go meanwhile
            _write_file(archive, name, sums, file)
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": migrations(database),
        "rows": rows,
        "sums": sums,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _write_file(archive: zipfile.ZipFile, name: str, sums: dict[str, str], file: IO[bytes]) -> None:
    with _entry(archive, name, sums) as write:
        while block := file.read(1 << 20):
            write(block)


def _write_rows(model: type[models.Model], database: str, write: Callable[[bytes], None], progress: Progress) -> int:
    count = 0
    for row in rows_of(model, database).order_by("pk").iterator(chunk_size=CHUNK):
        write(json.dumps(written_row(row), ensure_ascii=False).encode() + b"\n")
        count += 1
        if count % CHUNK == 0:
            progress(CHUNK)
    progress(count % CHUNK)
    return count


@contextmanager
def _entry(archive: zipfile.ZipFile, name: str, sums: dict[str, str]) -> Iterator[Callable[[bytes], None]]:
    """One entry of the zip, written piece by piece; its sum is noted at the end."""
    seen = hashlib.sha256()
    entry = zipfile.ZipInfo(name, time.localtime()[:6])
    entry.compress_type = zipfile.ZIP_STORED if name.startswith(PHOTOS) else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as file:
        yield lambda block: _both(seen, file, block)
    sums[name] = seen.hexdigest()


def _both(seen: Any, file: IO[bytes], block: bytes) -> None:
    seen.update(block)
    file.write(block)
