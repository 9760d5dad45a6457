import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_place_aliases_of_agencies'),
        ('directives', '0009_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OfflineReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('received', 'Chờ áp dụng'), ('applied', 'Đã áp dụng'), ('left', 'Đã bỏ')], default='received', max_length=8, verbose_name='Tình trạng')),
                ('file_name', models.CharField(max_length=255, verbose_name='Tệp')),
                ('file_digest', models.CharField(max_length=64)),
                ('file_size_bytes', models.PositiveIntegerField()),
                ('signed_by', models.CharField(max_length=200, verbose_name='Người ký')),
                ('rows', models.JSONField(default=list)),
                ('at', models.DateTimeField(verbose_name='Nhận lúc')),
                ('finished_at', models.DateTimeField(null=True)),
                ('applied', models.PositiveIntegerField(default=0, verbose_name='Số báo cáo đã ghi')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tệp gửi lại',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='progressreport',
            name='offline',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='directives.offlinereturn', verbose_name='Tệp'),
        ),
        migrations.CreateModel(
            name='OfflineWorkbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('rows', models.JSONField(default=dict)),
                ('issued_at', models.DateTimeField(verbose_name='Phát lúc')),
                ('expires_on', models.DateField(verbose_name='Nhận lại đến hết ngày')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='Thu hồi lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offline_workbooks', to='accounts.agency')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_workbooks', to='accounts.agency')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tệp ngoại tuyến',
                'ordering': ['-issued_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='offlinereturn',
            name='workbook',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='directives.offlineworkbook'),
        ),
        migrations.AddConstraint(
            model_name='offlineworkbook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='directives_offline_revoked_by_someone', violation_error_message='Thu hồi tệp phải có người và thời điểm.'),
        ),
        migrations.AddConstraint(
            model_name='offlinereturn',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'applied', 'left'])), name='directives_offline_return_state_known', violation_error_message='Tình trạng của tệp gửi lại không có trong danh mục.'),
        ),
    ]
