"""A giving too large for one request: a job does it duty by duty, and a page shows how far it is."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class RunState(models.TextChoices):
    """How far a giving is."""

    RUNNING = "running", _("Đang giao")
    DONE = "done", _("Đã giao xong")
    STOPPED = "stopped", _("Đã dừng")


class GivingRunQuerySet(VisibleQuerySet):
    """Givings that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those of letters held within the person's agencies."""
        return self.filter(person.scope("document__holder__path"))


class GivingRun(models.Model):
    """What is to be given to whom, as the person saw it, and how much of it was done.

    rows: for each duty `[obligation, part, [agencies]]`, in the order in which they are done. done_rows, made: how many
    of them were done, and how many assignments came of it. refusal: why it stopped, in the words of the refusal.
    """

    document = models.ForeignKey("directives.Document", on_delete=models.CASCADE, related_name="giving_runs")
    rows = models.JSONField()
    total = models.PositiveIntegerField("Số phân công")
    done_rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    state = models.CharField("Tình trạng", max_length=7, choices=RunState, default=RunState.RUNNING)
    refusal = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("Bắt đầu lúc")
    ended_at = models.DateTimeField("Xong lúc", null=True)

    objects = models.Manager.from_queryset(GivingRunQuerySet)()

    class Meta:
        verbose_name = "lần giao hàng loạt"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values),
                name="directives_giving_run_state_known",
                violation_error_message="Tình trạng không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="directives_giving_run_done_within_total",
                violation_error_message="Số đã giao không thể lớn hơn tổng số.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.done}/{self.total}"
