"""A workbook (.xlsx) → the cells of its sheets."""

import io
import posixpath
from collections.abc import Sequence
from itertools import chain

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ancam.engines.tables.cells import Meter
from ancam.engines.tables.errors import DamagedTable, FormulaFound, MergedCells, UnsafeTable
from ancam.engines.tables.headers import choose_sheet
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column, Sheet
from ancam.engines.tables.package import Package
from ancam.engines.tables.scan import PartFacts, scan_part

_STRINGS = "xl/sharedstrings.xml"
_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def read_workbook(data: bytes, name: str, columns: Sequence[Column], limits: Limits) -> Sheet:
    """Return the cells of the one visible sheet that can be the table.

    Every part is measured and scanned before the workbook is loaded: a sheet is loaded as a full rectangle, so a
    single stray cell could ask for all memory. Raises `MergedCells`, `FormulaFound`, `SeveralSheets` and the rest of
    `TableRefused`.
    """
    facts = _scanned(Package(data, name, limits), name, limits)
    sheet = choose_sheet(_loaded(data, name, limits), columns, name)
    found = _facts_of(sheet.name, facts)
    if found.merged:
        raise MergedCells(name=name, sheet=sheet.name, cells=found.merged)
    if found.formula:
        raise FormulaFound(name=name, sheet=sheet.name, cell=found.formula)
    return sheet


def _scanned(package: Package, name: str, limits: Limits) -> dict[str, PartFacts]:
    """Return what each part of XML holds; the shared strings first, since cells only point at them."""
    facts: dict[str, PartFacts] = {}
    lengths: list[int] = []
    for part in sorted(package.parts, key=lambda one: one.lower() != _STRINGS):
        chunks = package.chunks(part)
        first = next(chunks, b"")
        if b"<" not in first[:8]:
            for _chunk in chunks:  # measured, not kept
                pass
            continue
        facts[part] = scan_part(chain([first], chunks), lengths, name, limits)
        if part.lower() == _STRINGS:
            lengths = facts[part].lengths
    return facts


def _loaded(data: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Return the visible sheets of cells."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            if len(shown) > limits.max_sheets:
                raise UnsafeTable(name=name)
            return [_cells(book, sheet, name, limits) for sheet in shown]
    except CalamineError as exc:
        raise DamagedTable(name=name) from exc


def _cells(book: CalamineWorkbook, sheet: str, name: str, limits: Limits) -> Sheet:
    meter = Meter(name, limits)
    loaded = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return Sheet(sheet, [meter.row(number, cells) for number, cells in enumerate(loaded, start=1)])


def _facts_of(sheet: str, facts: dict[str, PartFacts]) -> PartFacts:
    """Return what the part of this sheet holds; of all parts together when the workbook does not say which it is."""
    relation = next((link for name, link, _shown in facts[_BOOK].sheets if name == sheet), "")
    target = facts.get(_RELATIONS, PartFacts()).targets.get(relation, "")
    part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    if part in facts:
        return facts[part]
    merged = next((one.merged for one in facts.values() if one.merged), "")
    return PartFacts(merged=merged, formula=next((one.formula for one in facts.values() if one.formula), ""))
