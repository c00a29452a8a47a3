"""After rows came back with their own keys: let the database number the next ones from there."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management.color import no_style
from django.db import connection, models

from leeward.web.backups.contents import rows_of


def number_on(kept: Iterable[type[models.Model]]) -> None:
    """Set each sequence past its table's last key. Django words the statements; SQLite needs none.

    Tables without a key above zero are left alone: a sequence begins at one, and great rings have negative keys.
    """
    numbered = [model for model in kept if isinstance(model._meta.pk, models.AutoField) and _has_keys(model)]
    statements = connection.ops.sequence_reset_sql(no_style(), numbered)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _has_keys(model: type[models.Model]) -> bool:
    return rows_of(model).filter(pk__gt=0).exists()
