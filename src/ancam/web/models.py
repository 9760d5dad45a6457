"""The worker's heartbeat, kept in a table of ours because a cache does not cross processes."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When each worker process last said that it runs jobs."""

    worker = models.CharField(max_length=120, unique=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker} {self.beat_at:%H:%M:%S}"
