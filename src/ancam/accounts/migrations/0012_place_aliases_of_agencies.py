from django.db import migrations, models


def give_to_root(apps, schema_editor):
    """What was written down so far held everywhere, so it becomes the root's."""
    root = apps.get_model("accounts", "Agency").objects.filter(depth=1).first()
    apps.get_model("accounts", "PlaceAlias").objects.update(agency=root)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_import_row_meaning'),
    ]

    operations = [
        migrations.AddField(
            model_name='placealias',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='Cơ quan'),
        ),
        migrations.RunPython(give_to_root, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='placealias',
            name='agency',
            field=models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='+', to='accounts.agency', verbose_name='Cơ quan'),
        ),
        migrations.AlterField(
            model_name='placealias',
            name='key',
            field=models.CharField(editable=False, max_length=240),
        ),
        migrations.AlterModelOptions(
            name='placealias',
            options={'ordering': ['key', 'pk'], 'verbose_name': 'tên gọi địa phương'},
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.UniqueConstraint(fields=('key', 'agency'), name='accounts_place_alias_once', violation_error_message='Cơ quan này đã ghi tên gọi đó.'),
        ),
    ]
