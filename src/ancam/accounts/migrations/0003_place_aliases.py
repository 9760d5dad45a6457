from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_agency_periods_and_positions'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlaceAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Tên gọi')),
                ('key', models.CharField(editable=False, max_length=240, unique=True)),
                ('place_code', models.CharField(max_length=5, verbose_name='Mã đơn vị hành chính')),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'tên gọi địa phương',
                'ordering': ['key'],
            },
        ),
    ]
