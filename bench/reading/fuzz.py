"""`bench/reading`: letters gone wrong and files made to do harm, by the million.

usage: fuzz.py [--cases 1000] [--seed 1] [--from 0] [--minutes M] [--at-most-s 10] [--show NUMBER]

It makes case after case from the seed, has each read, and prints the failures and the slowest, each by the number that
makes it again (`--from NUMBER --cases 1`, or `--show NUMBER` for the file itself on standard output). A failure is an
exception other than a refusal, a reading with a fault that hostile.py names, one that took longer than allowed, or
anything written, started or connected to outside a folder for temporary files. It exits 1 when there was one.
"""

import argparse
import collections
import heapq
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from hostile import Case, faults, hostile

from ancam.engines.reading.errors import ReadingRefused
from ancam.engines.reading.read import read_document

SLOWEST = 10
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = (
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "shutil.",
    "socket.connect",
)


def main() -> int:
    asked = _arguments()
    if asked.show is not None:
        sys.stdout.buffer.write(case_of(asked.seed, asked.show).data)
        return 0
    sys.dont_write_bytecode = True  # what the interpreter keeps for itself is no doing of the reader's
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        return _run(asked, _Watch(Path(folder)))


def _run(asked: argparse.Namespace, watch: "_Watch") -> int:
    signal.signal(signal.SIGPROF, _too_long)
    outcomes: collections.Counter[str] = collections.Counter()
    slowest: list[tuple[float, int, str]] = []
    began, number = time.monotonic(), asked.first
    while number < asked.first + asked.cases and not _is_over(began, asked.minutes):
        case = case_of(asked.seed, number)
        started = time.process_time()
        outcome, told = _read(case, asked.at_most_s, watch)
        took = time.process_time() - started
        outcomes[outcome] += 1
        slowest = heapq.nlargest(SLOWEST, (*slowest, (took, number, _in_words(case))))
        for fault in told:
            print(f"LỖI ca {number} ({_in_words(case)}): {fault}", flush=True)
        number += 1
    done = number - asked.first
    print(f"\nhạt giống {asked.seed}, ca {asked.first}–{number - 1}: {done} ca trong {time.monotonic() - began:.0f} s")
    print(", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print("chậm nhất:", *(f"  {took:6.2f} s  ca {at}  {words}" for took, at, words in slowest), sep="\n")
    return 1 if outcomes["lỗi"] else 0


def case_of(seed: int, number: int) -> Case:
    """Return the case of a number; the same from the same seed."""
    return hostile(Random(f"{seed}/{number}"))


def _in_words(case: Case) -> str:
    return f"{case.name}, {len(case.data)} byte, {' + '.join(case.done) or 'nguyên'}"


def _is_over(began: float, minutes: float | None) -> bool:
    return minutes is not None and time.monotonic() - began > minutes * 60


class TooLong(Exception):
    """A case took longer than allowed."""


def _too_long(*_: Any) -> None:
    raise TooLong


def _read(case: Case, at_most_s: float, watch: "_Watch") -> tuple[str, list[str]]:
    signal.setitimer(signal.ITIMER_PROF, at_most_s)
    watch.on = True
    try:
        reading = read_document(case.data, case.name)
    except ReadingRefused as refusal:
        told = [] if str(refusal).endswith(".") else [f"lời từ chối dở dang: {refusal}"]
        return ("lỗi" if told or watch.seen else "từ chối"), told + watch.told()
    except Exception as exc:  # noqa: BLE001 - any other is what is looked for
        return "lỗi", [f"{type(exc).__name__}: {str(exc)[:120]}", *watch.told()]
    finally:
        watch.on = False
        signal.setitimer(signal.ITIMER_PROF, 0)
    told = faults(reading) + watch.told()
    return ("lỗi" if told else "đọc được"), told


class _Watch:
    """Sees what the interpreter opens for writing, changes, starts or connects to while `on`."""

    def __init__(self, own: Path) -> None:
        self.on = False
        self.seen: list[str] = []
        self._own = str(own)
        sys.addaudithook(self._heard)

    def told(self) -> list[str]:
        """Return what was seen since it was last asked."""
        seen, self.seen = self.seen, []
        return seen

    def _heard(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.on:
            return
        # A pipe to a program that was started is opened by its number.
        writes = event == "open" and not isinstance(values[0], int) and values[2] & _WRITING
        if (writes or event.startswith(_CHANGES)) and not str(values[0]).startswith((self._own, os.devnull)):
            self.seen.append(f"{event} {values[0]}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--minutes", type=float, help="stop after so many, whatever the cases")
    parser.add_argument("--at-most-s", type=float, default=10.0)
    parser.add_argument("--show", type=int, metavar="NUMBER")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
