"""A process tree that starts whole and ends whole."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

STOP_WITHIN_S = 8.0


class ProcessTree:
    """Child commands of `ancam`, each in a process group of its own, so that what a child started ends with it."""

    def __init__(self) -> None:
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str) -> None:
        """Start `ancam WORDS…`. The child is told our process id, and stops when we are gone."""
        environment = {**os.environ, "ANCAM_PARENT_PID": str(os.getpid())}
        command = [sys.executable, "-m", "ancam", *words]
        self._children.append(subprocess.Popen(command, env=environment, start_new_session=True))  # noqa: S603 - our own words

    def has_lost_one(self) -> bool:
        """Tell whether a child has ended by itself."""
        return any(child.poll() is not None for child in self._children)

    def stop(self) -> None:
        """Ask every child to end, wait, and end by force what is left after 8 s with all it started."""
        for child in self._children:
            _signal_group(child, signal.SIGTERM, whole_group=False)
        deadline = time.monotonic() + STOP_WITHIN_S
        for child in self._children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
        for child in self._children:
            _signal_group(child, signal.SIGKILL, whole_group=True)
            child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals, *, whole_group: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        if whole_group:
            os.killpg(child.pid, number)
        elif child.poll() is None:
            child.send_signal(number)


def call_when_orphaned(stop: Callable[[], None]) -> None:
    """Call `stop` once the process that started us, named in `ANCAM_PARENT_PID`, is gone. Returns at once."""
    parent = os.environ.get("ANCAM_PARENT_PID", "")
    if not parent.isdecimal():
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        stop()

    threading.Thread(target=watch, daemon=True).start()


def stop_signal() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set."""
    event = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: event.set())
    return event


def end_by_signal() -> None:
    """Let SIGTERM end a command as Ctrl+C does: it clears away what it began and ends with code 3."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
