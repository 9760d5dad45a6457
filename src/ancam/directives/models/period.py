"""The times at which an assignment is due, and how far the agency says it is with each."""

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import translation

from ancam.accounts.models import Agency
from ancam.audit.services import Subject
from ancam.directives.models.assignment import Assignment
from ancam.directives.models.obligation import Obligation
from ancam.directives.models.states import SEEN, WORKING, AssignmentState, PeriodState
from ancam.directives.period_words import period_in_words
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class DuePeriodQuerySet(VisibleQuerySet):
    """Periods that can be limited to what a person may see, and to what can be followed."""

    def visible_to(self, person: "Person") -> Self:
        """Return the periods of the assignments that the person may see, as `Assignment` says: at the root, all.

        Each condition is of the assignment's own columns. Conditions of four tables in one `or`, or a list of visible
        assignments within the query, kept a full province's lists waiting for a second.
        """
        if any(agency.is_root() for agency in person.agencies_as()):
            return self.all()
        mine = Agency.objects.filter(person.scope("path")).order_by().values("pk")
        held = Obligation.objects.filter(document__holder__in=mine).order_by().values("pk")
        answered = Assignment.objects.filter(answering_agency__in=mine, state=AssignmentState.STANDING).order_by()
        given = Q(assignment__agency__in=mine) | Q(assignment__answering_agency__in=mine)
        given |= Q(assignment__parent__in=answered.values("pk"))
        return self.filter(Q(assignment__obligation__in=held) | given & Q(assignment__state__in=SEEN))

    def followed(self) -> Self:
        """Return those whose assignment stands, and of what was transferred what was done before."""
        done_before = Q(assignment__state=AssignmentState.TRANSFERRED) & ~Q(state__in=WORKING)
        return self.filter(Q(assignment__state=AssignmentState.STANDING) | done_before)


class DuePeriod(models.Model):
    """One time at which an assignment is due: the only one, or one of many when the duty returns.

    code: names it among those of its assignment, as `due_rules` does: `1`, `2023-02`, `2023-Q1`.
    due_on: the last day that complies; none when no day is known. due_on_before: the one it had until it was extended.
    begins_on: nothing can be reported before it.
    done_on: the day that counts for lateness: that of the latest report of completion, or the earlier one it proves.
    """

    assignment = models.ForeignKey("directives.Assignment", on_delete=models.PROTECT, related_name="periods")
    code = models.CharField("Kỳ", max_length=12)
    begins_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến ngày", null=True)
    due_on = models.DateField("Hạn", null=True)
    due_on_before = models.DateField("Hạn trước khi gia hạn", null=True)
    state = models.CharField("Trạng thái", max_length=14, choices=PeriodState, default=PeriodState.NOT_STARTED)
    percentage = models.PositiveSmallIntegerField("Tỷ lệ", default=0)
    done_on = models.DateField("Hoàn thành ngày", null=True)

    objects = models.Manager.from_queryset(DuePeriodQuerySet)()

    class Meta:
        verbose_name = "kỳ hạn"
        ordering = ["begins_on", "code", "pk"]
        indexes = [models.Index(fields=["due_on", "state"], name="directives_period_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "code"],
                name="directives_period_once",
                violation_error_message="Kỳ này đã có.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PeriodState.values),
                name="directives_period_state_known",
                violation_error_message="Trạng thái của kỳ không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(percentage__lte=100),
                name="directives_period_percentage_in_range",
                violation_error_message="Tỷ lệ hoàn thành phải từ 0 đến 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.code}"

    @property
    def label(self) -> str:
        """Return the period in words: `tháng 02/2023`, `quý I/2023`; empty for the only one of a duty."""
        return period_in_words(self.code, self.begins_on, self.ends_on)

    def as_subject(self) -> Subject:
        """Return the period as the ledger names it: its assignment, with the period's words when there are several."""
        subject = self.assignment.as_subject()
        with translation.override("vi"):
            label = self.label
        return replace(subject, name=f"{subject.name} – {label}") if label else subject
