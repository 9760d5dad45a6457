"""Labelled examples: what the reader said of a field, and what a person who knows says of it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.rules import ADMINISTRATOR
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class ExampleField(models.TextChoices):
    """Of which field of an obligation."""

    CLAUSE = "clause", _("Điều khoản")
    LEADS = "leads", _("Chủ trì")
    SUPPORTS = "supports", _("Phối hợp")
    KIND = "kind", _("Loại nhiệm vụ")
    DEADLINE = "deadline", _("Thời hạn")
    CADENCE = "cadence", _("Lặp lại")
    ACTION = "action", _("Nội dung nhiệm vụ")
    CONDITION = "condition", _("Điều kiện")
    REPORT_TO = "report_to", _("Báo cáo về")


class Verdict(models.TextChoices):
    """Whether the reader was right."""

    CONFIRMED = "confirmed", _("Đọc đúng")
    CORRECTED = "corrected", _("Đã sửa")


class ReadingExampleQuerySet(VisibleQuerySet):
    """Examples that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those of letters held within the agencies that the person administers."""
        return self.filter(person.scope("obligation__document__holder__path", (ADMINISTRATOR,)))


class ReadingExample(models.Model):
    """One field of an obligation as it was read and as a person says it is. The last word of a person counts.

    It goes with its letter: its words are the letter's words.
    passage: the words of the obligation. read, said: the value in the terms of the reading contract. reasons: why the
    reader doubted it, empty when it was sure. confidence: that of the whole obligation.
    """

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.CASCADE, related_name="examples")
    field = models.CharField("Trường", max_length=10, choices=ExampleField)
    verdict = models.CharField("Kết quả", max_length=9, choices=Verdict)
    passage = models.TextField("Lời văn")
    read = models.JSONField("Máy đọc")
    said = models.JSONField("Người xác định")
    reasons = models.JSONField(default=list)
    confidence = models.FloatField("Độ chắc chắn")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Lúc")
    search_key = models.TextField(editable=False)

    objects = models.Manager.from_queryset(ReadingExampleQuerySet)()

    class Meta:
        verbose_name = "ví dụ đọc văn bản"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "field"],
                name="directives_reading_example_one_per_field",
                violation_error_message="Mỗi trường của một nhiệm vụ chỉ có một ví dụ.",
            ),
            models.CheckConstraint(
                condition=Q(field__in=ExampleField.values, verdict__in=Verdict.values),
                name="directives_reading_example_known",
                violation_error_message="Trường hoặc kết quả không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} · {self.get_verdict_display()}"
