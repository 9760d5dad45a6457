"""What a monitor is told."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from ancam.web import clock, jobs

pytestmark = pytest.mark.django_db


def test_all_is_well_while_the_database_answers_and_a_worker_beats(client: Client) -> None:
    jobs.beat("máy-1", clock.now())

    reply = client.get("/healthz")

    assert reply.status_code == 200
    assert reply.json()["status"] == reply.json()["database"] == reply.json()["jobs"] == "ok"
    assert "no-store" in reply["Cache-Control"]


@pytest.mark.parametrize("silent_s", [31, 3600])
def test_a_silent_worker_is_told_with_503(client: Client, silent_s: int) -> None:
    jobs.beat("máy-1", clock.now() - timedelta(seconds=silent_s))

    reply = client.get("/healthz")

    assert reply.status_code == 503
    assert (reply.json()["database"], reply.json()["jobs"]) == ("ok", "failed")


def test_no_worker_at_all_is_told_with_503(client: Client) -> None:
    assert client.get("/healthz").status_code == 503


def test_a_database_that_is_away_is_told_with_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", away)

    reply = client.get("/healthz")

    assert reply.status_code == 503
    assert reply.json()["database"] == "failed"


def test_the_page_is_read_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
