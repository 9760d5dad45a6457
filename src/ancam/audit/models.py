"""The ledger: numbered lines, each sealed with the digest of the one before. The database refuses change."""

from django.db import models


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
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_entry_object")]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


class Head(models.Model):
    """The ledger's last line, in one row that writers lock, so that no two take the same number."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
