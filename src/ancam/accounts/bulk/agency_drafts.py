"""A row of a list of agencies on the way from cells to what it means."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ancam.accounts.bulk.cells import Cells
from ancam.accounts.bulk.errors import RowRefused
from ancam.accounts.bulk.outcomes import Change
from ancam.engines.tables.model import Row

LIMITS = {"name": 200, "place": 120, "symbol": 30, "code": 35, "parent": 800, "kind": 200, "tier": 60}
DAYS = ("begins_on", "ends_on")


@dataclass(slots=True)
class Draft:
    """A row while it is being understood.

    `node` is the agency it speaks of: an id of the tree, or the row's number below zero for a new one. `parent` is
    the node above it, None where the row leaves that as it is. `days` are those of the row, `values` the columns that
    it sets.
    """

    row: Row
    cells: Cells
    name: str = ""
    code: str = ""
    reference: str = ""
    days: tuple[date | None, date | None] = (None, None)
    node: int = 0
    parent: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def refusals(self) -> list[RowRefused]:
        """Return why the row is refused: for its cells, and for what they mean."""
        return self.cells.refusals

    @property
    def is_new(self) -> bool:
        """Tell whether the row makes an agency."""
        return self.node < 0
