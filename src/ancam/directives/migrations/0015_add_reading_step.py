from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_saved_filters'),
        ('directives', '0014_add_reading_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='readingrun',
            name='step',
            field=models.CharField(choices=[('convert', 'Mở tệp Word kiểu cũ (.doc)'), ('recognise', 'Nhận dạng chữ'), ('read', 'Đọc lời văn')], default='recognise', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='readingrun',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['convert', 'recognise', 'read'])), name='directives_reading_run_step_known', violation_error_message='Bước đọc không có trong danh mục.'),
        ),
    ]
