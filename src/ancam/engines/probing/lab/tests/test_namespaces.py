"""Devices in a namespace of their own: reached over one cable, and silence everywhere else."""

import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from ancam.engines.probing.lab import namespaces
from ancam.engines.probing.lab.errors import NamespaceFailed


def may_make_namespaces() -> bool:
    if os.geteuid() != 0 or not shutil.which("ip"):
        return False
    made = subprocess.run(["ip", "netns", "add", f"p{os.getpid()}"], capture_output=True)  # noqa: S603, S607
    subprocess.run(["ip", "netns", "delete", f"p{os.getpid()}"], capture_output=True)  # noqa: S603, S607
    return made.returncode == 0


pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(not may_make_namespaces(), reason="needs root, network namespaces and the command ip"),
]

NETWORK, PRESENT, ABSENT = "10.177.0.0/16", "10.177.3.4", "10.177.200.1"
LISTEN = f"import socket; s = socket.create_server(('{PRESENT}', 80)); print('ready', flush=True); s.accept()"
CONNECT = """
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), 0.5)
    print("open")
except TimeoutError:
    print("silent")
except OSError as failure:
    print(failure.strerror)
"""


def inside(namespace: str, *words: str) -> str:
    command = ["ip", "netns", "exec", namespace, sys.executable, "-c", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def name() -> str:
    return f"t{os.getpid()}"


def existing() -> str:
    return subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout  # noqa: S607


def test_what_lives_is_reached_and_the_rest_is_silent():
    with namespaces.joined(name(), NETWORK, [PRESENT]) as lab:
        listening = ["ip", "netns", "exec", lab, sys.executable, "-c", LISTEN]
        with subprocess.Popen(listening, stdout=subprocess.PIPE, text=True) as device:  # noqa: S603
            assert device.stdout is not None and device.stdout.readline() == "ready\n"
            assert inside(name(), CONNECT, PRESENT, "80") == "open"
        assert inside(name(), CONNECT, PRESENT, "81") == "Connection refused"
        assert inside(name(), CONNECT, ABSENT, "80") == "silent"
        assert "unreachable" in inside(name(), CONNECT, "192.0.2.1", "80")

    assert name() not in existing()


def test_a_namespace_that_stands_already_is_refused():
    with namespaces.joined(name(), NETWORK, [PRESENT]) as lab:
        with pytest.raises(NamespaceFailed), namespaces.joined(name(), NETWORK, [PRESENT]):
            pass
        assert lab in existing()


def test_without_the_command_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NamespaceFailed), namespaces.joined(name(), NETWORK, [PRESENT]):
        pass


def test_a_command_inside_ends_with_the_signal_that_ends_us():
    with namespaces.joined(name(), NETWORK, []) as lab:
        assert namespaces.run_inside(lab, [sys.executable, "-c", "raise SystemExit(4)"]) == 4
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        assert namespaces.run_inside(lab, [sys.executable, "-c", "import signal; signal.pause()"]) == -signal.SIGTERM
