"""Heartbeats and counts, kept in tables of ours because a cache does not cross processes."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When each worker process last said that it runs jobs."""

    worker = models.CharField(max_length=120, unique=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker} {self.beat_at:%H:%M:%S}"


class RateCount(models.Model):
    """How often someone asked in the present window of a limit; `key` names the limit and, as a digest, the asker."""

    key = models.CharField(max_length=60, unique=True)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
