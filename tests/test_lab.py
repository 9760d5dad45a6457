"""`ancam lab`: one ready line, the truth and an authorisation at the start, the harm at the end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.network

NETWORK = f"127.{100 + os.getpid() % 20}.{os.getpid() % 250}.0/26"
STARTED = [sys.executable, "-m", "ancam", "lab"]


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[str]]:
    """The command, which is told to stop at the end if it was not before."""
    with subprocess.Popen([*STARTED, *words], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_it_runs_until_it_is_told_to_stop(tmp_path):
    paths = {name: tmp_path / f"{name}.json" for name in ("truth", "harm", "authorization")}
    told = [f"--{name}={path}" for name, path in paths.items()]
    command = [f"--network={NETWORK}", "--devices=20", "--mix=netwave-camera,printer", *told]
    with started(*command) as process:
        ready = first_line(process)
        written = json.loads(paths["truth"].read_text())["devices"]
        asked = next(row["ip"] for row in written if row["lab_kind"] == "netwave-camera")
        page = urllib.request.urlopen(f"http://{asked}/get_status.cgi", timeout=10).read()

    harm = json.loads(paths["harm"].read_text())
    authorisation = yaml.safe_load(paths["authorization"].read_text())
    assert ready == f"Phòng thí nghiệm sẵn sàng: 20 thiết bị trên {NETWORK}. Dừng bằng Ctrl+C.\n"
    assert process.returncode == 0
    assert b"sys_ver" in page
    assert len(written) == 20 and set(harm["devices"]) == {row["ip"] for row in written}
    assert harm["devices"][asked]["requests"] == harm["total"]["requests"] == 1
    assert (authorisation["allow"], authorisation["signatures"]) == ([NETWORK], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--network=ten.dot.net"], "Chưa hiểu mạng “ten.dot.net”"),
        (["--network=127.77.0.1/22"], "Chưa hiểu mạng"),
        (["--devices=0"], "--devices chỉ nhận số nguyên từ 1"),
        (["--devices=300", "--network=127.77.0.0/24"], "không đủ địa chỉ cho 300 thiết bị"),
        (["--mix=spaceships"], "không có loại thiết bị “spaceships”"),
        (["--network=203.0.113.0/24", "--devices=1"], "203.0.113."),
        (["--namespace=x"], "không tới được từ không gian mạng khác"),
    ],
)
def test_what_it_cannot_do_is_one_sentence(words, said):
    done = subprocess.run([*STARTED, *words], capture_output=True, text=True)

    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("ip"), reason="needs root and the command ip")
def test_it_may_live_in_a_namespace_of_its_own(tmp_path):
    name, harm = f"l{os.getpid()}", tmp_path / "harm.json"
    words = [f"--namespace={name}", "--network=10.77.64.0/22", "--devices=3", "--mix=nginx", f"--harm={harm}"]
    with started(*words) as process:
        assert "sẵn sàng: 3 thiết bị" in first_line(process)
        assert name in subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout

    assert process.returncode == 0
    assert len(json.loads(harm.read_text())["devices"]) == 3
    assert not Path(f"/run/netns/{name}").exists()
