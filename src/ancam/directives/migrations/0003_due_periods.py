import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0002_answering_agency"),
    ]

    operations = [
        migrations.CreateModel(
            name="DuePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, verbose_name="Kỳ")),
                ("begins_on", models.DateField(verbose_name="Từ ngày")),
                ("ends_on", models.DateField(null=True, verbose_name="Đến ngày")),
                ("due_on", models.DateField(null=True, verbose_name="Hạn")),
                ("state", models.CharField(choices=[("not_started", "Chưa thực hiện"), ("in_progress", "Đang thực hiện"), ("submitted", "Chờ xác nhận"), ("accepted", "Hoàn thành"), ("returned", "Trả lại"), ("not_applicable", "Không áp dụng")], default="not_started", max_length=14, verbose_name="Trạng thái")),
                ("percentage", models.PositiveSmallIntegerField(default=0, verbose_name="Tỷ lệ")),
                ("done_on", models.DateField(null=True, verbose_name="Hoàn thành ngày")),
                ("assignment", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="directives.assignment")),
            ],
            options={
                "verbose_name": "kỳ hạn",
                "ordering": ["begins_on", "code", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="dueperiod",
            index=models.Index(fields=["due_on", "state"], name="directives_period_due"),
        ),
        migrations.AddConstraint(
            model_name="dueperiod",
            constraint=models.UniqueConstraint(fields=("assignment", "code"), name="directives_period_once", violation_error_message="Kỳ này đã có."),
        ),
        migrations.AddConstraint(
            model_name="dueperiod",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["not_started", "in_progress", "submitted", "accepted", "returned", "not_applicable"])), name="directives_period_state_known", violation_error_message="Trạng thái của kỳ không có trong danh mục."),
        ),
        migrations.AddConstraint(
            model_name="dueperiod",
            constraint=models.CheckConstraint(condition=models.Q(("percentage__lte", 100)), name="directives_period_percentage_in_range", violation_error_message="Tỷ lệ hoàn thành phải từ 0 đến 100."),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="period",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reports_on_period", to="directives.dueperiod"),
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="directives_assignment_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="directives_assignment_once",
        ),
    ]
