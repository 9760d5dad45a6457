"""`ancam assess`: what it refuses before anything is sent, what it tells, how it ends."""

import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ancam.cli import assess
from ancam.cli.assess_words import found_in_words
from ancam.cli.main import main
from ancam.engines.probing.detail import Verdict
from ancam.engines.probing.judging.tests.facts_made import camera
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import running
from ancam.engines.probing.looking import sweep, unicast
from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.windows import VIETNAM
from ancam.engines.probing.tests.authorisations import as_yaml, content
from ancam.engines.probing.tests.limits import full_disk
from ancam.reference import reference

pytestmark = pytest.mark.network

NETWORK, CAMERA = "127.110.8.0/30", "127.110.8.1"
FAST = {"connections_per_s": 100_000, "per_host_connections": 2, "per_host_per_s": 10_000}


@pytest.fixture(autouse=True)
def a_place_of_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ANCAM_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_datagram_is_waited_for(monkeypatch) -> None:
    """Nothing below depends on an answer to a datagram; each sweep and each visit waits a second for one."""
    monkeypatch.setattr(sweep, "_ANSWER_S", 0.05)
    monkeypatch.setattr(unicast, "_ANSWER_S", 0.02)


@pytest.fixture
def ancam_assess(tmp_path) -> Callable[..., int]:
    """Run the command under an authorisation of this hour, with what is changed in it."""

    def run(*words: str, **changes: Any) -> int:
        now = datetime.now(VIETNAM)
        valid = {
            "from": (now - timedelta(hours=1)).isoformat("T", "minutes"),
            "to": (now + timedelta(1)).isoformat("T", "minutes"),
        }
        file = tmp_path / "auth.yaml"
        file.write_bytes(
            as_yaml(content(**{"allow": [NETWORK], "deny": [], "limits": FAST, "valid": valid, **changes}))
        )
        return main(["assess", "--unsigned", "--authorization", str(file), "--out", str(tmp_path / "run"), *words])

    return run


def rows(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "run" / "hosts.jsonl").read_text().splitlines()]


def test_a_run_tells_what_it_found_and_where_it_lies(tmp_path, ancam_assess, capsys):
    with running(place(CAMERA, "hikvision-camera")):
        ended = ancam_assess()

    told = capsys.readouterr()
    assert ended == 0
    assert told.out.startswith("Xong: 4 địa chỉ, 1 thiết bị, trong đó 1 camera, đầu ghi.\n")
    assert told.out.endswith(f"Kết quả: {tmp_path / 'run'}\n")
    assert [(row["ip"], row["vendor"]) for row in rows(tmp_path)] == [(CAMERA, "Hikvision")]


def test_a_finished_run_does_not_go_on_and_is_not_overwritten(tmp_path, ancam_assess, capsys):
    assert ancam_assess("127.110.8.2") == 0

    assert ancam_assess("127.110.8.2", "--resume") == 0
    assert "đã xong" in capsys.readouterr().err
    assert ancam_assess("127.110.8.2") == 2
    assert ancam_assess("127.110.8.3", "--resume") == 2


def test_a_target_outside_is_refused_before_anything_is_written(tmp_path, ancam_assess, capsys):
    assert ancam_assess("127.110.9.1") == 2

    assert "127.110.9.1" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_an_authorisation_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["assess", "--authorization", str(tmp_path / "none.yaml"), "--out", str(tmp_path / "run")]) == 2

    assert "none.yaml" in capsys.readouterr().err


def test_an_authorisation_that_has_expired_permits_nothing(tmp_path, ancam_assess):
    valid = {"from": "2025-01-01T00:00+07:00", "to": "2025-01-02T00:00+07:00"}

    assert ancam_assess(valid=valid) == 2
    assert not (tmp_path / "run").exists()


def test_the_owners_password_comes_from_the_environment_alone(tmp_path, ancam_assess, capsys, monkeypatch):
    monkeypatch.delenv("ANCAM_OWNER_PASSWORD", raising=False)
    modes = ["discovery", "readonly", "owner_credential"]

    assert ancam_assess(checks=modes) == 2
    assert "ANCAM_OWNER_PASSWORD" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()

    monkeypatch.setenv("ANCAM_OWNER_PASSWORD", "một mật khẩu")
    assert ancam_assess("127.110.8.2", checks=modes) == 0
    assert "một mật khẩu" not in (tmp_path / "run" / "events.jsonl").read_text()


def test_a_clock_behind_the_last_run_is_refused(tmp_path, ancam_assess):
    ahead = datetime.now(VIETNAM) + timedelta(days=2)
    (tmp_path / "data" / "assess").mkdir(parents=True)
    (tmp_path / "data" / "assess" / "latest-time").write_text(ahead.isoformat())

    assert ancam_assess() == 2
    assert not (tmp_path / "run").exists()


def test_a_stop_file_ends_the_run_and_it_goes_on_without_it(tmp_path, ancam_assess, capsys):
    state = tmp_path / "state"
    state.mkdir()
    (state / "STOP").touch()

    assert ancam_assess("--state", str(state)) == 3
    assert "STOP" in capsys.readouterr().err
    (state / "STOP").unlink()
    assert ancam_assess("--state", str(state), "--resume") == 0


@contextmanager
def signalling(ip: str, port: int) -> Iterator[None]:
    """A device that has this process told to end as soon as it is met."""

    def accept() -> None:
        server.accept()[0].close()
        os.kill(os.getpid(), signal.SIGTERM)

    with socket.create_server((ip, port)) as server:
        thread = threading.Thread(target=accept)
        thread.start()
        yield
        thread.join()


def test_a_signal_ends_the_run_in_order(tmp_path, ancam_assess, capsys):
    with signalling(CAMERA, 8080):
        assert ancam_assess(CAMERA) == 3

    assert "có lệnh dừng" in capsys.readouterr().err
    assert json.loads((tmp_path / "run" / "summary.json").read_text())["stopped"] == "signal"
    assert ancam_assess(CAMERA, "--resume") == 0


def test_devices_of_an_earlier_scan_are_assessed_alone(tmp_path, ancam_assess):
    scan = tmp_path / "scan.txt"
    scan.write_text(f"#masscan\nopen tcp 80 {CAMERA} 1763800000\nopen tcp 80 127.110.9.9 1763800000\n# end\n")

    with running(place(CAMERA, "hikvision-camera")):
        assert ancam_assess("--from-scan", str(scan)) == 0

    assert [row["ip"] for row in rows(tmp_path)] == [CAMERA]


def test_the_command_speaks_english_to_who_asks_for_it(ancam_assess, capsys, monkeypatch):
    monkeypatch.setenv("ANCAM_LANG", "en")

    assert ancam_assess("127.110.8.2") == 0
    assert capsys.readouterr().out.startswith("Finished: 1 addresses, 0 devices")


def test_a_device_log_shows_how_the_assessor_is_reached():
    made = read_authorisation(as_yaml(content(assessor__contact="Huy (trực) huy@dongson.example")))

    assert assess._user_agent(made).startswith("AnCam/")
    assert assess._user_agent(made).endswith("huy@dongson.example)")
    assert "(trc)" not in assess._user_agent(made)


def test_an_advisory_that_names_the_build_is_told_from_one_that_only_may_hold():
    advice = assess._advisories(camera("Hikvision", model="DS-2CD2143G0-I", firmware="V5.5.82 build 190220"))

    assert advice
    assert {one.verdict for one in advice} <= {Verdict.FAIL, Verdict.INCONCLUSIVE}
    assert all(one.id and 0 < one.confidence <= 1 for one in advice)


def test_of_many_kinds_of_findings_the_most_frequent_are_told():
    ids = [finding["id"] for finding in reference("device-checks")["findings"]][:14]
    found = {name: count for count, name in enumerate(ids, start=1)}
    costs = {"swept": 9}

    lines = list(found_in_words({"costs": costs, "devices": 3, "cameras": 2, "findings": found, "incomplete": 1}))

    assert lines[1].split()[0] == "14" and len(lines) == 15
    assert "2 loại phát hiện khác" in lines[13] and lines[14].startswith("1 thiết bị chưa được hỏi hết")


@pytest.mark.parametrize("written", [None, "no result of a scan"])
def test_a_scan_that_cannot_be_read_is_named(tmp_path, ancam_assess, capsys, written):
    scan = tmp_path / "scan.xml"
    if written:
        scan.write_text(written)

    assert ancam_assess("--from-scan", str(scan)) == 2
    assert "scan.xml" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path, ancam_assess, capsys):
    (tmp_path / "run").write_text("a file")

    assert ancam_assess() == 2
    assert str(tmp_path / "run") in capsys.readouterr().err


def test_a_disk_that_fills_up_stops_the_run_which_goes_on_when_there_is_room(tmp_path, ancam_assess, capsys):
    with full_disk(2_000):
        assert ancam_assess() == 3

    assert "--resume" in capsys.readouterr().err
    assert ancam_assess("--resume") == 0
