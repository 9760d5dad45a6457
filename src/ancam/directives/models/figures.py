"""The small form that goes with the reports on a duty: which figures its supervisor asks for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.directives.figure_rules import Figure, figure_of


class FigureKind(models.TextChoices):
    """What an answer is."""

    NUMBER = "number", _("Số")
    CHOICE = "choice", _("Lựa chọn")
    DATE = "date", _("Ngày")
    TEXT = "text", _("Chữ ngắn")


class FigureForm(models.Model):
    """The figures asked of a duty from an instant on. Written once; what is asked next is another version.

    figures: as `figure_rules.kept_figure` writes them, in their order; none when nothing is asked any more.
    """

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.CASCADE, related_name="figure_forms")
    version = models.PositiveSmallIntegerField("Phiên bản")
    figures = models.JSONField(default=list)
    set_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = "biểu số liệu"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "version"],
                name="directives_figure_form_version_once",
                violation_error_message="Biểu số liệu vừa được người khác đặt.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="directives_figure_form_version_counts",
                violation_error_message="Phiên bản của biểu số liệu bắt đầu từ 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.version}"

    def asked(self) -> list[Figure]:
        """Return the figures in their order."""
        return [figure_of(kept) for kept in self.figures]
