"""What ties the duties of a letter: a task said twice, days that disagree, a task that waits for another."""

from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.conftest import FOOT, HEAD
from ancam.engines.reading.tests.table_letters import HEADER, Rows, docx_of, duty


def read_both(body: list[str], rows: list[list[str]]) -> Reading:
    """Read a letter of 5 March 2024 with points in its body and a table in its appendix."""
    parts = [*HEAD.splitlines(), *body, *FOOT.strip().splitlines(), "PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"]
    return read_document(docx_of(*parts, Rows([HEADER, *rows])), "thu.docx")


def links(reading: Reading, clause: str) -> set[tuple[str, str]]:
    return {(link.type, link.id) for link in duty(reading, clause).links}


OPENED = "1. Sở Nội vụ mở 03 lớp bồi dưỡng cán bộ quản trị thiết bị ghi hình, xong trước ngày 30/6/2024."


def test_a_task_said_in_the_body_and_again_in_the_appendix_is_joined() -> None:
    reading = read_both(
        [OPENED], [["1", "Tổ chức 03 lớp bồi dưỡng cán bộ quản trị", "Sở Nội vụ", "", "Trước 30/6/2024"]]
    )

    assert links(reading, "1") == {("same_task", "PL.1/1")}
    assert links(reading, "PL.1") == {("same_task", "1/1")}
    assert "conflict_within" not in {a.code for one in reading.obligations for a in one.anomalies}


def test_days_that_disagree_are_flagged_on_both_and_neither_is_settled() -> None:
    reading = read_both(
        [OPENED], [["1", "Tổ chức 03 lớp bồi dưỡng cán bộ quản trị", "Sở Nội vụ", "", "Trước 30/5/2024"]]
    )

    assert links(reading, "1") == {("same_task", "PL.1/1"), ("conflict", "PL.1/1")}
    days = [str(duty(reading, clause).deadline.last_day) for clause in ("1", "PL.1")]
    assert days == ["2024-06-29", "2024-05-29"]
    for clause in ("1", "PL.1"):
        one = duty(reading, clause)
        assert one.confidence < 0.8
        assert "conflict_within" in {a.code for a in one.anomalies}


def test_the_tasks_of_other_bodies_and_other_tasks_are_not_joined() -> None:
    reading = read_both(
        [OPENED, "2. Công an tỉnh."],
        [
            ["1", "Tổ chức 03 lớp bồi dưỡng cán bộ quản trị", "Sở Y tế", "", "Trước 30/5/2024"],
            ["2", "Bố trí kinh phí mua sắm năm sau", "Sở Nội vụ", "", "Năm 2024"],
            ["3", "Mở 03 lớp bồi dưỡng cán bộ quản trị", "", "", "Năm 2024"],
        ],
    )

    assert [links(reading, f"PL.{n}") for n in (1, 2, 3)] == [set(), set(), set()]


def test_a_guessed_kind_ties_a_task_to_none_that_only_sounds_alike() -> None:
    reading = read_both(
        ["1. Sở Nội vụ kiểm tra an toàn thiết bị trước khi mua sắm camera tại trụ sở."],
        [["1", "Kiểm định độ an toàn của thiết bị camera trước khi lắp", "Sở Nội vụ", "", "Năm 2024"]],
    )

    assert duty(reading, "1").kind == duty(reading, "PL.1").kind == "procure_check"
    assert links(reading, "PL.1") == set()


def test_bodies_of_one_kind_named_in_other_words_are_the_same() -> None:
    reading = read_both(
        ["1. Thủ trưởng các sở, ban, ngành lập hồ sơ đề xuất cấp độ từng điểm, trình phê duyệt trước ngày 30/6/2024."],
        [["1", "Lập hồ sơ đề xuất cấp độ và trình phê duyệt", "Các sở, ban, ngành", "", "Trước 30/6/2024"]],
    )

    assert links(reading, "1") == {("same_task", "PL.1/1")}


def test_what_only_names_the_same_things_is_another_task() -> None:
    reading = read_both(
        ["1. Sở Nội vụ thực hiện áp dụng quy chuẩn kỹ thuật quốc gia về yêu cầu cơ bản cho camera."],
        [
            [
                "1",
                "Kiểm tra kinh doanh camera không đáp ứng quy chuẩn kỹ thuật quốc gia về yêu cầu cơ bản cho camera",
                "Sở Nội vụ, Sở Công Thương",
                "",
                "Hằng năm",
            ]
        ],
    )

    assert [duty(reading, clause).kind for clause in ("1", "PL.1")] == ["apply_qcvn", "market_control"]
    assert links(reading, "PL.1") == set()


TORN = "STT Tên nhiệm vụ Chủ trì Phối hợp Hạn hoàn thành\n"


def read_with_torn(body: str, table: str) -> Reading:
    """Read a letter of 5 March 2024 whose appendix is a table that came apart into lines."""
    return read_document(f"{HEAD}{body}\n{FOOT}PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n{TORN}{table}".encode(), "thu.txt")


REPORTED = "1. Sở Nội vụ hướng dẫn, đôn đốc các cơ quan đổi mật khẩu thiết bị ghi hình tại trụ sở{when}."
TORN_ROWS = (
    "1 Hướng dẫn, đôn đốc các cơ quan đổi mật khẩu Sở N~i v9 Công an tỉnh Hằng năm\n"
    "thiết bị ghi hình tại trụ sở.\n"
    "2 Bố trí kinh phí cho camera Sở Tài chính Sở Y tế Hằng năm\n"
)


def test_where_cells_came_apart_the_words_tell_the_same_task() -> None:
    reading = read_with_torn(REPORTED.format(when=""), TORN_ROWS)

    assert [one.text for one in duty(reading, "PL.1").leads] != ["Sở Nội vụ"]
    assert links(reading, "1") == {("same_task", "PL.1/1")}
    assert duty(reading, "PL.1").confidence < 0.8


def test_what_is_done_once_is_not_the_same_as_what_returns() -> None:
    reading = read_with_torn(REPORTED.format(when=", xong trước ngày 30/6/2024"), TORN_ROWS)

    assert links(reading, "1") == set()


def test_a_task_that_waits_for_another_says_so() -> None:
    reading = read_both(
        [],
        [
            ["1", "Rà soát camera đang dùng", "Sở Nội vụ", "", "Năm 2024"],
            ["2", "Sau khi hoàn thành nhiệm vụ 1, thay thế camera cũ", "Sở Y tế", "", "Năm 2024"],
            ["3", "Trên cơ sở kết quả tại mục 9, báo cáo UBND tỉnh", "Sở Y tế", "", "Năm 2024"],
        ],
    )

    assert links(reading, "PL.2") == {("depends_on", "PL.1/1")}
    assert links(reading, "PL.3") == set()


def test_a_point_of_the_body_may_wait_too() -> None:
    reading = read_both(
        ["1. Sở Nội vụ rà soát camera.", "2. Sở Y tế thay thế camera sau khi có kết quả tại mục 1."],
        [["1", "Lập quy chế quản lý", "Sở Tư pháp", "", "Năm 2024"]],
    )

    assert links(reading, "2") == {("depends_on", "1/1")}
