"""The words that the recognition program saw come in the order in which a person reads them."""

from ancam.engines.reading.picture_pages import is_spoilt
from ancam.engines.reading.recognised import RecognisedPage, read_tsv

WIDE = 1000  # of the page, in pixels; a letter takes ten
HIGH = 30


def page(
    *pieces: tuple[int, int, str],
    sure: float = 96.0,
    unsure: dict[str, float] | None = None,
    tops: dict[int, int] | None = None,
) -> RecognisedPage:
    """Return the page of pieces (line, left edge, words); pieces of one number are one line of the program."""
    rows = [
        "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
    ]
    for line, left, words in pieces:
        for word in words.split(" "):
            wide = 10 * len(word)
            conf = (unsure or {}).get(word, sure)
            rows.append(
                f"5\t1\t1\t1\t{line}\t1\t{left}\t{(tops or {}).get(line, 50 * line)}\t{wide}\t{HIGH}\t{conf}\t{word}"
            )
            left += wide + 10
    return read_tsv("\n".join(rows))


FULL = (6, 0, "Thực hiện chỉ đạo của Chính phủ về bảo đảm an toàn camera giám sát, Ủy ban nhân dân tỉnh yêu cầu các sở")
HEAD = (
    (1, 60, "UBND TỈNH"), (1, 520, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (2, 60, "ĐÔNG SƠN"), (2, 560, "Độc lập - Tự do - Hạnh phúc"),
    (3, 60, "Số: 10/UBND-NC"), (3, 560, "Đông Sơn, ngày 05 tháng 3 năm 2024"),
    (4, 40, "V/v an toàn camera"),
)  # fmt: skip


def test_the_halves_of_a_head_come_one_after_the_other() -> None:
    lines = page(*HEAD, (5, 100, "Kính gửi: Các sở"), FULL).lines

    assert lines == (
        "UBND TỈNH", "ĐÔNG SƠN", "Số: 10/UBND-NC", "V/v an toàn camera", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đông Sơn, ngày 05 tháng 3 năm 2024", "",
        "Kính gửi: Các sở", FULL[2],
    )  # fmt: skip


def test_a_number_and_a_day_left_blank_stay_on_their_lines() -> None:
    blank = ((3, 60, "Số:"), (3, 190, "/UBND-NC"), (3, 560, "Đông Sơn, ngày"), (3, 800, "tháng 3 năm 2024"))

    lines = page(*HEAD[:4], *blank, FULL).lines

    assert lines[2] == "Số: /UBND-NC"
    assert lines[6] == "Đông Sơn, ngày tháng 3 năm 2024"


def test_the_motto_is_parted_from_a_name_that_touches_it() -> None:
    lines = page((1, 290, "UBND TỈNH ĐÔNG SƠN"), (1, 480, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), FULL).lines

    assert lines[:3] == ("UBND TỈNH ĐÔNG SƠN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def test_the_title_of_a_letter_ends_its_head() -> None:
    lines = page(*HEAD[:6], (4, 60, "KẾ HOẠCH"), FULL).lines

    assert lines[-2:] == ("KẾ HOẠCH", FULL[2])


def test_the_top_of_a_page_without_a_motto_is_read_line_by_line() -> None:
    lines = page((1, 0, "Đơn vị"), (1, 700, "Thời hạn"), (2, 0, "Sở Y tế"), (2, 700, "Quý II"), FULL).lines

    assert lines[:2] == ("Đơn vị\tThời hạn", "Sở Y tế\tQuý II")


def test_the_halves_of_a_foot_come_one_after_the_other_up_to_what_follows() -> None:
    lines = page(
        FULL,
        (7, 0, "Nơi nhận:"), (7, 650, "TM. ỦY BAN NHÂN DÂN"),
        (8, 0, "- Như trên;"), (8, 700, "CHỦ TỊCH"),
        (9, 0, "- Lưu: VT."), (10, 690, "Lê Minh Khôi"),
        (11, 440, "PHỤ LỤC"), (12, 0, "TT"), (12, 300, "Nhiệm vụ"),
    ).lines  # fmt: skip

    assert lines == (
        FULL[2], "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Minh Khôi", "",
        "PHỤ LỤC", "TT\tNhiệm vụ",
    )  # fmt: skip


def test_a_foot_beside_the_first_column_leaves_that_column_whole() -> None:
    left = [(n, 0, "Các sở rà soát camera") for n in range(7, 10)]
    foot = [(n + 10, 600, words) for n, words in enumerate(("Nơi nhận:", "- Như trên;", "CHỦ TỊCH"))]

    lines = page(FULL, *left, *foot, tops={10: 350, 11: 400, 12: 450}).lines

    assert lines[1:] == ("Các sở rà soát camera",) * 3 + ("Nơi nhận:", "- Như trên;", "CHỦ TỊCH", "")


def test_specks_are_set_aside_but_no_date_and_no_word() -> None:
    found = page(FULL, (7, 0, "| ~ —"), (8, 0, "xqj"), (9, 0, "30/6"), (10, 0, "các"), sure=20)

    assert found.aside == ("| ~ —", "xqj")
    assert found.lines[-2:] == ("30/6", "các")


def test_a_page_without_words_is_clear_and_not_upright() -> None:
    found = page()

    assert (found.lines, found.words, found.is_clear, found.is_upright) == ((), 0, True, False)


def test_numbers_without_confidence_are_named_but_no_symbols() -> None:
    unsure = {"II/2024.": 85.0, "29/6": 80.0, "V": 60.0, "23/CT-TTg": 50.0, "sở": 40.0, "1U2024": 30.0}
    found = page((1, 0, "trước 29/6 , quý II/2024. hoặc 1U2024 theo 23/CT-TTg của sở mục V và 30/7"), unsure=unsure)

    assert found.unsure == {"II/2024", "29/6", "V", "1U2024"}


def test_spoilt_words_are_told_from_good_ones_and_from_another_language() -> None:
    good = "Thực hiện chỉ đạo của Chính phủ về bảo đảm an toàn camera, Ủy ban nhân dân tỉnh yêu cầu các sở rà soát " * 3
    noisy = (
        "Thue hién chi dao cia Chinh phu vé bao dam an toan camera, Uy ban nhan dan tinh yéu cau cac sé ra soat " * 3
    )
    english = "The department shall report the number of cameras and the results of the inspection before the end " * 3

    few_marks = "Trang 2: nội dung kiểm tra camera " * 10
    bare = "Thuc hien Chi thi cua Thu tuong ve cac quy dinh trong co quan, don vi. " * 3

    assert [is_spoilt(text) for text in (noisy, bare)] == [True, True]
    assert not any(map(is_spoilt, (good, few_marks, english, "Uy ban nhan dan")))
