"""A list that came by file: its rows, what would become of each, and what was done."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models.agency import Agency
from ancam.accounts.models.person import Person
from ancam.accounts.rules import OVERSEERS
from ancam.audit.services import Subject
from ancam.web.visibility import VisibleQuerySet


class ImportKind(models.TextChoices):
    """What a list is of."""

    AGENCIES = "agencies", _("Cơ quan")
    PEOPLE = "people", _("Người dùng")


class ImportState(models.TextChoices):
    """Where an import stands. It is applied or left from `checked`, and comes back there when the ground has moved."""

    CHECKING = "checking", _("Đang kiểm tra")
    CHECKED = "checked", _("Chờ áp dụng")
    APPLYING = "applying", _("Đang áp dụng")
    APPLIED = "applied", _("Đã áp dụng")
    LEFT = "left", _("Đã bỏ")


class RowVerdict(models.TextChoices):
    """What a row does when the list is applied."""

    NEW = "new", _("Mới")
    CHANGED = "changed", _("Đổi")
    SAME = "same", _("Không đổi")
    REFUSED = "refused", _("Bị từ chối")


class ImportBatchQuerySet(VisibleQuerySet):
    """Imports that can be limited to what a person may see."""

    def visible_to(self, person: Person) -> Self:
        """Return the person's own, and those of senders all of whose agencies the person administers or audits."""
        return self.filter(Q(by=person) | person.scope("agency__path", OVERSEERS))


class ImportBatch(models.Model):
    """One file. Of the file itself only its name and digest are kept; its rows for 30 days after it is applied.

    `agency` is the lowest from which everything is seen that its sender sees.
    """

    kind = models.CharField("Danh sách", max_length=8, choices=ImportKind)
    state = models.CharField("Tình trạng", max_length=8, choices=ImportState, default=ImportState.CHECKING)
    file_name = models.CharField("Tệp", max_length=255)
    file_digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="imports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="imports")
    received_at = models.DateTimeField("Gửi lúc")
    finished_at = models.DateTimeField("Xong lúc", null=True)
    total = models.PositiveIntegerField("Số dòng")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    outcome_digest = models.CharField(max_length=64, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập danh sách"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ImportKind.values),
                name="accounts_import_kind_known",
                violation_error_message="Danh sách không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values),
                name="accounts_import_state_known",
                violation_error_message="Tình trạng không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Tell whether a job has it."""
        return self.state in (ImportState.CHECKING, ImportState.APPLYING)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing can be done with it any more."""
        return self.state in (ImportState.APPLIED, ImportState.LEFT)

    @property
    def to_apply(self) -> int:
        """Return how many rows change something."""
        return self.new + self.changed

    def as_subject(self) -> Subject:
        """Return the import as the ledger names it."""
        return Subject("accounts.import", str(self.pk), self.file_name)


class ImportRow(models.Model):
    """A row of the file as it was read, and what would become of it; no verdict until it is checked.

    `meant`: the ids of what its texts mean. `is_stale`: at the last check the row's outcome was another than the person
    had seen.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("Dòng")
    cells = models.JSONField()
    label = models.CharField(max_length=254, blank=True)
    search_key = models.CharField(max_length=1000, editable=False, blank=True)
    verdict = models.CharField("Kết quả", max_length=7, choices=RowVerdict, blank=True)
    changes = models.JSONField(default=list)
    refusals = models.JSONField(default=list)
    meant = models.JSONField(default=list)
    is_stale = models.BooleanField(default=False)

    class Meta:
        verbose_name = "dòng của danh sách"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="accounts_import_row_once")]

    def __str__(self) -> str:
        return f"{self.batch} · {self.number}"
