"""More time: asked for by who must do the work, granted or refused by the holder of the letter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExtensionDecision(models.TextChoices):
    """The holder's answer to who asks for more time."""

    NONE = "", _("Chờ trả lời")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class Extension(models.Model):
    """More time asked for a period, with why; and the answer. Written once; only the answer is added.

    granted_to: the new last day, which may be earlier than the one asked for. due_on: the last day when it was asked.
    """

    period = models.ForeignKey("directives.DuePeriod", on_delete=models.PROTECT, related_name="extensions")
    due_on = models.DateField("Hạn khi đề nghị")
    wanted_to = models.DateField("Đề nghị đến ngày")
    reason = models.TextField("Lý do")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField("Trả lời", max_length=7, choices=ExtensionDecision, default="", blank=True)
    granted_to = models.DateField("Gia hạn đến ngày", null=True)
    answer = models.TextField("Ý kiến trả lời", blank=True)
    decided_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "đề nghị gia hạn"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(decision=""),
                name="directives_extension_one_waits",
                violation_error_message="Kỳ này đang có một đề nghị gia hạn chờ trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(wanted_to__gt=models.F("due_on")),
                name="directives_extension_is_later",
                violation_error_message="Ngày đề nghị gia hạn phải sau hạn hiện tại.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", granted_to=None, decided_at=None)
                | Q(decision="granted", granted_to__isnull=False, decided_at__isnull=False)
                | Q(decision="refused", granted_to=None, decided_at__isnull=False),
                name="directives_extension_decided_once",
                violation_error_message="Trả lời gia hạn phải có thời điểm, và ngày khi đồng ý.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} → {self.wanted_to:%d/%m/%Y}"
