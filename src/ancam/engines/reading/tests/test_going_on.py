"""Wordings that go on with the duty before them: its day, its last step, its second round."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.model import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("words", "last_day"),
    [
        ("Đợt cao điểm kéo dài từ ngày 10/4/2024 đến hết ngày 31/5/2024.", "2024-05-31"),
        ("Việc này không để quá ngày 30/4/2024.", "2024-04-30"),
        ("Buổi cuối không muộn hơn ngày 31/5/2024.", "2024-05-31"),
        ("Ký ban hành chậm nhất ngày 31/5/2024.", "2024-05-31"),
        ("Hồ sơ bị trả lại phải được hoàn chỉnh trước ngày 01/6/2024.", "2024-05-31"),
    ],
)
def test_a_sentence_about_the_day_gives_the_duty_its_day(words: str, last_day: str, read_body: Read) -> None:
    [one] = read_body(f"1. Sở Y tế xác định cấp độ hệ thống camera. {words}").obligations

    assert (one.kind, f"{one.deadline.last_day}") == ("classify", last_day)


def test_a_second_day_is_the_same_duty_once_more(read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế thay mật khẩu camera trước ngày 02/5/2024; riêng máy ở kho phải xong trước ngày 02/4/2024."
    ).obligations

    assert [(one.kind, f"{one.deadline.last_day}") for one in duties] == [
        ("implement_controls", "2024-05-01"),
        ("implement_controls", "2024-04-01"),
    ]


def test_two_days_in_one_sentence_are_not_one_length_of_time(read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế xác định cấp độ; làm xong 60% trước ngày 02/5/2024 và toàn bộ trước ngày 02/6/2024."
    ).obligations

    assert [f"{one.deadline.last_day}" for one in duties] == ["2024-05-01", "2024-06-01"]


def test_a_dossier_is_sent_as_its_last_step(read_body: Read) -> None:
    [one] = read_body("1. Sở Y tế lập dự toán kinh phí; gửi Sở Tài chính trước ngày 02/5/2024.").obligations

    assert (one.kind, f"{one.deadline.last_day}") == ("resources", "2024-05-01")


def test_a_short_title_before_its_task_is_no_task(read_body: Read) -> None:
    duties = read_body("1. Đếm lại. Sở Y tế thống kê số camera, lập hồ sơ cấp độ.\n2. Báo cáo UBND tỉnh.").obligations

    assert [one.clause for one in duties] == ["1", "2"]
    assert duties[0].kind == "classify"


def test_a_campaign_of_so_many_days_sets_no_day_for_each_task(read_body: Read) -> None:
    reading = read_body(
        "UBND tỉnh mở đợt cao điểm từ ngày 01/7/2024 đến hết ngày 29/8/2024, gồm hai việc:\n"
        "1. Sở Y tế đổi mật khẩu camera.\n2. Sở Nội vụ tập huấn cán bộ."
    )

    assert {one.deadline.date for one in reading.obligations} == {None}


def test_a_day_in_the_lead_in_holds_for_each_task(read_body: Read) -> None:
    reading = read_body(
        "UBND tỉnh yêu cầu các đơn vị hoàn thành trước ngày 30/6/2024 các việc sau:\n"
        "1. Sở Y tế đổi mật khẩu camera.\n2. Sở Nội vụ tập huấn cán bộ."
    )

    assert [f"{one.deadline.last_day}" for one in reading.obligations] == ["2024-06-29"] * 2
    assert all(one.confidence < 0.9 for one in reading.obligations)


@pytest.mark.parametrize(
    ("words", "operator", "date"),
    [
        ("không đợi đến ngày 01/01/2026", "none", None),
        ("trước trong quý IV/2026", "within", "2026-12-31"),
        ("trước 17h00 thứ Sáu, ngày 03/5/2024", "before", "2024-05-03"),
        ("trước ngày Quốc khánh 02/9/2024", "before", "2024-09-02"),
        ("xong trong ngày thứ Bảy 18/5/2024", "by", "2024-05-18"),
        ("không để quá ngày 30/4/2024", "by", "2024-04-30"),
        ("hằng tháng, trước ngày cuối cùng của tháng", "before", None),
        ("mỗi năm hai lần, vào tháng 4 và tháng 10", "none", None),
        ("giai đoạn đến hết năm 2025", "none", None),
    ],
)
def test_days_are_said_in_many_ways(words: str, operator: str, date: str | None, read_body: Read) -> None:
    [one] = read_body(f"1. Sở Y tế rà quét lỗ hổng camera {words}.").obligations

    assert (one.deadline.operator, one.deadline.date and f"{one.deadline.date}") == (operator, date)


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("mỗi năm hai lần", "periodic"),
        ("mỗi năm ba lượt", "periodic"),
        ("cứ sáu tháng một lượt", "periodic"),
        ("hai tuần một lần", "periodic"),
        ("cứ 90 ngày một lần", "periodic"),
        ("trước ngày 10/6 và trước ngày 10/12 hằng năm", "periodic"),
        ("vào ngày 20 các tháng 3, 6, 9, 12", "quarterly"),
        ("tối thiểu 01 lần/tháng", "monthly"),
        ("một năm một lần", "yearly"),
        ("sau khi kết thúc mỗi đợt", "none"),
        ("trước ngày 05 của tháng kế tiếp", "monthly"),
        ("gửi báo cáo năm trước ngày 15/12/2024", "none"),
    ],
)
def test_how_often_is_said_in_many_ways(words: str, cadence: str, read_body: Read) -> None:
    [one] = read_body(f"1. Sở Y tế rà quét lỗ hổng camera {words}.").obligations

    assert one.cadence == cadence


def test_what_the_recipient_will_do_with_it_is_no_duty_of_the_sender(read_body: Read) -> None:
    [one] = read_body(
        "1. Sở Y tế gửi khó khăn, vướng mắc về Sở Nội vụ để tổng hợp, đề xuất, báo cáo UBND tỉnh xem xét."
    ).obligations

    assert one.kind == "report_difficulty"


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("xây dựng nội quy dùng camera; nội quy mới ban hành trong vòng 45 ngày kể từ ngày nhận văn bản", 45),
        ("xây dựng nội quy dùng camera; nội quy mới ban hành khi có hướng dẫn", None),
    ],
)
def test_what_comes_of_a_task_may_say_in_how_many_days(words: str, term: int | None, read_body: Read) -> None:
    one = read_body(f"1. Sở Y tế {words}.").obligations[0]

    assert (one.relative and one.relative.days) == term


def test_the_thing_made_is_sent_on_as_the_last_step(read_body: Read) -> None:
    [one] = read_body(
        "1. Sở Y tế soạn cách vận hành camera khu mổ; phương án trình UBND tỉnh trước ngày 15/7/2024."
    ).obligations

    assert str(one.deadline.last_day) == "2024-07-14"


def test_a_count_that_is_closed_by_a_day_is_no_second_task(read_body: Read) -> None:
    [one] = read_body("1. Sở Y tế kiểm đếm camera, xác định cấp độ; số liệu chốt chậm nhất ngày 20/9/2024.").obligations

    assert str(one.deadline.last_day) == "2024-09-20"


def test_what_each_thing_on_a_list_tells_is_no_second_task(read_body: Read) -> None:
    [one] = read_body(
        "1. Sở Y tế lập danh sách camera để xác định cấp độ; mỗi chiếc ghi rõ hãng, mật khẩu."
    ).obligations

    assert one.kind == "classify"


def test_a_bare_day_of_the_month_returns_as_often_as_the_step_before(read_body: Read) -> None:
    first, second = read_body(
        "1. Các trường báo cáo Sở Y tế vào ngày 18 hằng tháng; Sở Y tế tổng hợp, báo cáo UBND tỉnh trước ngày 22."
    ).obligations

    assert (first.cadence, second.cadence) == ("monthly", "monthly")


def test_a_heading_of_returning_work_says_how_often(read_body: Read) -> None:
    duties = read_body(
        "I. Những việc làm thường xuyên\n1. Công an tỉnh xử lý hành vi lợi dụng camera.\n"
        "2. Mỗi quý, Sở Y tế rà quét lỗ hổng camera.\nII. Việc khác\n1. Sở Nội vụ đổi mật khẩu camera."
    ).obligations

    assert [one.cadence for one in duties] == ["continuous", "quarterly", "none"]


def test_who_leads_and_who_helps_may_be_said_in_one_sentence(read_body: Read) -> None:
    [one] = read_body(
        "1. Xác định lại cấp độ của toàn bộ hệ thống camera sau khi sáp nhập."
        " Việc này do Sở Y tế chủ trì, Sở Nội vụ phối hợp."
    ).obligations

    assert ([a.text for a in one.leads], [a.text for a in one.supports]) == (["Sở Y tế"], ["Sở Nội vụ"])


@pytest.mark.parametrize(
    ("words", "leads", "last_day"),
    [
        ("riêng Sở Nội vụ, có 300 đầu ghi, được lùi đến hết tháng 9/2024", ["Sở Nội vụ"], "2024-09-30"),
        ("với Sở Nội vụ, thời hạn làm việc này là ngày 30/9/2024", ["Sở Nội vụ"], "2024-09-30"),
        ("Đầu ghi nào đặt ở nơi xa thì làm vào đợt sau, xong trước ngày 15/9/2024", ["Sở Y tế"], "2024-09-14"),
    ],
)
def test_the_same_task_may_have_another_term(words: str, leads: list[str], last_day: str, read_body: Read) -> None:
    first, second = read_body(f"1. Sở Y tế thay mật khẩu mặc định của đầu ghi; {words}.").obligations

    assert first.kind == second.kind == "implement_controls"
    assert ([one.text for one in second.leads], str(second.deadline.last_day)) == (leads, last_day)


def test_each_day_of_a_sentence_may_belong_to_an_act_of_its_own(read_body: Read) -> None:
    first, second = read_body(
        "1. Công an tỉnh tập huấn cán bộ trước ngày 30/4/2024, đổi mật khẩu camera trước ngày 30/5/2024."
    ).obligations

    assert (first.kind, second.kind) == ("guide", "implement_controls")


def test_a_counted_term_makes_an_event_exact(read_body: Read) -> None:
    [one] = read_body(
        "1. Sở Y tế xác định lại cấp độ của hệ thống sau khi sáp nhập; trong 15 ngày kể từ ngày ký phải có hồ sơ."
    ).obligations

    assert one.relative
    assert (one.relative.days, one.relative.event) == (15, "ký")


def test_taking_stock_is_the_first_step_of_the_task_after_it(read_body: Read) -> None:
    [one] = read_body(
        "1. Sở Y tế rà soát máy ghi hình tại các trạm. Sở Y tế lập hồ sơ đề xuất cấp độ trước ngày 02/5/2024."
    ).obligations

    assert (one.kind, f"{one.deadline.last_day}", len(one.spans)) == ("classify", "2024-05-01", 2)


def test_another_result_with_its_own_day_is_reported_too(read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế báo cáo kết quả xác định cấp độ trước ngày 10/5/2024 và kết quả thay mật khẩu trước ngày 10/6/2024."
    ).obligations

    assert [(one.kind, f"{one.deadline.last_day}") for one in duties] == [
        ("supervise_report", "2024-05-09"),
        ("supervise_report", "2024-06-09"),
    ]


def test_behind_the_day_of_a_report_another_act_begins(read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế tổng hợp, báo cáo UBND tỉnh trước ngày 15/12/2024 và công khai trên Cổng thông tin đơn vị chậm."
    ).obligations

    assert [one.kind for one in duties] == ["supervise_report", "publish"]


@pytest.mark.parametrize(
    "words",
    [
        "Các hộ được khuyến khích, trên tinh thần tự nguyện, đổi mật khẩu camera.",
        "Nguồn lực thay camera năm 2024 nằm trong Chương trình chuyển đổi số của tỉnh.",
        "QCVN 135:2024/BTTTT ban hành kèm theo một thông tư về camera.",
    ],
)
def test_what_is_told_or_left_to_ones_will_is_no_task(words: str, read_body: Read) -> None:
    assert len(read_body(f"1. Sở Y tế xác định cấp độ hệ thống camera. {words}").obligations) == 1
