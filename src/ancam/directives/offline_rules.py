"""What a row of a workbook that came back says, and what would become of it; over plain values."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ancam.directives.errors import OfflineCellRefused
from ancam.kit.folding import fold, squeeze
from ancam.kit.whole_numbers import whole_number

IN_PROGRESS, DONE, NOT_APPLICABLE = "Đang thực hiện", "Đã hoàn thành", "Không áp dụng"
STATES = (IN_PROGRESS, DONE, NOT_APPLICABLE)
_PERCENTAGE = re.compile(r"(\d{1,4})\s*%?")


class Verdict(StrEnum):
    """What becomes of a row when the workbook is applied."""

    NEW = "new"
    SAME = "same"
    EMPTY = "empty"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it stands in the workbook: its number there, the words printed and the words answered.

    code: `PERIOD.SEAL`. figures: the texts answered, by code of the figure's row, with the words printed there.
    """

    number: int
    code: str
    printed: tuple[str, ...]
    percentage: str = ""
    state: str = ""
    text: str = ""
    done_on: str = ""
    ground: str = ""
    figures: tuple[tuple[str, tuple[str, ...], str], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was filled in."""
        answered = (self.percentage, self.state, self.text, self.done_on, self.ground)
        return not any(answered) and not any(value for _code, _printed, value in self.figures)

    @property
    def period_key(self) -> int | None:
        """Return the period that the row's code names, None when it names none."""
        return whole_number(self.code.partition(".")[0])


def kept_row(row: ReadRow) -> dict[str, Any]:
    """Return a row as it is kept."""
    return asdict(row)


def row_of(kept: Mapping[str, Any]) -> ReadRow:
    """Return a row as `kept_row` wrote it."""
    figures = tuple((code, tuple(printed), value) for code, printed, value in kept["figures"])
    return ReadRow(**{**kept, "printed": tuple(kept["printed"]), "figures": figures})


@dataclass(frozen=True, slots=True)
class Declared:
    """What a row declares."""

    percentage: int
    not_applicable: bool
    text: str
    done_on: date | None
    ground: str


def declared_in(row: ReadRow) -> Declared:
    """Return what a row declares. Raises `OfflineCellRefused` for what cannot be read or contradicts itself."""
    state = _state(row.state)
    if state == NOT_APPLICABLE:
        return Declared(0, True, row.text, None, "")
    if not row.percentage and state != DONE:
        raise OfflineCellRefused(cell="Tỷ lệ hoàn thành", text="(trống)")
    percentage = _percentage(row.percentage) if row.percentage else 100
    if state and (percentage == 100) != (state == DONE):
        raise OfflineCellRefused(cell="Tình hình", text=f"{state}, {percentage}%")
    return Declared(percentage, False, row.text, _day(row.done_on), squeeze(row.ground))


def _state(text: str) -> str:
    if not text:
        return ""
    found = next((state for state in STATES if fold(state) == fold(text)), None)
    if found is None:
        raise OfflineCellRefused(cell="Tình hình", text=text[:60])
    return found


def _percentage(text: str) -> int:
    found = _PERCENTAGE.fullmatch(text)
    if found is None or int(found[1]) > 100:
        raise OfflineCellRefused(cell="Tỷ lệ hoàn thành", text=text[:60])
    return int(found[1])


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day as it is written has no zone
    except ValueError as exc:
        raise OfflineCellRefused(cell="Hoàn thành từ ngày", text=text[:60]) from exc
