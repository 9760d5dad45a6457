"""What a check tells."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a thing stands: as it should, worth knowing, or wrong."""

    GOOD = "good"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands, in words, and the line to add or run when it could be better."""

    name: str
    verdict: Verdict
    told: str
    line: str = ""


def good(name: str, told: str) -> Finding:
    return Finding(name, Verdict.GOOD, told)


def note(name: str, told: str, line: str = "") -> Finding:
    return Finding(name, Verdict.NOTE, told, line)


def fault(name: str, told: str, line: str = "") -> Finding:
    return Finding(name, Verdict.FAULT, told, line)
