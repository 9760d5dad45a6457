"""Tables of tasks in an appendix or in the body, with real cells."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.columns import role_of
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tables import TableMaker
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import HEADER, Rows, docx_of, duty, html_of, read_table, rows_of

FORMS: list[Callable[..., bytes]] = [docx_of, html_of]
NAMES = {docx_of: "thu.docx", html_of: "thu.html"}


def row(
    number: str, task: str = "Rà soát camera", lead: str = "Sở Nội vụ", support: str = "", due: str = ""
) -> list[str]:
    return [number, task, lead, support, due]


def test_a_row_is_one_duty_with_its_bodies_and_its_deadline() -> None:
    reading = read_table(
        Rows(
            [
                HEADER,
                row(
                    "1",
                    "Xác định cấp độ an toàn và trình phê duyệt",
                    "Các sở, ban, ngành;\nUBND các huyện",
                    "Công an tỉnh",
                    "Trước 30/6/2024",
                ),
                row("2", "Tuyên truyền về camera an toàn", "Báo Đông Sơn", "", "Hằng tháng"),
            ]
        )
    )

    assert rows_of(reading) == [
        ("PL.1", ["Các sở, ban, ngành", "UBND các huyện"], ["Công an tỉnh"], "2024-06-29"),
        ("PL.2", ["Báo Đông Sơn"], [], None),
    ]
    first = duty(reading, "PL.1")
    assert (first.kind, first.also_kinds) == ("classify", ("approve",))
    assert duty(reading, "PL.2").cadence == "monthly"
    cells = [reading.text[start:end] for start, end in first.spans]
    assert cells == [
        "Xác định cấp độ an toàn và trình phê duyệt",
        "Các sở, ban, ngành;\nUBND các huyện",
        "Công an tỉnh",
        "Trước 30/6/2024",
    ]
    assert ("PL.1", "1") in [(c.label, reading.text[slice(*c.marker)]) for c in reading.clauses]


def test_a_task_that_is_only_the_name_of_a_body_keeps_its_words() -> None:
    reading = read_table(Rows([HEADER, row("1", task="Văn phòng HĐND và UBND phường", lead=""), row("2")]))

    assert duty(reading, "PL.1").action == "Văn phòng HĐND và UBND phường"


@pytest.mark.parametrize("mark", ["nt", "-nt-", '"', "''", "như trên", "〃"])
def test_a_ditto_mark_stands_for_the_cell_above(mark: str) -> None:
    reading = read_table(
        Rows([HEADER, row("1", support="Công an tỉnh", due="30/6/2024"), row("2", lead=mark, support=mark, due=mark)])
    )

    assert rows_of(reading)[1] == ("PL.2", ["Sở Nội vụ"], ["Công an tỉnh"], "2024-06-30")


def test_a_ditto_mark_with_nothing_above_stays_unknown() -> None:
    reading = read_table(Rows([HEADER, row("1", lead="nt", due="30/6/2024")]))

    one = duty(reading, "PL.1")
    assert one.leads == ()
    assert one.confidence < 0.8
    assert "no_subject" in {anomaly.code for anomaly in one.anomalies}


@pytest.mark.parametrize("make", FORMS)
def test_a_merged_cell_holds_for_all_its_rows(make: Callable[..., bytes]) -> None:
    table = Rows(
        [HEADER, row("1", due="30/6/2024"), row("2", lead="", due="30/7/2024"), row("3", lead="", due="")],
        (1, 2, 3, 2),
        (2, 4, 3, 4),
    )

    reading = read_document(make(*HEAD.splitlines(), *FOOT.splitlines(), "PHỤ LỤC", "NHIỆM VỤ", table), NAMES[make])

    assert [(lead, last) for _, lead, _, last in rows_of(reading)] == [
        (["Sở Nội vụ"], "2024-06-30"),
        (["Sở Nội vụ"], "2024-07-30"),
        (["Sở Nội vụ"], "2024-07-30"),
    ]


def test_titles_of_groups_are_no_duties_and_numbers_that_go_on_stay() -> None:
    reading = read_table(
        Rows(
            [
                HEADER,
                row("I", "Nhóm rà soát", ""),
                row("1", due="30/6/2024"),
                row("II", "Nhóm kỹ thuật", ""),
                row("2", due="30/6/2024"),
            ],
            (1, 1, 1, 4),
            (3, 1, 3, 4),
        )
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.1", "PL.2"]


def test_numbers_that_begin_again_in_each_group_carry_its_number() -> None:
    titles = [row("I", "Nhóm rà soát", ""), row("II", "Nhóm kỹ thuật", "")]

    reading = read_table(Rows([HEADER, titles[0], row("1"), row("2"), titles[1], row("1"), row("-"), row("-")]))

    assert [one[0] for one in rows_of(reading)] == ["PL.I.1", "PL.I.2", "PL.II.1", "PL.II.-2", "PL.II.-3"]


def test_decimal_numbers_hold_those_of_their_group() -> None:
    reading = read_table(
        Rows([HEADER, row("1", "Hoàn thiện hồ sơ", ""), row("1.1"), row("1.2"), row("2", "Bảo vệ", ""), row("2.1")])
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.1.1", "PL.1.2", "PL.2.1"]


def test_a_title_over_the_whole_row_gives_its_number_to_what_is_below() -> None:
    table = Rows(
        [
            HEADER,
            ["I. NHÓM RÀ SOÁT", "", "", "", ""],
            row("a"),
            row("b"),
            ["II. NHÓM KỸ THUẬT", "", "", "", ""],
            row("a"),
        ],
        (1, 0, 1, 4),
        (4, 0, 4, 4),
    )

    assert [one[0] for one in rows_of(read_table(table))] == ["PL.I.a", "PL.I.b", "PL.II.a"]


@pytest.mark.parametrize(
    ("numbers", "clauses"),
    [
        (["1", "", "3"], ["PL.1", "PL.2", "PL.3"]),
        (["1.1", "", "1.3"], ["PL.1.1", "PL.1.2", "PL.1.3"]),
        (["a", "", "c"], ["PL.a", "PL.b", "PL.c"]),
        (["", "", ""], ["PL.1", "PL.2", "PL.3"]),
        (["01", "02.", "(3)"], ["PL.1", "PL.2", "PL.3"]),
        (["-", "", "-"], ["PL.-1", "PL.-2", "PL.-3"]),
    ],
)
def test_a_number_that_is_lost_is_restored_from_its_place(numbers: list[str], clauses: list[str]) -> None:
    reading = read_table(Rows([HEADER, *(row(number) for number in numbers)]))

    assert [one[0] for one in rows_of(reading)] == clauses


def test_a_table_without_numbers_is_counted() -> None:
    reading = read_table(
        Rows(
            [
                ["Công việc", "Đơn vị thực hiện", "Hạn"],
                ["Rà soát camera", "Sở Nội vụ", "Tháng 6/2024"],
                ["Thay mật khẩu camera", "Sở Y tế", "nt"],
            ]
        )
    )

    assert rows_of(reading) == [
        ("PL.1", ["Sở Nội vụ"], [], "2024-06-30"),
        ("PL.2", ["Sở Y tế"], [], "2024-06-30"),
    ]


def test_a_first_column_without_a_head_holds_the_numbers() -> None:
    assert [one[0] for one in rows_of(read_table(Rows([["", *HEADER[1:]], row("4"), row("5")])))] == ["PL.4", "PL.5"]


def test_a_column_for_each_body_is_read_down() -> None:
    reading = read_table(
        Rows(
            [
                ["Cơ quan thực hiện", "Sở Nội vụ", "Sở Y tế"],
                ["Số TT", "1", "2"],
                ["Phần việc", "Rà soát camera công cộng", "Đổi mật khẩu camera bệnh viện"],
                ["Hạn xong", "Trước 01/6/2024", "Quý II và quý III/2024"],
            ]
        )
    )

    assert rows_of(reading) == [("PL.1", ["Sở Nội vụ"], [], "2024-05-31"), ("PL.2", ["Sở Y tế"], [], "2024-09-30")]


def test_cards_in_one_table_are_read_one_after_the_other() -> None:
    table = Rows(
        [
            ["Phiếu số 1", ""],
            ["Nội dung", "Rà soát camera"],
            ["Chủ trì", "Sở Nội vụ"],
            ["Phối hợp", "-"],
            ["Thời gian", "Tháng 10 - 11/2024"],
            ["Phiếu số 04", ""],
            ["Chủ trì", "Sở Y tế"],
            ["Nội dung", "Đổi mật khẩu camera"],
            ["Thời gian", ""],
        ],
        (0, 0, 0, 1),
        (5, 0, 5, 1),
    )

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ"], [], "2024-11-30"), ("PL.4", ["Sở Y tế"], [], None)]


def test_cards_in_tables_of_their_own_are_counted() -> None:
    cards = [Rows([["Nội dung", f"Rà soát camera khu {name}"], ["Chủ trì", "Sở Nội vụ"]]) for name in "AB"]

    assert [one[0] for one in rows_of(read_table(*cards))] == ["PL.1", "PL.2"]


def test_marks_under_bodies_say_who_leads_and_who_helps() -> None:
    table = Rows(
        [
            ["STT", "Nội dung", "Thời hạn", "Đơn vị", "", ""],
            ["", "", "", "Sở Nội vụ", "Sở Y tế", "Công an tỉnh"],
            ["1", "Rà soát camera", "31/9/2024", "CT", "PH", "PH"],
            ["2", "Đổi mật khẩu camera", "Quý III/2024", "", "CT", ""],
        ],
        (0, 0, 1, 0),
        (0, 1, 1, 1),
        (0, 2, 1, 2),
        (0, 3, 0, 5),
    )

    reading = read_table(table)

    assert rows_of(reading) == [
        ("PL.1", ["Sở Nội vụ"], ["Sở Y tế", "Công an tỉnh"], None),
        ("PL.2", ["Sở Y tế"], [], "2024-09-30"),
    ]
    assert duty(reading, "PL.1").deadline.raw == "31/9/2024"


def test_two_columns_under_one_head_keep_what_each_says() -> None:
    table = Rows(
        [
            ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"],
            ["", "", "Chủ trì", "Phối hợp", ""],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            row("1", support="Công an tỉnh", due="Năm 2024"),
        ],
        (0, 0, 1, 0),
        (0, 1, 1, 1),
        (0, 2, 0, 3),
        (0, 4, 1, 4),
    )

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ"], ["Công an tỉnh"], "2024-12-31")]


def test_a_head_over_two_columns_needs_no_merged_neighbours() -> None:
    table = Rows(
        [
            ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"],
            ["", "", "Chủ trì", "Phối hợp", ""],
            row("1", support="Công an tỉnh", due="Năm 2024"),
        ],
        (0, 2, 0, 3),
    )

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ"], ["Công an tỉnh"], "2024-12-31")]


def test_the_title_of_a_group_names_those_who_lead_when_no_column_does() -> None:
    table = Rows(
        [
            ["Số TT", "Nhiệm vụ", "Thời gian"],
            ["I", "Công an huyện", ""],
            ["1", "Rà soát camera", "30/6/2024"],
            ["II", "Đội Quản lý thị trường số 4 (đề nghị phối hợp)", ""],
            ["2", "Kiểm tra cửa hàng bán camera", "Tháng 12/2024"],
            ["III", "Nội dung khác", ""],
            ["3", "Báo cáo kết quả", ""],
        ],
        (1, 1, 1, 2),
        (3, 1, 3, 2),
    )

    leads = [leads for _, leads, _, _ in rows_of(read_table(table))]

    assert leads == [["Công an huyện"], ["Đội Quản lý thị trường số 4"], ["Các sở, ban, ngành tỉnh"]]


def test_one_column_may_hold_those_who_lead_and_those_who_help() -> None:
    table = Rows(
        [
            ["STT", "Nội dung", "Cơ quan chủ trì, phối hợp"],
            ["1", "Rà soát camera", "Chủ trì: Sở Nội vụ\nPhối hợp: Công an tỉnh"],
        ]
    )

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ"], ["Công an tỉnh"], None)]


def test_a_list_in_a_cell_gives_each_name_whole() -> None:
    lead = "- Sở Nội vụ\n- Ban Quản lý các khu\ncông nghiệp\n1. Sở Y tế"

    assert rows_of(read_table(Rows([HEADER, row("1", lead=lead)])))[0][1] == [
        "Sở Nội vụ",
        "Ban Quản lý các khu công nghiệp",
        "Sở Y tế",
    ]


def test_turns_of_a_deadline_are_duties_of_one_clause() -> None:
    reading = read_table(Rows([HEADER, row("1", due="Đợt 1: trước 30/4/2024\nĐợt 2: trước 31/10/2024")]))

    assert [(one.id, str(one.deadline.last_day)) for one in reading.obligations if one.location == "appendix"] == [
        ("PL.1/1", "2024-04-29"),
        ("PL.1/2", "2024-10-30"),
    ]


def test_what_stands_below_a_row_without_a_task_belongs_to_it() -> None:
    table = Rows([HEADER, ["", "", "Sở Nội vụ", "", ""], row("1"), ["", "", "Sở Y tế", "Công an tỉnh", ""]])

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ", "Sở Y tế"], ["Công an tỉnh"], None)]


def test_a_head_repeated_on_the_next_page_is_no_row() -> None:
    assert [one[0] for one in rows_of(read_table(Rows([HEADER, row("1"), HEADER, row("2")])))] == ["PL.1", "PL.2"]


def test_an_empty_cell_stays_unknown_and_says_so() -> None:
    reading = read_table(Rows([HEADER, row("1", lead="", due="30/6/2024"), row("2", due="")]))

    nobody, no_day = duty(reading, "PL.1"), duty(reading, "PL.2")
    assert nobody.leads == ()
    assert no_day.deadline.operator == "none"
    assert max(nobody.confidence, no_day.confidence) < 0.8
    assert [a.message for a in no_day.anomalies if a.code == "table_damaged"] == ["Ô thời hạn để trống"]
    assert ("deadline", "Ô thời hạn để trống") in {(doubt.field, doubt.reason) for doubt in no_day.doubts}


@pytest.mark.parametrize("due", ["Tnag 8/2o24", "Theo chỉ đạo", "Tuần 2 tháng 9"])
def test_a_deadline_that_is_not_understood_is_shown_and_not_guessed(due: str) -> None:
    reading = read_table(Rows([HEADER, row("1", due=due)]))
    one = duty(reading, "PL.1")

    assert (one.deadline.operator, one.deadline.date) == ("none", None)
    assert one.confidence < 0.8
    assert due in next(a.message for a in one.anomalies if a.code == "table_damaged")
    doubt = next(doubt for doubt in one.doubts if doubt.field == "deadline")
    assert due in doubt.reason and [reading.text[a:b] for a, b in doubt.spans] == [due]


def test_a_lead_that_is_no_name_is_shown_and_not_guessed() -> None:
    reading = read_table(Rows([HEADER, row("1", lead="(?) 4", due="30/6/2024")]))
    one = duty(reading, "PL.1")

    assert one.leads == ()
    assert "table_damaged" in {anomaly.code for anomaly in one.anomalies}
    doubt = next(doubt for doubt in one.doubts if "chưa hiểu được" in doubt.reason)
    assert (doubt.field, [reading.text[a:b] for a, b in doubt.spans]) == ("leads", ["(?) 4"])


def test_a_table_without_a_column_of_bodies_takes_those_of_its_rows_or_of_the_letter() -> None:
    table = Rows(
        [
            ["STT", "Nhiệm vụ", "Thời hạn"],
            ["1", "Sở Nội vụ phối hợp với Công an tỉnh rà soát camera", "30/6/2024"],
            ["2", "Đổi mật khẩu camera", "30/6/2024"],
        ]
    )

    reading = read_table(table)

    assert [lead for _, lead, _, _ in rows_of(reading)] == [["Sở Nội vụ"], ["Các sở, ban, ngành tỉnh"]]


def test_a_deadline_may_stand_in_the_task_when_no_column_is_for_it() -> None:
    table = Rows(
        [["STT", "Nhiệm vụ", "Chủ trì"], ["1", "Rà soát camera, hoàn thành trước ngày 30/6/2024", "Sở Nội vụ"]]
    )

    assert rows_of(read_table(table)) == [("PL.1", ["Sở Nội vụ"], [], "2024-06-29")]


def test_a_table_in_the_body_counts_under_its_point() -> None:
    parts = [
        *HEAD.splitlines(),
        "1. Sở Y tế rà soát camera.",
        "2. Các nhiệm vụ khác như sau:",
        Rows([HEADER, row("1", due="30/6/2024")]),
        "3. Sở Nội vụ báo cáo UBND tỉnh.",
    ]

    reading = read_document(docx_of(*parts, *FOOT.splitlines()), "thu.docx")

    assert [(one.clause, one.location) for one in reading.obligations] == [
        ("1", "body"),
        ("2.1", "body"),
        ("3", "body"),
    ]


def test_a_table_before_any_point_counts_for_itself() -> None:
    reading = read_document(docx_of(*HEAD.splitlines(), Rows([HEADER, row("1")]), *FOOT.splitlines()), "thu.docx")

    assert [one.clause for one in reading.obligations] == ["1"]


@pytest.mark.parametrize(
    "title",
    [["PHỤ LỤC", "MẪU BÁO CÁO KẾT QUẢ"], ["Biểu số 01"], ["PHỤ LỤC II", "ĐỀ CƯƠNG BÁO CÁO"], ["PHIẾU KHẢO SÁT CAMERA"]],
)
def test_a_form_to_be_filled_in_gives_no_duties(title: list[str]) -> None:
    assert rows_of(read_table(Rows([HEADER, row("1", due="30/6/2024")]), title=title)) == []


@pytest.mark.parametrize(
    "table",
    [
        Rows(
            [["STT", "Nội dung", "Ghi chú"], ["1", "Số camera đang dùng", ""], ["2", "Số camera đã đổi mật khẩu", ""]]
        ),
        Rows([["Tên thiết bị", "Số lượng"], ["Camera A", "12"]]),
        Rows([["STT", "Đơn vị", "Số camera"], ["1", "Sở Nội vụ", "12"]]),
    ],
)
def test_a_table_of_figures_gives_no_duties(table: Rows) -> None:
    assert rows_of(read_table(table, title=["PHỤ LỤC", "SỐ LIỆU CAMERA"])) == []


def test_a_table_behind_the_foot_needs_no_heading() -> None:
    assert [one[0] for one in rows_of(read_table(Rows([HEADER, row("1")]), title=[]))] == ["PL.1"]


def test_several_appendices_with_tasks_are_told_apart_by_their_numbers() -> None:
    table = Rows([HEADER, row("1", due="30/6/2024")])

    reading = read_table(
        table,
        "Phụ lục II",
        "NHIỆM VỤ NĂM SAU",
        table,
        title=["Phụ lục I", "NHIỆM VỤ", "(Kèm theo Công văn số 10/UBND-NC)"],
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.I.1", "PL.II.1"]


def test_a_frame_around_a_table_is_no_table() -> None:
    inner = html_of(Rows([HEADER, row("1")])).decode().partition("<body>")[2]
    page = f"<table><caption>Danh mục</caption><tr><td>{inner}</td><td></td></tr><tr><td></td><td></td></tr></table>"

    lines = [*HEAD.splitlines(), *FOOT.splitlines(), "PHỤ LỤC", "NHIỆM VỤ"]
    reading = read_document(html_of(*lines).replace(b"</body>", page.encode()), "thu.html")

    assert [one[0] for one in rows_of(reading)] == ["PL.1"]
    assert "Danh mục" in reading.text


def test_a_row_of_a_document_may_skip_columns_and_go_on_with_nothing_above() -> None:
    maker = TableMaker()
    maker.put((0, 1))
    maker.begin_row(1)
    maker.go_on((1, 2))
    maker.begin_row()
    maker.go_on((2, 3))

    table = maker.made()

    assert table is not None
    assert [(cell.row, cell.column, cell.span) for cell in table.cells] == [
        (0, 0, (0, 1)),
        (1, 1, (1, 2)),
        (2, 0, (2, 3)),
    ]
    assert table.at(1, 0) is None


def test_merged_areas_of_any_claimed_size_are_cut() -> None:
    maker = TableMaker()
    for number in range(200):
        maker.begin_row()
        maker.put((number, number + 1), rows=10**9, columns=10**9)
        maker.put((number, number + 1), rows=10**9, columns=10**9)

    table = maker.made()

    assert table is not None
    assert table.columns <= 60
    assert table.rows <= 200


def test_a_name_goes_on_in_a_line_that_begins_none() -> None:
    assert rows_of(read_table(Rows([HEADER, row("1", lead="Sở Thông tin và Truyền thông\nĐông Sơn")])))[0][1] == [
        "Sở Thông tin và Truyền thông Đông Sơn"
    ]


def test_a_row_whose_task_has_no_letters_is_none() -> None:
    assert [one[0] for one in rows_of(read_table(Rows([HEADER, row("1", "(*)"), row("2")])))] == ["PL.2"]


def test_two_columns_with_a_head_of_their_own_are_no_cards() -> None:
    table = Rows([["Nhiệm vụ", "Chủ trì"], ["Rà soát camera", "Sở Nội vụ"], ["Thời hạn báo cáo", "Sở Y tế"]])

    assert [leads for _, leads, _, _ in rows_of(read_table(table))] == [["Sở Nội vụ"], ["Sở Y tế"]]


def test_a_short_row_of_a_card_is_passed_over() -> None:
    rows = "<tr><td>Nội dung<td>Rà soát camera<tr><td>Trống<tr><td>Chủ trì<td>Sở Nội vụ"
    lines = [*HEAD.splitlines(), *FOOT.splitlines(), "PHỤ LỤC", "NHIỆM VỤ"]
    page = html_of(*lines).replace(b"</body>", f"<table>{rows}</table>".encode())

    assert rows_of(read_document(page, "thu.html")) == [("PL.1", ["Sở Nội vụ"], [], None)]


def test_a_row_with_a_number_and_nothing_else_is_none() -> None:
    assert [one[0] for one in rows_of(read_table(Rows([HEADER, row("1"), ["2", "", "", "", ""], row("3")])))] == [
        "PL.1",
        "PL.3",
    ]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("stt", "number"), ("số thứ tự", "number"), ("tên nhiệm vụ", "task"), ("nội dung thực hiện", "task"),
        ("cơ quan, đơn vị chủ trì", "lead"), ("đơn vị thực hiện nhiệm vụ", "lead"), ("đơn vị phối hợp", "support"),
        ("thời gian thực hiện", "due"), ("hạn hoàn thành", "due"), ("kết quả thực hiện", "result"),
        ("sở nội vụ", None), ("", None), ("nhiệm vụ " * 20, None),
    ],
)  # fmt: skip
def test_a_head_says_what_its_column_holds(head: str, role: str | None) -> None:
    assert role_of(head) == role
