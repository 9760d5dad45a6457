import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0012_parent_confirmed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='obligation',
            name='doubts',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='ReadingExample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('clause', 'Điều khoản'), ('leads', 'Chủ trì'), ('supports', 'Phối hợp'), ('kind', 'Loại nhiệm vụ'), ('deadline', 'Thời hạn'), ('cadence', 'Lặp lại'), ('action', 'Nội dung nhiệm vụ'), ('condition', 'Điều kiện'), ('report_to', 'Báo cáo về')], max_length=10, verbose_name='Trường')),
                ('verdict', models.CharField(choices=[('confirmed', 'Đọc đúng'), ('corrected', 'Đã sửa')], max_length=9, verbose_name='Kết quả')),
                ('passage', models.TextField(verbose_name='Lời văn')),
                ('read', models.JSONField(verbose_name='Máy đọc')),
                ('said', models.JSONField(verbose_name='Người xác định')),
                ('reasons', models.JSONField(default=list)),
                ('confidence', models.FloatField(verbose_name='Độ chắc chắn')),
                ('at', models.DateTimeField(verbose_name='Lúc')),
                ('search_key', models.TextField(editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examples', to='directives.obligation')),
            ],
            options={
                'verbose_name': 'ví dụ đọc văn bản',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'field'), name='directives_reading_example_one_per_field', violation_error_message='Mỗi trường của một nhiệm vụ chỉ có một ví dụ.'), models.CheckConstraint(condition=models.Q(('field__in', ['clause', 'leads', 'supports', 'kind', 'deadline', 'cadence', 'action', 'condition', 'report_to']), ('verdict__in', ['confirmed', 'corrected'])), name='directives_reading_example_known', violation_error_message='Trường hoặc kết quả không có trong danh mục.')],
            },
        ),
    ]
