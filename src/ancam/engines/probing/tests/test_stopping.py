"""Nothing is sent once there is a reason to stop; setting the clock back opens nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ancam.engines.probing.errors import ClockSetBack
from ancam.engines.probing.permission.clock_guard import keep_time, require_forward
from ancam.engines.probing.sending.stopping import STOP_FILE, Stop, Stopped

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clocks:
    def __init__(self) -> None:
        self.wall, self.since = NOON, 1_000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.since += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def stop(clocks: Clocks, tmp_path: Path) -> Stop:
    files = (tmp_path / STOP_FILE, tmp_path / "state" / STOP_FILE)
    return Stop(NOON + timedelta(minutes=10), lambda: clocks.wall, files, lambda: clocks.since)


def test_within_the_window_all_may_go_on(stop, clocks):
    clocks.pass_by(599)

    stop.check()
    assert stop.look() is None


def test_when_the_window_closes_nothing_more_is_sent(stop, clocks):
    clocks.pass_by(600)

    with pytest.raises(Stopped) as end:
        stop.check()
    assert end.value.reason == "window-closed"


def test_a_clock_that_is_set_back_meanwhile_does_not_keep_the_window_open(stop, clocks):
    clocks.pass_by(300)
    clocks.wall -= timedelta(days=1)
    clocks.since += 300

    with pytest.raises(Stopped):
        stop.check()


def test_a_clock_that_is_corrected_forward_closes_the_window(stop, clocks):
    clocks.wall += timedelta(hours=1)

    with pytest.raises(Stopped):
        stop.check()


def test_a_stop_file_stops(stop, tmp_path):
    (tmp_path / STOP_FILE).touch()

    assert stop.look() == "stop-file"
    with pytest.raises(Stopped):
        stop.check()


def test_the_first_reason_is_kept(stop, tmp_path):
    stop.pull("signal")
    (tmp_path / STOP_FILE).touch()

    assert stop.look() == "signal"


def test_a_clock_behind_an_earlier_run_is_refused(tmp_path):
    keep_time(tmp_path / "state", NOON)

    require_forward(tmp_path / "state", NOON - timedelta(minutes=4))
    with pytest.raises(ClockSetBack):
        require_forward(tmp_path / "state", NOON - timedelta(minutes=6))


@pytest.mark.parametrize("content", ["", "yesterday", "2026-11-22T12:00:00"])
def test_a_record_that_says_no_time_refuses_nobody(tmp_path, content):
    (tmp_path / "latest-time").write_text(content)

    require_forward(tmp_path, NOON)
    require_forward(tmp_path / "none", NOON)
