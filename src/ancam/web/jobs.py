"""The jobs door. Jobs run at least once, so every job is idempotent; each takes under a minute or says its limit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_q.models import Schedule
from django_q.tasks import async_task

from ancam.web.models import WorkerHeartbeat

FRESH_FOR = timedelta(seconds=30)
_schedules: dict[str, str] = {}


def enqueue(job: Callable[..., Any], *args: Any, limit_s: int | None = None) -> None:
    """Run `job(*args)` in a worker once the present transaction has committed. `args` must be plain values.

    limit_s: after so many seconds the job is killed; a minute when not said. One that takes longer than a minute and a
    half is handed out again while it runs, and must know that it does.
    """
    options = {} if limit_s is None else {"timeout": limit_s}
    transaction.on_commit(lambda: async_task(_path_of(job), *args, q_options=dict(options)))


def run_hourly(job: Callable[[], Any]) -> None:
    """Register a job that every instance runs each hour; a room calls this when it starts."""
    _schedules[_path_of(job)] = Schedule.HOURLY


def run_daily(job: Callable[[], Any]) -> None:
    """Register a job that every instance runs each day; a room calls this when it starts."""
    _schedules[_path_of(job)] = Schedule.DAILY


def write_schedules() -> None:
    """Bring the schedule table in line with what the rooms registered. Idempotent."""
    Schedule.objects.exclude(func__in=_schedules).delete()
    for path, kind in _schedules.items():
        Schedule.objects.get_or_create(func=path, defaults={"name": path, "schedule_type": kind})


def beat(worker: str, at: datetime) -> None:
    """Record that a worker runs jobs at this instant, and forget workers silent for a day."""
    WorkerHeartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": at})
    WorkerHeartbeat.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()


def sign_off(worker: str) -> None:
    """Record that a worker has stopped of its own accord, so that nobody counts on it for half a minute more."""
    WorkerHeartbeat.objects.filter(worker=worker).delete()


def jobs_are_running(at: datetime) -> bool:
    """Tell whether some worker's heartbeat is younger than 30 s. One query."""
    return WorkerHeartbeat.objects.filter(beat_at__gt=at - FRESH_FOR).exists()


def _path_of(job: Callable[..., Any]) -> str:
    return f"{job.__module__}.{job.__qualname__}"
