"""Whether a file is a backup, whole and unaltered, that this version can read."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from leeward.web.backups.contents import FORMAT, MANIFEST, PHOTOS, SECRETS, BackupRefusedError, kept_models

_BLOCK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Args:
        version: of the program that made it.
        made_at: when, in ISO 8601.
        migrations: of its database, by app.
        rows: how many of each model.
        sums: SHA-256 of every other entry.
    """

    version: str
    made_at: str
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    sums: dict[str, str]

    @property
    def files(self) -> list[str]:
        """The entries that are files of the data folder."""
        return [name for name in self.sums if not name.startswith("rows/")]


def checked_manifest(source: Path) -> Manifest:
    """The manifest of a backup of which every entry was read and found as it was written.

    Raises:
        BackupRefusedError: there is no such file, or it is no backup, damaged, altered, or of another format.
    """
    if not source.is_file():
        raise BackupRefusedError(f"There is no file {source}.")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest_in(archive)
            _compare_sums(archive, manifest)
    except _DAMAGED as error:
        raise BackupRefusedError(f"{source} is damaged or no backup: {error}") from error
    missing = [model._meta.label for model in kept_models() if model._meta.label_lower not in manifest.rows]
    if missing:
        raise BackupRefusedError(f"This backup lacks {', '.join(missing)}: it was made by another version.")
    return manifest


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    try:
        said: Any = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise BackupRefusedError("This is no backup of such a place: it has no manifest.") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BackupRefusedError(f"This backup is not of format {FORMAT}, which this program reads.")
    try:
        return Manifest(**{name: said[name] for name in Manifest.__dataclass_fields__})
    except KeyError as error:
        raise BackupRefusedError(f"The manifest of this backup lacks {error}.") from error


def _compare_sums(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    names = archive.namelist()
    expected = {MANIFEST, *manifest.sums}
    if len(names) != len(expected) or set(names) != expected:
        raise BackupRefusedError("This backup was altered: its entries are not those that its manifest names.")
    for name, sum_then in manifest.sums.items():
        _refuse_strange_name(name)
        if _sum_of(archive, name) != sum_then:
            raise BackupRefusedError(f"This backup was altered: {name} is not as it was written.")


def _sum_of(archive: zipfile.ZipFile, name: str) -> str:
    seen = hashlib.sha256()
    with archive.open(name) as entry:
        while block := entry.read(_BLOCK):
            seen.update(block)
    return seen.hexdigest()


def _refuse_strange_name(name: str) -> None:
    """Nothing in a zip may be written outside the data folder, whoever made it."""
    path = PurePosixPath(name)
    usual = (
        name in SECRETS
        or path.parts[0] == "rows"
        or name.startswith(tuple(f"{part}/" for part in PHOTOS))
        or (path.parts[0] == "host" and path.suffix == ".toml")
    )
    if path.is_absolute() or ".." in path.parts or "\\" in name or not usual:
        raise BackupRefusedError(f"This backup has an entry that no backup has: {name}")
