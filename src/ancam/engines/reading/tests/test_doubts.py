"""Each unsure field of a duty says why, and points at the words it rests on."""

from collections import Counter

import pytest

from ancam.engines.reading.contract import to_json
from ancam.engines.reading.doubts import doubts_of
from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.kinds import Verdict
from ancam.engines.reading.model import Actor
from ancam.engines.reading.points import Point
from ancam.engines.reading.read import read_document
from ancam.engines.reading.script import Script

SURE = 0.95


def doubts(reading, number=0):
    """Return the doubts of one duty as field, reason and the words pointed at."""
    found = reading.obligations[number].doubts
    return [(doubt.field, doubt.reason, [reading.text[a:b] for a, b in doubt.spans]) for doubt in found]


def of_field(reading, field, number=0):
    return [(reason, words) for name, reason, words in doubts(reading, number) if name == field]


def test_what_is_said_outright_bears_no_doubt(read_body):
    read = read_body("1. Giao Sở Y tế phê duyệt cấp độ hệ thống camera trước ngày 20/3/2024.")

    assert doubts(read) == []


def test_a_lead_taken_from_the_addressees_points_at_them(read_body):
    read = read_body("1. Phê duyệt cấp độ hệ thống camera trước ngày 20/3/2024.")

    [(reason, words)] = of_field(read, "leads")

    assert "Kính gửi" in reason
    assert words == ["Các sở, ban, ngành tỉnh"]


def test_a_lead_nobody_named_while_others_are_named_is_doubted_once(read_body):
    read = read_body("1. Giao Công an tỉnh kiểm tra camera.\n2. Phê duyệt cấp độ hệ thống camera.")

    [(reason, words)] = of_field(read, "leads", 1)

    assert reason.startswith("Không nêu chủ thể")
    assert words == ["Phê duyệt cấp độ hệ thống camera."]


def test_a_name_that_may_hold_more_than_a_name_is_doubted_in_its_place(read_body):
    name = "Các Trung tâm Viễn thông huyện, thị xã"
    read = read_body(f"1. {name} phê duyệt cấp độ hệ thống camera.")

    assert of_field(read, "leads")[0] == (
        f"“{name}” không khớp loại cơ quan nào đã biết; tên có thể thừa chữ",
        [name],
    )


def test_support_set_by_the_lead_in_is_doubted_below_it(read_body):
    read = read_body(
        "1. Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế:\n"
        "a) Phê duyệt cấp độ hệ thống camera.\n"
        "b) Hướng dẫn các xã đổi mật khẩu camera."
    )

    [(reason, words)] = of_field(read, "supports")

    assert "câu dẫn" in reason
    assert words == ["Sở Y tế"]


def test_support_named_in_the_sentence_bears_no_doubt(read_body):
    read = read_body("1. Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế phê duyệt cấp độ hệ thống camera.")

    assert read.obligations[0].supports
    assert not of_field(read, "supports")


def test_a_wording_of_no_known_kind_is_doubted(read_body):
    read = read_body("1. Giao Công an tỉnh sắp xếp bàn ghế trong phòng trực.")

    [(reason, words)] = of_field(read, "kind")

    assert "không khớp loại nhiệm vụ" in reason
    assert words == ["sắp xếp bàn ghế trong phòng trực"]


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (("guide",), "lấy “Phổ biến, quán triệt, tuyên truyền”, có thể là “Hướng dẫn, tập huấn”"),
        ((), "lấy “Phổ biến, quán triệt, tuyên truyền”"),
    ],
)
def test_a_wording_of_two_kinds_says_which_was_taken(also, said):
    script = Script.of(["mở lớp"])
    point = Point("1", "number", 0, (0, 0), [(0, 6)])
    verdict = Verdict("propagate", also, contested=True)
    lead = (Actor("Sở Y tế", "so_y_te"),)
    one = Draft(point, [(0, 6)], (0, 6), lead, (), True, verdict, None, "none", (), None)

    [doubt] = doubts_of(script, one, (), Counter({"1": 1}))

    assert doubt.field == "kind"
    assert doubt.reason.endswith(said)


@pytest.mark.parametrize(
    ("wording", "reason", "words"),
    [
        ("trước ngày 20/4", "năm 2024 được suy", "trước ngày 20/4"),
        ("trước ngày 31/4/2024", "31/4/2024 không tồn tại", "trước ngày 31/4/2024"),
        ("trước ngày 20/01/2024", "sớm hơn ngày của văn bản", "trước ngày 20/01/2024"),
        ("chậm nhất ngày 31/3/2024", "là Chủ nhật, ngày nghỉ", "chậm nhất ngày 31/3/2024"),
        ("trong thời hạn 15 ngày", "không nêu tính từ ngày nào", "trong thời hạn 15 ngày"),
        ("theo đúng thời hạn tại Công văn số 4/UBND-NC ngày 02/01/2024", "ở văn bản khác", "Công văn số 4/UBND-NC"),
    ],
)
def test_a_deadline_says_why_it_is_unsure(read_body, wording, reason, words):
    read = read_body(f"1. Giao Công an tỉnh phê duyệt cấp độ hệ thống camera {wording}.")

    [(said, places)] = of_field(read, "deadline")

    assert reason in said
    assert words in places[0]


def test_a_deadline_of_the_lead_in_is_doubted_below_it(read_body):
    read = read_body(
        "1. Giao Công an tỉnh thực hiện trước ngày 20/3/2024:\n"
        "a) Phê duyệt cấp độ hệ thống camera.\n"
        "b) Hướng dẫn các xã đổi mật khẩu camera."
    )

    [(reason, words)] = of_field(read, "deadline")

    assert "câu dẫn" in reason
    assert words == ["trước ngày 20/3/2024"]


def test_two_days_in_one_sentence_are_doubted_each(read_body):
    read = read_body("1. Giao Công an tỉnh mở lớp tập huấn, đợt 1 trước ngày 20/3/2024, đợt 2 trước ngày 21/5/2024.")

    reasons = [reason for number in (0, 1) for reason, _ in of_field(read, "deadline", number)]

    assert [reason for reason in reasons if "nhiều mốc thời gian" in reason] == reasons
    assert len(reasons) == 2


@pytest.mark.parametrize(
    ("wording", "day", "undated"),
    [
        (
            "Trước ngày 20/3/2024, Công an tỉnh phê duyệt cấp độ hệ thống camera; bố trí kinh phí thay thế camera",
            "Trước ngày 20/3/2024",
            [1],
        ),
        (
            "Giao Công an tỉnh phê duyệt cấp độ hệ thống camera và hướng dẫn các xã đổi mật khẩu camera, hoàn thành"
            " trước ngày 20/3/2024",
            "hoàn thành trước ngày 20/3/2024",
            [0],
        ),
    ],
)
def test_a_day_that_may_be_of_the_whole_sentence_is_doubted_where_it_was_not_taken(read_body, wording, day, undated):
    read = read_body(f"1. {wording}.")

    assert [n for n, one in enumerate(read.obligations) if one.deadline.date is None] == undated
    [(reason, words)] = of_field(read, "deadline", undated[0])
    assert "chưa rõ mốc đó có áp dụng" in reason
    assert words == [day]
    assert read.obligations[undated[0]].confidence < 0.8


@pytest.mark.parametrize(
    "wording",
    [
        "Giao Công an tỉnh thống kê camera; phê duyệt cấp độ hệ thống camera; báo cáo UBND tỉnh trước ngày 20/3/2024",
        "Trước ngày 20/3/2024, Công an tỉnh phê duyệt cấp độ hệ thống camera; hằng quý bố trí kinh phí thay camera",
        "Công an tỉnh phê duyệt cấp độ hệ thống camera. Hướng dẫn các xã đổi mật khẩu, hoàn thành trước ngày 20/3/2024",
    ],
)
def test_a_day_that_stands_with_its_own_task_is_not_doubted_for_the_others(read_body, wording):
    read = read_body(f"1. {wording}.")

    assert [one.deadline.date is None for one in read.obligations].count(True) > 0
    assert not [one for n in range(len(read.obligations)) for one in of_field(read, "deadline", n)]


def test_a_day_without_year_in_an_undated_letter_cannot_be_reckoned():
    text = "Kính gửi: Công an tỉnh Đông Sơn\n1. Giao Công an tỉnh phê duyệt cấp độ hệ thống camera trước ngày 20/4."

    read = read_document(text.encode(), "thu.txt")

    assert "chưa tính được ngày" in of_field(read, "deadline")[0][0]


@pytest.mark.parametrize(
    ("wording", "reason", "words"),
    [
        ("định kỳ", "không nêu bao lâu một lần", ["định kỳ"]),
        ("hằng tháng, hằng quý", "“hằng tháng”, “hằng quý”", ["hằng tháng", "hằng quý"]),
        ("thường xuyên trước ngày 20/3/2024", "vừa ghi ngày hoàn thành", ["thường xuyên", "trước ngày 20/3/2024"]),
    ],
)
def test_a_way_of_returning_says_why_it_is_unsure(read_body, wording, reason, words):
    read = read_body(f"1. Giao Công an tỉnh kiểm tra an toàn hệ thống camera {wording}.")

    [(said, places)] = of_field(read, "cadence")

    assert reason in said
    assert places == words


@pytest.mark.parametrize("wording", ["hằng quý", "định kỳ hằng quý", "định kỳ 6 tháng", "thường xuyên"])
def test_a_plain_way_of_returning_bears_no_doubt(read_body, wording):
    read = read_body(f"1. Giao Công an tỉnh kiểm tra an toàn hệ thống camera {wording}.")

    assert read.obligations[0].cadence != "none"
    assert not of_field(read, "cadence")


def test_a_closing_paragraph_of_a_numbered_letter_is_doubted(read_body):
    read = read_body(
        "1. Giao Công an tỉnh kiểm tra camera trước ngày 20/3/2024.\n"
        "2. Giao Sở Y tế phê duyệt cấp độ hệ thống camera.\n"
        "Yêu cầu Sở Y tế báo cáo UBND tỉnh trước ngày 21/3/2024."
    )

    [closing] = [number for number, one in enumerate(read.obligations) if one.clause == "kết"]

    assert "không đánh số" in of_field(read, "clause", closing)[0][0]
    assert not of_field(read, "clause", 0)


def test_a_letter_without_any_number_is_not_doubted_for_it(read_body):
    read = read_body("Giao Công an tỉnh kiểm tra camera trước ngày 20/3/2024.")

    assert [one.clause for one in read.obligations] == ["kết"]
    assert not of_field(read, "clause")


def test_two_points_of_one_number_are_both_doubted(read_body):
    read = read_body(
        "1. Giao Công an tỉnh kiểm tra camera trước ngày 20/3/2024.\n"
        "2. Giao Sở Y tế phê duyệt cấp độ hệ thống camera.\n"
        "2. Giao Sở Tài chính bố trí kinh phí thay thế camera.\n"
    )

    found = [of_field(read, "clause", number) for number in range(len(read.obligations))]

    assert [bool(one) for one in found] == [False, True, True]
    assert "hơn một điểm mang số 2" in found[1][0][0]


def test_duties_that_disagree_on_the_day_doubt_each_other(read_body):
    task = "phê duyệt cấp độ hệ thống camera của các xã"
    read = read_body(
        f"1. Giao Công an tỉnh {task} trước ngày 20/3/2024.\n2. Giao Công an tỉnh {task} trước ngày 21/5/2024."
    )

    assert [of_field(read, "deadline", number)[-1][0] for number in (0, 1)] == [
        "Cùng việc, khác hạn với 2/1",
        "Cùng việc, khác hạn với 1/1",
    ]


@pytest.mark.parametrize("name", ["cong-van-dac-khu-2026", "cong-van-thanh-pho-2025", "quyet-dinh-so-y-te-2025"])
def test_whatever_lowers_the_confidence_is_said_in_words_that_stand_in_the_letter(letter, name):
    reading = read_document(letter(name).encode(), "thu.txt")

    unsure = [one for one in reading.obligations if one.confidence < SURE]

    assert unsure and all(one.doubts for one in unsure)
    for one in reading.obligations:
        for doubt in one.doubts:
            assert doubt.spans and all(reading.text[start:end].strip() for start, end in doubt.spans), doubt


def test_the_json_of_a_duty_holds_its_doubts(read_body):
    read = read_body("1. Giao Công an tỉnh phê duyệt cấp độ hệ thống camera trước ngày 20/4.")

    [doubt] = [one for one in to_json(read)["obligations"][0]["doubts"] if one["field"] == "deadline"]

    assert "năm 2024 được suy" in doubt["reason"]
    assert [read.text[a:b] for a, b in doubt["spans"]] == ["trước ngày 20/4"]
