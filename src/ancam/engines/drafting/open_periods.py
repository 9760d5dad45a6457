"""Periods that agencies have not finished: the value that several papers list, and the table they list it in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from ancam.engines.drafting.frame import require, require_bound
from ancam.engines.drafting.tables import Column, Entry, GroupHeading, task_table

_ORDINAL = Column("STT", 12, "center")
_PERIOD = Column("Kỳ", 32)
_DUE_ON = Column("Ngày cuối của thời hạn", 28, "center")
_DAYS_LATE = Column("Số ngày quá hạn", 20, "center")
_STATE = Column("Tình trạng (khai báo)", 30, "center")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """One period of a duty that one agency has not finished.

    duty: in the letter's words, with its place there ("Điểm 1.b: Gửi hồ sơ đề xuất cấp độ").
    period: in words ("tháng 10/2026"); empty for a duty that is due once.
    due_on: the last day that complies, None when no day is known; state: in one word, as declared.
    """

    agency: str
    duty: str
    period: str = ""
    due_on: date | None = None
    state: str = ""

    def is_late(self, on: date) -> bool:
        """Tell whether the last day had passed on a day."""
        return self.due_on is not None and self.due_on < on

    def days_late(self, on: date) -> int:
        """Return how many days the last day lies back as seen from a day; nought when it has not passed."""
        return max(0, (on - self.due_on).days) if self.due_on else 0


def check_open_periods(rows: Sequence[OpenPeriod], field: str) -> None:
    """Refuse too many rows, and one that names no agency or no duty. Raises `TooManyRows`, `FieldEmpty`."""
    require_bound(len(rows))
    for place, row in enumerate(rows, start=1):
        require(row.agency, f"{field}[{place - 1}].agency", f"tên cơ quan ở dòng {place}")
        require(row.duty, f"{field}[{place - 1}].duty", f"nội dung nhiệm vụ ở dòng {place}")


def agencies_of(rows: Iterable[OpenPeriod]) -> list[str]:
    """Return the agencies of the rows, each once, in the order given."""
    return list(dict.fromkeys(row.agency for row in rows))


def open_period_table(rows: Sequence[OpenPeriod], on: date, width_mm: float) -> Element:
    """Return the table of the periods, as wide as said, with how late each was on a day.

    Rows stand under headings by agency or by duty, whichever makes fewer: one agency reads its duties, hundreds that
    are late with the same duty stand under its words once. Columns that would be empty are left out.
    """
    by_duty = len({row.duty for row in rows}) < len(agencies_of(rows))
    details = _details(rows, on)
    rest = width_mm - _ORDINAL.width_mm - sum(column.width_mm for column, _words in details)
    columns = [_ORDINAL, Column("Cơ quan, đơn vị" if by_duty else "Nhiệm vụ", rest)]
    grouped: dict[str, list[OpenPeriod]] = {}
    for row in rows:
        grouped.setdefault(row.duty if by_duty else row.agency, []).append(row)
    entries: list[Entry | GroupHeading] = []
    ordinal = 0
    for heading, group in grouped.items():
        entries.append(GroupHeading(heading))
        for row in group:
            ordinal += 1
            said = [words(row) for _column, words in details]
            entries.append(Entry((str(ordinal), row.agency if by_duty else row.duty, *said)))
    return task_table([*columns, *(column for column, _words in details)], entries)


def _details(rows: Sequence[OpenPeriod], on: date) -> list[tuple[Column, Callable[[OpenPeriod], str]]]:
    """Return the columns after the name that have something to say, each with how a row says it."""
    offered: list[tuple[Column, Callable[[OpenPeriod], str]]] = [
        (_PERIOD, lambda row: row.period),
        (_DUE_ON, lambda row: f"{row.due_on:%d/%m/%Y}" if row.due_on else ""),
        (_DAYS_LATE, lambda row: str(row.days_late(on)) if row.is_late(on) else ""),
        (_STATE, lambda row: row.state),
    ]
    return [(column, words) for column, words in offered if any(words(row) for row in rows)]
