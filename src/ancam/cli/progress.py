"""How far a long command is, on a terminal and nowhere else."""

import sys
import time
from collections.abc import Callable

from ancam.kit.bounds import size_in_words

EVERY_S = 0.2


class Progress:
    """Called with how much is done, bytes unless told otherwise; writes over its own line on stderr."""

    def __init__(self, label: str, *, quiet: bool, in_words: Callable[[int], str] = size_in_words) -> None:
        self._label = label
        self._in_words = in_words
        self._shown = sys.stderr.isatty() and not quiet
        self._next = 0.0

    def __call__(self, done: int) -> None:
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_S
            print(f"\r{self._label}: {self._in_words(done):<12}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)
