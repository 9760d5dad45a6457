"""How far a long command is, on a terminal and nowhere else."""

import sys
import time

from ancam.kit.bounds import size_in_words

EVERY_S = 0.2


class Progress:
    """Called with the bytes done; writes over its own line on stderr."""

    def __init__(self, label: str, *, quiet: bool) -> None:
        self._label = label
        self._shown = sys.stderr.isatty() and not quiet
        self._next = 0.0

    def __call__(self, done_bytes: int) -> None:
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_S
            print(f"\r{self._label}: {size_in_words(done_bytes):<12}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)
