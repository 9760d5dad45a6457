"""Reorganisations: which agencies hand what on to which, from which day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models.agency import Agency
from ancam.accounts.models.person import Membership, Person
from ancam.accounts.succession_rules import AREA, FUNCTION, WHOLE
from ancam.audit.services import Subject
from ancam.kit.folding import fold, squeeze
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise


class ReorganisationState(models.TextChoices):
    """How far a reorganisation is."""

    DRAFT = "draft", _("Đang soạn")
    SCHEDULED = "scheduled", _("Chờ đến ngày")
    DONE = "done", _("Đã thực hiện")
    UNDONE = "undone", _("Đã hủy")


class Extent(models.TextChoices):
    """How much of an agency's duties goes to a successor."""

    WHOLE = WHOLE, _("Toàn bộ, trừ phần ghi riêng")
    FUNCTION = FUNCTION, _("Một chức năng")
    AREA = AREA, _("Một phần địa bàn")


class ReorganisationQuerySet(VisibleQuerySet):
    """Reorganisations that can be limited to what a person may see."""

    def visible_to(self, person: Person) -> Self:
        """Return those led by the person's agencies or by what is under them."""
        return self.filter(person.scope("owner__path"))


class Reorganisation(models.Model):
    """One act of reorganising, led by `owner`, above every agency it touches; in force from `effective_on`.

    problem: why it could not be applied when its day came; empty otherwise.
    """

    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("Tên việc tổ chức lại", max_length=200)
    decision_number = models.CharField("Số văn bản quyết định", max_length=60, blank=True)
    decision_on = models.DateField("Ngày văn bản", null=True, blank=True)
    effective_on = models.DateField("Có hiệu lực từ ngày", db_index=True)
    state = models.CharField("Trạng thái", max_length=9, choices=ReorganisationState, default=ReorganisationState.DRAFT)
    problem = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    search_key = models.CharField(max_length=500, editable=False)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "việc tổ chức lại"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReorganisationState.values),
                name="accounts_reorganisation_state_known",
                violation_error_message="Trạng thái của việc tổ chức lại không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC, with the folded key for search."""
        self.title, self.decision_number = squeeze(self.title), squeeze(self.decision_number)
        self.search_key = fold(f"{self.title} {self.decision_number}")
        super().save(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be edited."""
        return self.state == ReorganisationState.DRAFT

    @property
    def eve(self) -> date:
        """Return the last day of what ends with it."""
        return self.effective_on - timedelta(days=1)

    def may_be_undone_on(self, day: date) -> bool:
        """Tell whether it can be given up: a draft always, a scheduled one before its day, or when it was refused."""
        waits = self.state == ReorganisationState.SCHEDULED and (day < self.effective_on or bool(self.problem))
        return self.is_draft or waits

    def as_subject(self) -> Subject:
        """Return the reorganisation as the ledger names it."""
        return Subject("accounts.reorganisation", str(self.pk), self.title)


class Predecessor(models.Model):
    """An agency that hands something on. When it ends, `keeper` keeps its records and what else has no other place."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="predecessors")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ends = models.BooleanField("Kết thúc hoạt động", default=True)
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "agency"], name="accounts_predecessor_once"),
            models.CheckConstraint(
                condition=Q(keeper=None) | ~Q(keeper=F("agency")), name="accounts_predecessor_kept_by_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Successor(models.Model):
    """An agency that receives something. `is_new`: made for this reorganisation, and begins with it."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="successors")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "agency"], name="accounts_successor_once"),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Succession(models.Model):
    """What one agency hands to another: everything that has no other place, one function, or an area."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions_received")
    extent = models.CharField("Phần chuyển", max_length=8, choices=Extent)
    function = models.CharField("Chức năng", max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor"],
                condition=Q(extent=WHOLE),
                name="accounts_succession_one_for_the_whole",
                violation_error_message="Mỗi cơ quan chỉ có một cơ quan kế thừa toàn bộ.",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "function"],
                condition=Q(extent=FUNCTION),
                name="accounts_succession_one_for_a_function",
                violation_error_message="Mỗi chức năng chỉ chuyển về một cơ quan.",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor"],
                condition=Q(extent=AREA),
                name="accounts_succession_area_once",
                violation_error_message="Mỗi cơ quan nhận địa bàn chỉ ghi một lần.",
            ),
            models.CheckConstraint(
                condition=(Q(extent=FUNCTION) & ~Q(function="")) | Q(extent__in=[WHOLE, AREA], function=""),
                name="accounts_succession_function_named",
                violation_error_message="Chỉ phần chuyển theo chức năng mới ghi chức năng.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="accounts_succession_to_another",
                violation_error_message="Một cơ quan không kế thừa chính mình.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} · {self.get_extent_display()}"

    def what(self, function_names: dict[str, str]) -> "str | Promise":
        """Return in words what is handed on."""
        if self.extent == Extent.FUNCTION:
            return function_names.get(self.function, self.function)
        return Extent(self.extent).label


class Placement(models.Model):
    """Where one unit or one role of an ending agency goes, when not to the keeper; a role without a place ends."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="placements")
    unit = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="+")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, membership__isnull=False)
                | Q(unit__isnull=False, membership=None, successor__isnull=False),
                name="accounts_placement_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "unit"], condition=~Q(unit=None), name="accounts_placement_unit_once"
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "membership"],
                condition=~Q(membership=None),
                name="accounts_placement_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.membership} → {self.successor}"
