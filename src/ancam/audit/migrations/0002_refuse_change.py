from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_entry_no_{word} BEFORE {word} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""

POSTGRESQL = """
CREATE TRIGGER audit_entry_no_{word} BEFORE {word} ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


def refuse_change(apps, schema_editor):
    """The database itself refuses to alter or remove a line, whoever asks."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        statement = POSTGRESQL
    else:
        statement = SQLITE
    for word in ("UPDATE", "DELETE"):
        schema_editor.execute(statement.format(word=word))


def allow_change(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for word in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER audit_entry_no_{word}" + (" ON audit_entry" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION audit_refuse_change()")


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_begin")]

    operations = [migrations.RunPython(refuse_change, allow_change)]
