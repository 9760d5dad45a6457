import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_saved_filters'),
        ('directives', '0013_add_doubts_and_reading_examples'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='Tệp')),
                ('keep_own_copy', models.BooleanField(default=False)),
                ('held', models.CharField(blank=True, max_length=32)),
                ('pages', models.PositiveIntegerField(verbose_name='Số trang phải nhận dạng')),
                ('pages_done', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('running', 'Đang đọc'), ('done', 'Đã đọc xong'), ('refused', 'Không đọc được'), ('stopped', 'Đã dừng')], default='running', max_length=7, verbose_name='Tình trạng')),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('refusal', models.CharField(blank=True, max_length=1000)),
                ('begun_at', models.DateTimeField(verbose_name='Nhận lúc')),
                ('taken_up_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Xong lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directives.document')),
            ],
            options={
                'verbose_name': 'lần đọc văn bản',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['running', 'done', 'refused', 'stopped'])), name='directives_reading_run_state_known', violation_error_message='Tình trạng không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('pages_done__lte', models.F('pages'))), name='directives_reading_run_done_within_pages', violation_error_message='Số trang đã nhận dạng không thể lớn hơn số trang.')],
            },
        ),
    ]
