"""Issued documents. A row is written once; a new version is a new paper."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import ExtractYear

from ancam.audit.services import Subject
from ancam.kit.folding import fold
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class PaperQuerySet(VisibleQuerySet):
    """Papers that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the papers of the person's agencies and of those below them."""
        return self.filter(person.scope("agency__path"))


class Paper(models.Model):
    """A document that an agency issued, with the values and the template it was made from and its file's digest."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="papers")
    template = models.CharField(max_length=60)
    title = models.CharField("Trích yếu", max_length=500)
    number = models.PositiveIntegerField("Số")
    symbol = models.CharField("Ký hiệu", max_length=60)
    issued_on = models.DateField("Ngày ban hành")
    inputs = models.JSONField()
    file_digest = models.CharField(max_length=64)
    file_size_bytes = models.PositiveIntegerField()
    ledger_head = models.CharField(max_length=90)
    issued_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    search_key = models.CharField(max_length=800, editable=False)

    objects = models.Manager.from_queryset(PaperQuerySet)()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "agency",
                "symbol",
                "number",
                ExtractYear("issued_on"),
                name="papers_number_once_a_year",
                violation_error_message="Số này đã dùng trong năm cho ký hiệu đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_number} ngày {self.issued_on:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the folded key for search."""
        self.search_key = fold(f"{self.full_number} {self.title}")
        super().save(*args, **kwargs)

    @property
    def full_number(self) -> str:
        """Return the number as it stands on the paper: `07/BC-UBND`."""
        return f"{self.number:02d}/{self.symbol}"

    @property
    def file_name(self) -> str:
        """Return a name for the downloaded file, safe on every system."""
        return f"{self.full_number.replace('/', '-')}-{self.issued_on:%Y%m%d}.docx"

    def as_subject(self) -> Subject:
        """Return the paper as the ledger names it."""
        name = f"{self.full_number} {self.title}"
        return Subject("papers.paper", str(self.pk), name, (str(self.agency_id),))
