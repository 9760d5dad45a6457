"""Who answers for an obligation, and how far they say they are."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.audit.services import Subject
from ancam.directives.models.states import AssignmentState
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class Part(models.TextChoices):
    """What an agency does for an obligation."""

    LEAD = "lead", _("Chủ trì")
    SUPPORT = "support", _("Phối hợp")


class AssignmentQuerySet(VisibleQuerySet):
    """Assignments that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those of documents held within the person's agencies, and the live ones given to these agencies."""
        given = person.scope("agency__path") & ~Q(state=AssignmentState.WITHDRAWN)
        return self.filter(person.scope("obligation__document__holder__path") | given)


class Assignment(models.Model):
    """An obligation given to an agency. `submitted_at` is when the latest report of completion was sent."""

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField("Vai trò", max_length=8, choices=Part, default=Part.LEAD)
    state = models.CharField("Trạng thái", max_length=12, choices=AssignmentState, default=AssignmentState.NOT_STARTED)
    percentage = models.PositiveSmallIntegerField("Tỷ lệ", default=0)
    due_on = models.DateField("Hạn", null=True)
    assigned_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(AssignmentQuerySet)()

    class Meta:
        verbose_name = "phân công"
        ordering = ["obligation__position", "agency__path", "pk"]
        indexes = [models.Index(fields=["due_on", "state"], name="directives_assignment_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "agency"],
                condition=~Q(state=AssignmentState.WITHDRAWN),
                name="directives_assignment_once",
                violation_error_message="Cơ quan này đã được giao nhiệm vụ đó.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AssignmentState.values),
                name="directives_assignment_state_known",
                violation_error_message="Trạng thái của phân công không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values),
                name="directives_assignment_part_known",
                violation_error_message="Vai trò được giao không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(percentage__lte=100),
                name="directives_assignment_percentage_in_range",
                violation_error_message="Tỷ lệ hoàn thành phải từ 0 đến 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.agency}"

    def as_subject(self) -> Subject:
        """Return the assignment as the ledger names it."""
        return Subject("directives.assignment", str(self.pk), f"{self.obligation.label} – {self.agency.name}")
