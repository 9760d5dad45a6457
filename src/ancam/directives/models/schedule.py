"""When a duty is due, where a person had to say it: how often, by which days, and when the event it waits for came."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

LONGEST_INTERVAL_MONTHS = 60


class DueSchedule(models.Model):
    """How often a duty returns and by which days, as a person has said, in place of what the letter's words give.

    every_months: none for a duty that is due once. begins_on: the day from which it is followed, none for the day on
    which each agency was given it. due_days: as `due_rules.DueDay`, days as ISO text. later_document: the letter that
    moved the days of this one; ground: what else says why they differ.
    """

    obligation = models.OneToOneField("directives.Obligation", on_delete=models.CASCADE, related_name="schedule")
    every_months = models.PositiveSmallIntegerField(
        "Cách nhau, tháng", null=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL_MONTHS)]
    )
    begins_on = models.DateField("Theo dõi từ ngày", null=True)
    ends_on = models.DateField("Đến hết ngày", null=True)
    due_days = models.JSONField(default=list)
    later_document = models.ForeignKey(
        "directives.Document", on_delete=models.PROTECT, null=True, related_name="moved_schedules"
    )
    ground = models.CharField("Căn cứ", max_length=300, blank=True)
    set_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = "lịch hạn"
        constraints = [
            models.CheckConstraint(
                condition=Q(every_months=None) | Q(every_months__range=(1, LONGEST_INTERVAL_MONTHS)),
                name="directives_schedule_interval_in_range",
                violation_error_message="Khoảng cách giữa hai kỳ phải từ 1 đến 60 tháng.",
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="directives_schedule_ends_after_beginning",
                violation_error_message="Lịch hạn không thể kết thúc trước khi bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.every_months or 'một lần'}"


class DutyEvent(models.Model):
    """The event from which a deadline runs has come: for every agency with the duty, or for one assignment alone.

    days: how many after the event, which itself is not counted; working ones when `working_days`.
    ground: the document by which it is known.
    """

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.CASCADE, related_name="events")
    assignment = models.ForeignKey("directives.Assignment", on_delete=models.CASCADE, null=True, related_name="events")
    happened_on = models.DateField("Ngày xảy ra")
    days = models.PositiveSmallIntegerField("Số ngày")
    working_days = models.BooleanField("Ngày làm việc", default=False)
    ground = models.CharField("Căn cứ", max_length=300)
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "sự kiện bắt đầu thời hạn"
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.happened_on:%d/%m/%Y} + {self.days}"
