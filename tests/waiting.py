"""Waiting for what another process does: until a condition holds, for a bounded time."""

import threading
import time
from collections.abc import Callable


def wait_until(holds: Callable[[], bool], within_s: float = 15) -> bool:
    """Look every quarter of a second whether a condition holds; return whether it came to hold."""
    pause = threading.Event()
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.25)
    return True
