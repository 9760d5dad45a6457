"""What one device may be burdened with: connections at once and a second, bytes, and time."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from ancam.engines.probing.pacing import Pace

CONNECT_S = 1.0
FIRST_BYTE_S = 2.0
# Once a device has answered, its next answer is not waited for much longer than that one took.
_TIMES_AS_LONG = 8
_LEAST_CONNECT_S = 0.15
_LEAST_GUESSED_S = 0.3
# Of the permitted turns a second: turns come a little early or late, and no second may hold more of them.
_SHARE = 0.95


class BudgetSpent(Exception):
    """The device may not be asked more. `what`: "time", "bytes" or "connections"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Budget:
    """What is left for one device. Time runs only while something is asked of it, however many wait for their turn."""

    def __init__(
        self, *, at_once: int, per_s: float, bytes_left: int, seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.pace = Pace(per_s * _SHARE, clock)
        # The first look has just knocked here.
        self.pace.wait_s()
        self.connections = 0
        self.bytes_in = 0
        self.connect_s = CONNECT_S
        self._bytes_left = bytes_left
        self._seconds_left = seconds
        self._clock = clock
        self._busy = 0
        self._busy_since = 0.0

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the time inside as time the device was asked something; overlapping stretches count once."""
        if self._busy == 0:
            self._busy_since = self._clock()
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if self._busy == 0:
                self._seconds_left -= self._clock() - self._busy_since

    def within_s(self, wanted: float) -> float:
        """Return how long the next answer may be waited for; raises BudgetSpent when no time is left."""
        running = self._clock() - self._busy_since if self._busy else 0.0
        left = self._seconds_left - running
        if left <= 0:
            raise BudgetSpent("time")
        return min(wanted, left)

    def count_connection(self) -> None:
        """Count one connection that was tried."""
        self.connections += 1

    def count_bytes(self, received: int) -> None:
        """Count bytes that came; raises BudgetSpent past what the device may send."""
        self.bytes_in += received
        self._bytes_left -= received
        if self._bytes_left < 0:
            raise BudgetSpent("bytes")

    def answered_in(self, seconds: float) -> None:
        """Learn from an answer how far away the device is."""
        self.connect_s = min(self.connect_s, max(_LEAST_CONNECT_S, seconds * _TIMES_AS_LONG))

    def left_unanswered(self) -> None:
        """Learn from a silent port that the device drops what it does not want: the next is not waited for as long."""
        self.connect_s = min(self.connect_s, max(_LEAST_GUESSED_S, self.connect_s / 2))
