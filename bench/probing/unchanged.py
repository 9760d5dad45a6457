"""Part `unchanged`: two runs over a laboratory in which nothing changed say the same."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accuracy import DEVICES, NETWORK, SEEDS
from goals import Goal, at_most
from simulated import assess, laboratory

# What two visits may differ in: when, and how much was sent.
OF_THE_VISIT = {"first_seen", "last_seen", "connections", "bytes_in"}


def measured(folder: Path, *, faults: bool = False) -> list[Goal]:
    """Run twice, print what differs, and return the goals."""
    with laboratory(folder, NETWORK, DEVICES, SEEDS[0]) as lab:
        runs = [assess(lab, name, state=folder / "state") for name in ("first", "second")]
    told = differing(runs[0].rows, runs[1].rows)
    changes = runs[1].summary["fleet"]["changes"]
    print(f"{len(runs[1].rows)} dòng; khác nhau: {len(told)}; fleet.changes: {changes}")
    print(*(f"  {line}" for line in told if faults), sep="\n", end="\n" if faults and told else "")
    changed = sum(len(changes[name]) for name in ("gone", "new", "changed"))
    return [
        at_most("hai đợt trên phòng không đổi: khác nhau", len(told), 0, "d"),
        at_most("hai đợt trên phòng không đổi: fleet.changes", changed, 0, "d"),
    ]


def differing(first: Mapping[str, Mapping[str, Any]], second: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return in words what two runs say differently, a line for each field of each device."""
    lines = [f"{ip}: chỉ có trong một đợt" for ip in sorted(first.keys() ^ second.keys())]
    for ip in sorted(first.keys() & second.keys()):
        one, other = first[ip], second[ip]
        for name in sorted((one.keys() | other.keys()) - OF_THE_VISIT):
            if one.get(name) != other.get(name):
                lines.append(f"{ip}: {name}: {_parted(one.get(name), other.get(name))}")
    return lines


def _parted(one: Any, other: Any) -> str:
    """Return two values, of lists only what the other lacks."""
    if isinstance(one, list) and isinstance(other, list):
        one, other = [x for x in one if x not in other], [x for x in other if x not in one]
    return f"{one!r} ≠ {other!r}"
