"""Indexes for LIKE that PostgreSQL is given and nobody asks."""

from __future__ import annotations

from typing import Any


def drop_like_indexes(apps: Any, schema_editor: Any, app: str) -> None:
    """Part of a migration: PostgreSQL's second indexes of an app's text columns, made for LIKE, where none is asked.

    Django makes them for every text column that has an index. Each costs as much as the first one at every row.

    Args:
        apps: as a migration is handed it.
        schema_editor: likewise.
        app: its label.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    for model in apps.get_app_config(app).get_models():
        table = model._meta.db_table
        with schema_editor.connection.cursor() as cursor:
            names = schema_editor.connection.introspection.get_constraints(cursor, table)
        for name in names:
            if name.endswith("_like"):
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")
