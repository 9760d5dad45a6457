import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_second_factors'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('agencies', 'Cơ quan'), ('people', 'Người dùng')], max_length=8, verbose_name='Danh sách')),
                ('state', models.CharField(choices=[('checking', 'Đang kiểm tra'), ('checked', 'Chờ áp dụng'), ('applying', 'Đang áp dụng'), ('applied', 'Đã áp dụng'), ('left', 'Đã bỏ')], default='checking', max_length=8, verbose_name='Tình trạng')),
                ('file_name', models.CharField(max_length=255, verbose_name='Tệp')),
                ('file_digest', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField(verbose_name='Gửi lúc')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='Xong lúc')),
                ('total', models.PositiveIntegerField(verbose_name='Số dòng')),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('same', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('stale', models.PositiveIntegerField(default=0)),
                ('outcome_digest', models.CharField(blank=True, max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='accounts.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lần nhập danh sách',
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='Dòng')),
                ('cells', models.JSONField()),
                ('label', models.CharField(blank=True, max_length=254)),
                ('search_key', models.CharField(blank=True, editable=False, max_length=1000)),
                ('verdict', models.CharField(blank=True, choices=[('new', 'Mới'), ('changed', 'Đổi'), ('same', 'Không đổi'), ('refused', 'Bị từ chối')], max_length=7, verbose_name='Kết quả')),
                ('changes', models.JSONField(default=list)),
                ('refusals', models.JSONField(default=list)),
                ('is_stale', models.BooleanField(default=False)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='accounts.importbatch')),
            ],
            options={
                'verbose_name': 'dòng của danh sách',
            },
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['agencies', 'people'])), name='accounts_import_kind_known', violation_error_message='Danh sách không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['checking', 'checked', 'applying', 'applied', 'left'])), name='accounts_import_state_known', violation_error_message='Tình trạng không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='accounts_import_row_once'),
        ),
    ]
