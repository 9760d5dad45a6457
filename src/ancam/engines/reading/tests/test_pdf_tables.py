"""Tables drawn with lines in a .pdf: their cells, merged ones, and rows that run over pages."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.limits import Limits
from ancam.engines.reading.pdf_text import pdf_lines
from ancam.engines.reading.read import read_document
from ancam.engines.reading.rulings import Rule, grids
from ancam.engines.reading.tables import Table
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import rows_of

XS = (40, 80, 280, 440, 560, 680)
LETTER = 5.0  # the width of every letter in these files
Page = list[object]


def ruled(top: float, rows: list[list[str]], xs: tuple[float, ...] = XS, *, height: float = 40) -> Page:
    """Draw a table with all its lines, the words of each cell broken where they are."""
    bottom = top - height * len(rows)
    drawn: Page = [(xs[0], top - height * n, xs[-1] - xs[0], 1) for n in range(len(rows) + 1)]
    drawn += [(x, bottom, 1, top - bottom) for x in xs]
    for n, row in enumerate(rows):
        drawn += written(top - height * n, row, xs)
    return drawn


def written(top: float, row: list[str], xs: tuple[float, ...] = XS) -> Page:
    return [
        (x + 5, top - 12 - 12 * line, words)
        for x, cell in zip(xs, row, strict=False)
        for line, words in enumerate(cell.split("\n"))
        if words
    ]


def tables_of(data: bytes) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    found = pdf_lines(data, "a.pdf", Limits())
    return found.lines, found.tables


def cells(data: bytes) -> list[list[str]]:
    lines, (table,) = tables_of(data)
    return [["|".join(lines[slice(*cell.span)]) for cell in table.row(row)] for row in range(table.rows)]


HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
PROSE = ["Phần việc của từng cơ quan được giao như sau, đề nghị thực hiện đúng hạn."]


def test_each_cell_is_read_by_itself_and_its_own_line_breaks_stay(make_pdf: Callable[..., bytes]) -> None:
    row = ["1", "Rà soát toàn bộ camera đang dùng tại\ncác trụ sở", "Sở Nội vụ\nSở Y tế", "", "Trước ngày 30/6/2024"]

    assert cells(make_pdf([[*PROSE, *ruled(700, [HEADER, row]), (40, 500, "Sau bảng.")]])) == [
        HEADER,
        ["1", "Rà soát toàn bộ camera đang dùng tại các trụ sở", "Sở Nội vụ|Sở Y tế", "", "Trước ngày 30/6/2024"],
    ]


def test_lines_around_a_table_stay_in_their_order(make_pdf: Callable[..., bytes]) -> None:
    page = [*PROSE, *ruled(700, [["a", "b"], ["c", "d"]], (40, 100, 200)), (40, 500, "Sau bảng.")]

    lines, _ = tables_of(make_pdf([page]))

    assert [line for line in lines if line] == [*PROSE, "a", "b", "c", "d", "Sau bảng."]


def test_a_date_wider_than_its_cell_is_whole_again(make_pdf: Callable[..., bytes]) -> None:
    rows = [["Nhiệm vụ", "Hạn"], ["Rà soát", "Trước\n15/7/202\n6"], ["Đổi mật", "15/7/\n2026"], ["Sở TT-", "2026"]]

    found = cells(make_pdf([[*PROSE, *ruled(700, rows, (40, 100, 150))]]))

    assert [row[1] for row in found] == ["Hạn", "Trước 15/7/2026", "15/7/2026", "2026"]


def test_cells_without_a_line_between_them_are_one(make_pdf: Callable[..., bytes]) -> None:
    xs, page = (40, 140, 240, 340), list(PROSE)
    page += [(40, y, 300, 1) for y in (700, 660, 580)] + [(40, 620, 100, 1), (240, 620, 100, 1)]
    page += [(40, 580, 1, 120), (340, 580, 1, 120), (140, 580, 1, 120), (240, 580, 1, 80)]
    page += (
        written(700, ["a", "trên hai cột"], xs)
        + written(660, ["b", "hai hàng", "c"], xs)
        + written(620, ["d", "", "e"], xs)
    )

    lines, (table,) = tables_of(make_pdf([page]))

    assert [(c.row, c.column, c.rows, c.columns, lines[c.span[0]]) for c in table.cells] == [
        (0, 0, 1, 1, "a"),
        (0, 1, 1, 2, "trên hai cột"),
        (1, 0, 1, 1, "b"),
        (1, 1, 2, 1, "hai hàng"),
        (1, 2, 1, 1, "c"),
        (2, 0, 1, 1, "d"),
        (2, 2, 1, 1, "e"),
    ]


def test_cells_drawn_as_boxes_make_a_table(make_pdf: Callable[..., bytes]) -> None:
    boxes = [(x, y, 100, 40) for x in (40, 140) for y in (620, 660)]

    assert cells(
        make_pdf([[*PROSE, *boxes, *written(700, ["a", "b"], (40, 140)), *written(660, ["c", "d"], (40, 140))]])
    ) == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_a_table_goes_on_over_pages_with_its_head_repeated_and_a_row_parted(make_pdf: Callable[..., bytes]) -> None:
    first = [
        HEADER,
        ["1", "Rà soát camera", "Sở Nội vụ", "", "30/6/2024"],
        ["2", "Kiểm tra camera,", "Sở Y tế", "", "30/7/2024"],
    ]
    second = [HEADER, ["", "báo cáo UBND tỉnh.", "", "Công an tỉnh", ""], ["3", "Đổi mật khẩu", "Sở Tư pháp", "", ""]]

    found = cells(make_pdf([[*PROSE, *ruled(700, first), (400, 20, "1")], [*ruled(780, second), (400, 20, "2")]]))

    assert found == [
        *first[:2],
        ["2", "Kiểm tra camera, báo cáo UBND tỉnh.", "Sở Y tế", "Công an tỉnh", "30/7/2024"],
        second[2],
    ]


def test_a_table_of_other_columns_on_the_next_page_is_another(make_pdf: Callable[..., bytes]) -> None:
    other = ruled(780, [["a", "b"], ["c", "d"]], (60, 300, 500))

    assert len(tables_of(make_pdf([[*PROSE, *ruled(700, [HEADER, HEADER])], other]))[1]) == 2


def test_words_between_two_tables_keep_them_apart(make_pdf: Callable[..., bytes]) -> None:
    rows = [HEADER, ["1", "Rà soát camera", "Sở Nội vụ", "", "30/6/2024"]]

    assert len(tables_of(make_pdf([[*PROSE, *ruled(700, rows)], [*PROSE, *ruled(700, rows)]]))[1]) == 2


def test_two_spaces_in_a_cell_are_one(make_pdf: Callable[..., bytes]) -> None:
    rows = [["Nhiệm  vụ", "Hạn"], ["Rà soát", "2024"]]

    assert cells(make_pdf([[*PROSE, *ruled(700, rows, (40, 140, 240))]]))[0] == ["Nhiệm vụ", "Hạn"]


@pytest.mark.parametrize(
    "drawing",
    [
        [(40, 700, 300, 1)],
        [(40, 700, 300, 1), (40, 600, 300, 1), (40, 600, 1, 100), (340, 600, 1, 100)],
        [(40, 700, 4, 1), (40, 690, 1, 4)],
        [(40, 700, 80, 690, 120, 700, 120, 640, 80, 650, 40, 640, 30, 660)],
    ],
)
def test_lines_that_make_no_cells_are_no_table(drawing: Page, make_pdf: Callable[..., bytes]) -> None:
    assert tables_of(make_pdf([[*PROSE, *drawing]]))[1] == ()


def test_more_lines_than_any_table_has_are_left_alone() -> None:
    many = [Rule(n, 0, 100) for n in range(3_001)]

    assert grids(many, [Rule(0, 0, 100)]) == []


def test_more_shapes_than_a_page_may_have_are_left_alone(
    make_pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ancam.engines.reading.pdf_tables._MOST_OBJECTS", 5)

    assert tables_of(make_pdf([[*PROSE, *ruled(700, [HEADER, HEADER])]]))[1] == ()


def test_a_letter_with_its_appendix_over_two_pages_is_read(make_pdf: Callable[..., bytes]) -> None:
    row = ["1", "Xác định cấp độ an toàn cho hệ thống\ncamera", "Sở Nội vụ;\nSở Y tế", "Công an tỉnh", "30/6/2024"]
    pages = [
        [*HEAD.splitlines(), "Nhiệm vụ cụ thể tại Phụ lục.", *FOOT.splitlines()],
        ["PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ", *ruled(700, [HEADER, row])],
        ruled(780, [HEADER, ["2", "Đổi mật khẩu camera", "nt", "", "Năm 2024"]]),
    ]

    assert rows_of(read_document(make_pdf(pages), "thu.pdf")) == [
        ("PL.1", ["Sở Nội vụ", "Sở Y tế"], ["Công an tỉnh"], "2024-06-30"),
        ("PL.2", ["Sở Nội vụ", "Sở Y tế"], [], "2024-12-31"),
    ]
