import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_delegations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='Tên việc tổ chức lại')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='Số văn bản quyết định')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='Ngày văn bản')),
                ('effective_on', models.DateField(db_index=True, verbose_name='Có hiệu lực từ ngày')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('scheduled', 'Chờ đến ngày'), ('done', 'Đã thực hiện'), ('undone', 'Đã hủy')], default='draft', max_length=9, verbose_name='Trạng thái')),
                ('problem', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('search_key', models.CharField(editable=False, max_length=500)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'việc tổ chức lại',
            },
        ),
        migrations.CreateModel(
            name='Predecessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends', models.BooleanField(default=True, verbose_name='Kết thúc hoạt động')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predecessors', to='accounts.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.membership')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.agency')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='accounts.reorganisation')),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extent', models.CharField(choices=[('whole', 'Toàn bộ, trừ phần ghi riêng'), ('function', 'Một chức năng'), ('area', 'Một phần địa bàn')], max_length=8, verbose_name='Phần chuyển')),
                ('function', models.CharField(blank=True, max_length=30, verbose_name='Chức năng')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='accounts.agency')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='accounts.reorganisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions_received', to='accounts.agency')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Successor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_new', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successors', to='accounts.reorganisation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='reorganisation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'scheduled', 'done', 'undone'])), name='accounts_reorganisation_state_known', violation_error_message='Trạng thái của việc tổ chức lại không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='predecessor',
            constraint=models.UniqueConstraint(fields=('reorganisation', 'agency'), name='accounts_predecessor_once'),
        ),
        migrations.AddConstraint(
            model_name='predecessor',
            constraint=models.CheckConstraint(condition=models.Q(('keeper', None), models.Q(('keeper', models.F('agency')), _negated=True), _connector='OR'), name='accounts_predecessor_kept_by_another'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('membership__isnull', False), ('unit', None)), models.Q(('membership', None), ('successor__isnull', False), ('unit__isnull', False)), _connector='OR'), name='accounts_placement_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None), _negated=True), fields=('reorganisation', 'unit'), name='accounts_placement_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(condition=models.Q(('membership', None), _negated=True), fields=('reorganisation', 'membership'), name='accounts_placement_role_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('extent', 'whole')), fields=('reorganisation', 'predecessor'), name='accounts_succession_one_for_the_whole', violation_error_message='Mỗi cơ quan chỉ có một cơ quan kế thừa toàn bộ.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('extent', 'function')), fields=('reorganisation', 'predecessor', 'function'), name='accounts_succession_one_for_a_function', violation_error_message='Mỗi chức năng chỉ chuyển về một cơ quan.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('extent', 'area')), fields=('reorganisation', 'predecessor', 'successor'), name='accounts_succession_area_once', violation_error_message='Mỗi cơ quan nhận địa bàn chỉ ghi một lần.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('extent', 'function'), models.Q(('function', ''), _negated=True)), models.Q(('extent__in', ['whole', 'area']), ('function', '')), _connector='OR'), name='accounts_succession_function_named', violation_error_message='Chỉ phần chuyển theo chức năng mới ghi chức năng.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='accounts_succession_to_another', violation_error_message='Một cơ quan không kế thừa chính mình.'),
        ),
        migrations.AddConstraint(
            model_name='successor',
            constraint=models.UniqueConstraint(fields=('reorganisation', 'agency'), name='accounts_successor_once'),
        ),
    ]
