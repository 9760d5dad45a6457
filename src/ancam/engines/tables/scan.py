"""What stands in a workbook's parts, seen in one pass without keeping any of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from ancam.engines.tables.errors import DamagedTable, TooManyColumns, TooManyRows, TooMuchText, UnsafeTable
from ancam.engines.tables.headers import HEADER_WITHIN, column_letters
from ancam.engines.tables.limits import Limits


@dataclass(slots=True)
class PartFacts:
    """What a part holds: the sheets it names, its first formula and merged cells, the lengths of its shared strings."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    formula: str = ""
    merged: str = ""
    lengths: list[int] = field(default_factory=list)


def scan_part(chunks: Iterable[bytes], lengths: list[int], name: str, limits: Limits) -> PartFacts:
    """Return what a part of XML holds; `lengths` are those of the workbook's shared strings.

    Stops at the first cell out of bounds, so that a sheet of a million rows costs no more than the rows that are taken.
    Raises `TooManyRows`, `TooManyColumns`, `TooMuchText`, `UnsafeTable`, `DamagedTable`.
    """
    watch = _Watch(lengths, name, limits)
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(watch)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as exc:
        raise UnsafeTable(name=name) from exc
    except (SAXException, ValueError, IndexError) as exc:
        raise DamagedTable(name=name) from exc
    return watch.facts


class _Watch(ContentHandler):
    """Follows the elements of a part: sheets of the workbook, relations, shared strings, rows and cells."""

    def __init__(self, lengths: list[int], name: str, limits: Limits) -> None:
        super().__init__()
        self.facts = PartFacts()
        self._lengths, self._name, self._limits = lengths, name, limits
        self._elements = self._characters = 0
        self._row = self._column = 0
        self._is_shared = False
        self._shared: list[str] | None = None
        self._string: int | None = None
        self._known = {
            "row": self._at_row,
            "c": self._at_cell,
            "v": self._at_value,
            "is": self._at_inline,
            "f": self._at_formula,
            "mergeCell": self._at_merged,
            "si": self._at_string,
            "sheet": self._at_sheet,
            "Relationship": self._at_relation,
        }

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._elements += 1
        if self._elements > self._limits.max_elements:
            raise UnsafeTable(name=self._name)
        known = self._known.get(name.rpartition(":")[2])
        if known:
            known(attrs)

    def endElement(self, name: str) -> None:
        if self._shared is not None and name.rpartition(":")[2] == "v":
            self._count(self._lengths[int("".join(self._shared))])
            self._shared = None
        elif self._string is not None and name.rpartition(":")[2] == "si":
            self.facts.lengths.append(self._string)
            self._string = None

    def characters(self, content: str) -> None:
        if self._shared is not None:
            self._shared.append(content)
        elif self._string is not None:
            self._string += len(content)

    def _at_row(self, attrs: AttributesImpl) -> None:
        self._row = int(attrs.get("r") or self._row + 1)
        self._column = 0

    def _at_cell(self, attrs: AttributesImpl) -> None:
        at = attrs.get("r")
        letters = "".join(filter(str.isalpha, at)) if at else ""
        self._column = _column_number(letters) if letters else self._column + 1
        if at:
            self._row = int(at[len(letters) :])
        self._is_shared = attrs.get("t") == "s"

    def _at_value(self, attrs: AttributesImpl) -> None:
        self._require_within()
        if self._is_shared:
            self._shared = []

    def _at_inline(self, attrs: AttributesImpl) -> None:
        self._require_within()

    def _at_formula(self, attrs: AttributesImpl) -> None:
        self._require_within()
        self.facts.formula = self.facts.formula or f"{column_letters(self._column)}{self._row}"

    def _at_merged(self, attrs: AttributesImpl) -> None:
        self.facts.merged = self.facts.merged or attrs.get("ref", "?")

    def _at_string(self, attrs: AttributesImpl) -> None:
        self._string = 0

    def _at_sheet(self, attrs: AttributesImpl) -> None:
        relation = next((attrs[key] for key in attrs.keys() if key.rpartition(":")[2] == "id"), "")  # noqa: SIM118
        shown = attrs.get("state", "visible") == "visible"
        self.facts.sheets.append((attrs.get("name", ""), relation, shown))

    def _at_relation(self, attrs: AttributesImpl) -> None:
        self.facts.targets[attrs.get("Id", "")] = attrs.get("Target", "")

    def _require_within(self) -> None:
        if self._row > self._limits.max_rows + HEADER_WITHIN:
            raise TooManyRows(name=self._name, limit=self._limits.max_rows)
        if self._column > self._limits.max_columns:
            raise TooManyColumns(name=self._name, limit=self._limits.max_columns)

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > self._limits.max_characters:
            raise TooMuchText(name=self._name, limit=self._limits.max_characters)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
