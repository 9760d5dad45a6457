from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_refuse_change'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(db_index=True)),
                ('actor_id', models.CharField(blank=True, max_length=40)),
                ('actor_name', models.CharField(max_length=200)),
                ('agency_id', models.CharField(blank=True, max_length=40)),
                ('agency_name', models.CharField(blank=True, max_length=300)),
                ('kept_head', models.CharField(blank=True, max_length=90)),
                ('head', models.CharField(max_length=90)),
                ('checked', models.BigIntegerField(default=0)),
                ('checked_digest', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('state', models.CharField(choices=[('running', 'Đang kiểm tra'), ('whole', 'Nguyên vẹn'), ('broken', 'Không nguyên vẹn'), ('mismatch', 'Không khớp mốc đã giữ')], default='running', max_length=8)),
                ('failed_at', models.BigIntegerField(null=True)),
                ('failed_head', models.CharField(blank=True, max_length=90)),
                ('failed_source', models.CharField(blank=True, max_length=300)),
                ('kept_heads', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='audit_entry_object',
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['object_type', 'object_id', 'number'], name='audit_entry_thing'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['object_type', 'number'], name='audit_entry_object_type'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['action', 'number'], name='audit_entry_action'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['actor_id', 'number'], name='audit_entry_actor'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['agency_id', 'number'], name='audit_entry_agency'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['at', 'number'], name='audit_entry_at_number'),
        ),
        migrations.AddConstraint(
            model_name='ledgercheck',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'whole', 'broken', 'mismatch'])), name='audit_check_state_known', violation_error_message='Kết quả kiểm tra không có trong danh mục.'),
        ),
    ]
