import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_place_aliases_of_agencies'),
        ('papers', '0001_begin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PdfCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Đang tạo'), ('made', 'Đã tạo'), ('failed', 'Không tạo được')], max_length=7)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('size_bytes', models.PositiveIntegerField(null=True)),
                ('failure', models.CharField(blank=True, max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('symbol', models.CharField(max_length=60, verbose_name='Ký hiệu')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Năm')),
                ('number', models.PositiveIntegerField(verbose_name='Số')),
                ('dated_on', models.DateField(null=True, verbose_name='Ngày')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Lý do')),
                ('entered_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-year', 'symbol', '-number'],
            },
        ),
        migrations.CreateModel(
            name='SignedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('size_bytes', models.PositiveIntegerField()),
                ('file_name', models.CharField(max_length=255)),
                ('signatures', models.JSONField(default=list)),
                ('text_match', models.CharField(choices=[('same', 'Nội dung trùng bản đã phát hành'), ('different', 'Nội dung khác bản đã phát hành'), ('unknown', 'Chưa so được nội dung với bản đã phát hành')], max_length=9)),
                ('difference', models.CharField(blank=True, max_length=300)),
                ('attached_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-attached_at', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='paper',
            options={'ordering': [models.OrderBy(models.F('issued_on'), descending=True, nulls_first=True), '-pk']},
        ),
        migrations.AddField(
            model_name='paper',
            name='approved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='approved_digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='paper',
            name='drafted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='drafted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='not_before',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='reason',
            field=models.TextField(blank=True, verbose_name='Lý do'),
        ),
        migrations.AddField(
            model_name='paper',
            name='state',
            field=models.CharField(choices=[('drafted', 'Dự thảo'), ('submitted', 'Chờ lãnh đạo duyệt'), ('returned', 'Trả lại'), ('approved', 'Đã duyệt, chờ cấp số'), ('issued', 'Đã phát hành'), ('superseded', 'Đã được thay thế'), ('withdrawn', 'Đã thu hồi'), ('discarded', 'Đã bỏ dự thảo')], default='issued', max_length=10, verbose_name='Trạng thái'),
        ),
        migrations.AddField(
            model_name='paper',
            name='submitted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paper',
            name='submitted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='paper',
            name='superseded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='papers.paper'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='issued_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='paper',
            name='issued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='paper',
            name='issued_on',
            field=models.DateField(null=True, verbose_name='Ngày ban hành'),
        ),
        migrations.AlterField(
            model_name='paper',
            name='ledger_head',
            field=models.CharField(blank=True, max_length=90),
        ),
        migrations.AlterField(
            model_name='paper',
            name='number',
            field=models.PositiveIntegerField(null=True, verbose_name='Số'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'submitted', 'returned', 'approved', 'issued', 'superseded', 'withdrawn', 'discarded'])), name='papers_state_known', violation_error_message='Trạng thái không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('issued_on__isnull', False), ('ledger_head__isnull', False), ('number__isnull', False), ('state__in', ['issued', 'superseded', 'withdrawn'])), models.Q(models.Q(('state__in', ['issued', 'superseded', 'withdrawn']), _negated=True), ('issued_at', None), ('issued_by', None), ('issued_on', None), ('ledger_head', ''), ('number', None)), _connector='OR'), name='papers_numbered_when_issued', violation_error_message='Văn bản có số, ngày khi và chỉ khi đã phát hành.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='papers_four_eyes', violation_error_message='Người lập dự thảo không tự duyệt.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', False), ('state', 'approved')), models.Q(('state__in', ['issued', 'superseded', 'withdrawn']), models.Q(('approved_by__isnull', False), ('submitted_at', None), _connector='OR')), models.Q(models.Q(('state__in', ['approved', 'issued', 'superseded', 'withdrawn']), _negated=True), ('approved_by', None)), _connector='OR'), name='papers_approved_before_issued', violation_error_message='Văn bản chỉ phát hành sau khi lãnh đạo duyệt.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_by', None)), _connector='OR'), name='papers_superseded_by_another', violation_error_message='Văn bản bị thay thế phải ghi văn bản thay thế.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='papers_reason_given', violation_error_message='Trả lại hoặc thu hồi phải có lý do.'),
        ),
        migrations.AddField(
            model_name='pdfcopy',
            name='paper',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pdf_copy', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='paper',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_entry', to='papers.paper'),
        ),
        migrations.AddField(
            model_name='signedcopy',
            name='attached_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signedcopy',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_copies', to='papers.paper'),
        ),
        migrations.AddConstraint(
            model_name='pdfcopy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('finished_at', None), ('size_bytes', None), ('state', 'waiting')), models.Q(('finished_at__isnull', False), ('size_bytes__isnull', False), ('state', 'made'), models.Q(('digest', ''), _negated=True)), models.Q(('digest', ''), ('finished_at__isnull', False), ('state', 'failed')), _connector='OR'), name='papers_pdf_whole', violation_error_message='Bản PDF đã tạo phải có mã kiểm.'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(fields=('agency', 'symbol', 'year', 'number'), name='papers_register_number_once', violation_error_message='Số này đã có trong sổ.'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('paper__isnull', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='papers_register_by_hand_has_reason', violation_error_message='Số dùng ngoài hệ thống phải ghi lý do.'),
        ),
        migrations.AddConstraint(
            model_name='signedcopy',
            constraint=models.UniqueConstraint(fields=('paper', 'digest'), name='papers_signed_copy_once', violation_error_message='Tệp này đã được đính vào văn bản.'),
        ),
    ]
