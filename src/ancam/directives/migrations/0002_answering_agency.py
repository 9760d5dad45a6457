import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_reorganisations'),
        ('directives', '0001_begin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='answering_agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_assignments', to='accounts.agency'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='answering_confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='answering_confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answering_agency', None), ('answering_confirmed_at', None), ('answering_confirmed_by', None)), models.Q(('answering_agency__isnull', False), ('answering_confirmed_at__isnull', False), ('answering_confirmed_by__isnull', False)), _connector='OR'), name='directives_assignment_answering_confirmed', violation_error_message='Cơ quan nay trả lời phải có người xác nhận.'),
        ),
    ]
