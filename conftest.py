"""What every test run shares: where `shared` lies, and that a run may insist on skipping nothing."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: on a busy machine a slow example says nothing about the code. Speed is measured in bench/.
settings.register_profile("ancam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ancam")

FIRST_ID = 1_234_567
SHARED = Path(__file__).resolve().parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of contracts and samples beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("shared: the folder ../shared is not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Begin the ids of every table where a province's lie after years, so that one written as people read it is seen.

    A page that says `1.234.567` in a form or an address would else be right in every test and wrong in use.
    """
    from django.apps import apps
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.pk.get_internal_type() in {"AutoField", "BigAutoField"}:
                table, column = model._meta.db_table, model._meta.pk.column
                if connection.vendor == "postgresql":
                    cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" RESTART WITH {FIRST_ID}')
                else:
                    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_ID])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("ANCAM_SKIP_NOTHING") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("ANCAM_SKIP_NOTHING: the tests above were skipped, so this run fails.", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped") if reporter else None
    if os.environ.get("ANCAM_SKIP_NOTHING") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
