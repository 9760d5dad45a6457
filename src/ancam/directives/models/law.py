"""The law as dated data: legal instruments and the regimes they form, each row one wording of one item."""

from typing import Any

from django.db import models
from django.db.models import Q

from ancam.kit.folding import fold


class ReferenceRow(models.Model):
    """An item of the reference data as it was worded from one loading until the next that changed it.

    A row is never changed nor deleted: when the wording changes, or the item leaves the file, `superseded_on` closes
    it. `content` is the whole item.
    """

    code = models.CharField("Mã", max_length=40)
    title = models.CharField("Tên", max_length=500)
    in_force_from = models.DateField("Hiệu lực từ", null=True)
    in_force_to = models.DateField("Hiệu lực đến", null=True)
    status = models.CharField("Tình trạng", max_length=30)
    confidence = models.CharField("Độ tin cậy", max_length=10)
    source = models.TextField("Nguồn")
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    superseded_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def uncertain(self) -> list[str]:
        """Return what a reader must know to be unsure."""
        return list(self.content.get("uncertain") or [])


class Regime(ReferenceRow):
    """A legal framework: which instruments hold together, and from when the law counts."""

    law_in_force_from = models.DateField("Luật có hiệu lực từ")

    class Meta:
        verbose_name = "khung pháp lý"
        ordering = ["-law_in_force_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(superseded_on=None),
                name="directives_regime_one_current",
                violation_error_message="Khung pháp lý này đã có bản đang dùng.",
            ),
        ]


class Instrument(ReferenceRow):
    """A law, decree, circular, standard or directive."""

    number = models.CharField("Số hiệu", max_length=80)
    kind = models.CharField("Loại", max_length=60)
    issuer = models.CharField("Cơ quan ban hành", max_length=200)
    issued_on = models.DateField("Ngày ban hành", null=True)
    search_key = models.CharField(max_length=800, editable=False, db_index=True)

    class Meta:
        verbose_name = "văn bản pháp luật"
        ordering = ["-issued_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(superseded_on=None),
                name="directives_instrument_one_current",
                violation_error_message="Văn bản pháp luật này đã có bản đang dùng.",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the folded key for search."""
        self.search_key = fold(f"{self.number} {self.title} {self.issuer}")[:800]
        super().save(*args, **kwargs)
