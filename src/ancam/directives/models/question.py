"""An agency asks who gave it a duty whether, and how far, the duty is meant for it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ancam.directives.models.assignment import Assignment
from ancam.directives.models.states import AssignmentState
from ancam.web.clock import day_of
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class ScopeQuestionQuerySet(VisibleQuerySet):
    """Questions that can be limited to what a person may see, and to what waits."""

    def visible_to(self, person: "Person") -> Self:
        """Return the questions on the assignments that the person may see."""
        return self.filter(assignment__in=Assignment.objects.all().visible_to(person).order_by().values("pk"))

    def waiting(self) -> Self:
        """Return those that nobody has answered, on assignments that stand."""
        return self.filter(answered_at=None, assignment__state=AssignmentState.STANDING)


class ScopeQuestion(models.Model):
    """A question on the scope of an assignment, and the answer. Written once; only the answer is added."""

    assignment = models.ForeignKey("directives.Assignment", on_delete=models.PROTECT, related_name="questions")
    text = models.TextField("Nội dung hỏi")
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField("Trả lời", blank=True)
    answered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(ScopeQuestionQuerySet)()

    class Meta:
        verbose_name = "câu hỏi về phạm vi"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(answered_at=None),
                name="directives_question_one_waits",
                violation_error_message="Phân công này đang có một câu hỏi chờ trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="directives_question_answered_by_someone",
                violation_error_message="Câu trả lời phải có nội dung và người trả lời.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {day_of(self.asked_at):%d/%m/%Y}"
