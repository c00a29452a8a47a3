"""The index of words beside the table of documents, kept by the database itself whenever a row changes.

On SQLite a full-text table that holds no text of its own, kept in step by triggers. On PostgreSQL a generated column
with an inverted index. A migration that alters the table of documents on SQLite must make the triggers anew, since
Django rebuilds the table: it ends with RunPython(make, drop) of this module.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE search_words USING fts5(
        title, text, content='search_indexeddocument', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER search_words_come AFTER INSERT ON search_indexeddocument BEGIN
        INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
    """CREATE TRIGGER search_words_go AFTER DELETE ON search_indexeddocument BEGIN
        INSERT INTO search_words(search_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END""",
    """CREATE TRIGGER search_words_turn AFTER UPDATE OF title, text ON search_indexeddocument BEGIN
        INSERT INTO search_words(search_words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
        INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END""",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
)
SQLITE_AWAY = (
    "DROP TRIGGER IF EXISTS search_words_come",
    "DROP TRIGGER IF EXISTS search_words_go",
    "DROP TRIGGER IF EXISTS search_words_turn",
    "DROP TABLE IF EXISTS search_words",
)
POSTGRESQL = (
    """ALTER TABLE search_indexeddocument ADD COLUMN words tsvector GENERATED ALWAYS AS (
        CASE WHEN language LIKE 'en%%'
        THEN setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')
        ELSE setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', text), 'B') END) STORED""",
    "CREATE INDEX search_words ON search_indexeddocument USING gin (words)",
)
POSTGRESQL_AWAY = ("ALTER TABLE search_indexeddocument DROP COLUMN IF EXISTS words",)


def make(apps, schema_editor):
    statements = SQLITE_AWAY + SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_AWAY + POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in SQLITE_AWAY if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_AWAY:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
