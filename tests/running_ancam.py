"""AnCam started as a user starts it: the command, its printed lines, its pages, its end."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

STARTS_WITHIN_S = 90
DEMO_PASSWORD = "con-mèo-trèo-cây-cau"
# The product's own demo, but that the password all its people share is not hashed a million times over for each.
QUICK_DEMO = """
from django.contrib.auth.hashers import PBKDF2PasswordHasher
PBKDF2PasswordHasher.iterations = 1
from ancam.cli.main import main
assert main(["demo"]) == 0
"""


@dataclass
class RunningAnCam:
    """`ancam run` over a data folder. Use as a context manager; leaving stops it with SIGTERM.

    With `demo_password` a new folder is filled with the invented province first; its people sign in with that password.
    """

    data_folder: Path
    database_url: str = ""
    port: int = 0
    address: str = ""
    first_link: str = ""
    demo_password: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _follower: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.port = self.port or free_port()
        if self.demo_password and not self.data_folder.exists():
            self.fill()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ancam", "run", "--no-browser", "--port", str(self.port)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        ready = threading.Event()
        self._follower = threading.Thread(target=self._follow, args=(ready,), daemon=True)
        self._follower.start()
        if not ready.wait(STARTS_WITHIN_S) or not self.address:
            self.stop()
            raise AssertionError("AnCam did not start:\n" + "".join(self.lines))
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def prepare(self) -> None:
        """Make the instance ready and leave it empty, as `ancam run` does before it serves."""
        self.python(
            "import os; os.umask(0o077); from ancam.cli.django_setup import *; set_up_django(); prepare_instance()"
        )

    def fill(self) -> None:
        """Fill the instance with the invented province."""
        self.python(QUICK_DEMO)

    def copy(self, folder: Path, **settings: str) -> "RunningAnCam":
        """Return an instance that begins as this one, over SQLite and not running, with settings of its own."""
        shutil.copytree(self.data_folder, folder)
        return RunningAnCam(folder, demo_password=self.demo_password, settings=settings)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every command over this instance."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANCAM_", "DJANGO_"))}
        ours = {"ANCAM_DATA": str(self.data_folder), "ANCAM_DATABASE_URL": self.database_url}
        return {**kept, **ours, "ANCAM_DEMO_PASSWORD": self.demo_password, **self.settings}

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another `ancam` command over the same instance."""
        whole = [sys.executable, "-m", "ancam", *words]
        return subprocess.run(whole, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def python(self, code: str) -> str:
        """Run a line of Python as the instance's own interpreter does and return what it prints."""
        whole = [sys.executable, "-c", code]
        return subprocess.run(
            whole, env=self.environment, capture_output=True, text=True, timeout=120, check=True
        ).stdout

    def stop(self, within_s: float = 12) -> int:
        """Send SIGTERM and return the exit code; fails when the process takes longer."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(within_s)
        if self._follower:
            self._follower.join()
            self._follower = None
        return code

    def _follow(self, ready: threading.Event) -> None:
        """Read what is printed; ready once the address has come and, where one is due, the link."""
        assert self.process is not None and self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if match := re.match(r"AnCam: (http\S+)", line):
                self.address = match.group(1)
            if match := re.match(r"Đăng ký quản trị: (http\S+)", line):
                self.first_link = match.group(1)
                ready.set()
            if self.address and self.demo_password:
                ready.set()
        self.process.stdout.close()
        ready.set()


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
