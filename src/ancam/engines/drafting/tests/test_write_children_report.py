from datetime import date

import pytest

from ancam.engines.drafting.children_report import MAX_ROWS, write_children_report
from ancam.engines.drafting.children_wording import COLUMNS, NAMED
from ancam.engines.drafting.errors import FieldEmpty, PaperRefused, PeriodReversed, TooManyRows
from ancam.engines.drafting.layout import landscape_width_mm
from ancam.engines.drafting.tests.makers import (
    lines,
    make_accepted,
    make_children,
    make_open,
    opened,
    table_texts,
    task_table_of,
)

COUNT = "Điểm 1.b: Kiểm đếm"


def document_of(*accepted, **values):
    return opened(write_children_report(make_children(*accepted, **values)))


def said(*accepted, **values) -> str:
    return "\n".join(lines(document_of(*accepted, **values)))


def refusal_of(*accepted, **values) -> PaperRefused:
    with pytest.raises(PaperRefused) as refusal:
        write_children_report(make_children(*accepted, **values))
    return refusal.value


ACCEPTED = (
    make_accepted("Xã A"),
    make_accepted("Xã A", duty=COUNT, late=True, period="đợt 1", result="Đã kiểm đếm 125 camera & đầu ghi"),
    make_accepted("Xã B", duty=COUNT, not_applicable=True, late=True, result="Không có camera."),
)
MISSING = (
    make_open("Xã B", state="Chưa báo cáo"),
    make_open("Xã C", state="Chưa báo cáo"),
    make_open("Xã C", duty=COUNT, state="Chờ xác nhận"),
)


def test_only_accepted_reports_count_and_the_rest_is_told():
    text = said(*ACCEPTED, missing=MISSING)

    assert "Tổng hợp kết quả thực hiện Công văn số 12/UBND-KGVX" in text
    assert "Có 6 lượt nhiệm vụ có thời hạn từ ngày 01/10/2026 đến ngày 31/10/2026 của 3 cơ quan, đơn vị" in text
    assert (
        "Tính đến hết ngày 15/11/2026:\n"
        "- Hoàn thành đúng hạn, đã xác nhận: 1 lượt (16,7%);\n"
        "- Hoàn thành muộn, đã xác nhận: 1 lượt (16,7%);\n"
        "- Không áp dụng, đã xác nhận: 1 lượt (16,7%);\n"
        "- Chưa có báo cáo được xác nhận: 3 lượt (50%).\n"
        "Báo cáo này chỉ tổng hợp báo cáo đã được xác nhận;"
    ) in text


def test_each_duty_says_how_many_of_how_many():
    text = said(*ACCEPTED, missing=MISSING)

    assert (
        "II. KẾT QUẢ THEO NHIỆM VỤ\n"
        "- Điểm 1.a: Phổ biến Chỉ thị: 1/3 lượt đã được xác nhận;\n"
        "- Điểm 1.b: Kiểm đếm: 2/3 lượt đã được xác nhận.\n"
        "Kết quả của từng cơ quan, đơn vị tại Phụ lục I.\n"
    ) in text


def test_who_is_missing_is_named_with_how_it_stands():
    document = document_of(*ACCEPTED, missing=MISSING)

    assert (
        "Có 2 cơ quan, đơn vị với 3 lượt chưa có báo cáo được xác nhận (chi tiết tại Phụ lục II):\n"
        "- Xã B: 1 lượt chưa báo cáo;\n"
        "- Xã C: 1 lượt chưa báo cáo, 1 lượt chờ xác nhận.\n"
    ) in "\n".join(lines(document))
    assert table_texts(task_table_of(document))[0][-1] == "Tình trạng (khai báo)"


def test_accepted_results_stand_under_their_duty():
    table = table_texts(document_of(*ACCEPTED, missing=MISSING).tables[-2])

    assert table[0] == ["STT", "Cơ quan, đơn vị", "Kỳ", "Hoàn thành", "Kết quả (khai báo, đã xác nhận)"]
    assert table[1:] == [
        ["Điểm 1.a: Phổ biến Chỉ thị"],
        ["1", "Xã A", "", "20/10/2026", "Đã phổ biến."],
        [COUNT],
        ["2", "Xã A", "đợt 1", "20/10/2026, muộn", "Đã kiểm đếm 125 camera & đầu ghi"],
        ["3", "Xã B", "", "Không áp dụng", "Không có camera."],
    ]


def test_lateness_is_bold_but_not_where_the_duty_does_not_apply():
    rows = document_of(*ACCEPTED, missing=MISSING).tables[-2].rows

    assert [row.cells[3].paragraphs[0].runs[0].bold for row in rows if len(row._tr.tc_lst) > 1] == [
        True,
        None,
        True,
        None,
    ]


def test_one_appendix_alone_bears_no_number():
    only_accepted, only_missing = said(*ACCEPTED), said(missing=MISSING)

    assert "tại Phụ lục kèm theo." in only_accepted
    assert "Phụ lục\nKẾT QUẢ ĐÃ ĐƯỢC XÁC NHẬN\n" in only_accepted
    assert "III. CƠ QUAN, ĐƠN VỊ CHƯA CÓ BÁO CÁO ĐƯỢC XÁC NHẬN\nKhông có.\n" in only_accepted
    assert "(chi tiết tại Phụ lục kèm theo):" in only_missing
    assert "Phụ lục\nCƠ QUAN, ĐƠN VỊ CHƯA CÓ BÁO CÁO ĐƯỢC XÁC NHẬN\n" in only_missing


def test_a_stretch_without_duties_says_so():
    text = said(difficulties=("Thiếu kinh phí.",), addressees=("Bộ Công an",))

    assert "Không có nhiệm vụ nào của cơ quan, đơn vị được giao có thời hạn từ ngày 01/10/2026" in text
    assert "Không có kết quả để tổng hợp." in text
    assert "\nThiếu kinh phí.\n" in text
    assert "không có kiến nghị, đề xuất nào được nêu" in text
    assert "- Như trên;" in text


def test_too_many_duties_or_agencies_are_counted_in_the_text():
    accepted = tuple(make_accepted(duty=f"Việc {n}") for n in range(NAMED + 2))
    missing = tuple(make_open(f"Xã {n}") for n in range(NAMED + 1))

    text = said(*accepted, missing=missing)

    assert "Còn 3 nhiệm vụ khác nêu tại Phụ lục." in text
    assert "Có 21 cơ quan, đơn vị với 21 lượt chưa có báo cáo được xác nhận (chi tiết tại Phụ lục II).\n" in text


def test_a_report_accepted_without_a_day_leaves_it_blank():
    table = table_texts(task_table_of(document_of(make_accepted(done_on=None), make_accepted(done_on=None, late=True))))

    assert [row[3] for row in table[2:]] == ["", "muộn"]


def test_the_table_fills_a_landscape_page():
    assert sum(column.width_mm for column in COLUMNS) == landscape_width_mm()


@pytest.mark.parametrize("field", ["agency", "duty"])
def test_a_row_names_its_agency_and_its_duty(field):
    refusal = refusal_of(make_accepted(), make_accepted(**{field: ""}))

    assert isinstance(refusal, FieldEmpty)
    assert refusal.field == f"accepted[1].{field}"
    assert refusal_of(missing=(make_open(**{field: ""}),)).field == f"missing[0].{field}"


def test_a_stretch_cannot_end_before_it_begins_nor_the_paper_be_older_than_its_figures():
    assert isinstance(refusal_of(period_to=date(2026, 9, 1)), PeriodReversed)
    assert refusal_of(issued_on=date(2026, 11, 14)).field == "issued_on"


def test_more_rows_than_an_appendix_holds_are_refused():
    assert isinstance(refusal_of(*(make_accepted(),) * (MAX_ROWS + 1)), TooManyRows)
    assert isinstance(refusal_of(missing=(make_open(),) * (MAX_ROWS + 1)), TooManyRows)
