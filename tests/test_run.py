"""`ancam run` as a user meets it: starts on an empty folder, says where, stops clean, refuses in one sentence."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from ancam.cli.processes import ProcessTree
from ancam.cli.run import watch
from running_ancam import RunningAnCam, free_port
from waiting import wait_until

pytestmark = pytest.mark.network


def refused(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANCAM_", "DJANGO_"))}
    command = [sys.executable, "-m", "ancam", *words]
    return subprocess.run(command, env={**kept, **environment}, capture_output=True, text=True, timeout=60, check=False)


def processes_of(data_folder: Path) -> list[int]:
    """Return the ids of living processes that were given this data folder."""
    mark = f"ANCAM_DATA={data_folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def test_it_starts_on_an_empty_folder_says_where_and_leaves_nothing_running(tmp_path):
    (tmp_path / "data").mkdir(mode=0o755)
    with RunningAnCam(tmp_path / "data") as ancam:
        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "data").rglob("*")}
        with urllib.request.urlopen(f"{ancam.address}healthz", timeout=5) as answer:
            health = json.load(answer)
        stopped = ancam.stop(within_s=10)

    assert health == {"status": "ok", "database": "ok", "jobs": "ok", "version": health["version"]}
    assert ancam.first_link.startswith(f"http://127.0.0.1:{ancam.port}/")
    assert [line.partition(":")[0] for line in ancam.lines] == ["Chuẩn bị dữ liệu", "AnCam", "Đăng ký quản trị"]
    assert "ancam.sqlite3" in modes and set(modes.values()) == {0}
    assert stopped == 0
    assert processes_of(tmp_path / "data") == []


def test_it_answers_under_its_public_name_and_at_the_address_it_listens_on(tmp_path, prepared):
    public = {"ANCAM_HOST": "127.0.0.2", "ANCAM_ALLOWED_HOSTS": "camera.vi-du.vn", "ANCAM_BEHIND_TLS": "1"}
    with prepared.copy(tmp_path / "data", **public) as ancam:
        names = ("127.0.0.2", "localhost", "camera.vi-du.vn", "la.example")
        statuses = [status_of(f"{ancam.address}healthz", name) for name in names]

    assert ancam.address == f"http://127.0.0.2:{ancam.port}/"
    assert statuses == [200, 200, 200, 400]


class Tree(ProcessTree):
    """Children of whom nothing is heard."""

    def has_lost_one(self) -> bool:
        return False


def test_a_server_that_never_answers_is_told_in_one_sentence_and_ends_with_3(capsys):
    address = f"http://127.0.0.1:{free_port()}/"

    code = watch(Tree(), address, threading.Event(), open_browser=False, ready_within_s=0.1)

    told = capsys.readouterr().err
    assert code == 3
    assert f"AnCam chưa trả lời tại {address}healthz" in told
    assert told.count("\n") == 1


def test_the_children_end_when_the_parent_is_killed(tmp_path, prepared):
    with prepared.copy(tmp_path / "data") as ancam:
        ancam.process.send_signal(signal.SIGKILL)
        ancam.process.wait(5)
        all_ended = wait_until(lambda: not processes_of(tmp_path / "data"))

    assert all_ended


def test_health_is_503_when_no_worker_lives(tmp_path, prepared):
    port = free_port()
    with prepared.copy(tmp_path / "data") as ancam:
        ancam.stop()
    web = subprocess.Popen([sys.executable, "-m", "ancam", "web", "--port", str(port)], env=ancam.environment)
    try:
        address = f"http://127.0.0.1:{port}/healthz"
        answered = wait_until(lambda: status_of(address) == 503)
    finally:
        web.terminate()
        web.wait(10)

    assert answered


def status_of(address: str, name: str = "") -> int:
    """Return the status of an answer, asked for under a name; 0 when nobody answers."""
    request = urllib.request.Request(address, headers={"Host": name} if name else {})
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_a_taken_port_is_refused_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = refused("run", "--no-browser", "--port", str(port), ANCAM_DATA=str(tmp_path))

    assert result.returncode == 2
    assert f"Cổng {port} trên 127.0.0.1 đang được chương trình khác dùng" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "web"])
@pytest.mark.parametrize("port", ["0", "99999", "http"])
def test_a_port_that_is_none_is_refused_in_one_sentence(tmp_path, command, port):
    result = refused(command, "--port", port, ANCAM_DATA=str(tmp_path))

    assert result.returncode == 2
    assert f"--port chỉ nhận số từ 1 đến 65535, không nhận {port}" in result.stderr
    assert result.stderr.count("\n") == 1


def test_half_of_tls_is_refused_instead_of_serving_without(tmp_path):
    (tmp_path / "cert.pem").write_text("")

    result = refused("run", ANCAM_DATA=str(tmp_path / "data"), ANCAM_TLS_CERT=str(tmp_path / "cert.pem"))

    assert result.returncode == 2
    assert "ANCAM_TLS_KEY" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "a-file").write_text("")

    result = refused("run", "--no-browser", ANCAM_DATA=str(tmp_path / "a-file" / "data"))

    assert result.returncode == 2
    assert "ANCAM_DATA" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("ANCAM_PORT", "eighty"), ("ANCAM_DATABASE_URL", "mysql://x"), ("ANCAM_LANG", "fr"), ("ANCAM_MAX_UPLOAD_MB", "0")],
)
def test_a_wrong_setting_is_named_with_the_values_accepted(tmp_path, name, value):
    result = refused("run", "--no-browser", **{"ANCAM_DATA": str(tmp_path), name: value})

    assert result.returncode == 2
    assert name in result.stderr
    assert "chấp nhận" in result.stderr


def test_a_database_that_does_not_answer_is_told_in_one_sentence(tmp_path):
    url = f"postgresql://ancam:x@127.0.0.1:{free_port()}/ancam"

    result = refused("run", "--no-browser", ANCAM_DATA=str(tmp_path), ANCAM_DATABASE_URL=url)

    assert result.returncode == 2
    assert "cơ sở dữ liệu" in result.stderr
    assert "ancam:x" not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["run", "--nonsense"], ["fly"], ["audit"]])
def test_a_command_not_understood_is_refused_with_the_way_to_help(words):
    result = refused(*words)

    assert result.returncode == 2
    assert "--help" in result.stderr


def test_help_is_vietnamese_and_english_on_request():
    assert "Cách dùng" in refused("run", "--help").stdout
    assert "Usage" in refused("run", "--help", ANCAM_LANG="en").stdout


def test_an_engine_command_imports_no_django(tmp_path):
    letter = tmp_path / "empty.txt"
    letter.write_bytes(b"")
    probe = "import sys; from ancam.cli.main import main; main(['read', sys.argv[1]]); print('django' in sys.modules)"

    command = [sys.executable, "-c", probe, str(letter)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert result.stdout.strip().endswith("False")
