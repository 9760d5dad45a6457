"""What assigned agencies report, with files, and what the holder answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.directives.figure_rules import Answer, answer_of
from ancam.web.clock import day_of


class Decision(models.TextChoices):
    """The holder's answer to a report of completion; none while it waits, or when the report asked for none."""

    NONE = "", _("Chưa có")
    ACCEPTED = "accepted", _("Xác nhận hoàn thành")
    RETURNED = "returned", _("Trả lại")


class ProgressReport(models.Model):
    """One report on a period of an assignment: how far, in words, with files. Written once; only the answer is added.

    At 100 % the agency says that the work is done, and the holder answers; so too when it says that the duty does not
    apply to it, for the reason in `text`. done_on: an earlier day on which it was done, which the document named in
    `ground` proves. figures: what was answered to the figures asked, each with its words and unit as stated then
    (`figure_rules.kept_answer`); a form that changes later changes nothing here. offline: the workbook by
    which it came, from an agency without an account.
    """

    period = models.ForeignKey("directives.DuePeriod", on_delete=models.PROTECT, related_name="reports")
    percentage = models.PositiveSmallIntegerField("Tỷ lệ hoàn thành")
    text = models.TextField("Kết quả")
    not_applicable = models.BooleanField("Không áp dụng", default=False)
    done_on = models.DateField("Hoàn thành ngày", null=True)
    ground = models.CharField("Căn cứ", max_length=300, blank=True)
    figures = models.JSONField("Số liệu", default=list)
    offline = models.ForeignKey(
        "directives.OfflineReturn", on_delete=models.PROTECT, null=True, related_name="reports", verbose_name="Tệp"
    )
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.CharField("Trả lời", max_length=8, choices=Decision, default=Decision.NONE, blank=True)
    reason = models.TextField("Lý do", blank=True)
    decided_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "báo cáo tiến độ"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percentage__lte=100),
                name="directives_progress_percentage_in_range",
                violation_error_message="Tỷ lệ hoàn thành phải từ 0 đến 100.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | Q(decision__in=["accepted", "returned"], decided_at__isnull=False),
                name="directives_progress_decided_once",
                violation_error_message="Trả lời của một báo cáo phải có thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(ground=""),
                name="directives_progress_earlier_day_has_ground",
                violation_error_message="Ngày hoàn thành trước đây phải có căn cứ.",
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(reason=""),
                name="directives_progress_return_has_reason",
                violation_error_message="Trả lại phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentage}% · {day_of(self.at):%d/%m/%Y}"

    @property
    def answers(self) -> list[Answer]:
        """Return what was answered to the figures asked, in their order."""
        return [answer_of(kept) for kept in self.figures]


class ProgressFile(models.Model):
    """A file attached to a report, kept in the store by its digest."""

    report = models.ForeignKey("directives.ProgressReport", on_delete=models.CASCADE, related_name="files")
    name = models.CharField("Tên tệp", max_length=255)
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120)

    class Meta:
        verbose_name = "tệp đính kèm"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
