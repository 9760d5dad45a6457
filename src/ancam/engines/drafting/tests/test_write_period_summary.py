from datetime import date

import pytest

from ancam.engines.drafting.errors import (
    FieldEmpty,
    FigureOutOfRange,
    GapsDisagree,
    PaperRefused,
    PeriodReversed,
    TooManyRows,
)
from ancam.engines.drafting.layout import landscape_width_mm
from ancam.engines.drafting.period_summary import MAX_ROWS, write_period_summary
from ancam.engines.drafting.summary_wording import AGENCIES_NAMED, columns
from ancam.engines.drafting.tests.makers import lines, make_open, make_summary, make_tally, opened, table_texts

REPORT = "Điểm 2: Báo cáo"


def document_of(*tallies, **values):
    return opened(write_period_summary(make_summary(*tallies, **values)))


def said(*tallies, **values) -> str:
    return "\n".join(lines(document_of(*tallies, **values)))


def refusal_of(*tallies, **values) -> PaperRefused:
    with pytest.raises(PaperRefused) as refusal:
        write_period_summary(make_summary(*tallies, **values))
    return refusal.value


TALLIES = (
    make_tally("Xã A", accepted_on_time=1, late=2),
    make_tally("Xã A", REPORT, awaiting=1, not_yet_due=1),
    make_tally("Xã B", REPORT, accepted_late=1, returned=1, not_applicable=1),
)
GAPS = (make_open("Xã A", period="đợt 1"), make_open("Xã A", period="đợt 2"))


def test_every_outcome_is_counted_once_with_its_share():
    text = said(*TALLIES)

    assert "BÁO CÁO\nTổng hợp theo kỳ việc thực hiện Công văn số 12/UBND-KGVX" in text
    assert "(Tháng 10 năm 2026)" in text
    assert "Có 8 kỳ có thời hạn từ ngày 01/10/2026 đến ngày 31/10/2026, của 2 nhiệm vụ giao cho 2 cơ quan" in text
    assert (
        "Tính đến hết ngày 15/11/2026:\n"
        "- Hoàn thành đúng hạn: 1 kỳ (12,5%);\n"
        "- Hoàn thành muộn: 1 kỳ (12,5%);\n"
        "- Đã báo cáo, chờ xác nhận: 1 kỳ (12,5%);\n"
        "- Đã báo cáo, bị trả lại để bổ sung: 1 kỳ (12,5%);\n"
        "- Quá hạn, chưa hoàn thành: 2 kỳ (25%);\n"
        "- Không áp dụng: 1 kỳ (12,5%);\n"
        "- Chưa đến hạn: 1 kỳ (12,5%).\n"
    ) in text
    assert "theo khai báo" in text


def test_the_first_appendix_counts_by_agency_and_the_second_by_duty_with_their_sum():
    by_agency, by_duty = (table_texts(table) for table in document_of(*TALLIES).tables[-2:])

    assert by_agency[0][:5] == ["STT", "Cơ quan, đơn vị", "Số kỳ", "Hoàn thành đúng hạn", "Hoàn thành muộn"]
    assert by_agency[1:] == [
        ["1", "Xã A", "5", "1", "0", "1", "0", "2", "0", "1"],
        ["2", "Xã B", "3", "0", "1", "0", "1", "0", "1", "0"],
        ["", "Tổng số", "8", "1", "1", "1", "1", "2", "1", "1"],
    ]
    assert by_duty[1:] == [
        ["1", "Điểm 1.a: Phổ biến Chỉ thị", "3", "1", "0", "0", "0", "2", "0", "0"],
        ["2", REPORT, "5", "0", "1", "1", "1", "0", "1", "1"],
        ["", "Tổng số", "8", "1", "1", "1", "1", "2", "1", "1"],
    ]


def test_who_has_not_reported_is_named_with_how_much():
    document = document_of(*TALLIES, unreported=GAPS)
    text = "\n".join(lines(document))

    assert (
        "Có 1 cơ quan, đơn vị với 2 kỳ quá hạn chưa có báo cáo nào (chi tiết tại Phụ lục III):\n"
        "- Xã A: 2 kỳ chưa báo cáo.\n"
    ) in text
    assert "Phụ lục III\nCÁC KỲ QUÁ HẠN CHƯA BÁO CÁO\n" in text
    assert [row[2] for row in table_texts(document.tables[-1])[2:]] == ["đợt 1", "đợt 2"]


def test_too_many_to_name_in_the_text_are_counted_there_and_named_in_the_appendix():
    names = [f"Xã {n}" for n in range(AGENCIES_NAMED + 1)]
    document = document_of(*(make_tally(name, late=1) for name in names), unreported=tuple(map(make_open, names)))
    text = "\n".join(lines(document))

    assert "Có 21 cơ quan, đơn vị với 21 kỳ quá hạn chưa có báo cáo nào (chi tiết tại Phụ lục III).\n" in text
    assert [row[1] for row in table_texts(document.tables[-1])[2:]] == names


def test_a_stretch_without_periods_says_so_and_has_no_appendix():
    document = document_of(addressees=("Bộ Công an",))
    text = "\n".join(lines(document))

    assert "Không có kỳ nào có thời hạn từ ngày 01/10/2026 đến ngày 31/10/2026." in text
    assert "Không có cơ quan, đơn vị nào quá hạn mà chưa báo cáo." in text
    assert len(document.sections) == 1
    assert "- Như trên;\n- Lưu: VT." in text


def test_the_tables_fill_a_landscape_page():
    assert sum(column.width_mm for column in columns("Nhiệm vụ")) == landscape_width_mm()


def test_the_closing_names_the_stretch():
    assert "Công văn số 12/UBND-KGVX tháng 10 năm 2026./." in said(*TALLIES)


@pytest.mark.parametrize("field", ["agency", "duty"])
def test_a_tally_names_its_agency_and_its_duty(field):
    refusal = refusal_of(make_tally(late=1), make_tally(**{"agency": "A", "duty": "B", field: " "}))

    assert isinstance(refusal, FieldEmpty)
    assert refusal.field == f"tallies[1].{field}"


def test_a_count_below_nought_is_refused():
    refusal = refusal_of(make_tally(late=-1))

    assert isinstance(refusal, FigureOutOfRange)
    assert "số kỳ quá hạn ở dòng 1 là -1" in str(refusal)


@pytest.mark.parametrize("gaps", [(make_open("Xã B"),), (make_open("Xã C"),), (make_open("Xã A"),) * 3])
def test_more_named_as_unreported_than_counted_as_late_are_refused(gaps):
    assert isinstance(refusal_of(*TALLIES, unreported=gaps), GapsDisagree)


def test_a_stretch_cannot_end_before_it_begins_nor_the_paper_be_older_than_its_figures():
    assert isinstance(refusal_of(period_to=date(2026, 9, 1)), PeriodReversed)
    assert refusal_of(issued_on=date(2026, 11, 14)).field == "issued_on"


def test_more_agencies_or_gaps_than_an_appendix_holds_are_refused():
    tallies = tuple(make_tally(f"Xã {n}", late=1) for n in range(MAX_ROWS + 1))

    assert isinstance(refusal_of(*tallies), TooManyRows)
    assert isinstance(
        refusal_of(make_tally("Xã A", late=1), unreported=(make_open("Xã A"),) * (MAX_ROWS + 1)), TooManyRows
    )
