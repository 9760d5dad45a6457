"""Long sheets come back as they were written, and nothing in them is computed."""

import tracemalloc
import zipfile
from datetime import date

from python_calamine import CalamineWorkbook

from ancam.engines.tables.sheets import LongSheet, write_sheets


def read(sheets: list[LongSheet]) -> dict[str, list[list[object]]]:
    with write_sheets(sheets) as file:
        book = CalamineWorkbook.from_filelike(file)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_texts_numbers_and_days_come_back_as_such():
    rows = [["Cơ quan", "Số", "Hạn"], ["Xã An Bình", 3, date(2026, 11, 30)], ["", 0, None]]

    assert read([LongSheet("Bảng", rows)]) == {
        "Bảng": [["Cơ quan", "Số", "Hạn"], ["Xã An Bình", 3.0, date(2026, 11, 30)], ["", 0.0, ""]]
    }


def test_several_sheets_stand_one_after_another():
    found = read([LongSheet("Một", [["a"]]), LongSheet("Hai", [["b"]], headings=2, fixed=1, landscape_a3=True)])

    assert list(found) == ["Một", "Hai"]


def test_what_looks_like_a_formula_is_a_text():
    texts = ["=1+1", "+84", "-5", "@SUM(A1)", " =1+1", "＝1", "http://x.example"]
    sheet = LongSheet("Bảng", [["Tên"], *([text] for text in texts)])

    with write_sheets([sheet]) as file:
        parts = zipfile.ZipFile(file)
        body = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()

    assert "<f>" not in body and "hyperlink" not in body
    assert 'quotePrefix="1"' in styles
    assert [row[0] for row in read([sheet])["Bảng"][1:]] == texts


def test_memory_does_not_grow_with_the_rows():
    assert peak_of(20_000) < 1.5 * peak_of(4_000)


def peak_of(rows: int) -> int:
    tracemalloc.start()
    write_sheets([LongSheet("Bảng", ([f"Cơ quan {n}", n] for n in range(rows)))]).close()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
