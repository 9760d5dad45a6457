"""The register of outgoing papers: every number of an agency, symbol and year, whoever gave it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ancam.papers.register_rules import full_number
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class RegisterQuerySet(VisibleQuerySet):
    """Lines of registers that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the lines of the person's agencies and of those below them."""
        return self.filter(person.scope("agency__path"))


class RegisterEntry(models.Model):
    """One number. Either a paper of this platform has it, or it was given by hand elsewhere, for a reason.

    reason: why a number was given elsewhere, or out of turn. entered_at: when the line came into this register.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField("Ký hiệu", max_length=60)
    year = models.PositiveSmallIntegerField("Năm")
    number = models.PositiveIntegerField("Số")
    dated_on = models.DateField("Ngày", null=True)
    paper = models.OneToOneField("papers.Paper", on_delete=models.PROTECT, null=True, related_name="register_entry")
    reason = models.CharField("Lý do", max_length=500, blank=True)
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = models.Manager.from_queryset(RegisterQuerySet)()

    class Meta:
        ordering = ["-year", "symbol", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "symbol", "year", "number"],
                name="papers_register_number_once",
                violation_error_message="Số này đã có trong sổ.",
            ),
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | ~Q(reason=""),
                name="papers_register_by_hand_has_reason",
                violation_error_message="Số dùng ngoài hệ thống phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_number} ({self.year})"

    @property
    def full_number(self) -> str:
        """Return the number as it stands on a paper: `07/BC-UBND`."""
        return full_number(self.number, self.symbol)
