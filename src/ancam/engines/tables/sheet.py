"""The cells of one sheet, each within the bounds before it is kept."""

import re
from datetime import date, datetime, time, timedelta
from xml.sax.xmlreader import AttributesImpl

from ancam.engines.tables.book import Book, without_escapes
from ancam.engines.tables.errors import TooManyColumns, TooManyRows
from ancam.engines.tables.headers import HEADER_WITHIN, column_letters
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.xml_parts import Watch

_AT = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_PLACE = re.compile(r"[0-9]{1,9}")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+([eE][+-]?[0-9]{1,3})?")
Value = str | float | bool | date | time


class SheetWatch(Watch):
    """Gathers the rows of a sheet, its first formula and its first merged cells.

    What stands beyond the bounds is refused at its first cell, whatever the sheet declares of its size: a sheet of a
    million rows costs no more than the rows that are taken, and a cell at the far corner nothing.
    """

    def __init__(self, book: Book, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.rows: list[list[Value]] = []
        self.formula = self.merged = ""
        self._book = book
        self._row = self._column = 0
        self._is_in_cell = False
        self._type, self._style = "n", 0
        self._parts: list[str] | None = None
        self._is_aloud = False
        self.begins = {
            "row": self._at_row,
            "c": self._at_cell,
            "v": self._at_value,
            "is": self._at_value,
            "t": self.gather,
            "rPh": self._aloud,
            "f": self._at_formula,
            "mergeCell": self._at_merged,
        }
        self.ends = {"v": self._part, "t": self._part, "rPh": self._not_aloud, "c": self._cell}

    def _at_row(self, attrs: AttributesImpl) -> None:
        at = attrs.get("r")
        self._row = int(_matched(_ROW, at)[0]) if at else self._row + 1
        self._column = 0

    def _at_cell(self, attrs: AttributesImpl) -> None:
        at = attrs.get("r")
        if at:
            found = _matched(_AT, at)
            self._column, self._row = _column_number(found[1]), int(found[2])
        else:
            self._column += 1
        self._type, self._style = attrs.get("t", "n"), int(attrs.get("s", "0"))
        self._is_in_cell, self._parts = True, None

    def _at_value(self, attrs: AttributesImpl) -> None:
        """Begin what a cell holds. One that holds nothing may stand anywhere: it is only painted."""
        if self._is_in_cell:
            self._require_within()
            self._parts = []
            self.gather()

    def _at_formula(self, attrs: AttributesImpl) -> None:
        """Keep where the first formula is; one that belongs to no cell is a choice to pick from, or a picture's."""
        if self._is_in_cell:
            self._require_within()
            self.formula = self.formula or f"{column_letters(self._column)}{self._row}"

    def _at_merged(self, attrs: AttributesImpl) -> None:
        self.merged = self.merged or attrs.get("ref", "?")

    def _aloud(self, attrs: AttributesImpl) -> None:
        self._is_aloud = True

    def _not_aloud(self) -> None:
        self._is_aloud = False

    def _part(self) -> None:
        text = self.gathered()
        if self._parts is not None and not self._is_aloud:
            self._parts.append(text)

    def _cell(self) -> None:
        if self._parts is not None:
            self._keep(self._value("".join(self._parts)))
        self._is_in_cell, self._parts = False, None

    def _keep(self, value: Value) -> None:
        self.rows.extend([] for _row in range(self._row - len(self.rows)))
        row = self.rows[self._row - 1]
        row.extend("" for _cell in range(self._column - len(row)))
        row[self._column - 1] = value

    def _value(self, text: str) -> Value:
        """Return what a cell holds as its type and style say; a number that is none is a text."""
        if self._type == "s":
            return self._book.strings[int(_matched(_PLACE, text.strip())[0])]
        if self._type == "b":
            return text.strip() == "1"
        if self._type == "d":
            return datetime.fromisoformat(text.strip())
        if self._type != "n" or not _NUMBER.fullmatch(text.strip()):
            return without_escapes(text)
        number = float(text)
        return self._day(number) if self._shows_day() else number

    def _shows_day(self) -> bool:
        return self._style < len(self._book.shows_day) and self._book.shows_day[self._style]

    def _day(self, number: float) -> date | time:
        """Return the day that a number counts to; below one it is a time of the day."""
        moment = datetime.combine(self._book.day_0, time()) + timedelta(days=number)
        return moment.date() if number >= 1 else moment.time()

    def _require_within(self) -> None:
        if self._row > self.limits.max_rows + HEADER_WITHIN:
            raise TooManyRows(name=self.name, limit=self.limits.max_rows)
        if self._column > self.limits.max_columns:
            raise TooManyColumns(name=self.name, limit=self.limits.max_columns)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
