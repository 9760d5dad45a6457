"""The jobs door."""

from datetime import timedelta

import pytest
from django_q.models import OrmQ, Schedule

from ancam.web import clock, jobs
from ancam.web.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db


def some_job(word: str = "") -> None:
    """Stands for a room's job."""


@pytest.fixture
def schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_schedules", {})


def test_a_job_is_queued_when_its_transaction_commits(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(some_job, "chữ")
        assert not OrmQ.objects.exists()

    task = OrmQ.objects.get().task
    assert task["func"].endswith("test_jobs.some_job")
    assert task["args"] == ("chữ",)


def test_what_rooms_registered_is_written_once_however_often(schedules: None) -> None:
    jobs.run_hourly(some_job)

    jobs.write_schedules()
    jobs.write_schedules()

    schedule = Schedule.objects.get()
    assert schedule.schedule_type == Schedule.HOURLY
    assert schedule.func.endswith("test_jobs.some_job")


def test_a_schedule_that_no_room_registers_any_more_goes(schedules: None) -> None:
    jobs.run_hourly(some_job)
    Schedule.objects.create(func="gone.job", name="gone")

    jobs.write_schedules()

    assert [schedule.func.rpartition(".")[2] for schedule in Schedule.objects.all()] == ["some_job"]


def test_a_heartbeat_counts_for_thirty_seconds_and_is_forgotten_after_a_day() -> None:
    now = clock.now()
    jobs.beat("cũ", now - timedelta(days=2))
    assert not jobs.jobs_are_running(now)

    jobs.beat("mới", now - timedelta(seconds=29))

    assert jobs.jobs_are_running(now)
    assert [heartbeat.worker for heartbeat in WorkerHeartbeat.objects.all()] == ["mới"]


def test_a_worker_that_signs_off_no_longer_counts() -> None:
    now = clock.now()
    jobs.beat("máy-1", now)

    jobs.sign_off("máy-1")

    assert not jobs.jobs_are_running(now)
