"""Work for other processes that does not always end: a function must stand in a module to be called in them."""

import atexit
import os
import signal
from pathlib import Path


def doubled(number: int) -> int:
    """Return twice the number; of zero the process dies, of one it never ends."""
    if number == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 1:
        signal.pause()
    return number * 2


def asked_to_end_while_ending(path: str) -> None:
    """At the end of the process that runs this: be asked once more to end, and only then write a file."""

    def at_the_end() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        Path(path).write_text("xong")

    atexit.register(at_the_end)
