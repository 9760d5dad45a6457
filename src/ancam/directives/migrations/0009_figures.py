import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0008_giving_further'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='progressreport',
            name='figures',
            field=models.JSONField(default=list, verbose_name='Số liệu'),
        ),
        migrations.CreateModel(
            name='FigureForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='Phiên bản')),
                ('figures', models.JSONField(default=list)),
                ('set_at', models.DateTimeField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figure_forms', to='directives.obligation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'biểu số liệu',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'version'), name='directives_figure_form_version_once', violation_error_message='Biểu số liệu vừa được người khác đặt.'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='directives_figure_form_version_counts', violation_error_message='Phiên bản của biểu số liệu bắt đầu từ 1.')],
            },
        ),
    ]
