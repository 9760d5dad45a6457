import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_place_aliases'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Quản trị'), ('leader', 'Lãnh đạo'), ('officer', 'Chuyên viên'), ('appraiser', 'Thẩm định viên'), ('auditor', 'Kiểm tra viên'), ('reader', 'Người đọc')], max_length=14, verbose_name='Vai trò')),
                ('begins_on', models.DateField(verbose_name='Từ ngày')),
                ('ends_on', models.DateField(db_index=True, verbose_name='Đến hết ngày')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Lý do')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Chấm dứt lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.agency')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_given', to=settings.AUTH_USER_MODEL)),
                ('stand_in', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_received', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ủy quyền',
                'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('stand_in')), _negated=True), name='accounts_delegation_to_another', violation_error_message='Không ủy quyền cho chính mình.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='accounts_delegation_ends_after_it_begins', violation_error_message='Ngày cuối phải từ ngày đầu trở đi.'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'leader', 'officer', 'appraiser', 'auditor', 'reader'])), name='accounts_delegation_role_known', violation_error_message='Vai trò không có trong danh mục.')],
            },
        ),
    ]
