"""Standing in for someone, in one role, from a day to a day."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models.agency import Agency
from ancam.accounts.models.person import Membership, Person, Role
from ancam.audit.services import Subject
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise


class DelegationQuerySet(VisibleQuerySet):
    """Delegations that can be limited to a day and to what a person may see."""

    def visible_to(self, person: Person) -> Self:
        """Return those the person gave or received, and those of the agencies the person administers."""
        administered = person.scope("agency__path", (Role.ADMINISTRATOR,))
        return self.filter(Q(giver=person) | Q(stand_in=person) | administered)

    def not_over_on(self, day: date) -> Self:
        """Return those that have something left to end on this day."""
        return self.filter(ended_at=None, ends_on__gte=day)

    def within_days(self, day: date) -> Self:
        """Return those among whose days this one is, and that were not ended early."""
        return self.filter(begins_on__lte=day, ends_on__gte=day, ended_at=None)

    def live_on(self, day: date) -> Self:
        """Return those that count on this day: begun, not over, not ended early, on ground that still stands.

        The giver still holds the role, and who stands in still works at the agency: without that a delegation would
        outlast the leaving of either.
        """
        held = Membership.objects.filter(
            person=OuterRef("giver"), agency=OuterRef("agency"), role=OuterRef("role"), person__is_active=True
        )
        works_there = Membership.objects.filter(person=OuterRef("stand_in"), agency=OuterRef("agency"))
        return self.within_days(day).filter(Exists(held), Exists(works_there))


class Delegation(models.Model):
    """The role of `giver` at `agency`, in which `stand_in` acts too from `begins_on` to `ends_on`, both included."""

    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations_given")
    stand_in = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations_received")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    role = models.CharField("Vai trò", max_length=14, choices=Role)
    begins_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến hết ngày", db_index=True)
    reason = models.CharField("Lý do", max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField("Chấm dứt lúc", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền"
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("stand_in")),
                name="accounts_delegation_to_another",
                violation_error_message="Không ủy quyền cho chính mình.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="accounts_delegation_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_delegation_role_known",
                violation_error_message="Vai trò không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.stand_in} · {self.get_role_display()} · {self.agency}"

    def as_membership(self) -> Membership:
        """Return the role as the stand-in holds it; never saved."""
        return Membership(person=self.stand_in, agency=self.agency, role=self.role)

    def state_on(self, day: date) -> "str | Promise":
        """Return in words how it stands on a day."""
        if self.ended_at is not None:
            return _("Đã chấm dứt")
        if day < self.begins_on:
            return _("Chưa đến ngày")
        return _("Đang thay") if day <= self.ends_on else _("Đã hết hạn")

    def may_be_ended_on(self, day: date) -> bool:
        """Tell whether there is anything left to end."""
        return self.ended_at is None and day <= self.ends_on

    def as_subject(self) -> Subject:
        """Return the delegation as the ledger names it."""
        name = f"{self.giver.full_name} → {self.stand_in.full_name}"
        return Subject("accounts.delegation", str(self.pk), name, (str(self.agency_id),))

    def in_words(self) -> dict[str, Any]:
        """Return what the ledger keeps of it."""
        return {
            "agency": self.agency.name,
            "role": self.role,
            "giver": self.giver.full_name,
            "stand_in": self.stand_in.full_name,
            "begins_on": self.begins_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }
