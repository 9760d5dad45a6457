from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_link_issuer'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrow',
            name='meant',
            field=models.JSONField(default=list),
        ),
    ]
