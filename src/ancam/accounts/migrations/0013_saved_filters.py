import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_place_aliases_of_agencies'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=80, verbose_name='Tên bộ lọc')),
                ('query', models.CharField(max_length=2000)),
                ('is_default', models.BooleanField(default=False, verbose_name='Mở cùng danh sách')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bộ lọc đã lưu',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'name'), name='accounts_saved_filter_name_once', violation_error_message='Đã có bộ lọc mang tên này.'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('person', 'page'), name='accounts_saved_filter_one_default', violation_error_message='Mỗi danh sách chỉ có một bộ lọc mở cùng.')],
            },
        ),
    ]
