"""The ledger: numbered lines, each sealed with the digest of the one before. The database refuses change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ancam.audit.rules import GENESIS


class Entry(models.Model):
    """One act: who, on what, what changed. `number` starts at 1 and has no gaps."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200)
    agency_id = models.CharField(max_length=40, blank=True)
    agency_name = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=80)
    action_name = models.CharField(max_length=200)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_name = models.CharField(max_length=500)
    change = models.JSONField(default=dict)
    # Sealed where there are any. None in lines of before, whose column a database adds without writing the table anew:
    # a new table would stand there without its guard.
    affected = models.JSONField(null=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        # Each narrows the ledger's page to one thing, kind, act, person or agency, newest first without sorting.
        indexes = [
            models.Index(fields=["object_type", "object_id", "number"], name="audit_entry_thing"),
            models.Index(fields=["object_type", "number"], name="audit_entry_object_type"),
            models.Index(fields=["action", "number"], name="audit_entry_action"),
            models.Index(fields=["actor_id", "number"], name="audit_entry_actor"),
            models.Index(fields=["agency_id", "number"], name="audit_entry_agency"),
            models.Index(fields=["at", "number"], name="audit_entry_at_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class AffectedAgency(models.Model):
    """By which lines an agency finds what others did to it: an index of `Entry.affected`, which is what is sealed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="affected_agencies", db_index=False)
    agency_id = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency_id"], name="audit_affected_once"),
        ]
        indexes = [models.Index(fields=["agency_id", "entry"], name="audit_affected_agency")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.agency_id}"


class Head(models.Model):
    """The ledger's last line, in one row that writers lock, so that no two take the same number."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class CheckState(models.TextChoices):
    """How far a check of the ledger has come, and what it found."""

    RUNNING = "running", _("Đang kiểm tra")
    WHOLE = "whole", _("Nguyên vẹn")
    BROKEN = "broken", _("Không nguyên vẹn")
    MISMATCH = "mismatch", _("Không khớp mốc đã giữ")


class LedgerCheck(models.Model):
    """One check of the whole ledger up to `head`, as it stood when it was asked for.

    `checked` and `checked_digest` are the last line that was found sound; a job cut off goes on from there.
    `failed_at` is the number of the first line that fails, `failed_head` the kept head that is not there, and
    `failed_source` where it was kept. `kept_heads` counts the heads kept elsewhere that were compared.
    """

    asked_at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200)
    agency_id = models.CharField(max_length=40, blank=True)
    agency_name = models.CharField(max_length=300, blank=True)
    kept_head = models.CharField(max_length=90, blank=True)
    head = models.CharField(max_length=90)
    checked = models.BigIntegerField(default=0)
    checked_digest = models.CharField(max_length=64, default=GENESIS)
    state = models.CharField(max_length=8, choices=CheckState, default=CheckState.RUNNING)
    failed_at = models.BigIntegerField(null=True)
    failed_head = models.CharField(max_length=90, blank=True)
    failed_source = models.CharField(max_length=300, blank=True)
    kept_heads = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CheckState.values),
                name="audit_check_state_known",
                violation_error_message="Kết quả kiểm tra không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%d/%m/%Y} {self.head}"

    @property
    def upto(self) -> int:
        """Return the number of the last line that this check looks at."""
        return int(self.head.partition(":")[0])

    @property
    def percentage(self) -> int:
        """Return how much of the ledger was checked, 0 to 100."""
        return 100 * self.checked // self.upto if self.upto else 100
