"""Workbooks for agencies without an account: issued, filled in elsewhere, sent back, applied as reports."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.audit.services import Subject
from ancam.web.clock import day_of
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class ReturnState(models.TextChoices):
    """What became of a workbook that was sent back."""

    RECEIVED = "received", _("Chờ áp dụng")
    APPLIED = "applied", _("Đã áp dụng")
    LEFT = "left", _("Đã bỏ")


class OfflineWorkbookQuerySet(VisibleQuerySet):
    """Workbooks that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those issued by or for one of the person's agencies."""
        return self.filter(person.scope("holder__path") | person.scope("agency__path"))


class OfflineWorkbook(models.Model):
    """A workbook with the open periods of one agency, for letters of one holder. It is good until a day, or revoked.

    token_digest: of the token that stands in the file and nowhere else. rows: for each period, by its key, the latest
    report when it was issued (`based_on`, 0 for none) and how many figures were asked (`asked`).
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="offline_workbooks")
    holder = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="issued_workbooks")
    token_digest = models.CharField(max_length=64, unique=True)
    rows = models.JSONField(default=dict)
    issued_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("Phát lúc")
    expires_on = models.DateField("Nhận lại đến hết ngày")
    revoked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("Thu hồi lúc", null=True)

    objects = models.Manager.from_queryset(OfflineWorkbookQuerySet)()

    class Meta:
        verbose_name = "tệp ngoại tuyến"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None) | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="directives_offline_revoked_by_someone",
                violation_error_message="Thu hồi tệp phải có người và thời điểm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {day_of(self.issued_at):%d/%m/%Y}"

    def is_good_on(self, day: date) -> bool:
        """Tell whether it is still taken back on a day."""
        return self.revoked_at is None and day <= self.expires_on

    def as_subject(self) -> Subject:
        """Return the workbook as the ledger names it."""
        name = f"Tệp ngoại tuyến số {self.pk} – {self.agency.name}"
        agencies = dict.fromkeys((str(self.agency.pk), str(self.holder.pk)))
        return Subject("directives.offline_workbook", str(self.pk), name, tuple(agencies))


class OfflineReturn(models.Model):
    """A workbook as it was sent back. Its bytes stay in the store by their digest, as evidence of what was signed for.

    signed_by: who answers for the figures, as who handed it in says. rows: as `offline_rules.ReadRow`.
    """

    workbook = models.ForeignKey("directives.OfflineWorkbook", on_delete=models.PROTECT, related_name="returns")
    state = models.CharField("Tình trạng", max_length=8, choices=ReturnState, default=ReturnState.RECEIVED)
    file_name = models.CharField("Tệp", max_length=255)
    file_digest = models.CharField(max_length=64)
    file_size_bytes = models.PositiveIntegerField()
    signed_by = models.CharField("Người ký", max_length=200)
    rows = models.JSONField(default=list)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("Nhận lúc")
    finished_at = models.DateTimeField(null=True)
    applied = models.PositiveIntegerField("Số báo cáo đã ghi", default=0)

    class Meta:
        verbose_name = "tệp gửi lại"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values),
                name="directives_offline_return_state_known",
                violation_error_message="Tình trạng của tệp gửi lại không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
