"""Many pieces of work on all cores, each in a process that may die or be stopped without the others."""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

IDLE = -1
_STOP_WITHIN_S = 2.0
# How far ahead of the slowest piece the others may go, so that what waits for it stays small.
_AHEAD_PER_WORKER = 8
# Not `fork`: a copy of this process would hold its threads' locks.
_processes = multiprocessing.get_context("spawn")


class Lost:
    """Instead of a result: the process that worked on it died, of want of memory perhaps."""


class Late(Lost):
    """Instead of a result: the work took longer than allowed and was stopped."""


class TookTooLong(Exception):
    """A block of work was stopped at its bound."""


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise `TookTooLong` in the block when it takes longer; at once, unless a library written in C is at work.

    Only in the first thread of a process: signals reach no other.
    """

    def stop(*_: Any) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def results(
    work: Callable[[T], R], pieces: Sequence[T], at_once: int, within_s: float
) -> Generator[R | Lost, None, None]:
    """Yield what `work` returns for each piece, in the order of the pieces, from `at_once` processes.

    work: a function of a module, which with its pieces and results can be pickled. A piece whose process dies or
    takes longer than `within_s` gives a `Lost`, and the others go on. No more than a few results for each process
    wait for one before them. The processes end with the iterator: close it.
    """
    crew: list[_Worker[T, R]] = []
    try:
        # Only when all have begun may Ctrl+C be heard: then it finds all of them, and no step before loses it.
        with _undisturbed():
            crew += [_Worker(work) for _ in range(at_once)]
        yield from _in_order(crew, pieces, within_s)
    finally:
        for worker in crew:
            worker.ask_to_end()
        deadline = time.monotonic() + _STOP_WITHIN_S
        for worker in crew:
            worker.end(max(0.0, deadline - time.monotonic()))


def _in_order(crew: "list[_Worker[T, R]]", pieces: Sequence[T], within_s: float) -> Iterator[R | Lost]:
    done: dict[int, R | Lost] = {}
    given = 0
    for wanted in range(len(pieces)):
        while wanted not in done:
            ahead = min(len(pieces), wanted + len(crew) * _AHEAD_PER_WORKER)
            for worker in crew:
                if worker.number == IDLE and given < ahead:
                    worker.give(given, pieces[given], within_s)
                    given += 1
            for number, result in _heard(crew):
                done[number] = result
        yield done.pop(wanted)


def _heard(crew: "list[_Worker[T, R]]") -> Iterator[tuple[int, R | Lost]]:
    """Wait for the next results, or for the first process that has no more time; yield them by number."""
    busy = {worker.pipe: worker for worker in crew if worker.number != IDLE}
    first_end = min(worker.deadline for worker in busy.values())
    # A pipe whose other end is gone can be read too: it says so.
    ready = wait(list(busy), max(0.0, first_end - time.monotonic()))
    for pipe in [pipe for pipe in busy if pipe in ready]:
        yield busy.pop(pipe).take()
    for worker in busy.values():
        if time.monotonic() >= worker.deadline:
            yield worker.give_up()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl+C wait until the block is done."""
    resource_tracker.ensure_running()  # or `start` would, and let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(Generic[T, R]):
    """A process that works on one piece after the other. number: of the piece it has now, or `IDLE`."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self._work = work
        self.number = IDLE
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = _processes.Pipe()
        self._process = _processes.Process(target=_work_on, args=(self._work, theirs), daemon=True)
        # Ctrl+C is for us: until the process has a group of its own, it would hear it too.
        with _undisturbed():
            self._process.start()
        theirs.close()

    def give(self, number: int, piece: T, within_s: float) -> None:
        """Hand over the next piece."""
        self.number, self.deadline = number, time.monotonic() + within_s
        # A process that is gone already is found out when its answer is asked for.
        with contextlib.suppress(OSError):
            self.pipe.send(piece)

    def take(self) -> tuple[int, R | Lost]:
        """Return the number of the piece and its result; a process that died makes place for a new one."""
        number = self._freed()
        try:
            return number, self.pipe.recv()
        except (EOFError, OSError):
            self._start_again()
            return number, Lost()

    def give_up(self) -> tuple[int, Lost]:
        """Stop the process in the middle of its piece, and put a new one in its place."""
        number = self._freed()
        self._start_again()
        return number, Late()

    def _freed(self) -> int:
        number, self.number = self.number, IDLE
        return number

    def _start_again(self) -> None:
        self.ask_to_end()
        self.end(_STOP_WITHIN_S)
        self._start()

    def ask_to_end(self) -> None:
        """Let the process end by itself, clearing away what it began."""
        self.pipe.close()
        self._process.terminate()

    def end(self, within_s: float) -> None:
        """End the process, by force after `within_s`, with all it started."""
        # Not `join`: until it is called, nobody else can be given the number of the process, nor of its group.
        wait([self._process.sentinel], within_s)
        self._process.kill()
        if number := self._process.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(number, signal.SIGKILL)
        self._process.join()


def _work_on(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Work until nobody asks any more. What is started here belongs to a group that ends with this process."""

    def leave(*_: Any) -> None:
        sys.exit(1)

    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, leave)
    try:
        with contextlib.suppress(EOFError, OSError):
            while True:
                pipe.send(work(pipe.recv()))
    finally:
        # It is on its way out: asked again now, it would break off what others do at its end, and say so.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
