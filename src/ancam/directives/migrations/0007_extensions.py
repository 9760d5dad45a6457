import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0006_schedules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dueperiod',
            name='due_on_before',
            field=models.DateField(null=True, verbose_name='Hạn trước khi gia hạn'),
        ),
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
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='directives.dueperiod')),
            ],
            options={
                'verbose_name': 'đề nghị gia hạn',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('period',), name='directives_extension_one_waits', violation_error_message='Kỳ này đang có một đề nghị gia hạn chờ trả lời.'), models.CheckConstraint(condition=models.Q(('wanted_to__gt', models.F('due_on'))), name='directives_extension_is_later', violation_error_message='Ngày đề nghị gia hạn phải sau hạn hiện tại.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', ''), ('granted_to', None)), models.Q(('decided_at__isnull', False), ('decision', 'granted'), ('granted_to__isnull', False)), models.Q(('decided_at__isnull', False), ('decision', 'refused'), ('granted_to', None)), _connector='OR'), name='directives_extension_decided_once', violation_error_message='Trả lời gia hạn phải có thời điểm, và ngày khi đồng ý.')],
            },
        ),
    ]
