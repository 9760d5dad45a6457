import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_place_aliases_of_agencies'),
        ('directives', '0007_extensions_and_earlier_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GivingRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.JSONField()),
                ('total', models.PositiveIntegerField(verbose_name='Số phân công')),
                ('done_rows', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('made', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('running', 'Đang giao'), ('done', 'Đã giao xong'), ('stopped', 'Đã dừng')], default='running', max_length=7, verbose_name='Tình trạng')),
                ('refusal', models.CharField(blank=True, max_length=500)),
                ('begun_at', models.DateTimeField(verbose_name='Bắt đầu lúc')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Xong lúc')),
            ],
            options={
                'verbose_name': 'lần giao hàng loạt',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ScopeQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='Nội dung hỏi')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='Trả lời')),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'câu hỏi về phạm vi',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_on', models.DateField(verbose_name='Từ ngày')),
                ('reason', models.TextField(verbose_name='Lý do')),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'chuyển giao nhiệm vụ',
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='directives_assignment_state_known',
        ),
        migrations.AddField(
            model_name='assignment',
            name='days_earlier',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='Sớm hơn hạn chung, ngày'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='due_on',
            field=models.DateField(null=True, verbose_name='Hạn riêng'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='followed_from',
            field=models.DateField(null=True, verbose_name='Theo dõi từ ngày'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='directives.assignment'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='words',
            field=models.TextField(blank=True, verbose_name='Phần việc'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='state',
            field=models.CharField(choices=[('standing', 'Đang giao'), ('withdrawn', 'Đã thu hồi'), ('transferred', 'Đã chuyển giao')], default='standing', max_length=11, verbose_name='Trạng thái'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='directives_assignment_not_its_own_parent', violation_error_message='Phân công không thể là phần của chính nó.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['standing', 'withdrawn', 'transferred'])), name='directives_assignment_state_known', violation_error_message='Trạng thái của phân công không có trong danh mục.'),
        ),
        migrations.AddField(
            model_name='givingrun',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='givingrun',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='giving_runs', to='directives.document'),
        ),
        migrations.AddField(
            model_name='scopequestion',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scopequestion',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scopequestion',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='directives.assignment'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='after',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_in', to='directives.assignment'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='before',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_out', to='directives.assignment'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='givingrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'done', 'stopped'])), name='directives_giving_run_state_known', violation_error_message='Tình trạng không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='givingrun',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='directives_giving_run_done_within_total', violation_error_message='Số đã giao không thể lớn hơn tổng số.'),
        ),
        migrations.AddConstraint(
            model_name='scopequestion',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('assignment',), name='directives_question_one_waits', violation_error_message='Phân công này đang có một câu hỏi chờ trả lời.'),
        ),
        migrations.AddConstraint(
            model_name='scopequestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='directives_question_answered_by_someone', violation_error_message='Câu trả lời phải có nội dung và người trả lời.'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='directives_transfer_between_two', violation_error_message='Nhiệm vụ không thể chuyển giao cho chính phân công đó.'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='directives_transfer_has_reason', violation_error_message='Chuyển giao nhiệm vụ phải ghi lý do.'),
        ),
    ]
