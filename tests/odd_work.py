"""Work for other processes that does not always end: a function must stand in a module to be called in them."""

import os
import signal


def doubled(number: int) -> int:
    """Return twice the number; of zero the process dies, of one it never ends."""
    if number == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 1:
        signal.pause()
    return number * 2
