"""Who answers for an obligation."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.audit.services import Subject
from ancam.directives.models.states import SEEN, AssignmentState
from ancam.web.clock import day_of
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Agency, Person


class Part(models.TextChoices):
    """What an agency does for an obligation."""

    LEAD = "lead", _("Chủ trì")
    SUPPORT = "support", _("Phối hợp")


def given_within(person: "Person", prefix: str = "") -> Q:
    """Return the condition that an assignment, found at `prefix`, was given within the person's agencies.

    Given is also what a person has confirmed that one of these agencies answers for today.
    """
    return person.scope(f"{prefix}agency__path") | person.scope(f"{prefix}answering_agency__path")


class AssignmentQuerySet(VisibleQuerySet):
    """Assignments that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those of documents held within the person's agencies, and those given to, or by, these agencies.

        Who gave a part of its duty on is above who got it in the tree, unless another answers for the giver today.
        """
        answered = self.model._default_manager.filter(
            person.scope("answering_agency__path"), state=AssignmentState.STANDING
        )
        given = (given_within(person) | Q(parent__in=answered.order_by().values("pk"))) & Q(state__in=SEEN)
        return self.filter(person.scope("obligation__document__holder__path") | given)

    def standing(self) -> Self:
        """Return those that were not taken back."""
        return self.filter(state=AssignmentState.STANDING)


class Assignment(models.Model):
    """An obligation given to an agency. How far it is stands on its periods: one, or many when the duty returns.

    answering_agency: who answers for it today, as a person has confirmed after a reorganisation; the name of the
    agency to which it was given stays.
    parent: the assignment of which an agency gave this part to one below it; that agency answers its reports and goes
    on answering for the whole. words: the part in the giver's words; empty for the duty as it stands in the letter.
    due_on: the giver's own last day for a duty that is due once; days_earlier: for one that returns, so many days
    before the last day of each period. followed_from: the day from which its periods count, where it carries on what
    another agency began.
    """

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.PROTECT, related_name="assignments")
    agency = models.ForeignKey(  # the index below begins with it
        "accounts.Agency", on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    part = models.CharField("Vai trò", max_length=8, choices=Part, default=Part.LEAD)
    words = models.TextField("Phần việc", blank=True)
    due_on = models.DateField("Hạn riêng", null=True)
    days_earlier = models.PositiveSmallIntegerField("Sớm hơn hạn chung, ngày", default=0)
    followed_from = models.DateField("Theo dõi từ ngày", null=True)
    state = models.CharField("Trạng thái", max_length=11, choices=AssignmentState, default=AssignmentState.STANDING)
    assigned_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    answering_agency = models.ForeignKey(
        "accounts.Agency", on_delete=models.PROTECT, null=True, related_name="answered_assignments"
    )
    answering_confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answering_confirmed_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(AssignmentQuerySet)()

    class Meta:
        verbose_name = "phân công"
        ordering = ["obligation__position", "agency__path", "pk"]
        indexes = [models.Index(fields=["agency", "state", "obligation"], name="directives_assignment_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "agency"],
                condition=Q(state=AssignmentState.STANDING),
                name="directives_assignment_once",
                violation_error_message="Cơ quan này đã được giao nhiệm vụ đó.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="directives_assignment_not_its_own_parent",
                violation_error_message="Phân công không thể là phần của chính nó.",
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
                condition=Q(answering_agency=None, answering_confirmed_by=None, answering_confirmed_at=None)
                | Q(
                    answering_agency__isnull=False,
                    answering_confirmed_by__isnull=False,
                    answering_confirmed_at__isnull=False,
                ),
                name="directives_assignment_answering_confirmed",
                violation_error_message="Cơ quan nay trả lời phải có người xác nhận.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} · {self.agency}"

    @property
    def acting_agency(self) -> "Agency":
        """Return who reports on it today: whom a person confirmed, else whom it was given to."""
        agency: Agency = self.answering_agency or self.agency
        return agency

    @property
    def acting_agency_id(self) -> int:
        """Return the id of who reports on it today. No query."""
        found: int = self.answering_agency_id or self.agency_id
        return found

    @property
    def giver(self) -> "Agency":
        """Return who gave it and answers its reports: the agency that gave a part of its own on, else the holder."""
        agency: Agency = self.parent.acting_agency if self.parent else self.obligation.document.holder
        return agency

    @property
    def task(self) -> str:
        """Return what the agency has to do: its part in the giver's words, else the duty's."""
        return str(self.words or self.obligation.action)

    @property
    def named_agency(self) -> str:
        """Return the agency as it was named, with who answers today."""
        if self.answering_agency is None:
            return str(self.agency.name)
        return _now("%(agency)s (nay: %(now)s)") % {"agency": self.agency.name, "now": self.answering_agency.name}

    @property
    def given_on(self) -> date:
        """Return the day on which the agency was named: that of the letter, or of the assignment when it is earlier.

        Whom a person named without the letter, below another or in its place, was named when it was given.
        """
        assigned_on = day_of(self.assigned_at)
        if self.parent_id or self.followed_from:
            return assigned_on
        return min(self.obligation.document.signed_on or assigned_on, assigned_on)

    def as_subject(self) -> Subject:
        """Return the assignment as the ledger names it."""
        name = f"{self.obligation.label} – {self.agency.name}"
        agencies = dict.fromkeys((str(self.agency_id), str(self.acting_agency_id)))
        return Subject("directives.assignment", str(self.pk), name, tuple(agencies))
