import pytest

from ancam.engines.drafting.assignment_letter import MAX_ROWS, write_assignment_letter
from ancam.engines.drafting.assignment_wording import AGENCY_COLUMNS, DUTY_COLUMNS, NAMED_IN_CELL, ordinals_in_words
from ancam.engines.drafting.errors import FieldEmpty, NamedTwice, NothingToList, PaperRefused, TooManyRows
from ancam.engines.drafting.layout import landscape_width_mm
from ancam.engines.drafting.tests.makers import (
    DIRECTIVE,
    lines,
    make_assigning,
    make_duty,
    opened,
    table_texts,
    task_table_of,
)


def document_of(*duties, **values):
    return opened(write_assignment_letter(make_assigning(*duties, **values)))


def said(*duties, **values) -> str:
    return "\n".join(lines(document_of(*duties, **values)))


def refusal_of(*duties, **values) -> PaperRefused:
    with pytest.raises(PaperRefused) as refusal:
        write_assignment_letter(make_assigning(*duties, **values))
    return refusal.value


def communes(count: int) -> tuple[str, ...]:
    return tuple(f"UBND xã số {n}" for n in range(1, count + 1))


DUTIES = (
    make_duty(leads=("Sở A", "Sở B"), supports=("Công an tỉnh",), deadline="trước ngày 01/12/2026"),
    make_duty(duty="Điểm 2: Báo cáo", leads=("Công an tỉnh",), cadence="hằng quý"),
    make_duty(duty="Điểm 3: Bố trí kinh phí", leads=("Sở A",)),
)


def test_a_letter_to_one_agency_has_one_appendix_without_a_number():
    document = document_of()
    text = "\n".join(lines(document))

    assert "V/v phân công nhiệm vụ thực hiện Công văn số 12/UBND-KGVX\n" in text
    assert "Kính gửi: UBND xã An Bình\n" in text
    assert (
        f"Thực hiện {DIRECTIVE}, Ủy ban nhân dân tỉnh Đông Sơn phân công 1 nhiệm vụ cho UBND xã An Bình "
        "(chi tiết tại Phụ lục kèm theo).\n"
    ) in text
    assert "Phụ lục\nDANH MỤC NHIỆM VỤ ĐƯỢC PHÂN CÔNG\n(Kèm theo Công văn số 07/UBND-KGVX" in text
    assert len(document.sections) == 2
    assert "đề nghị UBND xã An Bình tổ chức thực hiện./." in text
    assert "- Như trên;\n- Lưu: VT." in text


def test_duties_stand_with_their_agencies_deadline_and_cadence():
    table = table_texts(document_of(*DUTIES).tables[-2])

    assert table[0] == ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Định kỳ"]
    assert table[1] == ["1", "Điểm 1.a: Phổ biến Chỉ thị", "Sở A; Sở B", "Công an tỉnh", "trước ngày 01/12/2026", ""]
    assert table[2] == ["2", "Điểm 2: Báo cáo", "Công an tỉnh", "", "", "hằng quý"]


def test_each_of_several_agencies_finds_its_duties_in_the_second_appendix():
    document = document_of(*DUTIES)

    assert "phân công 3 nhiệm vụ cho 3 cơ quan, đơn vị (danh mục nhiệm vụ tại Phụ lục I;" in "\n".join(lines(document))
    assert table_texts(task_table_of(document))[1:] == [
        ["1", "Sở A", "1, 3", ""],
        ["2", "Sở B", "1", ""],
        ["3", "Công an tỉnh", "2", "1"],
    ]


def test_what_is_asked_names_support_and_cadence_only_when_there_are_any():
    plain, full = said(), said(*DUTIES)

    assert "phối hợp thực hiện phần việc" not in plain
    assert "Nhiệm vụ định kỳ" not in plain
    assert "2. Kết quả thực hiện và khó khăn, vướng mắc (nếu có) báo cáo về Sở Khoa học và Công nghệ" in plain
    assert "3. Nhiệm vụ định kỳ được thực hiện và báo cáo trong từng kỳ.\n4. Kết quả" in full


def test_hundreds_of_agencies_are_counted_in_the_cell_and_named_in_the_second_appendix():
    document = document_of(make_duty(leads=communes(400)))

    assert table_texts(document.tables[-2])[1][2] == "400 cơ quan, đơn vị có tên tại Phụ lục II"
    assert [row[1] for row in table_texts(task_table_of(document))[1:]] == list(communes(400))
    assert "Kính gửi: Các cơ quan, đơn vị có tên tại Phụ lục II kèm theo\n" in "\n".join(lines(document))


def test_as_many_agencies_as_a_cell_holds_are_named_in_it():
    assert table_texts(document_of(make_duty(leads=communes(NAMED_IN_CELL))).tables[-2])[1][2].count(";") == 5


def test_duties_of_one_group_stand_under_one_heading():
    duties = (make_duty(group="I. Các xã"), make_duty(duty="b", group="I. Các xã"), make_duty(duty="c"))

    assert [len(row) for row in table_texts(task_table_of(document_of(*duties)))] == [6, 1, 6, 6, 6]


def test_a_plan_has_its_title_three_parts_and_those_it_is_sent_to():
    text = said(*DUTIES, form="plan", symbol="KH-UBND")

    assert f"KẾ HOẠCH\nPhân công nhiệm vụ thực hiện {DIRECTIVE}\n" in text
    assert "I. MỤC ĐÍCH, YÊU CẦU\nXác định rõ nhiệm vụ" in text
    assert "II. PHÂN CÔNG NHIỆM VỤ\nỦy ban nhân dân tỉnh Đông Sơn phân công 3 nhiệm vụ" in text
    assert "III. TỔ CHỨC THỰC HIỆN\n1. Cơ quan, đơn vị chủ trì" in text
    assert "Trên đây là Kế hoạch phân công nhiệm vụ thực hiện Công văn số 12/UBND-KGVX; " in text
    assert "- Các cơ quan, đơn vị có tên tại Phụ lục II;\n- Lưu: VT." in text
    assert "(Kèm theo Kế hoạch số 07/KH-UBND" in text
    assert "Kính gửi" not in text
    assert "V/v" not in text


def test_a_plan_for_one_agency_is_sent_to_it():
    assert "- UBND xã An Bình;\n- Lưu: VT." in said(form="plan")


def test_addressees_and_whom_to_ask_are_kept_when_given():
    text = said(*DUTIES, addressees=("Các sở, ban, ngành",), contact="ông Hòa")

    assert "Kính gửi: Các sở, ban, ngành\n" in text
    assert "Đầu mối liên hệ: ông Hòa.\n" in text


def test_both_tables_fill_a_landscape_page():
    for columns in (DUTY_COLUMNS, AGENCY_COLUMNS):
        assert sum(column.width_mm for column in columns) == landscape_width_mm()


@pytest.mark.parametrize(
    ("ordinals", "words"),
    [([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3], "1-3"), ([1, 3, 4, 5, 9], "1, 3-5, 9")],
)
def test_numbers_in_a_row_are_a_span(ordinals, words):
    assert ordinals_in_words(ordinals) == words


@pytest.mark.parametrize("field", ["agency", "place", "symbol", "directive_title", "report_to"])
def test_a_text_it_needs_cannot_be_empty(field):
    assert refusal_of(**{field: ""}).field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [({"duty": ""}, "duty"), ({"leads": ()}, "leads"), ({"leads": (" ",)}, "agency"), ({"supports": ("",)}, "agency")],
)
def test_a_duty_has_words_and_someone_in_the_lead(values, field):
    refusal = refusal_of(make_duty(), make_duty(**values))

    assert isinstance(refusal, FieldEmpty)
    assert refusal.field == f"duties[1].{field}"
    assert "dòng 2" in str(refusal)


@pytest.mark.parametrize("values", [{"leads": ("Sở A", "Sở A")}, {"leads": ("Sở A",), "supports": ("Sở A ",)}])
def test_an_agency_stands_once_in_a_duty(values):
    assert isinstance(refusal_of(make_duty(**values)), NamedTwice)


def test_a_letter_without_duties_is_refused():
    assert isinstance(refusal_of(duties=()), NothingToList)


def test_more_duties_or_agencies_than_an_appendix_holds_are_refused():
    assert isinstance(refusal_of(*(make_duty(),) * (MAX_ROWS + 1)), TooManyRows)
    assert isinstance(refusal_of(make_duty(leads=communes(MAX_ROWS + 1))), TooManyRows)
