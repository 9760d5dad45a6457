"""The cells of a row, read as what their columns mean."""

import re
from collections.abc import Mapping
from datetime import date

from ancam.accounts.bulk.columns import EXAMPLE, heading_of
from ancam.accounts.bulk.errors import CellMissing, CellTooLong, NotADay, RowRefused
from ancam.engines.tables.model import Row
from ancam.kit.folding import fold, squeeze

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


def is_example(row: Row) -> bool:
    """Tell whether a row only shows how to fill in."""
    return fold(row.cells.get("serial", "")) == fold(EXAMPLE)


class Cells:
    """The cells of one row, and why they are refused as they are read."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.refusals: list[RowRefused] = []

    def raw(self, name: str) -> str:
        """Return a cell as it stands, with its line breaks; empty when the file has no such column."""
        return self._cells.get(name, "").strip()

    def line(self, name: str, limit: int) -> str:
        """Return a cell as one line; a longer one than `limit` is refused."""
        text = squeeze(self._cells.get(name, ""))
        if len(text) > limit:
            self.refusals.append(CellTooLong(heading=heading_of(name), limit=limit))
        return text[:limit]

    def day(self, name: str) -> date | None:
        """Return a cell as a day, None when it is empty or refused."""
        text = squeeze(self._cells.get(name, ""))
        day = parse_day(text)
        if text and day is None:
            self.refusals.append(NotADay(heading=heading_of(name), text=text[:40]))
        return day

    def require(self, **values: object) -> None:
        """Refuse the row for each of these columns that is empty."""
        self.refusals += [CellMissing(heading=heading_of(name)) for name, value in values.items() if not value]


def parse_day(text: str) -> date | None:
    """Return the day written day first, or year first with hyphens; None for what is no day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year, *iso = (int(part or 0) for part in found.groups())
    try:
        return date(*iso) if iso[0] else date(year, month, day)
    except ValueError:
        return None


def day_text(day: date | None) -> str:
    """Return a day as it stands in a cell."""
    return f"{day:%d/%m/%Y}" if day else ""
