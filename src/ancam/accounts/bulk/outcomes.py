"""What would become of each row, in a form that can be kept, shown and compared."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ancam.accounts.bulk.errors import KINDS, RowRefused


class Verdict(StrEnum):
    """What a row does when the file is applied."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that would change, as texts; `before` is empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a row says: its verdict, the changes it makes, why it is refused; `label` is whom or what it is about.

    `meant` are the ids that its texts mean, so that a row that comes to mean another agency is another outcome.
    """

    number: int
    label: str
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    refusals: tuple[RowRefused, ...] = ()
    meant: tuple[Any, ...] = ()

    @property
    def writes(self) -> bool:
        """Tell whether the row sets anything."""
        return self.verdict in (Verdict.NEW, Verdict.CHANGED)

    def kept(self) -> dict[str, Any]:
        """Return the outcome as plain JSON values."""
        return {
            "number": self.number,
            "verdict": self.verdict.value,
            "changes": [[change.field, change.before, change.after] for change in self.changes],
            "refusals": [[type(refusal).__name__, refusal.values] for refusal in self.refusals],
            "meant": [list(one) if isinstance(one, tuple) else one for one in self.meant],
        }


def refusals_of(kept: Iterable[list[Any]]) -> list[RowRefused]:
    """Return the refusals that were kept with a row."""
    return [KINDS[name](**values) for name, values in kept]


def outcomes_digest(kept: Iterable[dict[str, Any]]) -> str:
    """Return the SHA-256 of rows' outcomes, the same for the same outcomes on every machine."""
    return digest_of(list(kept))


def digest_of(value: Any) -> str:
    """Return the SHA-256 of plain JSON values."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
