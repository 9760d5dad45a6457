"""An assignment goes on from one agency to another, from a day, by decision and not by reorganisation."""

from django.db import models
from django.db.models import F, Q


class Transfer(models.Model):
    """What was left of an assignment went to another agency from a day on; what was done stays with who did it.

    before: the assignment as it was; after: the one that carries it on. The chain of these is its history.
    """

    before = models.OneToOneField("directives.Assignment", on_delete=models.PROTECT, related_name="transfer_out")
    after = models.OneToOneField("directives.Assignment", on_delete=models.PROTECT, related_name="transfer_in")
    moved_on = models.DateField("Từ ngày")
    reason = models.TextField("Lý do")
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "chuyển giao nhiệm vụ"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="directives_transfer_between_two",
                violation_error_message="Nhiệm vụ không thể chuyển giao cho chính phân công đó.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="directives_transfer_has_reason",
                violation_error_message="Chuyển giao nhiệm vụ phải ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after.agency}"
