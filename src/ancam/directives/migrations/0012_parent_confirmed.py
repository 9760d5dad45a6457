import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_saved_filters'),
        ('directives', '0011_agency_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='parent_confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='parent_confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='parent_directive',
            field=models.CharField(blank=True, max_length=40, verbose_name='Chỉ thị mà văn bản thực hiện'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), ('parent_directive', ''), _connector='OR'), name='directives_document_one_parent', violation_error_message='Một văn bản chỉ có một văn bản cấp trên trực tiếp.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent_confirmed_at', None), ('parent_confirmed_by', None)), models.Q(('parent_confirmed_at__isnull', False), ('parent_confirmed_by__isnull', False)), _connector='OR'), name='directives_document_parent_confirmed_by_someone', violation_error_message='Văn bản cấp trên đã xác nhận phải có người xác nhận.'),
        ),
    ]
