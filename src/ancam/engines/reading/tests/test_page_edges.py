"""What pages and stamps add to a letter is set apart, and a sentence goes on over the page as it was written."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.page_edges import set_aside
from ancam.engines.reading.read import read_document

SIGNATURE = [
    "Người ký: Ủy ban nhân dân tỉnh Đông Sơn",
    "Email: ubnd@dongson.example",
    "Cơ quan: Tỉnh Đông Sơn",
    "Thời gian ký: 05.03.2024 15:09:33 +07:00",
]


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        ("", "- # -"),
        ("#", ""),
        ("Trang #/4", "Trang #/4"),
        ("Công văn số 10/UBND-NC", "Văn phòng UBND tỉnh - trang #"),
    ],
)
def test_headers_and_footers_are_no_part_of_a_sentence_over_the_page(header: str, footer: str) -> None:
    halves = [
        "Sở Y tế rà soát camera và",
        "lập hồ sơ đề xuất cấp độ, trình",
        "Công an tỉnh thẩm định trước ngày",
        "01/7.",
    ]
    pages = [
        [*([header.replace("#", str(n))] if header and n > 1 else []), half, footer.replace("#", str(n))]
        for n, half in enumerate(halves, start=1)
    ]

    kept, aside = set_aside(pages)

    assert " ".join(line for line in kept if line) == " ".join(halves)
    assert len([line for line in aside if line]) == (4 if footer else 0) + (3 if header else 0)


HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 10/UBND-NC",
    "Kính gửi: Các sở, ban, ngành",
]
RUNNING = "Văn bản lưu hành nội bộ tỉnh Đông Sơn"


@pytest.mark.parametrize(
    "again", [RUNNING, "Văn bản lưu hành nội bộ, tỉnh Đông Sơn", "Van bản lưu hành nội bô tỉnh Đông Sơn."]
)
def test_a_header_above_the_head_of_two_pages_is_of_neither(again: str) -> None:
    pages = [[RUNNING, *HEAD, "1. Sở Y tế báo cáo kết quả về", "1"], ["2", again, "Công an tỉnh trước ngày 20/7."]]

    kept, aside = set_aside(pages)

    assert kept == [*HEAD, "1. Sở Y tế báo cáo kết quả về", "Công an tỉnh trước ngày 20/7."]
    assert sorted(aside) == sorted([RUNNING, "1", "2", again])


def test_the_name_of_the_house_over_the_second_of_two_pages_is_no_part_of_a_sentence() -> None:
    pages = [[*HEAD, "1. Sở Y tế rà soát camera và"], [HEAD[0], "lập hồ sơ đề xuất cấp độ."]]

    assert set_aside(pages) == ([*HEAD, "1. Sở Y tế rà soát camera và", "lập hồ sơ đề xuất cấp độ."], HEAD[:1])


@pytest.mark.parametrize(
    ("last", "kept_below"), [("1. Sở Y tế báo cáo kết quả về", True), ("1. Sở Y tế báo cáo kết quả.", False)]
)
def test_a_name_that_a_sentence_goes_on_with_is_kept(last: str, kept_below: bool) -> None:
    name = "Ủy ban nhân dân tỉnh Đông Sơn"
    pages = [[name, *HEAD[2:], last, "", "1"], [name, "trước ngày 20/7."]]
    pages[0].insert(0, "Số: 10/UBND-NC")

    assert set_aside(pages)[0].count(name) == 1 + kept_below


def test_a_second_document_in_the_file_keeps_its_head() -> None:
    pages = [[*HEAD, "1. Sở Y tế rà soát camera."], [*HEAD, "1. Công an tỉnh kiểm tra."]]

    assert set_aside(pages) == ([*pages[0], *pages[1]], [])


def test_two_pages_with_nothing_but_their_numbers_are_kept_apart() -> None:
    assert set_aside([["1"], ["2"]]) == ([], ["1", "2"])


def test_a_header_of_many_pages_is_taken_from_the_first_too() -> None:
    pages = [[RUNNING, *HEAD], *([RUNNING, f"Sở {name} rà soát camera."] for name in ("Y tế", "Nội vụ", "Tài chính"))]

    kept, aside = set_aside(pages)

    assert RUNNING not in kept
    assert aside == [RUNNING] * 4


def test_the_head_of_the_letter_is_kept_though_later_pages_repeat_it() -> None:
    pages = [["ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN", f"Nội dung trang {letter}", ""] for letter in "abc"]

    kept, aside = set_aside(pages)

    assert kept.count("ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN") == 1
    assert aside == ["ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN"] * 2


def test_a_short_line_at_the_foot_of_two_pages_may_be_a_cell() -> None:
    pages = [["1. Rà soát", "Hằng quý"], ["2. Kiểm tra", "Hằng quý"]]

    assert set_aside(pages) == ([*pages[0], *pages[1]], [])


def test_lines_within_a_page_are_kept_though_they_repeat() -> None:
    pages = [[*"abc", "Sở Y tế thực hiện", "d", "e", f"f{letter}"] for letter in "xyz"]

    assert set_aside(pages)[1] == []


@pytest.mark.parametrize(
    "stamp",
    [
        SIGNATURE,
        SIGNATURE[:1],
        SIGNATURE[:2],
        ["Ký bởi: Văn phòng", "Ủy ban nhân dân tỉnh", "Thời gian ký: 05.03.2024 15:09"],
        ["Signature Not Verified", "Ký bởi: UBND tỉnh", "Ngày ký: 05/03/2024"],
        ["Digitally signed by UBND TỈNH ĐÔNG SƠN", "Date: 2024.03.05"],
        ["ĐẾN", "Số: 2345", "Ngày: 06/03/2024", "Chuyển: PVX"],
        ["CÔNG VĂN ĐẾN Số: 2345 Ngày: 06/3/2024"],
        ["ĐẾN Số: ........ Ngày:.........."],
    ],
)
def test_stamps_are_set_apart_wherever_they_stand(stamp: list[str]) -> None:
    lines = ["Sở Y tế lập hồ sơ", "đề xuất cấp độ"]

    assert set_aside([[lines[0], *stamp, lines[1]]]) == (lines, stamp)


@pytest.mark.parametrize(
    "line",
    [
        "ĐẾN",
        "ĐẾN NĂM 2030",
        "Người ký chịu trách nhiệm về nội dung",
        "Số: 10/UBND-NC",
        "Email: so@dongson.example",
        "Cơ quan: các sở, ban, ngành",
        "ĐẾN Số: " + "." * 200,
    ],
)
def test_words_of_a_letter_are_no_stamp(line: str) -> None:
    lines = [line, "Số: 10/UBND-NC", "Đông Sơn, ngày 05 tháng 3 năm 2024"]

    assert set_aside([lines]) == (lines, [])


def test_a_text_with_page_breaks_is_read_as_one(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    broken = text.replace("cập nhật bản vá", "cập nhật\n\n2\n\f\nTài liệu của tỉnh\nbản vá").replace(
        "trước ngày 20 của", "trước\n3\n\fTài liệu của tỉnh\nngày 20 của"
    )
    stamped = broken.replace("Kính gửi", "\n".join([*SIGNATURE, "", "Kính gửi"]))

    readings = [read_document(one.encode(), "thu.txt") for one in (text, stamped)]

    assert readings[1].text == readings[0].text
    assert readings[1].obligations == readings[0].obligations


def test_a_day_that_a_line_begins_with_is_no_page_number(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    broken = text.replace("trước ngày 20 của", "trước ngày\n20\ncủa").replace("ngày 15/11/2024", "ngày\n15/11/2024")

    assert read_document(broken.encode(), "thu.txt").text == read_document(text.encode(), "thu.txt").text


def test_a_stamp_of_secrecy_among_what_was_set_apart_is_seen(letter: Callable[[str], str]) -> None:
    pages = [f"TỐI MẬT - bản số {n}" for n in range(3)]
    text = letter("cong-van-tinh-2024").replace("2. Giao", f"{pages[0]}\f{pages[1]}\n2. Giao") + f"\f{pages[2]}"

    with pytest.raises(StateSecret):
        read_document(text.encode(), "thu.txt")
