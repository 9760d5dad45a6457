import zipfile
from datetime import date
from io import BytesIO

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ancam.engines.drafting.layout import Letterhead, appendix_heading, head, landscape_width_mm
from ancam.engines.drafting.progress_report import write_progress_report
from ancam.engines.drafting.progress_wording import COLUMNS
from ancam.engines.drafting.tables import Column, Entry, task_table
from ancam.engines.drafting.tests.makers import (
    lines,
    make_report,
    make_row,
    paragraph_of,
    plain,
    task_table_of,
    written,
)
from ancam.reference import reference


def xml_of(report, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(write_progress_report(report))) as archive:
        return archive.read(part).decode()


def head_lines(**values) -> list[str]:
    return lines(written(make_report(**values)))


def test_every_number_in_use_is_within_the_limits_of_its_text_and_has_a_source():
    layout = reference("official-layout")
    items = layout["items"]

    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item.get("min", item.get("use")) == item.get("use") or item["min"] <= item["use"], item
        assert item.get("max", item.get("use")) == item.get("use") or item["use"] <= item["max"], item
        assert item["source"].split(":")[0] in layout["sources"]
        assert item["confidence"] == ("high" if item["source"].startswith("annex") else "medium")


def test_the_page_is_a4_with_the_margins_of_the_annex():
    section = written(make_report()).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]


def test_pages_are_numbered_in_the_header_from_the_second_and_anew_in_the_appendix():
    sections = written(make_report(rows=(make_row(),))).sections

    assert [section.different_first_page_header_footer for section in sections] == [True, True]
    assert [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in sections] == ["1", "1"]
    assert "PAGE" in sections[0].header._element.xml
    assert sections[0].header.paragraphs[0].alignment == 1


def test_the_appendix_lies_on_a_landscape_page_that_its_table_fills():
    appendix = written(make_report(rows=(make_row(),))).sections[1]

    assert appendix.orientation == WD_ORIENT.LANDSCAPE
    assert round(appendix.page_width.mm) == 297
    assert sum(column.width_mm for column in COLUMNS) == landscape_width_mm() == 257


def test_all_four_font_slots_are_times_new_roman_and_the_language_is_vietnamese():
    styles = xml_of(make_report(), "word/styles.xml")

    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert styles.count(f'w:{slot}="Times New Roman"') == 2
    assert "Theme" not in styles
    assert 'w:lang w:val="vi-VN"' in styles
    assert "w:u " not in xml_of(make_report())


def test_the_head_has_the_issuer_left_and_the_country_right():
    table = written(make_report(parent_agency="UBND tỉnh Đông Sơn", agency="Công an tỉnh")).tables[0]
    left, right = table.rows[0].cells

    assert plain(left.text).split("\n")[:2] == ["UBND TỈNH ĐÔNG SƠN", "CÔNG AN TỈNH"]
    assert [paragraph.runs[0].bold for paragraph in left.paragraphs[:2]] == [None, True]
    assert right.text.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert round(left.width.mm) == 66
    assert left.width + right.width <= Mm(165.1)


def test_the_lines_under_names_are_borders_of_paragraphs_without_text():
    left, right = written(make_report()).tables[0].rows[0].cells

    for cell in (left, right):
        assert cell.paragraphs[-1].text == ""
        assert cell.paragraphs[-1]._p.find(".//" + qn("w:pBdr")) is not None


def test_number_and_date_are_written_with_leading_zeros():
    said = head_lines(number="5", issued_on=date(2026, 2, 5))

    assert "Số: 05/BC-UBND" in said
    assert "An Bình, ngày 05 tháng 02 năm 2026" in said
    assert "DỰ THẢO" not in said


def test_without_number_the_paper_is_a_draft_with_blanks():
    said = head_lines(number=None, issued_on=None, rows=(make_row(),))

    assert said[0] == "DỰ THẢO"
    assert "Số:        /BC-UBND" in said
    assert "An Bình, ngày     tháng     năm     " in said
    assert "(Kèm theo Báo cáo số         /BC-UBND ngày     tháng     năm      của UBND xã An Bình)" in said


@pytest.mark.parametrize("missing", [{"number": None}, {"issued_on": None}])
def test_a_number_without_a_date_or_a_date_without_a_number_is_still_a_draft(missing):
    assert head_lines(**missing)[0] == "DỰ THẢO"


def test_the_head_may_name_the_agency_in_full():
    assert "ỦY BAN NHÂN DÂN XÃ AN BÌNH" in head_lines(agency_in_head="Ủy ban nhân dân xã An Bình")


def test_an_official_letter_has_its_subject_under_the_number():
    letterhead = Letterhead(agency="UBND xã An Bình", place="An Bình", symbol="UBND-VX", subject_line="báo cáo camera")

    words = ["".join(table.itertext()) for table in head(letterhead)]

    assert any("V/v báo cáo camera" in text for text in words)


def test_one_addressee_stands_on_the_line_of_the_words():
    assert "Kính gửi: UBND tỉnh Đông Sơn" in head_lines(addressees=("UBND tỉnh Đông Sơn.",))


def test_several_addressees_stand_each_on_a_line():
    said = head_lines(addressees=("UBND tỉnh Đông Sơn", "Công an tỉnh"))
    first = said.index("Kính gửi:")

    assert said[first : first + 3] == ["Kính gửi:", "- UBND tỉnh Đông Sơn;", "- Công an tỉnh."]


def test_a_report_to_nobody_has_no_line_of_addressees():
    assert not any("Kính gửi" in line for line in head_lines())


def test_the_body_is_justified_fourteen_point_with_an_indent():
    opening = paragraph_of(written(make_report()), "báo cáo như sau:")

    assert opening.alignment == 3
    assert opening.runs[0].font.size == Pt(14)
    assert round(opening.paragraph_format.first_line_indent.mm, 1) == 12.7
    assert opening.paragraph_format.space_after == Pt(6)


def test_the_foot_has_the_recipients_left_and_the_signer_right():
    report = make_report(recipients=("Như trên", "Lưu: VT"))
    left, right = written(report).tables[1].rows[0].cells

    assert left.text == "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert right.text == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"
    heading, first = left.paragraphs[0].runs[0], left.paragraphs[1].runs[0]
    assert (heading.bold, heading.italic, heading.font.size) == (True, True, Pt(12))
    assert (first.bold, first.font.size) == (None, Pt(11))


def test_symbols_do_not_break_over_two_lines():
    title = paragraph_of(written(make_report()), "Kết quả thực hiện")

    assert "số\u00a012/UBND\u2011KGVX" in title.text


def test_the_header_row_is_repeated_and_rows_stay_whole():
    rows = task_table_of(written(make_report(rows=(make_row(), make_row())))).rows

    assert [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_only_a_row_that_would_fill_a_page_may_break():
    tall = make_row(task="nhiệm vụ rất dài " * 200)

    row = task_table_of(written(make_report(rows=(tall,)))).rows[1]

    assert row._tr.find(".//" + qn("w:cantSplit")) is None


def test_a_row_with_too_few_texts_is_a_defect():
    with pytest.raises(ValueError, match="zip"):
        task_table((Column("STT", 10), Column("Tên", 20)), (Entry(("1",)),))


def test_one_of_several_appendices_carries_its_number():
    heading = appendix_heading("Danh mục", "Kế hoạch số 01/KH-UBND", ordinal="II")

    assert "".join(heading[0].itertext()) == "Phụ lục II"
