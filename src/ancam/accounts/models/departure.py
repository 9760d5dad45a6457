"""Leaving: which roles of a person end with which day, and who takes each over."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models.agency import Agency
from ancam.accounts.models.person import Membership, Person, Role
from ancam.audit.services import Subject
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise


class DepartureQuerySet(VisibleQuerySet):
    """Departures that can be limited to a state and to what a person may see."""

    def visible_to(self, person: Person) -> Self:
        """Return the person's own and those that end a role at the agencies the person administers."""
        held = Handover.objects.filter(person.scope("agency__path", (Role.ADMINISTRATOR,)))
        return self.filter(Q(person=person) | Q(pk__in=held.values("departure")))

    def planned(self) -> Self:
        """Return those that are neither carried out nor withdrawn."""
        return self.filter(carried_out_at=None, withdrawn_at=None)


class Departure(models.Model):
    """Roles of `person` end when `last_day` is over; without any left, the account ends too.

    `made_by`: nobody when a reorganisation ended the roles; its title is the reason then.
    `problem`: why it could not be carried out when its day was over; it is tried again each hour.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="departures")
    last_day = models.DateField("Ngày làm việc cuối", db_index=True)
    reason = models.CharField("Lý do", max_length=300, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    carried_out_at = models.DateTimeField("Thực hiện lúc", null=True)
    withdrawn_at = models.DateTimeField("Rút lại lúc", null=True)
    account_ended = models.BooleanField(default=False)
    problem = models.CharField(max_length=1000, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = "việc rời cơ quan"

    def __str__(self) -> str:
        return f"{self.person} · {self.last_day:%d/%m/%Y}"

    @property
    def is_planned(self) -> bool:
        """Tell whether it is still to come."""
        return self.carried_out_at is None and self.withdrawn_at is None

    @property
    def state(self) -> "str | Promise":
        """Return in words how it stands."""
        if self.withdrawn_at is not None:
            return _("Đã rút lại")
        if self.carried_out_at is not None:
            return _("Đã rời")
        return _("Chưa thực hiện được") if self.problem else _("Sắp rời")

    def is_due_on(self, day: date) -> bool:
        """Tell whether its last day is over."""
        return self.last_day < day

    def as_subject(self) -> Subject:
        """Return the departure as the ledger names it."""
        agencies = self.handovers.order_by("pk").values_list("agency_id", flat=True)
        return Subject("accounts.departure", str(self.pk), self.person.full_name, tuple(map(str, agencies)))

    def in_words(self) -> dict[str, Any]:
        """Return what the ledger keeps of it."""
        return {
            "person": self.person.full_name,
            "last_day": self.last_day.isoformat(),
            "handovers": [handover.in_words() for handover in self.handovers.select_related("agency", "receiver")],
        }


class Handover(models.Model):
    """One role that ends with a departure, and who receives it; nobody when `receiver` is empty.

    `agency` and `role` tell it also when the role itself is gone.
    """

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="handovers")
    membership = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="handovers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("Vai trò", max_length=14, choices=Role)
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "bàn giao vai trò"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_handover_role_known",
                violation_error_message="Vai trò không có trong danh mục.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.agency}"

    def in_words(self) -> str:
        """Return the role, its agency and its receiver in one line of Vietnamese, as the ledger keeps it."""
        to = f" → {self.receiver.full_name}" if self.receiver else ""
        with translation.override("vi"):
            return f"{self.get_role_display()} – {self.agency.name}{to}"
