from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_begin'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='begins_on',
            field=models.DateField(blank=True, null=True, verbose_name='Hoạt động từ ngày'),
        ),
        migrations.AddField(
            model_name='agency',
            name='code',
            field=models.CharField(blank=True, max_length=35, verbose_name='Mã định danh'),
        ),
        migrations.AddField(
            model_name='agency',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='Hoạt động đến hết ngày'),
        ),
        migrations.AddField(
            model_name='person',
            name='language',
            field=models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2, verbose_name='Ngôn ngữ'),
        ),
        migrations.AddField(
            model_name='person',
            name='position',
            field=models.CharField(blank=True, max_length=120, verbose_name='Chức vụ'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on')), ('ends_on', None), ('begins_on', None), _connector='OR'), name='accounts_agency_ends_after_beginning', violation_error_message='Cơ quan không thể kết thúc trước khi bắt đầu hoạt động.'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='accounts_agency_code_once', violation_error_message='Mã định danh này đã thuộc cơ quan khác.'),
        ),
    ]
