from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_entry_no_{word} BEFORE {word} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

# INSERT OR REPLACE removes the rows it collides with, and their removal sets off no trigger.
SQLITE_REPLACE = """
CREATE TRIGGER audit_entry_no_REPLACE BEFORE INSERT ON audit_entry
WHEN EXISTS (
    SELECT 1 FROM audit_entry WHERE number = NEW.number OR digest = NEW.digest OR rowid = NEW.rowid
)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""

POSTGRESQL = """
CREATE TRIGGER audit_entry_no_{word} BEFORE {word} ON audit_entry
FOR EACH {each} EXECUTE FUNCTION audit_refuse_change()
"""


def refuse_change(apps, schema_editor):
    """The database itself refuses to alter or remove a line, whoever asks."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        for word, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            schema_editor.execute(POSTGRESQL.format(word=word, each=each))
    else:
        for word in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(word=word))
        schema_editor.execute(SQLITE_REPLACE)


def allow_change(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for word in ("UPDATE", "DELETE", "TRUNCATE" if postgresql else "REPLACE"):
        schema_editor.execute(f"DROP TRIGGER audit_entry_no_{word}" + (" ON audit_entry" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION audit_refuse_change()")


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_begin")]

    operations = [migrations.RunPython(refuse_change, allow_change)]
