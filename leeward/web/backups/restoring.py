"""Bringing a backup back, into an empty place only."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import models, transaction

from leeward.numbers.marker import not_this_month
from leeward.search.documents import reindex
from leeward.web.backups.checking import Manifest, checked_manifest
from leeward.web.backups.contents import (
    MADE_BY_MIGRATIONS,
    PHOTOS,
    SECRETS,
    BackupRefusedError,
    kept_models,
    migrations,
    read_row,
    rows_of,
)
from leeward.web.backups.numbering import number_on

BATCH = 500
"""Rows in one statement: few enough for the limits of both databases."""

Progress = Callable[[int], object]
"""Told of each few rows that are done."""


def restore_backup(source: Path, *, progress: Progress = lambda rows: None) -> Manifest:
    """Bring a backup back: every row in one transaction, then the files. Nothing is changed if anything is wrong.

    Args:
        source: the zip that write_backup made.
        progress: told of the rows that are done.

    Returns:
        What the backup said of itself.

    Raises:
        BackupRefusedError: the file is damaged, altered or of another version, or this place is not empty.
        OSError: the data folder cannot be written.
    """
    manifest = checked_manifest(source)
    _refuse_other_migrations(manifest)
    _refuse_if_lived_in()
    not_this_month()  # whose numbers may have been published after the backup was made
    unpacked = settings.DATA / "restoring"
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        with zipfile.ZipFile(source) as archive:
            _unpack(archive, manifest, unpacked)
            with transaction.atomic():
                _take_rows(archive, manifest, progress)
        for _done in reindex():
            pass  # what can be found is in no backup
        _put_files_in_place(unpacked)
    except (DatabaseError, ValidationError) as error:
        raise BackupRefusedError(f"The database would not take these rows, and is as it was: {error}") from error
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return manifest


def _refuse_other_migrations(manifest: Manifest) -> None:
    if migrations() != manifest.migrations:
        raise BackupRefusedError(
            f"This backup was made by version {manifest.version}, whose tables differ from those here. Restore it with "
            "that version (after `manage.py migrate`), and bring the place up to date afterwards."
        )


def _refuse_if_lived_in() -> None:
    """A place is empty when it has no row but those that its migrations made, and no file of a member."""
    lived_in = [
        model._meta.verbose_name_plural
        for model in kept_models()
        if model not in MADE_BY_MIGRATIONS and rows_of(model).exists()
    ]
    if any(path.is_file() for part in PHOTOS for path in (settings.DATA / part).rglob("*")):
        lived_in.append("photos")
    if lived_in:
        listed = ", ".join(str(name) for name in lived_in)
        raise BackupRefusedError(f"This place is not empty: it has {listed}. A backup goes into an empty place only.")


def _take_rows(archive: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    kept = kept_models()
    for model in MADE_BY_MIGRATIONS:
        rows_of(model).delete()
    for model in kept:
        with archive.open(f"rows/{model._meta.label_lower}.jsonl") as lines:
            rows = (read_row(model, json.loads(line)) for line in lines)
            for batch in _batches(rows):
                rows_of(model).bulk_create(batch)
                progress(len(batch))
    for model in kept:
        if rows_of(model).count() != manifest.rows[model._meta.label_lower]:
            raise BackupRefusedError(f"{model._meta.label}: not as many rows came back as were written.")
    number_on(kept)


def _batches(rows: Iterator[models.Model]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, to: Path) -> None:
    """Write the entries that are files below one folder. Their names were checked with the manifest."""
    for name in manifest.files:
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with archive.open(name) as packed, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(packed, file)


def _put_files_in_place(unpacked: Path) -> None:
    data: Path = settings.DATA
    for part in PHOTOS:
        if (unpacked / part).exists():
            shutil.rmtree(data / part, ignore_errors=True)
            (data / part).parent.mkdir(mode=0o700, exist_ok=True)
            (unpacked / part).replace(data / part)
    for path in (unpacked / "host").glob("*.toml"):
        path.replace(data / path.name)
    for name in SECRETS:
        if (unpacked / name).exists():
            (unpacked / name).replace(data / name)
