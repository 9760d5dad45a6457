"""Workbooks that are written come back as they went, and nothing in them is computed."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from ancam.engines.tables.model import Column
from ancam.engines.tables.read import read_table
from ancam.engines.tables.write import Page, write_workbook

COLUMNS = [Column("name", "Tên", required=True), Column("code", "Mã"), Column("kind", "Loại", required=True)]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-x", "@SUM(A1)", "＝A1", "  =A1", "{=1}", "0012", "01/07/2025", "http://x.vn"]
)
def test_every_cell_is_text_and_comes_back_as_it_went(text):
    data = write_workbook(Page("Danh sách", COLUMNS, [{"name": text, "kind": "Xã", "code": ""}]))

    assert read_table(data, "a.xlsx", COLUMNS).rows[0].cells["name"] == text.strip()
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")


def test_what_looks_like_a_formula_stays_text_when_it_is_edited():
    assert 'quotePrefix="1"' in part(write_workbook(Page("Danh sách", COLUMNS, [{"name": "=1+1"}])), "xl/styles.xml")


def test_notes_choices_and_help_do_not_disturb_the_reading():
    page = Page(
        "Danh sách",
        COLUMNS,
        [{"name": "a", "kind": "Xã"}],
        {"kind": ["Xã", "Sở"], "code": ["1"]},
        {"name": "Tên đầy đủ"},
    )

    data = write_workbook(page, notes=[("Tên", "=ghi đầy đủ"), ("Mã", "không bắt buộc")])

    assert [row.number for row in read_table(data, "a.xlsx", COLUMNS).rows] == [2]
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert "'Danh mục'!$A$2:$A$2" in sheet
    assert "'Danh mục'!$B$2:$B$3" in sheet
    assert 'state="hidden"' in part(data, "xl/workbook.xml")


def test_numbers_and_days_are_written_as_such():
    columns = [Column("what", "Tên"), Column("value", "Giá trị")]
    rows = [
        {"what": "a", "value": Decimal(1250)},
        {"what": "b", "value": Decimal("0.5")},
        {"what": "c", "value": date(2026, 11, 20)},
    ]

    book = CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(Page("Số liệu", columns, rows))))

    assert [row[1] for row in book.get_sheet_by_index(0).to_python()[1:]] == [1250.0, 0.5, date(2026, 11, 20)]
