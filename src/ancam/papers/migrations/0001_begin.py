import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_begin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=500, verbose_name='Trích yếu')),
                ('number', models.PositiveIntegerField(verbose_name='Số')),
                ('symbol', models.CharField(max_length=60, verbose_name='Ký hiệu')),
                ('issued_on', models.DateField(verbose_name='Ngày ban hành')),
                ('inputs', models.JSONField()),
                ('file_digest', models.CharField(max_length=64)),
                ('file_size_bytes', models.PositiveIntegerField()),
                ('ledger_head', models.CharField(max_length=90)),
                ('issued_at', models.DateTimeField()),
                ('search_key', models.CharField(editable=False, max_length=800)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='accounts.agency')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
                'constraints': [models.UniqueConstraint(models.F('agency'), models.F('symbol'), models.F('number'), django.db.models.functions.datetime.ExtractYear('issued_on'), name='papers_number_once_a_year', violation_error_message='Số này đã dùng trong năm cho ký hiệu đó.')],
            },
        ),
    ]
