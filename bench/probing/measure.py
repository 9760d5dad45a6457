"""`bench/probing`: what the assessor finds in a laboratory, how fast beside nmap, and what it costs and harms.

usage: measure.py [--only PART ...] [--faults] [--seed N ...] [--nmap-xml FOLDER] [--skip-nmap] [--keep FOLDER]

Parts: accuracy, nmap, discovery, wide, unchanged, costs. Each prints what it saw; at the end stand the goals that were
missed, and the exit code is 1 when there is one. Without root, what needs network namespaces says so and is left out.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import accuracy
import against_nmap
import costs
import discovery
import unchanged
import wide
from goals import Goal

PARTS: dict[str, Callable[[Path, argparse.Namespace], list[Goal]]] = {
    "accuracy": lambda folder, asked: accuracy.measured(folder, seeds=asked.seed, faults=asked.faults),
    "nmap": lambda folder, asked: against_nmap.measured(folder, saved=asked.nmap_xml, skip=asked.skip_nmap),
    "discovery": lambda folder, _: discovery.measured(folder),
    "wide": lambda folder, _: wide.measured(folder),
    "unchanged": lambda folder, asked: unchanged.measured(folder, faults=asked.faults),
    "costs": lambda folder, _: costs.measured(folder),
}


def main() -> int:
    asked = _arguments()
    processors, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {processors} nhân, tải máy {load:.1f}")
    goals = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in asked.only:
            print(f"\n== {name}", flush=True)
            began = time.perf_counter()
            goals += PARTS[name]((asked.keep or Path(temporary)) / name, asked)
            print(f"phần {name}: {time.perf_counter() - began:.0f} s", flush=True)
    missed = [goal for goal in goals if not goal.is_met]
    print(f"\nĐạt {len(goals) - len(missed)} trên {len(goals)} mục tiêu")
    print(*(f"Không đạt {goal.name}: {goal.seen}" for goal in missed), sep="\n", end="\n" if missed else "")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--faults", action="store_true", help="each difference from the truth, in a line")
    parser.add_argument("--seed", nargs="+", type=int, default=accuracy.SEEDS, help="laboratories of `accuracy`")
    saved = "take nmap's results from this folder where they are, else write them there"
    parser.add_argument("--nmap-xml", type=Path, metavar="FOLDER", help=saved)
    parser.add_argument("--skip-nmap", action="store_true", help="leave the part `nmap` out; it takes ten minutes")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder in which the runs stay")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
