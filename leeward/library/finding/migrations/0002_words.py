"""The index of words beside the table of listings, kept by the database itself whenever a row changes.

On SQLite a full-text table that holds no text of its own, kept in step by triggers; on PostgreSQL a generated column
with an inverted index. A migration that alters the table of listings on SQLite must make the triggers anew, since
Django rebuilds the table: it ends with RunPython(make, drop) of this module.
"""

from django.db import migrations

COLUMNS = "title, about, text, marks"
OLD = "old.title, old.about, old.text, old.marks"
NEW = "new.title, new.about, new.text, new.marks"
GO = f"INSERT INTO finding_words(finding_words, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
COME = f"INSERT INTO finding_words(rowid, {COLUMNS}) VALUES (new.id, {NEW});"  # noqa: S608
SQLITE = (
    f"""CREATE VIRTUAL TABLE finding_words USING fts5(
        {COLUMNS}, content='finding_listing', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER finding_words_come AFTER INSERT ON finding_listing BEGIN {COME} END",
    f"CREATE TRIGGER finding_words_go AFTER DELETE ON finding_listing BEGIN {GO} END",
    f"CREATE TRIGGER finding_words_turn AFTER UPDATE OF {COLUMNS} ON finding_listing BEGIN {GO} {COME} END",
    "INSERT INTO finding_words(finding_words) VALUES ('rebuild')",
)
SQLITE_AWAY = (
    "DROP TRIGGER IF EXISTS finding_words_come",
    "DROP TRIGGER IF EXISTS finding_words_go",
    "DROP TRIGGER IF EXISTS finding_words_turn",
    "DROP TABLE IF EXISTS finding_words",
)


def _vector(stems):
    weights = (("title", "A"), ("about", "B"), ("text", "C"))
    said = [f"setweight(to_tsvector('{stems}', {column}), '{weight}')" for column, weight in weights]
    return " || ".join([*said, "setweight(to_tsvector('simple', marks), 'D')"])


POSTGRESQL = (
    f"""ALTER TABLE finding_listing ADD COLUMN words tsvector GENERATED ALWAYS AS (
        CASE WHEN language LIKE 'en%%' THEN {_vector("english")} ELSE {_vector("simple")} END) STORED""",
    "CREATE INDEX finding_words ON finding_listing USING gin (words)",
    """ALTER TABLE finding_listing ADD COLUMN title_words tsvector GENERATED ALWAYS AS (
        CASE WHEN language LIKE 'en%%' THEN to_tsvector('english', title) ELSE to_tsvector('simple', title) END) STORED""",
    "CREATE INDEX finding_title_words ON finding_listing USING gin (title_words)",
)
POSTGRESQL_AWAY = (
    "ALTER TABLE finding_listing DROP COLUMN IF EXISTS words",
    "ALTER TABLE finding_listing DROP COLUMN IF EXISTS title_words",
)


def make(apps, schema_editor):
    statements = SQLITE_AWAY + SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_AWAY + POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in SQLITE_AWAY if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_AWAY:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_listings")]
    operations = [migrations.RunPython(make, drop)]
