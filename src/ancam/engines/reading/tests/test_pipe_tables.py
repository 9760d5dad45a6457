"""Tables drawn with strokes in a plain text are read by their cells."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.model import Reading
from ancam.engines.reading.pipe_tables import pipe_tables
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tables import MOST_COLUMNS, MOST_ROWS
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import BODY, HEADER, Rows, duty, read_table, rows_of

TASKS = [
    ["1", "Rà soát camera", "Các sở, ban, ngành; UBND các huyện", "Công an tỉnh", "Trước 28/6/2024"],
    ["2", "Đổi mật khẩu camera", "Sở Nội vụ", "", "28/6/2024"],
    ["3", "Tuyên truyền về camera an toàn", "nt", "-", "Hằng tháng"],
]


def drawn(rows: list[list[str]], rule: str = "---") -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((first, f"|{'|'.join(rule for _ in rows[0])}|", *others))


def read_appended(table: str, name: str = "thu.md") -> Reading:
    return read_document("\n".join((HEAD, *BODY, table)).encode(), name)


@pytest.mark.parametrize("name", ["thu.md", "thu.txt"])
def test_rows_are_duties_as_those_of_a_file_with_cells(name: str) -> None:
    reading, with_cells = read_appended(drawn([HEADER, *TASKS]), name), read_table(Rows([HEADER, *TASKS]))

    assert len(rows_of(reading)) == 3
    assert rows_of(reading) == rows_of(with_cells)
    assert [one.confidence for one in reading.obligations] == [one.confidence for one in with_cells.obligations]
    assert reading.text == with_cells.text
    first = duty(reading, "PL.1")
    assert [reading.text[start:end] for start, end in first.spans] == TASKS[0][1:]


def test_a_table_may_stand_between_the_points_of_a_letter() -> None:
    table = drawn([["STT", "Nội dung", "Cơ quan chủ trì", "Thời hạn"], ["1", "Rà soát camera", "Sở Y tế", "28/6/2024"]])
    text = f"{HEAD}1. Nhiệm vụ cụ thể:\n{table}\n2. Sở Nội vụ báo cáo UBND tỉnh trước ngày 28/6/2024.\n{FOOT}"

    reading = read_document(text.encode(), "thu.txt")

    found = [(one.clause, [lead.text for lead in one.leads]) for one in reading.obligations]
    assert found == [("1.1", ["Sở Y tế"]), ("2", ["Sở Nội vụ"])]
    assert "|" not in reading.text


def test_marks_within_cells_and_strokes_left_out_at_the_edges_are_understood() -> None:
    table = (
        "STT | **Nhiệm vụ** | Chủ trì | Thời hạn\n:--|:-:|---|--:\n"
        "1 | Rà soát *camera*<br>loại A \\| B | Sở Nội vụ<br>Sở Y tế |\n"
    )

    reading = read_appended(table)

    assert rows_of(reading) == [("PL.1", ["Sở Nội vụ", "Sở Y tế"], [], None)]
    assert duty(reading, "PL.1").action == "Rà soát camera loại A | B"


def test_head_and_foot_set_side_by_side_are_no_table_of_data() -> None:
    left, right = (
        "ỦY BAN NHÂN DÂN<br>TỈNH ĐÔNG SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc",
    )
    head = drawn([["", ""], [left, right], ["Số: 10/UBND-NC", "Đông Sơn, ngày 05 tháng 3 năm 2024"]])
    foot = drawn([["**Nơi nhận:**<br>- Như trên;<br>- Lưu: VT.", "**CHỦ TỊCH**<br>Lê Minh Khôi"], ["", ""]])
    body = "Kính gửi: Các sở\n\n1. Sở Nội vụ rà soát camera trước ngày 28/6/2024."

    reading = read_document(f"{head}\n\n{body}\n\n{foot}\n".encode(), "thu.md")

    assert reading.document.issuer == "Ủy ban nhân dân tỉnh Đông Sơn"
    assert (reading.document.number, reading.document.date) == ("10", "2024-03-05")
    assert reading.document.signer == "Lê Minh Khôi"
    assert [one.clause for one in reading.obligations] == ["1"]


@pytest.mark.parametrize(
    "words",
    [
        "Điện thoại | 0123\nThư | a",
        "| Nhiệm vụ | Chủ trì |\n| Rà soát | Sở Y tế |",
        "| Nhiệm vụ | Chủ trì |\n|---|---|",
        "| Nhiệm vụ |\n|---|\n| Rà soát |",
        "Nhiệm vụ\n|---|\nRà soát | a",
        "|---|---|",
        "| a \\| b\n-----\n| c",
    ],
)
def test_strokes_that_draw_no_table_stay(words: str) -> None:
    assert pipe_tables(words.split("\n")) == (words.split("\n"), [])


def test_words_without_diacritics_are_understood_and_shown_as_they_stand() -> None:
    letter = "\n".join((HEAD, *BODY, drawn([HEADER, *TASKS])))
    text = unicodedata.normalize("NFD", letter).replace("đ", "d").replace("Đ", "D").encode("ascii", "ignore")

    reading = read_document(text, "thu.txt")

    assert rows_of(reading)[1] == ("PL.2", ["Sở Nội vụ"], [], "2024-06-28")
    cells = [reading.text[start:end] for start, end in duty(reading, "PL.2").spans]
    assert cells == ["Doi mat khau camera", "So Noi vu", "28/6/2024"]


def test_a_stamp_before_a_table_of_many_cells_is_seen() -> None:
    text = "\n".join((HEAD * 6, *BODY[:-2], "TỐI MẬT", drawn([HEADER, *TASKS * 4])))

    with pytest.raises(StateSecret):
        read_document(text.encode(), "thu.md")


def test_what_goes_beyond_the_bounds_stays_as_it_is() -> None:
    wide, head, rule = "|".join(["a"] * (MOST_COLUMNS + 9)), "| Nhiệm vụ | Chủ trì |", "|---|---|"

    lines, (many,) = pipe_tables([head, rule, *["| b | c |"] * MOST_ROWS])
    assert lines[-1] == "| b | c |"
    assert many.rows == MOST_ROWS

    lines, (broad,) = pipe_tables([wide, rule, wide, *[wide] * MOST_ROWS])
    assert broad.columns == MOST_COLUMNS
    assert lines[MOST_COLUMNS - 1] == "|".join(["a"] * 10)
    assert lines[-1] == wide


@given(st.lists(st.text("ab |\\-:\t", max_size=12), max_size=12))
def test_no_word_is_lost_and_cells_stand_in_their_order(lines: list[str]) -> None:
    placed, tables = pipe_tables(lines)

    assert "".join(filter(str.isalpha, "".join(placed))) == "".join(filter(str.isalpha, "".join(lines)))
    for table in tables:
        spans = [cell.span for cell in table.cells]
        assert spans == [(table.span[0] + n, table.span[0] + n + 1) for n in range(len(spans))]
