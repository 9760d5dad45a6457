import re
from datetime import date

import pytest

from ancam.engines.drafting.progress_report import TEMPLATE, Figures, write_progress_report
from ancam.engines.drafting.progress_wording import NEXT_TASKS_NAMED, state_in_words
from ancam.engines.drafting.sentences import period_in_words, short_title
from ancam.engines.drafting.tests.makers import (
    DIRECTIVE,
    lines,
    make_report,
    make_row,
    table_texts,
    task_table_of,
    written,
)


def said(report) -> str:
    return "\n".join(lines(written(report)))


def test_the_report_opens_with_the_directive_and_the_agency():
    text = said(make_report())

    assert f"Thực hiện {DIRECTIVE}, UBND xã An Bình báo cáo như sau:" in text
    assert "BÁO CÁO\nKết quả thực hiện Công văn số 12/UBND-KGVX" in text
    assert "(Tháng 10 năm 2026)" in text


def test_the_four_parts_stand_in_order():
    headings = [line for line in lines(written(make_report())) if re.match(r"[IV]+\. ", line)]

    assert headings == [
        "I. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN",
        "II. TỒN TẠI, KHÓ KHĂN VÀ NGUYÊN NHÂN",
        "III. NHIỆM VỤ THỜI GIAN TỚI",
        "IV. KIẾN NGHỊ, ĐỀ XUẤT",
    ]


def test_figures_are_given_by_state_and_said_to_be_declared():
    figures = Figures(done_on_time=2, done_late=1, in_progress=1)

    text = said(make_report(rows=(make_row(),) * 4, figures=figures))

    assert "có 4 nhiệm vụ được theo dõi (chi tiết tại Phụ lục kèm theo)" in text
    assert "- Hoàn thành đúng hạn: 2 nhiệm vụ (50%);\n- Hoàn thành muộn: 1 nhiệm vụ (25%);" in text
    assert "- Quá hạn: 0 nhiệm vụ (0%);\n- Trả lại: 0 nhiệm vụ (0%)." in text
    assert "theo khai báo" in text
    assert "chờ xác nhận" not in text


def test_tasks_awaiting_confirmation_are_a_line_of_their_own_when_there_are_any():
    text = said(make_report(rows=(make_row(),), figures=Figures(awaiting_confirmation=1)))

    assert "- Đã báo cáo hoàn thành, chờ xác nhận: 1 nhiệm vụ (100%)." in text


def test_a_report_without_tasks_says_so_and_has_no_appendix():
    document = written(make_report())
    text = "\n".join(lines(document))

    assert "không có nhiệm vụ nào theo Công văn số 12/UBND-KGVX phải báo cáo" in text
    assert "Phụ lục" not in text
    assert "khai báo" not in text
    assert len(document.tables) == 2


def test_silence_about_difficulties_and_proposals_is_said_as_none_reported():
    text = said(make_report(difficulties=(" ",)))

    assert "không có tồn tại, khó khăn nào được nêu" in text
    assert "không có kiến nghị, đề xuất nào được nêu" in text


def test_one_difficulty_stands_alone_and_several_are_numbered():
    assert "\nThiếu kinh phí.\n" in said(make_report(difficulties=("Thiếu kinh phí.",)))
    assert "\n1. Thiếu kinh phí.\n2. Thiếu người.\n" in said(
        make_report(difficulties=("Thiếu kinh phí.", "Thiếu người."))
    )


def test_unfinished_tasks_are_named_by_deadline_those_without_a_date_last():
    rows = (
        make_row(ordinal="1", task="Việc không hạn."),
        make_row(ordinal="2", task="Việc tháng 12", due_on=date(2026, 12, 31), deadline="Trong tháng 12/2026"),
        make_row(ordinal="3", task="Việc đã xong", done=True, due_on=date(2026, 9, 1)),
        make_row(ordinal="", task="Việc tháng 11", due_on=date(2026, 11, 30), leads="Công an xã"),
    )

    text = said(make_report(rows=rows, next_steps=("Bố trí kinh phí.",)))

    assert (
        "Bố trí kinh phí.\n"
        "Các nhiệm vụ chưa hoàn thành, theo thứ tự thời hạn:\n"
        "- Việc tháng 11 (chủ trì: Công an xã);\n"
        "- Việc tháng 12 (thời hạn: trong tháng 12/2026);\n"
        "- Việc không hạn.\n"
        "IV."
    ) in text


def test_tasks_that_no_agency_was_given_are_counted_too():
    assert "Còn 2 nhiệm vụ chưa giao cho cơ quan thực hiện." in said(make_report(unassigned=2))
    assert "Còn 2 nhiệm vụ chưa giao cho cơ quan thực hiện." in said(
        make_report(rows=(), figures=Figures(), unassigned=2)
    )


def test_when_all_is_done_the_next_steps_speak_alone():
    rows = (make_row(done=True),)

    assert "không còn nhiệm vụ chưa hoàn thành" in said(make_report(rows=rows))
    assert "Các nhiệm vụ chưa hoàn thành" not in said(make_report(rows=rows, next_steps=("Duy trì kết quả.",)))


def test_beyond_the_nearest_the_unfinished_are_counted():
    text = said(make_report(rows=(make_row(),) * (NEXT_TASKS_NAMED + 7)))

    assert "Còn 7 nhiệm vụ chưa hoàn thành khác nêu tại Phụ lục." in text


def test_the_regime_is_named_when_given():
    assert "Khung pháp lý áp dụng khi tổng hợp: Luật An ninh mạng năm 2025." in said(
        make_report(regime="Luật An ninh mạng năm 2025.")
    )


def test_the_content_closes_once_whatever_the_values_say():
    rows = (make_row(task="Việc một./.", result="Đã xong./."),)

    everything = lines(written(make_report(rows=rows, difficulties=("Không có./.",))))

    assert "\n".join(everything).count("./.") == 1
    closing = next(line for line in everything if line.endswith("./."))
    assert closing.startswith("Trên đây là báo cáo kết quả thực hiện Công văn số 12/UBND-KGVX tháng 10 năm 2026")
    assert everything.index("Nơi nhận:") > everything.index(closing)


def test_ampersands_angle_brackets_and_long_names_survive():
    long_name = "Ban Quản lý " + "dự án rất dài " * 300 + "cuối"
    row = make_row(task="Mua sắm & thuê <dịch vụ> ]]> &amp;", leads=long_name, result="W" * 500)
    report = make_report(rows=(row,), agency="Trung tâm A & B <An Bình>", difficulties=("a < b & c > d",))

    document = written(report)
    table = table_texts(task_table_of(document))

    assert table[1][1] == "Mua sắm & thuê <dịch vụ> ]]> &amp;"
    assert table[1][2] == long_name
    assert table[1][6] == "W" * 500
    assert "TRUNG TÂM A & B <AN BÌNH>" in lines(document)
    assert "a < b & c > d" in lines(document)
    assert document.core_properties.author == "Trung tâm A & B <An Bình>"


def test_five_hundred_rows_are_all_there_in_order():
    rows = tuple(make_row(ordinal=str(n), task=f"Nhiệm vụ thứ {n} & <kế tiếp>") for n in range(1, 501))

    texts = table_texts(task_table_of(written(make_report(rows=rows))))

    assert [row[0] for row in texts[1:]] == [str(n) for n in range(1, 501)]
    assert texts[500][1] == "Nhiệm vụ thứ 500 & <kế tiếp>"


def test_a_task_given_to_several_agencies_stands_once_and_is_counted_once():
    shares = tuple(
        make_row(task="Phổ biến", group="Phổ biến", leads=agency, deadline="trước ngày 01/12/2026", done=agency == "A")
        for agency in ("A", "B", "C")
    )
    report = make_report(rows=(*shares, make_row(task="Báo cáo")), figures=Figures(done_on_time=1, not_started=3))

    text, table = said(report), table_texts(task_table_of(written(report)))

    assert "có 2 nhiệm vụ với 4 lượt giao được theo dõi" in text
    assert "Hoàn thành đúng hạn: 1 lượt giao (25%)" in text
    assert "Phổ biến (2 cơ quan chưa hoàn thành; thời hạn: trước ngày 01/12/2026)" in text
    assert [row[:2] for row in table[1:]] == [["Phổ biến"], *[["1.1", "nt"]] * 3, ["1.1", "Báo cáo"]]


def test_tasks_of_one_group_stand_under_one_heading():
    rows = (make_row(group="A & B"), make_row(group="A & B"), make_row(), make_row(group="C"))

    texts = table_texts(task_table_of(written(make_report(rows=rows))))

    assert [row[0] for row in texts if len(row) == 1] == ["A & B", "C"]
    assert [len(row) for row in texts] == [7, 1, 7, 7, 7, 1, 7]


def test_the_appendix_says_what_it_is_attached_to():
    text = said(make_report(rows=(make_row(),)))

    assert (
        "Phụ lục\nTÌNH TRẠNG THỰC HIỆN NHIỆM VỤ THÁNG 10 NĂM 2026\n"
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 20 tháng 11 năm 2026 của UBND xã An Bình)"
    ) in text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "Đang thực hiện", "percentage": 45}, "Đang thực hiện (45%)"),
        ({"state": "Đang thực hiện", "late": True}, "Đang thực hiện, quá hạn"),
        ({"state": "Hoàn thành", "late": True, "done": True}, "Hoàn thành, muộn"),
        ({"state": "Quá hạn", "late": True, "percentage": 0}, "Quá hạn (0%)"),
        ({"late": True}, "Quá hạn"),
        ({"percentage": 30}, "(30%)"),
        ({}, ""),
    ],
)
def test_lateness_is_said_in_words_once(values, words):
    assert state_in_words(make_row(**values)) == words


def test_a_late_state_is_bold_as_well():
    table = task_table_of(written(make_report(rows=(make_row(state="Quá hạn", late=True), make_row(state="Đang làm")))))

    assert [row.cells[5].paragraphs[0].runs[0].bold for row in table.rows[1:]] == [True, None]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "tháng 02 năm 2026"),
        (date(2026, 10, 1), date(2026, 10, 31), "tháng 10 năm 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "quý III năm 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        (date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "từ ngày 01/02/2026 đến ngày 30/04/2026"),
        (date(2026, 12, 1), date(2027, 1, 31), "từ ngày 01/12/2026 đến ngày 31/01/2027"),
        (date(2026, 10, 2), date(2026, 10, 2), "từ ngày 02/10/2026 đến ngày 02/10/2026"),
    ],
)
def test_a_period_is_named_as_an_office_names_it(first, last, words):
    assert period_in_words(first, last) == words


def test_a_directive_without_a_number_is_cited_whole():
    assert short_title("Kế hoạch bảo vệ camera.") == "Kế hoạch bảo vệ camera"
    assert short_title("Chỉ thị số 23/CT-TTg ngày 26/12/2022 của …") == "Chỉ thị số 23/CT-TTg"


def test_the_same_values_give_the_same_bytes_and_other_values_others():
    report = make_report(rows=(make_row(),))

    assert write_progress_report(report) == write_progress_report(report)
    assert write_progress_report(report) != write_progress_report(make_report())


def test_the_file_says_its_template_and_the_papers_date():
    numbered, draft = written(make_report()), written(make_report(issued_on=None))

    assert numbered.core_properties.created.date() == date(2026, 11, 20)
    assert draft.core_properties.created.date() == date(2026, 10, 31)
    application = next(part for part in numbered.part.package.iter_parts() if part.partname == "/docProps/app.xml")
    assert TEMPLATE.encode() in application.blob
