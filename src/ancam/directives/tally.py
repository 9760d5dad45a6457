"""How many periods stand under each sign, together in one cell, row or day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ancam.directives.models import Sign


@dataclass(slots=True)
class Tally:
    """Counts of periods by sign.

    late: of those sent or accepted, how many after their last day. one: the id of the period when it is the only one.
    declared: the least percentage that an agency declared for any of them; None when none of them applies.
    """

    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0
    one: int | None = None
    declared: int | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        """Count a row of a query: `sign`, `n`, `late`, `one` and `declared`."""
        self.one = row["one"] if not self.counts and row["n"] == 1 else None
        self.counts[str(row["sign"])] = self.counts.get(str(row["sign"]), 0) + row["n"]
        self.late += row["late"]
        self.declared = _least(self.declared, row["declared"])

    def merge(self, other: "Tally") -> None:
        """Count what another counted too."""
        self.one = other.one if not self.counts else None
        for sign, n in other.counts.items():
            self.counts[sign] = self.counts.get(sign, 0) + n
        self.late += other.late
        self.declared = _least(self.declared, other.declared)

    @property
    def total(self) -> int:
        """Return how many periods there are."""
        return sum(self.counts.values())

    @property
    def sign(self) -> Sign:
        """Return the sign that presses most among those counted; there is at least one."""
        return next(sign for sign in Sign if self.counts.get(sign))

    @property
    def done(self) -> int:
        """Return how many were accepted, or do not apply."""
        return self.of(Sign.ACCEPTED) + self.of(Sign.NOT_APPLICABLE)

    def of(self, sign: Sign) -> int:
        """Return how many stand under a sign."""
        return self.counts.get(sign, 0)


def _least(first: int | None, second: int | None) -> int | None:
    return min((one for one in (first, second) if one is not None), default=None)
