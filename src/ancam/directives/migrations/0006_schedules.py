import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0005_progress_on_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_on', models.DateField(verbose_name='Ngày xảy ra')),
                ('days', models.PositiveSmallIntegerField(verbose_name='Số ngày')),
                ('working_days', models.BooleanField(default=False, verbose_name='Ngày làm việc')),
                ('ground', models.CharField(max_length=300, verbose_name='Căn cứ')),
                ('recorded_at', models.DateTimeField()),
                ('assignment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='directives.assignment')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='directives.obligation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sự kiện bắt đầu thời hạn',
                'ordering': ['-recorded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DueSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('every_months', models.PositiveSmallIntegerField(null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='Cách nhau, tháng')),
                ('begins_on', models.DateField(null=True, verbose_name='Theo dõi từ ngày')),
                ('ends_on', models.DateField(null=True, verbose_name='Đến hết ngày')),
                ('due_days', models.JSONField(default=list)),
                ('ground', models.CharField(blank=True, max_length=300, verbose_name='Căn cứ')),
                ('set_at', models.DateTimeField()),
                ('later_document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_schedules', to='directives.document')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='schedule', to='directives.obligation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lịch hạn',
                'constraints': [models.CheckConstraint(condition=models.Q(('every_months', None), ('every_months__range', (1, 60)), _connector='OR'), name='directives_schedule_interval_in_range', violation_error_message='Khoảng cách giữa hai kỳ phải từ 1 đến 60 tháng.'), models.CheckConstraint(condition=models.Q(('begins_on', None), ('ends_on', None), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='directives_schedule_ends_after_beginning', violation_error_message='Lịch hạn không thể kết thúc trước khi bắt đầu.')],
            },
        ),
    ]
