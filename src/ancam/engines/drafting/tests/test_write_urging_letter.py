from datetime import date

import pytest

from ancam.engines.drafting.errors import DayOutOfRange, FieldEmpty, NothingToList, NotLate, PaperRefused, TooManyRows
from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.tests.makers import (
    DIRECTIVE,
    lines,
    make_open,
    make_urging,
    opened,
    table_texts,
    task_table_of,
)
from ancam.engines.drafting.urging_letter import MAX_ROWS, write_urging_letter
from ancam.engines.drafting.urging_wording import LISTED_IN_LETTER


def document_of(*rows, **values):
    return opened(write_urging_letter(make_urging(*rows, **values)))


def said(*rows, **values) -> str:
    return "\n".join(lines(document_of(*rows, **values)))


def refusal_of(*rows, **values) -> PaperRefused:
    with pytest.raises(PaperRefused) as refusal:
        write_urging_letter(make_urging(*rows, **values))
    return refusal.value


def many(count: int, **values) -> list[OpenPeriod]:
    return [make_open(f"UBND xã số {n}", **values) for n in range(1, count + 1)]


def test_a_letter_to_one_agency_says_what_is_late_what_is_asked_by_when_and_where_to_report():
    rows = (make_open(), make_open(duty="Điểm 1.b: Kiểm đếm", due_on=date(2026, 11, 19), state="Trả lại"))

    text = said(*rows)

    assert "Số: 07/UBND-KGVX\nV/v đôn đốc thực hiện Công văn số 12/UBND-KGVX\n" in text
    assert "Kính gửi: UBND xã An Bình\n" in text
    assert (
        f"Qua theo dõi việc thực hiện {DIRECTIVE}, tính đến hết ngày 20/11/2026, theo khai báo của cơ quan, đơn vị "
        "thực hiện, UBND xã An Bình còn 2 nhiệm vụ quá hạn chưa hoàn thành:\n"
    ) in text
    assert "Ủy ban nhân dân tỉnh Đông Sơn đề nghị UBND xã An Bình:\n1. Tổ chức thực hiện" in text
    assert "báo cáo kết quả về Sở Khoa học và Công nghệ chậm nhất ngày 05/12/2026." in text
    assert "Ngày nêu tại mục 1 không thay thế thời hạn đã giao" in text
    assert text.count("./.") == 1


def test_a_short_list_stands_in_the_letter_with_the_last_day_and_the_days_late():
    document = document_of(make_open(), make_open(duty="Điểm 1.b: Kiểm đếm", due_on=date(2026, 11, 19)))

    assert len(document.sections) == 1
    assert table_texts(document.tables[1]) == [
        ["STT", "Nhiệm vụ", "Ngày cuối của thời hạn", "Số ngày quá hạn", "Tình trạng (khai báo)"],
        ["UBND xã An Bình"],
        ["1", "Điểm 1.a: Phổ biến Chỉ thị", "31/10/2026", "20", "Chưa thực hiện"],
        ["2", "Điểm 1.b: Kiểm đếm", "19/11/2026", "1", "Chưa thực hiện"],
    ]


def test_several_periods_of_one_duty_are_told_as_periods_of_it():
    rows = (make_open(period="tháng 9/2026", due_on=date(2026, 9, 30)), make_open(period="tháng 10/2026"))

    document = document_of(*rows)

    assert "còn 1 nhiệm vụ quá hạn chưa hoàn thành ở 2 kỳ:" in "\n".join(lines(document))
    assert [row[2] for row in table_texts(document.tables[1])[2:]] == ["tháng 9/2026", "tháng 10/2026"]


def test_agencies_late_with_the_same_duty_stand_under_its_words_once():
    table = table_texts(document_of(*many(3)).tables[1])

    assert table[0][1] == "Cơ quan, đơn vị"
    assert [row[0] for row in table[1:]] == ["Điểm 1.a: Phổ biến Chỉ thị", "1", "2", "3"]


def test_a_few_agencies_are_addressed_by_name_and_counted():
    text = said(*many(3))

    assert "Kính gửi:\n- UBND xã số 1;\n- UBND xã số 2;\n- UBND xã số 3.\n" in text
    assert "3 cơ quan, đơn vị còn nhiệm vụ quá hạn chưa hoàn thành, tổng số 3 lượt, mỗi nhiệm vụ" in text
    assert "đề nghị các cơ quan, đơn vị quan tâm, thực hiện./." in text


def test_hundreds_are_addressed_by_the_appendix_which_names_them_all():
    document = document_of(*many(400))
    text, table = "\n".join(lines(document)), table_texts(task_table_of(document))

    assert "Kính gửi: Các cơ quan, đơn vị có tên tại Phụ lục kèm theo\n" in text
    assert "400 cơ quan, đơn vị" in text
    assert "trong một kỳ tính một lượt (chi tiết tại Phụ lục kèm theo).\n" in text
    assert (
        "Phụ lục\nNHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH TÍNH ĐẾN HẾT NGÀY 20/11/2026\n"
        "(Kèm theo Công văn số 07/UBND-KGVX ngày 20 tháng 11 năm 2026 của Ủy ban nhân dân tỉnh Đông Sơn)"
    ) in text
    assert [row[1] for row in table[2:]] == [f"UBND xã số {n}" for n in range(1, 401)]
    assert [section.orientation for section in document.sections] == [0, 1]


def test_one_row_more_than_the_letter_lists_makes_an_appendix():
    assert len(document_of(*many(LISTED_IN_LETTER)).sections) == 1
    assert len(document_of(*many(LISTED_IN_LETTER + 1)).sections) == 2


def test_addressees_given_are_kept():
    assert "Kính gửi: Công an tỉnh\n" in said(*many(20), addressees=("Công an tỉnh",))


def test_whom_to_ask_is_told_when_it_is_given():
    assert "Đầu mối liên hệ: ông Nguyễn Văn Hòa, 0255 3 111 222.\n" in said(
        contact="ông Nguyễn Văn Hòa, 0255 3 111 222."
    )
    assert "Đầu mối" not in said(contact=" ")


def test_the_usual_recipients_are_those_above_and_the_archive():
    assert "Nơi nhận:\n- Như trên;\n- Lưu: VT." in said()
    assert "Nơi nhận:\n- Lưu: VT, KGVX." in said(recipients=("Lưu: VT, KGVX",))


def test_without_a_number_it_is_a_draft():
    assert lines(document_of(number=None))[0] == "DỰ THẢO"


def test_the_same_values_give_the_same_bytes():
    assert write_urging_letter(make_urging()) == write_urging_letter(make_urging())


@pytest.mark.parametrize("field", ["agency", "place", "symbol", "directive_title", "report_to"])
def test_a_text_it_needs_cannot_be_empty(field):
    refusal = refusal_of(**{field: " "})

    assert isinstance(refusal, FieldEmpty)
    assert refusal.field == field


@pytest.mark.parametrize("field", ["agency", "duty"])
def test_a_row_names_its_agency_and_its_duty(field):
    rows = (make_open(), OpenPeriod(**{"agency": "A", "duty": "B", "due_on": date(2026, 10, 1), field: ""}))

    assert refusal_of(*rows).field == f"rows[1].{field}"


def test_a_letter_about_nothing_is_refused():
    assert isinstance(refusal_of(rows=()), NothingToList)


@pytest.mark.parametrize("due_on", [date(2026, 11, 20), date(2026, 12, 1), None])
def test_a_row_that_is_not_late_is_refused_by_name(due_on):
    refusal = refusal_of(make_open(), make_open("UBND xã Bàu Sen", due_on=due_on))

    assert isinstance(refusal, NotLate)
    assert "dòng 2 (UBND xã Bàu Sen) chưa quá hạn tính đến hết ngày 20/11/2026" in str(refusal)


@pytest.mark.parametrize("finish_by", [date(2026, 11, 20), date(2026, 11, 22)])
def test_the_new_day_lies_after_the_letter_and_its_figures(finish_by):
    refusal = refusal_of(issued_on=date(2026, 11, 22), finish_by=finish_by)

    assert isinstance(refusal, DayOutOfRange)
    assert (refusal.field, refusal.earliest) == ("finish_by", date(2026, 11, 23))


def test_a_draft_asks_for_a_day_after_its_figures():
    assert refusal_of(issued_on=None, finish_by=date(2026, 11, 20)).earliest == date(2026, 11, 21)


def test_a_letter_cannot_be_older_than_its_figures():
    refusal = refusal_of(issued_on=date(2026, 11, 19))

    assert refusal.field == "issued_on"
    assert "ngày ban hành là ngày 19/11/2026" in str(refusal)


def test_more_rows_than_an_appendix_holds_are_refused():
    assert isinstance(refusal_of(rows=(make_open(),) * (MAX_ROWS + 1)), TooManyRows)
