import zipfile
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from ancam.engines.drafting.errors import FiguresDisagree
from ancam.engines.drafting.progress_workbook import TEMPLATE, write_progress_workbook
from ancam.engines.drafting.sheets import LONGEST_TEXT
from ancam.engines.drafting.tests.makers import DIRECTIVE, make_report, make_row

SHEETS = ["Tóm tắt", "Từng nhiệm vụ", "Từng cơ quan"]


def rows_of(content: bytes, sheet: str) -> list[list]:
    """Return the rows of the table: from the headings on."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    empty = next(at for at, row in enumerate(rows) if not any(row))
    return rows[empty + 1 :]


def notes_of(content: bytes, sheet: str) -> list[str]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [row[0] for row in rows[: next(at for at, row in enumerate(rows) if not any(row))]]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


ROWS = (
    make_row(ordinal="1", leads="Xã A", state="Hoàn thành", done=True, late=True, percentage=100),
    make_row(ordinal="2", leads="Xã A", state="Chưa thực hiện", late=True, due_on=date(2026, 10, 5)),
    make_row(ordinal="3", leads="Sở B", agency="Xã C", state="Đang thực hiện", percentage=45, group="Nhóm I"),
    make_row(ordinal="4", task="Chung", group="Chung", leads="Xã A"),
)


def content_of(*rows, **values) -> bytes:
    return write_progress_workbook(make_report(rows=rows, **values))


def test_there_are_three_sheets_with_titles():
    content = content_of(*ROWS)

    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == SHEETS
    assert notes_of(content, "Tóm tắt")[:3] == [
        f"Báo cáo Kết quả thực hiện {DIRECTIVE} (Tháng 10 năm 2026)",
        "Cơ quan báo cáo: UBND xã An Bình",
        "Báo cáo số 05/BC-UBND ngày 20 tháng 11 năm 2026",
    ]
    assert notes_of(content, "Từng cơ quan") == [
        "Tình trạng thực hiện nhiệm vụ tháng 10 năm 2026, theo cơ quan, đơn vị"
    ]


def test_the_figures_are_numbers_with_their_shares_and_sum():
    rows = rows_of(content_of(*ROWS), "Tóm tắt")

    assert rows[0] == ["Trạng thái (khai báo)", "Số lượng", "Tỷ lệ"]
    assert rows[3] == ["Đang thực hiện", 4.0, 1.0]
    assert rows[-1] == ["Tổng số", 4.0, 1.0]
    assert len(rows) == 10


def test_every_task_is_a_row_with_dates_and_shares_as_such():
    rows = rows_of(content_of(*ROWS), "Từng nhiệm vụ")
    headings = rows[0]
    first, second, third, fourth = (dict(zip(headings, row, strict=True)) for row in rows[1:])

    assert (first["Tỷ lệ"], first["Muộn, quá hạn"]) == (1.0, "Muộn")
    assert (second["Ngày cuối"], second["Muộn, quá hạn"]) == (date(2026, 10, 5), "Quá hạn")
    assert (third["Tỷ lệ"], third["Nhóm"], third["Muộn, quá hạn"]) == (0.45, "Nhóm I", "")
    assert (fourth["Tên nhiệm vụ"], fourth["Nhóm"], fourth["Tỷ lệ"]) == ("Chung", "", "")


def test_without_headings_there_is_no_column_for_them():
    assert "Nhóm" not in rows_of(content_of(ROWS[0]), "Từng nhiệm vụ")[0]


def test_each_agency_is_counted_by_what_it_declares():
    assert rows_of(content_of(*ROWS), "Từng cơ quan") == [
        [
            "Cơ quan, đơn vị",
            "Số lượng",
            "Hoàn thành",
            "Chưa thực hiện",
            "Đang thực hiện",
            "Chưa ghi tình trạng",
            "Trong đó: muộn",
            "Trong đó: quá hạn",
        ],
        ["Xã A", 3.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0],
        ["Xã C", 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        ["Tổng số", 4.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    ]


def test_a_task_that_nobody_leads_is_counted_all_the_same():
    assert rows_of(content_of(make_row()), "Từng cơ quan")[1][:2] == ["Chưa ghi tên", 1.0]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@SUM(A1)", "＝A1", "{=1}", "0012", "http://x.vn"])
def test_text_stays_text_whatever_it_begins_with(text):
    content = content_of(make_row(ordinal=text, task=text, leads=text, result=text))

    assert rows_of(content, "Từng nhiệm vụ")[1][1] == text
    assert rows_of(content, "Từng cơ quan")[1][0] == text
    for number in (1, 2, 3):
        assert "<f>" not in part(content, f"xl/worksheets/sheet{number}.xml")
        assert "hyperlink" not in part(content, f"xl/worksheets/sheet{number}.xml")


def test_what_looks_like_a_formula_stays_text_when_it_is_edited():
    assert 'quotePrefix="1"' in part(content_of(make_row(result="=1+1")), "xl/styles.xml")
    assert 'quotePrefix="1"' not in part(content_of(make_row()), "xl/styles.xml")


def test_each_sheet_prints_on_a4_landscape_with_its_headings_on_every_page():
    content = content_of(*ROWS)

    for number in (1, 2, 3):
        sheet = part(content, f"xl/worksheets/sheet{number}.xml")
        assert 'paperSize="9"' in sheet
        assert 'orientation="landscape"' in sheet
        assert 'fitToHeight="0"' in sheet
        assert '<pane ySplit="' in sheet
        assert "<autoFilter ref=" in sheet
        assert "&amp;P" in sheet
    assert part(content, "xl/workbook.xml").count("_xlnm.Print_Titles") == 3


def test_dates_and_numbers_have_vietnamese_forms_and_the_font_is_times_new_roman():
    styles = part(content_of(*ROWS), "xl/styles.xml")

    assert "[$-42A]dd/mm/yyyy" in styles
    assert 'formatCode="#,##0"' in styles  # with the separators of the reader's country
    assert "Calibri" not in styles


def test_a_report_without_tasks_is_a_workbook_too():
    content = content_of()

    assert rows_of(content, "Tóm tắt")[-1] == ["Tổng số", 0.0, ""]
    assert len(rows_of(content, "Từng nhiệm vụ")) == 1
    assert rows_of(content, "Từng cơ quan")[1] == ["Tổng số", 0.0, 0.0, 0.0]


def test_a_draft_says_so_and_what_was_given_to_nobody_and_the_regime_are_told():
    notes = notes_of(content_of(number=None, unassigned=2, regime="Luật An ninh mạng năm 2025"), "Tóm tắt")

    assert notes[2:5] == [
        "DỰ THẢO",
        "Còn 2 nhiệm vụ chưa giao cho cơ quan thực hiện.",
        "Khung pháp lý áp dụng khi tổng hợp: Luật An ninh mạng năm 2025",
    ]


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    result = rows_of(content_of(make_row(result="dài " * LONGEST_TEXT)), "Từng nhiệm vụ")[1][-1]

    assert len(result) == LONGEST_TEXT
    assert result.endswith("… (đã cắt bớt, xem đầy đủ trong bản .docx)")


def test_the_same_values_give_the_same_bytes_and_the_file_says_its_template():
    assert content_of(*ROWS) == content_of(*ROWS)
    assert TEMPLATE in part(content_of(), "docProps/custom.xml")
    assert "2026-11-20" in part(content_of(), "docProps/core.xml")


def test_values_that_cannot_make_a_report_are_refused_as_for_the_document():
    with pytest.raises(FiguresDisagree):
        write_progress_workbook(make_report(unassigned=0, rows=(), figures=make_report(rows=ROWS).figures))
