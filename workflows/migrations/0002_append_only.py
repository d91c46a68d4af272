"""The journal is append-only in the database itself: UPDATE, DELETE and TRUNCATE of its tables raise.

SQLite drops triggers with the table: a later migration that alters a table of the journal (SQLite then
builds it anew) has to run `install` again.
"""

from django.db import migrations

MESSAGE = "the journal is append-only"
# Table and the statements refused on it. The head of the chain moves, but never goes away.
REFUSED = (
    ("workflows_journalentry", ("UPDATE", "DELETE")),
    ("workflows_journallink", ("UPDATE", "DELETE")),
    ("workflows_journalhead", ("DELETE",)),
)


def sqlite_statements():
    for table, verbs in REFUSED:
        for verb in verbs:
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def postgresql_statements():
    yield (
        "CREATE OR REPLACE FUNCTION workflows_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    for table, verbs in REFUSED:
        yield (
            f"CREATE TRIGGER {table}_no_change BEFORE {' OR '.join(verbs)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION workflows_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION workflows_append_only()"
        )


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgresql_statements}


def install(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, verbs in REFUSED:
        names = ("change", "truncate") if postgresql else [verb.lower() for verb in verbs]
        for name in names:
            on = f" ON {table}" if postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}{on}", params=None)
    if postgresql:
        schema_editor.execute("DROP FUNCTION workflows_append_only()", params=None)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
