"""Tables whose cells came apart into lines of a plain text."""

import pytest

from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import duty, rows_of
from ancam.engines.reading.torn import mended, worded

HEADS = "STT\nTên nhiệm vụ\nChủ trì\nPhối hợp\nHạn hoàn thành\n"
IN_LINE = "STT Tên nhiệm vụ Chủ trì Phối hợp Hạn hoàn thành\n"


def read_torn(table: str) -> Reading:
    """Read a letter of 5 March 2024 with a torn table in its appendix."""
    text = f"{HEAD}Phần việc cụ thể tại Phụ lục.\n{FOOT}PHỤ LỤC\nNHIỆM VỤ TRỌNG TÂM\n{table}"
    return read_document(text.encode(), "thu.txt")


def test_cells_that_follow_one_another_are_rows_again() -> None:
    reading = read_torn(
        HEADS + "1\nXác định cấp độ an toàn hệ thống\nthông tin và trình phê duyệt\n"
        "Các sở, ban, ngành,\nỦy ban nhân dân huyện\n"
        "Công an tỉnh\nHoàn thành trong tháng 8 năm 2024\n\n"
        "2\nĐổi mật khẩu camera\nSở Nội vụ\n\nThường xuyên\n"
    )

    assert rows_of(reading) == [
        ("PL.1", ["Các sở, ban, ngành", "Ủy ban nhân dân huyện"], ["Công an tỉnh"], "2024-08-31"),
        ("PL.2", ["Sở Nội vụ"], [], None),
    ]
    assert duty(reading, "PL.1").action == "Xác định cấp độ an toàn hệ thống thông tin và trình phê duyệt"
    assert duty(reading, "PL.2").cadence == "continuous"
    assert "table_damaged" not in {a.code for one in reading.obligations for a in one.anomalies}


def test_a_lost_number_and_a_repeated_head_are_no_obstacle() -> None:
    reading = read_torn(
        HEADS
        + "1\nĐổi mật khẩu camera\nSở Nội vụ\nThường xuyên\n"
        + HEADS
        + "Bố trí kinh phí cho camera\nSở Tài chính\nCông an tỉnh\nHằng năm\n"
        "3\nTuyên truyền về camera an toàn\nBáo Đông Sơn\nTrước 30/6/2024\n"
    )

    assert [one[:3] for one in rows_of(reading)] == [
        ("PL.1", ["Sở Nội vụ"], []),
        ("PL.2", ["Sở Tài chính"], ["Công an tỉnh"]),
        ("PL.3", ["Báo Đông Sơn"], []),
    ]


def test_lines_of_several_columns_are_put_together_and_marked_uncertain() -> None:
    reading = read_torn(
        IN_LINE + "Xác định, phê duyệt cấp độ an toàn hệ thống thông tin.\n"
        "Xác định cấp độ an toàn của các hệ\nthống có camera đang Các Sở, ban, ngành,\n"
        "1.1 sử dụng tại các trụ sở Ủy ban nhân dân huyện Sở Thông tin và Truyền Hoàn thành trong\n"
        "nơi công cộng thông tháng 8 năm 2024\ntrên địa bàn.\n"
        "Phê duyệt cấp độ an toàn hệ thống. Sở Thông tin và Truyền Công an tỉnh 15 ngày sau khi\nthông nhận hồ sơ\n"
        "2\nTăng cường kiểm tra kinh doanh\ncamera giám sát. Sở Công Thương Công an tỉnh Hằng năm\n"
    )

    assert rows_of(reading) == [
        ("PL.1.1", ["Các Sở, ban, ngành", "Ủy ban nhân dân huyện"], ["Sở Thông tin và Truyền thông"], "2024-08-31"),
        ("PL.1.2", ["Sở Thông tin và Truyền thông"], ["Công an tỉnh"], None),
        ("PL.2", ["Sở Công Thương"], ["Công an tỉnh"], None),
    ]
    relative = duty(reading, "PL.1.2").relative
    assert relative and (relative.days, relative.event) == (15, "nhận hồ sơ")
    appendix = [one for one in reading.obligations if one.location == "appendix"]
    assert all(one.confidence < 0.8 for one in appendix)
    assert all("table_damaged" in {a.code for a in one.anomalies} for one in appendix)
    torn = [doubt for doubt in duty(reading, "PL.2").doubts if "Bảng bị vỡ dòng" in doubt.reason]
    assert [(doubt.field, [reading.text[a:b] for a, b in doubt.spans]) for doubt in torn] == [
        ("leads", ["Sở Công Thương"]),
        ("supports", ["Công an tỉnh"]),
        ("deadline", ["Hằng năm"]),
    ]


def test_a_name_that_its_sentence_holds_stays_in_the_task() -> None:
    reading = read_torn(
        HEADS + "1\nBáo cáo kết quả cho Sở Nội vụ trước ngày họp của Ủy ban nhân dân tỉnh\nSở Y tế\nHằng quý\n"
        "2\nĐổi mật khẩu camera\nSở Nội vụ\nThường xuyên\n"
    )

    assert rows_of(reading)[0][1:3] == (["Sở Y tế"], [])


def test_more_names_than_columns_are_uncertain() -> None:
    reading = read_torn(
        HEADS + "1\nRà soát camera\nSở Y tế\nSở Nội vụ\nSở Tư pháp\nHằng quý\n"
        "2\nĐổi mật khẩu camera\nSở Nội vụ\nThường xuyên\n"
    )

    assert duty(reading, "PL.1").confidence < 0.8


def test_a_cell_that_nothing_was_found_for_stays_unknown() -> None:
    one = duty(read_torn(HEADS + "1\nRà soát camera\nHằng quý\n2\nĐổi mật khẩu camera\nSở Nội vụ\n"), "PL.1")

    assert one.leads == ()
    assert one.confidence < 0.8


def test_the_rest_of_a_name_or_a_time_may_stand_lines_below() -> None:
    reading = read_torn(
        HEADS.replace("Chủ trì\n", "Chủ trì\n\n")
        + "1\nRà soát toàn bộ camera Sở Thông tin và Truyền Hoàn thành trong\n"
        "đang dùng tại trụ sở\nvà nơi công cộng thông tháng 8/2024\n"
        "2\nĐổi mật khẩu camera tại nơi Sở Nội vụ Hoàn thành trong\ncông cộng\n"
    )

    assert [(lead, last) for _, lead, _, last in rows_of(reading)] == [
        (["Sở Thông tin và Truyền thông"], "2024-08-31"),
        (["Sở Nội vụ"], None),
    ]


def test_the_rest_of_a_time_may_stand_behind_the_rest_of_a_name() -> None:
    reading = read_torn(
        IN_LINE + "1 Rà soát toàn bộ camera Sở Nội vụ Sở Thông tin và Truyền Hoàn thành trong\n"
        "đang dùng tại trụ sở thông, Công an tỉnh. tháng 9 năm 2024\n"
        "2 Đổi mật khẩu camera Sở Nội vụ Công an tỉnh Hằng năm\n"
    )

    assert str(duty(reading, "PL.1").deadline.last_day) == "2024-09-30"
    assert not any("tháng" in support.text for support in duty(reading, "PL.1").supports)
    assert duty(reading, "PL.1").confidence < 0.8


def test_groups_with_roman_numbers_are_no_rows() -> None:
    reading = read_torn(
        HEADS + "I\nNHÓM RÀ SOÁT\n1\nRà soát camera\nSở Y tế\nHằng quý\n"
        "II\nNHÓM KỸ THUẬT\n2\nĐổi mật khẩu camera\nSở Nội vụ\n"
        "Thường xuyên\n"
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.1", "PL.2"]


def test_what_follows_the_table_is_not_part_of_it() -> None:
    reading = read_torn(
        HEADS
        + "1\nRà soát camera\nSở Y tế\nHằng quý\n2\nĐổi mật khẩu camera\nSở Nội vụ\nThường xuyên\nMẫu số 01\nBÁO CÁO\n"
    )

    assert duty(reading, "PL.2").supports == ()


@pytest.mark.parametrize(
    "text",
    [
        HEADS,
        HEADS + "1\nRà soát camera\n",
        "STT\nTên nhiệm vụ\nChủ trì của ai\n1\nRà soát\nSở Y tế\n",
        "Nhiệm vụ\nNội dung\nChủ trì\nNhiệm vụ\n",
        "STT\nSản phẩm\nGhi chú\n",
        "STT Tên nhiệm vụ Chủ trì Phối hợp Hạn hoàn thành\nMột dòng.\n",
    ],
)
def test_words_that_head_no_rows_stay_as_they_are(text: str) -> None:
    lines, tables = mended(text.splitlines())

    assert tables == []
    assert [worded(line) for line in lines] == text.splitlines()


def test_every_word_of_a_mended_line_is_known_by_its_former_place() -> None:
    before = (IN_LINE + "1 | Rà soát camera Sở Y tế Hằng quý\n2 Đổi mật khẩu camera Sở Nội vụ Hằng năm").splitlines()

    after, tables = mended(before)

    assert len(tables) == 1
    assert all(before[bit.line][bit.start :].startswith(bit.words) for line in after for bit in line)
    assert "Sở Y tế" in [worded(line) for line in after]


def test_an_endless_line_is_taken_whole() -> None:
    lines, (table,) = mended(
        [*HEADS.splitlines(), "1", "Rà soát " + "Sở Y tế " * 5_000, "Sở Y tế", "2", "Đổi mật khẩu", "Sở Y tế"]
    )

    assert table.rows == 2
    assert len(lines) == len(table.cells)


def test_cards_whose_lines_follow_one_another_are_rows() -> None:
    reading = read_torn(
        "Phiếu số 1\nNội dung\n\nĐổi mật khẩu camera tại\ncác trụ sở\nChủ trì\nSở Nội vụ\n"
        "Phối hợp\nThời gian\nQuý IV/2024\n"
        "Phiếu số\n2\nViệc phải làm\nRà soát camera\nNgười chủ trì\nSở Y tế\nThời hạn\nHằng tháng\nPhụ lục II\nMẪU\n"
    )

    assert rows_of(reading) == [
        ("PL.1", ["Sở Nội vụ"], [], "2024-12-31"),
        ("PL.2", ["Sở Y tế"], [], None),
    ]


def test_a_card_without_anyone_or_any_time_is_none() -> None:
    assert mended(["Phiếu số 1", "Nội dung", "Đổi mật khẩu"])[1] == []


def test_ditto_marks_stand_for_the_cells_above() -> None:
    reading = read_torn(
        HEADS + '1\nRà soát camera\nSở Y tế\nCông an tỉnh\nTháng 6/2024\n2\nĐổi mật khẩu camera\nnt\n-\n"\n'
    )

    assert rows_of(reading)[1] == ("PL.2", ["Sở Y tế"], [], "2024-06-30")


def test_what_a_row_should_give_does_not_begin_the_next() -> None:
    heads = "STT\nNhiệm vụ\nBộ phận thực hiện\nThời hạn\nGhi chú\n"
    reading = read_torn(
        heads + "1\nRà soát camera\nSở Y tế\nQuý III/2024\nCập nhật khi có thay đổi\n"
        "2\nĐổi mật khẩu camera\nSở Nội vụ\nQuý IV/2024\nBáo cáo\n"
    )

    assert [one[0] for one in rows_of(reading)] == ["PL.1", "PL.2"]


def test_the_date_of_another_document_at_the_head_of_a_line_is_no_deadline() -> None:
    reading = read_torn(
        HEADS
        + "1\nThực hiện Công văn số 640/UBND-KT ngày\n02/3/2024\nSở Y tế\n2\nĐổi mật khẩu camera\nSở Nội vụ\nHằng quý\n"
    )

    assert duty(reading, "PL.1").deadline.date is None
