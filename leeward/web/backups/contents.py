"""What a backup holds, and how one row is written down.

A backup is a zip:

    manifest.json           format, version, when, migrations, how many rows, SHA-256 of every other entry
    rows/<app.model>.jsonl  one JSON object a row: column → value, exact to the microsecond
    photos/kept/…           prepared photos, if they are kept in the data folder
    photos/locked/…         photos kept from everyone, encrypted; their key is in no backup
    host/…                  what the host wrote: *.toml of the data folder
    secret_key              of the data folder, if it is kept there
    numbers_key             the key of the numbers' noise; without it no number is ever published again

Not in it, on purpose: up to which month numbers were published (leeward/numbers/marker.py).

Tries to sign in are left out: their key is thrown away each day, and a backup would keep it (members.limits).
So is the index of what can be found: it is made anew from what the backup holds; and so are photos that wait to be
prepared, with what a camera wrote into them: after a restore their owners are asked to add them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models
from django.db.migrations.recorder import MigrationRecorder

from leeward.audience.models import Ring
from leeward.audience.shared import Shared
from leeward.audience.unguarded import everything
from leeward.members.limits import NOT_FOR_BACKUPS
from leeward.numbers import key
from leeward.photos.stores.local import UNFINISHED
from leeward.search.models import Departure, IndexedDocument, Passage

FORMAT = 1
"""Raised when an older program could not read what a newer one writes."""
MANIFEST = "manifest.json"
SECRETS = ("secret_key", key.FILE)
"""Files of the data folder with secrets in them; each is an entry of that name."""
PHOTOS = ("photos/kept", "photos/locked")
"""Folders of the data folder whose files are in it."""
MADE_BY_MIGRATIONS: tuple[type[models.Model], ...] = (ContentType, Permission, Ring)
"""Tables in which an empty place has rows already."""
MADE_ANEW: tuple[type[models.Model], ...] = (IndexedDocument, Passage, Departure)
"""Tables that a backup leaves out because they are made anew from others: what can be found."""


class BackupRefusedError(ValueError):
    """A backup cannot be made or taken in; the words say why, for the person at the keyboard."""


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows are kept, tables of many-to-many relations included."""
    found = apps.get_models(include_auto_created=True)
    left_out = {*NOT_FOR_BACKUPS, *MADE_ANEW}
    return [model for model in found if model not in left_out and model._meta.managed and not model._meta.proxy]


def rows_of(model: type[models.Model], database: str = DEFAULT_DB_ALIAS) -> models.QuerySet[Any]:
    """All rows of a model, guarded or not: a backup is read by nobody's eyes."""
    if issubclass(model, Shared):
        return everything(model, reason="backup and restore").using(database)
    return model._default_manager.using(database).all()


def written_row(row: models.Model) -> dict[str, Any]:
    """A row as JSON values. What JSON has no word for becomes the text that the field itself reads back."""
    return {field.attname: _written(field, row) for field in row._meta.concrete_fields}


def read_row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """The row that was written down.

    Raises:
        BackupRefusedError: its columns are not those of the model.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if fields.keys() != values.keys():
        raise BackupRefusedError(f"A row of {model._meta.label} has other columns than this version of the program.")
    return model(**{name: _read(fields[name], value) for name, value in values.items()})


def _written(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | str) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def migrations(database: str = DEFAULT_DB_ALIAS) -> dict[str, list[str]]:
    """The migrations that the database has, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder.Migration.objects.using(database).values_list("app", "name")):
        found.setdefault(app, []).append(name)
    return found


def kept_files() -> dict[str, Path]:
    """The files of the data folder that a backup holds, by their name in it."""
    folder: Path = settings.DATA
    found = {f"host/{path.name}": path for path in sorted(folder.glob("*.toml"))}
    for part in PHOTOS:
        found |= {path.relative_to(folder).as_posix(): path for path in _under(folder / part)}
    return found | {name: folder / name for name in SECRETS if (folder / name).exists()}


def _under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != UNFINISHED)
