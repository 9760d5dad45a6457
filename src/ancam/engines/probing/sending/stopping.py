"""When a run ends before its time: a signal, a stop file, the end of the window, a full disk."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic

STOP_FILE = "STOP"


class Stopped(Exception):
    """Nothing more is sent in this run. `reason`: see Stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stop:
    """The stop switch that is asked before anything is sent.

    reason: None while the run goes on, else "signal", "stop-file", "window-closed", "disk-full", "canary-hung",
    "local-failure".
    The window's end is kept on the clock that cannot be set, and asked of the wall clock too: whichever comes first.
    """

    def __init__(
        self,
        closes_at: datetime,
        now: Callable[[], datetime],
        files: tuple[Path, ...],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.reason: str | None = None
        self._closes_at = closes_at
        self._now = now
        self._clock = clock
        self._ends = clock() + (closes_at - now()).total_seconds()
        self._files = files

    def pull(self, reason: str) -> None:
        """Stop for a reason; the first one is kept."""
        self.reason = self.reason or reason

    def check(self) -> None:
        """Raise Stopped when nothing more may be sent. Costs two readings of clocks."""
        if self.reason is None and (self._clock() >= self._ends or self._now() >= self._closes_at):
            self.pull("window-closed")
        if self.reason is not None:
            raise Stopped(self.reason)

    def look(self) -> str | None:
        """Look for a stop file too, and return the reason if there is one; asked twice a second."""
        if any(file.exists() for file in self._files):
            self.pull("stop-file")
        return self.reason
