from django.db import migrations, models

SQLITE = """
CREATE TRIGGER audit_affected_no_{word} BEFORE {word} ON audit_affectedagency
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

# INSERT OR REPLACE removes the rows it collides with, and their removal sets off no trigger.
SQLITE_REPLACE = """
CREATE TRIGGER audit_affected_no_REPLACE BEFORE INSERT ON audit_affectedagency
WHEN EXISTS (
    SELECT 1 FROM audit_affectedagency
    WHERE id = NEW.id OR (entry_id = NEW.entry_id AND agency_id = NEW.agency_id)
)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

POSTGRESQL = """
CREATE TRIGGER audit_affected_no_{word} BEFORE {word} ON audit_affectedagency
FOR EACH {each} EXECUTE FUNCTION audit_refuse_change()
"""


def refuse_change(apps, schema_editor):
    """The index of affected agencies is guarded as the lines are."""
    if schema_editor.connection.vendor == "postgresql":
        for word, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            schema_editor.execute(POSTGRESQL.format(word=word, each=each))
    else:
        for word in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(word=word))
        schema_editor.execute(SQLITE_REPLACE)


def allow_change(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for word in ("UPDATE", "DELETE", "TRUNCATE" if postgresql else "REPLACE"):
        schema_editor.execute(
            f"DROP TRIGGER audit_affected_no_{word}" + (" ON audit_affectedagency" if postgresql else "")
        )


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_ledger_page_and_checks'),
    ]

    operations = [
        # Without a default, so that SQLite adds the column in place: a table written anew would lose its guard.
        migrations.AddField(
            model_name='entry',
            name='affected',
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name='AffectedAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.CharField(max_length=40)),
                ('entry', models.ForeignKey(db_index=False, on_delete=models.deletion.PROTECT, related_name='affected_agencies', to='audit.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['agency_id', 'entry'], name='audit_affected_agency')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'agency_id'), name='audit_affected_once')],
            },
        ),
        migrations.RunPython(refuse_change, allow_change),
    ]
