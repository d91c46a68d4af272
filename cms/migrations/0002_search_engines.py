"""What the engines of the search keep beside the tables of models (`cms/search/engines`).

SQLite gets a full-text table; PostgreSQL a column of its own in the table of documents, with a GIN index. Databases
whose tables are made without migrations (demo, tests) get the same from a receiver of `post_migrate`.
"""

from django.db import migrations

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS cms_search_fts"
        " USING fts5(title, body, tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "ALTER TABLE cms_searchdocument ADD COLUMN IF NOT EXISTS search_vector tsvector",
        "CREATE INDEX IF NOT EXISTS cms_search_vector ON cms_searchdocument USING gin (search_vector)",
    ),
}
REMOVE = {
    "sqlite": ("DROP TABLE cms_search_fts",),
    "postgresql": ("ALTER TABLE cms_searchdocument DROP COLUMN search_vector",),
}


def install(apps, schema_editor):
    _execute(schema_editor, CREATE)


def remove(apps, schema_editor):
    _execute(schema_editor, REMOVE)


def _execute(schema_editor, statements):
    for statement in statements.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
