from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('web', '0001_begin'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('window', models.BigIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('counted_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
