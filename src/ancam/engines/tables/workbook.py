"""A workbook (.xlsx) → the cells of its sheets."""

from collections.abc import Sequence

from ancam.engines.tables.book import read_book
from ancam.engines.tables.cells import Meter
from ancam.engines.tables.errors import FormulaFound, MergedCells
from ancam.engines.tables.headers import choose_sheet
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column, Sheet
from ancam.engines.tables.package import Package
from ancam.engines.tables.sheet import SheetWatch
from ancam.engines.tables.xml_parts import watch_part


def read_workbook(data: bytes, name: str, columns: Sequence[Column], limits: Limits) -> Sheet:
    """Return the cells of the one visible sheet that can be the table.

    Bounds, formulas and merged cells are seen in the pass that gives the cells, so there is no second reader that could
    see another workbook in the same bytes. Raises `MergedCells`, `FormulaFound`, `SeveralSheets` and the rest of
    `TableRefused`.
    """
    package, meter = Package(data, name, limits), Meter(name, limits)
    book = read_book(package, name, limits)
    sheets: list[Sheet] = []
    seen: list[SheetWatch] = []
    for title, part in book.sheets:
        watch = SheetWatch(book, name, limits)
        watch_part(package.chunks(part), watch)
        sheets.append(Sheet(title, [meter.row(number, cells) for number, cells in enumerate(watch.rows, start=1)]))
        seen.append(watch)
    sheet = choose_sheet(sheets, columns, name)
    found = next(watch for one, watch in zip(sheets, seen, strict=True) if one is sheet)
    if found.merged:
        raise MergedCells(name=name, sheet=sheet.name, cells=found.merged)
    if found.formula:
        raise FormulaFound(name=name, sheet=sheet.name, cell=found.formula)
    return sheet
