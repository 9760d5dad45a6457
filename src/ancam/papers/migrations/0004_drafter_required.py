import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0003_papers_issued_in_one_step'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='paper',
            name='drafted_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='paper',
            name='drafted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='paper',
            name='state',
            field=models.CharField(choices=[('drafted', 'Dự thảo'), ('submitted', 'Chờ lãnh đạo duyệt'), ('returned', 'Trả lại'), ('approved', 'Đã duyệt, chờ cấp số'), ('issued', 'Đã phát hành'), ('superseded', 'Đã được thay thế'), ('withdrawn', 'Đã thu hồi'), ('discarded', 'Đã bỏ dự thảo')], max_length=10, verbose_name='Trạng thái'),
        ),
    ]
