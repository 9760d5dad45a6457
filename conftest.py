"""What every test run shares: where `shared` lies, and that a run may insist on skipping nothing."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: on a busy machine a slow example says nothing about the code. Speed is measured in bench/.
settings.register_profile("ancam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ancam")

SHARED = Path(__file__).resolve().parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of contracts and samples beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("shared: the folder ../shared is not beside the repository")
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("ANCAM_SKIP_NOTHING") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("ANCAM_SKIP_NOTHING: the tests above were skipped, so this run fails.", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped") if reporter else None
    if os.environ.get("ANCAM_SKIP_NOTHING") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
