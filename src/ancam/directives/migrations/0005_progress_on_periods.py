import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0004_one_period_each"),
    ]

    operations = [
        migrations.RemoveField(model_name="progressreport", name="assignment"),
        migrations.AlterField(
            model_name="progressreport",
            name="period",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="directives.dueperiod"),
        ),
        migrations.RemoveIndex(model_name="assignment", name="directives_assignment_due"),
        migrations.RemoveConstraint(model_name="assignment", name="directives_assignment_percentage_in_range"),
        migrations.RemoveField(model_name="assignment", name="due_on"),
        migrations.RemoveField(model_name="assignment", name="percentage"),
        migrations.RemoveField(model_name="assignment", name="submitted_at"),
        migrations.AlterField(
            model_name="assignment",
            name="state",
            field=models.CharField(choices=[("standing", "Đang giao"), ("withdrawn", "Đã thu hồi")], default="standing", max_length=9, verbose_name="Trạng thái"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "standing")), fields=("obligation", "agency"), name="directives_assignment_once", violation_error_message="Cơ quan này đã được giao nhiệm vụ đó."),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["standing", "withdrawn"])), name="directives_assignment_state_known", violation_error_message="Trạng thái của phân công không có trong danh mục."),
        ),
    ]
