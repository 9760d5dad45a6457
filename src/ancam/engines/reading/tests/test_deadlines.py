"""When a duty is due: the letter of `read_body` is dated 5 March 2024."""

import datetime as dt
from collections.abc import Callable

import pytest

from ancam.engines.reading.model import Obligation, Reading

Read = Callable[[str], Reading]


def first(read_body: Read, words: str) -> Obligation:
    return read_body(f"1. Công an tỉnh {words}.\n").obligations[0]


@pytest.mark.parametrize(
    ("words", "operator", "date", "last_day"),
    [
        ("lập hồ sơ cấp độ trước ngày 20/3/2024", "before", "2024-03-20", "2024-03-19"),
        ("lập hồ sơ cấp độ trước 16h00 ngày 29/3/2024", "before", "2024-03-29", "2024-03-29"),
        ("lập hồ sơ cấp độ trước 17 giờ 00 phút, ngày 29-3-2024", "before", "2024-03-29", "2024-03-29"),
        ("lập hồ sơ cấp độ chậm nhất ngày 05 tháng 7 năm 2024", "by", "2024-07-05", "2024-07-05"),
        ("lập hồ sơ cấp độ không muộn hơn ngày 15.8.2024", "by", "2024-08-15", "2024-08-15"),
        ("lập hồ sơ cấp độ đến hết ngày 30/9/2024", "by", "2024-09-30", "2024-09-30"),
        ("lập hồ sơ cấp độ, hạn cuối là ngày 30/9/2024", "by", "2024-09-30", "2024-09-30"),
        ("lập hồ sơ cấp độ từ ngày 01/4/2024 đến ngày 30/4/2024", "by", "2024-04-30", "2024-04-30"),
        ("lập hồ sơ cấp độ chậm nhất trong tháng 3/2024", "within", "2024-03-31", "2024-03-31"),
        ("lập hồ sơ cấp độ trong kỳ họp tháng 6/2024", "within", "2024-06-30", "2024-06-30"),
        ("lập hồ sơ cấp độ trong quý II/2024", "within", "2024-06-30", "2024-06-30"),
        ("lập hồ sơ cấp độ trong quý 3 năm 2024", "within", "2024-09-30", "2024-09-30"),
        ("lập hồ sơ cấp độ, hoàn thành trong năm 2024", "within", "2024-12-31", "2024-12-31"),
        ("lập hồ sơ cấp độ trong 6 tháng đầu năm 2024", "within", "2024-06-30", "2024-06-30"),
        ("lập hồ sơ cấp độ trong 6 tháng cuối năm 2024", "within", "2024-12-31", "2024-12-31"),
        ("lập hồ sơ cấp độ trong tháng 8 và tháng 9/2024", "within", "2024-09-30", "2024-09-30"),
        ("lập hồ sơ cấp độ trong quý II, quý III/2024", "within", "2024-09-30", "2024-09-30"),
        ("lập hồ sơ cấp độ xong trước cuối tháng 6/2024", "within", "2024-06-30", "2024-06-30"),
        ("lập hồ sơ cấp độ trước quý IV/2024", "before", "2024-10-01", "2024-09-30"),
        (
            "phổ biến Công văn số 5/UBND-NC ngày 01/3/2024 của UBND tỉnh trước ngày 15/4/2024",
            "before",
            "2024-04-15",
            "2024-04-14",
        ),
        ("lập hồ sơ cấp độ cuối tháng 6", "within", "2024-06-30", "2024-06-30"),
        ("lập hồ sơ cấp độ trước ngày 15/12", "before", "2024-12-15", "2024-12-14"),
        ("lập hồ sơ cấp độ trước ngày 15/01", "before", "2025-01-15", "2025-01-14"),
    ],
)
def test_a_day_or_period_gives_the_last_day_that_complies(
    words: str, operator: str, date: str, last_day: str, read_body: Read
) -> None:
    deadline = first(read_body, words).deadline

    assert (deadline.operator, deadline.date, deadline.last_day) == (
        operator, dt.date.fromisoformat(date), dt.date.fromisoformat(last_day),
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "phổ biến Công văn số 12/UBND-NC ngày 01/02/2024 của UBND tỉnh",
        "phổ biến Kế hoạch ngày 10/6/2024 của UBND tỉnh về camera",
        "phổ biến Chương trình chuyển đổi số giai đoạn 2021-2025",
        "lưu giữ dữ liệu tối thiểu 30 ngày và phổ biến quy định",
        "lập hồ sơ cấp độ cho camera đã đưa vào vận hành trước ngày 01/01/2024",
        "lập hồ sơ cấp độ cho camera được lắp đặt trước ngày 01/6/2024",
        "không sử dụng camera sản xuất trước năm 2020",
        "áp dụng quy chuẩn kể từ ngày 01/7/2024",
        "tổng hợp số camera bị tấn công xảy ra trong năm 2023",
        "phổ biến kế hoạch năm 2024, dự toán trong năm 2024",
        "tổng hợp kết quả tính đến hết tháng 2/2024",
        "báo cáo số liệu trong tháng 01/2024",
        "rà soát, lập hồ sơ cấp độ (số liệu chốt đến hết ngày 30/4/2024)",
        "rà soát camera đã lắp, lũy kế đến ngày 15/6/2024",
        "bố trí kinh phí thuê đường truyền 6 tháng cuối năm 2024",
        "bố trí kinh phí bảo trì camera những tháng cuối năm 2024",
        "bố trí kinh phí cho việc thuê bảo trì camera từ nay đến hết năm 2024",
        "áp dụng quy chuẩn cho camera mới, đến ngày 01/7/2024 là mốc bắt buộc với mọi camera",
        "lập hồ sơ cấp độ trước hội nghị dự kiến tổ chức vào ngày 18/6/2024",
        "lập hồ sơ cấp độ đến hết ngày 30/1l/2024",
        "lập hồ sơ cấp độ, trừ hệ thống mà đơn vị đã tự đánh giá xong trước ngày 01/02/2024",
        "lập hồ sơ cấp độ, trừ hệ thống đã được cấp có thẩm quyền duyệt xong trước ngày 01/02/2024",
    ],
)
def test_other_dates_are_no_deadlines(words: str, read_body: Read) -> None:
    assert first(read_body, words).deadline.date is None


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("lập hồ sơ cấp độ trước ngày 30/02/2024", "30/02/2024"),
        ("lập hồ sơ cấp độ trong tháng 13/2024", "tháng 13/2024"),
        ("lập hồ sơ cấp độ trước ngày 10/15/2024", "10/15/2024"),
    ],
)
def test_an_impossible_date_is_kept_as_written_and_never_repaired(words: str, raw: str, read_body: Read) -> None:
    duty = first(read_body, words)

    assert (duty.deadline.date, duty.deadline.raw, duty.deadline.last_day) == (None, raw, None)
    assert "impossible_date" in {a.code for a in duty.anomalies}
    assert duty.confidence < 0.8


def test_the_suggestion_for_an_impossible_date_stays_in_its_message(read_body: Read) -> None:
    duty = first(read_body, "lập hồ sơ cấp độ trước ngày 30/02/2024")

    assert any("29/02/2024" in a.message for a in duty.anomalies if a.code == "impossible_date")


@pytest.mark.parametrize(
    ("words", "days", "working", "event"),
    [
        ("thẩm định hồ sơ trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ", 15, True, "nhận đủ hồ sơ"),
        ("thẩm định hồ sơ trong vòng mười ngày kể từ khi nhận hồ sơ", 10, False, "nhận hồ sơ"),
        ("thẩm định hồ sơ chậm nhất 02 (hai) tuần sau khi nhận hồ sơ", 14, False, "nhận hồ sơ"),
        ("lưu giữ dữ liệu trong 30 ngày, thẩm định hồ sơ trong vòng 5 ngày kể từ khi nhận", 5, False, "nhận"),
        ("khắc phục lỗ hổng trong vòng 24 giờ", 1, False, "trong vòng 24 giờ"),
        ("khắc phục lỗ hổng trong vòng 72 giờ kể từ khi phát hiện", 3, False, "phát hiện"),
        ("khắc phục lỗ hổng trong vòng 02 giờ kể từ khi phát hiện", None, False, "phát hiện"),
        ("cảnh báo khách hàng dùng camera không để quá 24 giờ từ lúc phát hiện", 1, False, "phát hiện"),
        ("thẩm định hồ sơ, không chậm quá 02 ngày làm việc kể từ ngày nhận", 2, True, "nhận"),
        ("trước khi ký hợp đồng thuê camera phải lấy ý kiến Sở Y tế", None, False, "ký hợp đồng thuê camera"),
        ("thẩm định hồ sơ 05 ngày sau khi tiếp nhận", 5, False, "tiếp nhận"),
        ("đánh giá camera trước khi đưa vào vận hành, sử dụng", None, False, "đưa vào vận hành, sử dụng"),
        ("lấy ý kiến Công an tỉnh về camera rồi mới ký hợp đồng", None, False, "ký hợp đồng"),
        ("áp dụng quy chuẩn ngay sau khi được ban hành", None, False, "được ban hành"),
    ],
)
def test_a_term_that_runs_from_an_event_is_relative(
    words: str, days: int | None, working: bool, event: str, read_body: Read
) -> None:
    duty = first(read_body, words)

    assert duty.deadline.operator == "relative"
    assert duty.relative
    assert (duty.relative.days, duty.relative.working_days, duty.relative.event) == (days, working, event)


@pytest.mark.parametrize(
    ("words", "cadence", "date"),
    [
        ("báo cáo UBND tỉnh trước ngày 20 hằng tháng", "monthly", None),
        ("hằng tháng, trước ngày 25, báo cáo UBND tỉnh", "monthly", None),
        ("báo cáo UBND tỉnh trước ngày 20 tháng cuối quý", "quarterly", None),
        ("báo cáo UBND tỉnh hằng năm, trước ngày 15/12", "yearly", None),
        ("báo cáo UBND tỉnh định kỳ 6 tháng", "periodic", None),
        ("thường xuyên kiểm tra, đánh giá an toàn camera", "continuous", None),
        ("báo cáo UBND tỉnh về nhiệm vụ thường xuyên", "none", None),
    ],
)
def test_a_returning_duty_has_a_cadence_and_no_single_date(
    words: str, cadence: str, date: None, read_body: Read
) -> None:
    duty = first(read_body, words)

    assert (duty.cadence, duty.deadline.date) == (cadence, date)


def test_two_days_of_one_returning_duty_make_one_duty(read_body: Read) -> None:
    duties = read_body(
        "1. Công an tỉnh định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12) báo cáo UBND tỉnh.\n"
    ).obligations

    assert [(d.cadence, d.deadline.operator, d.deadline.date) for d in duties] == [("periodic", "before", None)]


def test_two_days_in_one_sentence_make_two_duties(read_body: Read) -> None:
    duties = read_body(
        "1. Công an tỉnh báo cáo UBND tỉnh đợt 1 trước ngày 30/6/2024, đợt 2 trước ngày 30/11/2024.\n"
    ).obligations

    assert [(d.kind, d.deadline.last_day, d.report_to) for d in duties] == [
        ("supervise_report", dt.date(2024, 6, 29), ("UBND tỉnh",)),
        ("supervise_report", dt.date(2024, 11, 29), ("UBND tỉnh",)),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("lập hồ sơ cấp độ trước ngày 01/3/2024", "past_deadline"),
        ("lập hồ sơ cấp độ chậm nhất ngày 02/9/2024", "deadline_on_rest_day"),
        ("lập hồ sơ cấp độ theo đúng tiến độ tại Công văn số 353/UBND-NC ngày 02/02/2024", "deadline_by_reference"),
        ("lập hồ sơ cấp độ theo mốc nêu tại Công văn số 353/UBND-NC ngày 02/02/2024", "deadline_by_reference"),
        ("lập dự toán mua camera, thời hạn gửi theo hướng dẫn của Sở Tài chính", "deadline_by_reference"),
        ("lập hồ sơ cấp độ theo đúng thời hạn ghi ở công văn đó", "deadline_by_reference"),
        ("gửi hồ sơ cấp độ theo thời hạn nêu tại văn bản yêu cầu của Công an tỉnh", "deadline_by_reference"),
    ],
)
def test_a_deadline_that_needs_a_look_is_flagged(words: str, code: str, read_body: Read) -> None:
    assert code in {a.code for a in first(read_body, words).anomalies}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lập hồ sơ cấp độ chậm nhất ngày 01/01/2027", "ngày nghỉ (lịch nghỉ chưa đối chiếu"),
        ("lập hồ sơ cấp độ chậm nhất ngày 05/10/2024", "là thứ Bảy, ngày nghỉ"),
    ],
)
def test_a_rest_day_says_when_its_calendar_is_not_sure(words: str, said: str, read_body: Read) -> None:
    messages = [a.message for a in first(read_body, words).anomalies if a.code == "deadline_on_rest_day"]

    assert said in messages[0]
    assert messages[0].endswith(")") is ("(" in said)


def test_a_schedule_without_a_document_is_no_reference(read_body: Read) -> None:
    assert first(read_body, "lập hồ sơ cấp độ theo tiến độ của kế hoạch chung").deadline.operator == "none"


def test_a_deadline_after_the_points_serves_those_without_their_own(read_body: Read) -> None:
    duties = read_body(
        "1. Công an tỉnh xác định cấp độ hệ thống camera. Xây dựng quy chế, hoàn thành trước ngày 15/4/2024."
        " Hoàn thành trước ngày 30/4/2024.\n"
    ).obligations

    assert [d.deadline.last_day for d in duties] == [dt.date(2024, 4, 29), dt.date(2024, 4, 14)]
    assert len(duties[0].spans) == 2


def test_a_deadline_in_the_lead_in_serves_the_points_below(read_body: Read) -> None:
    duties = read_body(
        "1. Công an tỉnh hoàn thành các việc sau trước ngày 30/4/2024:\na) Xây dựng quy chế.\nb) Phổ biến Chỉ thị.\n"
    ).obligations

    assert {d.deadline.last_day for d in duties} == {dt.date(2024, 4, 29)}


def test_without_a_date_of_its_own_the_letter_gives_no_year() -> None:
    from ancam.engines.reading.read import read_document

    text = (
        "Kính gửi: Công an tỉnh\nUBND tỉnh yêu cầu thực hiện như sau:\n1. Công an tỉnh lập hồ sơ cấp độ của tỉnh"
        " trước ngày 15/12.\n2. Công an tỉnh báo cáo kết quả thực hiện trong tháng 6 cho UBND tỉnh.\n"
        "3. Công an tỉnh phổ biến các quy định có trong tháng 6/2024.\n"
    )
    duties = read_document(text.encode(), "thu.txt").obligations

    assert [(d.deadline.operator, d.deadline.date) for d in duties] == [
        ("before", None), ("within", None), ("none", None),
    ]  # fmt: skip


def test_the_same_task_with_two_days_is_a_conflict(read_body: Read) -> None:
    duties = read_body(
        "1. Công an tỉnh xây dựng quy chế khai thác camera trước ngày 30/4/2024.\n"
        "2. Công an tỉnh xây dựng quy chế khai thác camera trước ngày 31/5/2024.\n"
        "3. Công an tỉnh xây dựng quy chế khai thác camera đợt 3 trước ngày 29/6/2024.\n"
        "4. Sở Y tế xây dựng quy chế khai thác camera trước ngày 31/5/2024.\n"
    ).obligations

    assert [[(link.type, link.id) for link in d.links] for d in duties] == [
        [("conflict", "2/1")], [("conflict", "1/1")], [], [],
    ]  # fmt: skip
    assert "conflict_within" in {a.code for a in duties[0].anomalies}
