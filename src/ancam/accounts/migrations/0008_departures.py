import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_day', models.DateField(db_index=True, verbose_name='Ngày làm việc cuối')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Lý do')),
                ('made_at', models.DateTimeField()),
                ('carried_out_at', models.DateTimeField(null=True, verbose_name='Thực hiện lúc')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='Rút lại lúc')),
                ('account_ended', models.BooleanField(default=False)),
                ('problem', models.CharField(blank=True, max_length=1000)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='departures', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'việc rời cơ quan',
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Quản trị'), ('leader', 'Lãnh đạo'), ('officer', 'Chuyên viên'), ('appraiser', 'Thẩm định viên'), ('auditor', 'Kiểm tra viên'), ('reader', 'Người đọc')], max_length=14, verbose_name='Vai trò')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('departure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='accounts.departure')),
                ('membership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='handovers', to='accounts.membership')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bàn giao vai trò',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'leader', 'officer', 'appraiser', 'auditor', 'reader'])), name='accounts_handover_role_known', violation_error_message='Vai trò không có trong danh mục.')],
            },
        ),
    ]
