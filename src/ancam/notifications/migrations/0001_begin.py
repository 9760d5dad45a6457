import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'lịch đăng ký',
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('not_before', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thư',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('reminder', 'Nhắc hạn'), ('late', 'Quá hạn'), ('escalation', 'Quá hạn hai tuần, báo lãnh đạo'), ('assigned', 'Được giao nhiệm vụ'), ('waiting', 'Chờ tôi trả lời'), ('answered', 'Trả lời báo cáo, đề nghị của tôi')], max_length=10, verbose_name='Loại')),
                ('channel', models.CharField(choices=[('at_once', 'Thư ngay'), ('daily', 'Thư gộp mỗi ngày làm việc'), ('weekly', 'Thư gộp đầu tuần'), ('none', 'Chỉ trong hệ thống')], max_length=7)),
                ('title', models.CharField(max_length=200, verbose_name='Thông báo')),
                ('text', models.CharField(blank=True, max_length=600, verbose_name='Nội dung')),
                ('address', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField(db_index=True, verbose_name='Lúc')),
                ('read_at', models.DateTimeField(null=True)),
                ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='notices', to='notifications.mail')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thông báo',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reminder', 'Nhắc hạn'), ('late', 'Quá hạn'), ('escalation', 'Quá hạn hai tuần, báo lãnh đạo'), ('assigned', 'Được giao nhiệm vụ'), ('waiting', 'Chờ tôi trả lời'), ('answered', 'Trả lời báo cáo, đề nghị của tôi')], max_length=10)),
                ('channel', models.CharField(choices=[('at_once', 'Thư ngay'), ('daily', 'Thư gộp mỗi ngày làm việc'), ('weekly', 'Thư gộp đầu tuần'), ('none', 'Chỉ trong hệ thống')], max_length=7)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'cách nhận thông báo',
            },
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['made_at'], name='notifications_unsent'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.UniqueConstraint(fields=('person', 'code'), name='notifications_mail_once', violation_error_message='Thư này đã có.'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['person', '-made_at', '-id'], name='notifications_of_person'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='notifications_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail', None), ('read_at', None), models.Q(('channel', 'none'), _negated=True)), fields=['channel', 'person'], name='notifications_to_mail'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('key', 'person'), name='notifications_told_once', violation_error_message='Người này đã được báo việc đó.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reminder', 'late', 'escalation', 'assigned', 'waiting', 'answered'])), name='notifications_kind_known', violation_error_message='Loại thông báo không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['at_once', 'daily', 'weekly', 'none'])), name='notifications_channel_known', violation_error_message='Cách báo không có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.UniqueConstraint(fields=('person', 'kind'), name='notifications_preference_once', violation_error_message='Loại này đã có cách nhận.'),
        ),
    ]
