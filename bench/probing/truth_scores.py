"""What an assessment got right, against the truth of the laboratory. Pure: rows in, counts out.

A finding that the truth leaves undecided counts neither for nor against. A field of identity that the truth leaves
empty, since no answer gives it away for certain, is right when it is what stands on the box.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
FIELDS = ("kind", "vendor", "brand", "model", "firmware", "serial", "mac")
# What nobody may do to a device, by its name in the harm file.
NEVER = ("lockouts", "hangs", "writes", "pictures", "user_lists", "raw_print", "after_few_left")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is so; 1 when nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that was found; 1 when nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class FieldTally:
    """One field of identity over the cameras: told rightly, told otherwise, not told, told though nothing gives it."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0


@dataclass(slots=True)
class Score:
    """A run against the truth. `differences`: what is not as it should be, a line each."""

    cameras: Tally
    findings: Tally
    fields: dict[str, FieldTally]
    differences: list[str] = field(default_factory=list)


def score(truth: Mapping[str, Row], rows: Mapping[str, Row], modes: Collection[str]) -> Score:
    """Return how a run's rows compare with the truth, both by address; modes: what was authorised."""
    differences: list[str] = []
    cameras = _cameras(truth, rows, differences)
    findings = Counter[str]()
    fields: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
    for ip, true in truth.items():
        if not true["is_scored"]:
            continue
        row = rows.get(ip, {})
        wanted, undecided = _expected(true, modes)
        found = set(row.get("findings", ())) - undecided
        findings += Counter(right=len(found & wanted), wrong=len(found - wanted), missed=len(wanted - found))
        if row and found != wanted:
            differences.append(_difference(ip, true, found - wanted, wanted - found, row.get("cut_short", "")))
        for name in FIELDS:
            verdict = field_verdict(name, true, row)
            fields[name][verdict] += 1
            if verdict in ("wrong", "invented", "missed") and row:
                told, is_so = row.get(name), true[name] or true["on_the_box"].get(name)
                differences.append(f"{ip} {true['lab_kind']}: {name} “{told}”, thật là “{is_so}”")
    return Score(
        cameras, Tally(**findings), {name: _field_tally(counts) for name, counts in fields.items()}, differences
    )


def field_verdict(name: str, true: Row, row: Row) -> str:
    """Return right, wrong, missed or invented for one field of one device; empty when there is nothing to tell."""
    told, wanted = _plain(row.get(name)), _plain(true[name])
    if not told:
        return "missed" if wanted else ""
    also = {_plain(one) for one in true["also_vendor"]} if name == "vendor" else set()
    also |= {_plain(true["on_the_box"].get(name))} - {""}
    if told == wanted or told in also:
        return "right"
    return "wrong" if wanted else "invented"


def _cameras(truth: Mapping[str, Row], rows: Mapping[str, Row], differences: list[str]) -> Tally:
    true = {ip for ip, row in truth.items() if row["is_camera"]}
    found = {ip for ip, row in rows.items() if row["is_camera"]}
    for ip in sorted(true ^ found):
        kind = truth.get(ip, {}).get("lab_kind", "không có thiết bị")
        differences.append(f"{ip} {kind}: {'không nhận ra là camera' if ip in true else 'nhận nhầm là camera'}")
    return Tally(len(true & found), len(found - true), len(true - found))


def _expected(row: Row, modes: Collection[str]) -> tuple[set[str], set[str]]:
    """Return what is to be found on a device, and what may be."""
    wanted = set(row["findings"])
    for mode in ("default_credential", "owner_credential"):
        wanted |= set(row[f"with_{mode}"] if mode in modes else ())
    return wanted, set(row["undecided"]) - wanted


def _field_tally(counts: Counter[str]) -> FieldTally:
    return FieldTally(**{name: count for name, count in counts.items() if name})


def _difference(ip: str, true: Row, more: set[str], less: set[str], cut_short: str) -> str:
    words = [f"thừa {', '.join(sorted(more))}"] * bool(more) + [f"thiếu {', '.join(sorted(less))}"] * bool(less)
    words += [f"dở dang: {cut_short}"] * bool(cut_short)
    return f"{ip} {true['lab_kind']} ({true['posture']['manner']}): {'; '.join(words)}"


def _plain(value: Any) -> str:
    return str(value or "").casefold()
