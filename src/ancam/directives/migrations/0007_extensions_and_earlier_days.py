import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0006_schedules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='Hạn khi đề nghị')),
                ('wanted_to', models.DateField(verbose_name='Đề nghị đến ngày')),
                ('reason', models.TextField(verbose_name='Lý do')),
                ('asked_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('', 'Chờ trả lời'), ('granted', 'Đồng ý'), ('refused', 'Không đồng ý')], default='', max_length=7, verbose_name='Trả lời')),
                ('granted_to', models.DateField(null=True, verbose_name='Gia hạn đến ngày')),
                ('answer', models.TextField(blank=True, verbose_name='Ý kiến trả lời')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'đề nghị gia hạn',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='dueperiod',
            name='due_on_before',
            field=models.DateField(null=True, verbose_name='Hạn trước khi gia hạn'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='done_on',
            field=models.DateField(null=True, verbose_name='Hoàn thành ngày'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='ground',
            field=models.CharField(blank=True, max_length=300, verbose_name='Căn cứ'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='not_applicable',
            field=models.BooleanField(default=False, verbose_name='Không áp dụng'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('ground', ''), _negated=True), _connector='OR'), name='directives_progress_earlier_day_has_ground', violation_error_message='Ngày hoàn thành trước đây phải có căn cứ.'),
        ),
        migrations.AddField(
            model_name='extension',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='directives.dueperiod'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('period',), name='directives_extension_one_waits', violation_error_message='Kỳ này đang có một đề nghị gia hạn chờ trả lời.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('wanted_to__gt', models.F('due_on'))), name='directives_extension_is_later', violation_error_message='Ngày đề nghị gia hạn phải sau hạn hiện tại.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', ''), ('granted_to', None)), models.Q(('decided_at__isnull', False), ('decision', 'granted'), ('granted_to__isnull', False)), models.Q(('decided_at__isnull', False), ('decision', 'refused'), ('granted_to', None)), _connector='OR'), name='directives_extension_decided_once', violation_error_message='Trả lời gia hạn phải có thời điểm, và ngày khi đồng ý.'),
        ),
    ]
