"""What a workbook says of itself: its visible sheets, its shared strings, which styles show a number as a day."""

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from xml.sax.xmlreader import AttributesImpl

from ancam.engines.tables.errors import DamagedTable, UnsafeTable
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.package import WORKBOOK, Package
from ancam.engines.tables.xml_parts import Watch, watch_part

_RELATIONS = "xl/_rels/workbook.xml.rels"
# Day 0 of the two calendars that a workbook may count in. The first has a 29/02/1900, so it is right from 01/03/1900.
_DAY_0, _DAY_0_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# What stands in a format without being a sign of it: quoted words, escaped and padding signs, colours and currencies.
_NO_SIGN = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_DAY_SIGN = re.compile("[dmyhs]")
# A control sign, or an underscore that is one, as a spreadsheet writes them; a zero byte stays as it was written.
_ESCAPED = re.compile(r"_x(00(?:0[1-9A-F]|1[0-9A-F]|5F))_", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its cells.

    sheets: the name of each visible sheet of cells and the part that it is. shows_day: for each style of a cell,
    whether it shows a number as a day; day_0: the day that is counted from.
    """

    sheets: list[tuple[str, str]]
    strings: list[str]
    shows_day: list[bool]
    day_0: date


def read_book(package: Package, name: str, limits: Limits) -> Book:
    """Return what the workbook says of itself.

    Raises `UnsafeTable`, and `DamagedTable` when no visible sheet of cells has a part.
    """
    front, relations = _Front(name, limits), _Relations(name, limits)
    strings, styles = _Strings(name, limits), _Styles(name, limits)
    watch_part(package.chunks(WORKBOOK), front)
    watch_part(package.chunks(_RELATIONS), relations)
    targets = relations.targets
    for kind, watch in (("sharedStrings", strings), ("styles", styles)):
        for target in targets.get(kind, {}).values():
            watch_part(package.chunks(_part_of(target)), watch)
    of_cells = targets.get("worksheet", {})
    sheets = [(title, _part_of(of_cells[link])) for title, link in front.shown if link in of_cells]
    if len(sheets) > limits.max_sheets:
        raise UnsafeTable(name=name)
    if not sheets:
        raise DamagedTable(name=name)
    day_0 = _DAY_0_OF_1904 if front.is_of_1904 else _DAY_0
    return Book(sheets, strings.found, styles.shows_day, day_0)


def without_escapes(text: str) -> str:
    """Return a text with the signs that a spreadsheet wrote as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


class _Front(Watch):
    """The sheets in their order, by name and relation, without the hidden ones; and the calendar."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.shown: list[tuple[str, str]] = []
        self.is_of_1904 = False
        self.begins = {"sheet": self._sheet, "workbookPr": self._properties}

    def _sheet(self, attrs: AttributesImpl) -> None:
        link = next((attrs[key] for key in attrs.keys() if key.rpartition(":")[2] == "id"), "")  # noqa: SIM118
        if attrs.get("state", "visible") == "visible":
            self.shown.append((attrs.get("name", ""), link))

    def _properties(self, attrs: AttributesImpl) -> None:
        self.is_of_1904 = attrs.get("date1904", "") in ("1", "true")


class _Relations(Watch):
    """The parts that the workbook points at, by what they are and by relation."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.targets: dict[str, dict[str, str]] = {}
        self.begins = {"Relationship": self._relation}

    def _relation(self, attrs: AttributesImpl) -> None:
        kind = attrs.get("Type", "").rpartition("/")[2]
        self.targets.setdefault(kind, {})[attrs.get("Id", "")] = attrs.get("Target", "")


class _Strings(Watch):
    """The shared strings; how a word is to be read aloud is no part of one."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_aloud = False
        self.begins = {"t": self.gather, "rPh": self._aloud}
        self.ends = {"t": self._part, "rPh": self._not_aloud, "si": self._string}

    def _aloud(self, attrs: AttributesImpl) -> None:
        self._is_aloud = True

    def _not_aloud(self) -> None:
        self._is_aloud = False

    def _part(self) -> None:
        text = self.gathered()
        if not self._is_aloud:
            self._parts.append(text)

    def _string(self) -> None:
        self.found.append(without_escapes("".join(self._parts)))
        self._parts = []


class _Styles(Watch):
    """For each style that a cell may have, whether it shows a number as a day."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.shows_day: list[bool] = []
        self._formats: dict[str, bool] = {}
        self._section = ""
        self.begins = {"numFmt": self._format, "xf": self._style}
        for section in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            self.begins[section] = lambda _attrs, section=section: self._enter(section)  # type: ignore[misc]

    def _enter(self, section: str) -> None:
        self._section = section

    def _format(self, attrs: AttributesImpl) -> None:
        if self._section == "numFmts":
            code = _NO_SIGN.sub("", attrs.get("formatCode", "").lower())
            self._formats[attrs.get("numFmtId", "")] = bool(_DAY_SIGN.search(code))

    def _style(self, attrs: AttributesImpl) -> None:
        if self._section == "cellXfs":
            number = attrs.get("numFmtId", "0")
            self.shows_day.append(self._formats.get(number, int(number) in _DAY_FORMATS))


def _part_of(target: str) -> str:
    """Return the part that a relation of the workbook points at."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
