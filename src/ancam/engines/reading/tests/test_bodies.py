"""Who a statement speaks to, who helps, and what is no duty at all."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.agencies import kind_of
from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.conftest import FOOT, HEAD

Read = Callable[[str], Reading]


def only(read_body: Read, words: str) -> Obligation:
    (duty,) = read_body(f"{words}\n").obligations
    return duty


@pytest.mark.parametrize(
    ("words", "leads", "supports"),
    [
        ("1. Giao Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh tuyên truyền.", ["Ủy ban Mặt trận Tổ quốc tỉnh"], []),
        ("1. UBND tỉnh yêu cầu Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Sở Y tế: Phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Sở Y tế phổ biến quy chuẩn về yêu cầu cơ bản cho camera.", ["Sở Y tế"], []),
        ("1. Sở Y tế sử dụng camera đáp ứng yêu cầu an toàn.", ["Sở Y tế"], []),
        ("1. Sở Y tế có trách nhiệm phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Đối với Sở Y tế và Sở Xây dựng: Phổ biến Chỉ thị.", ["Sở Y tế", "Sở Xây dựng"], []),
        ("1. Trước ngày 20/6/2024, Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Về công tác tuyên truyền: Giao Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Căn cứ chức năng, nhiệm vụ, Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Sở Y tế chủ trì, phối hợp với Công an tỉnh, Sở Nội vụ phổ biến Chỉ thị.",
         ["Sở Y tế"], ["Công an tỉnh", "Sở Nội vụ"]),
        ("1. Sở Y tế chủ trì, phối hợp chặt chẽ với Công an tỉnh trong việc phổ biến Chỉ thị.",
         ["Sở Y tế"], ["Công an tỉnh"]),
        ("1. Sở Y tế phối hợp Công an tỉnh phổ biến Chỉ thị.", ["Sở Y tế"], ["Công an tỉnh"]),
        ("1. Sở Y tế phối hợp tuyên truyền Chỉ thị.", ["Sở Y tế"], []),
        ("1. Sở Y tế phối hợp với Công an tỉnh.", ["Sở Y tế"], ["Công an tỉnh"]),
        ("1. Văn phòng HĐND và UBND huyện phổ biến Chỉ thị.", ["Văn phòng HĐND và UBND huyện"], []),
        ("1. Giám đốc các sở; Trưởng các ban (có danh sách) phổ biến Chỉ thị.",
         ["Giám đốc các sở", "Trưởng các ban"], []),
        ("1. Các cơ quan, tổ chức, cá nhân sử dụng camera phổ biến Chỉ thị.",
         ["Các cơ quan, tổ chức, cá nhân sử dụng camera"], []),
        ("1. Các cơ quan, tổ chức sử dụng camera có chứng nhận hợp quy.", ["Các cơ quan, tổ chức"], []),
        ("1. Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao phổ biến Chỉ thị.",
         ["Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao"], []),
        ("1. Phân công lãnh đạo và cán bộ đầu mối về camera.", ["Các sở, ban, ngành tỉnh"], []),
        ("1. Yêu cầu tổ chức phổ biến Chỉ thị.", ["Các sở, ban, ngành tỉnh"], []),
        ("1. Khi có sự cố camera, đề nghị gấp rút phổ biến Chỉ thị, yêu cầu nhanh.", ["Các sở, ban, ngành tỉnh"], []),
        ("1. Chủ trì, phối hợp với Công an tỉnh phổ biến Chỉ thị.", ["Các sở, ban, ngành tỉnh"], ["Công an tỉnh"]),
        ("1. Chủ trì, phối hợp phổ biến Chỉ thị.", ["Các sở, ban, ngành tỉnh"], []),
        ("1. Phổ biến Chỉ thị, phối hợp với Công an tỉnh.", ["Các sở, ban, ngành tỉnh"], ["Công an tỉnh"]),
        ("1. Khi có sự cố, mọi người đề nghị gấp và yêu cầu Sở Y tế phổ biến Chỉ thị.", ["Sở Y tế"], []),
        ("1. Tuyên truyền, phối hợp với Công an tỉnh.", ["Các sở, ban, ngành tỉnh"], ["Công an tỉnh"]),
    ],
)  # fmt: skip
def test_bodies_are_told_from_the_task(words: str, leads: list[str], supports: list[str], read_body: Read) -> None:
    duty = only(read_body, words)

    assert [a.text for a in duty.leads] == leads
    assert [a.text for a in duty.supports] == supports


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở TT&TT", "so_tttt"),
        ("Giám đốc Sở Thông tin và Truyền thông", "so_tttt"),
        ("Công an tỉnh Đông Sơn", "cong_an_tinh"),
        ("Ủy ban nhân dân các xã, phường, đặc khu", "ubnd_xa"),
        ("Các phòng thuộc huyện", None),
        ("Báo Đông Sơn", "bao_tinh"),
        ("Báo và Phát thanh, Truyền hình Đông Sơn", "bao_va_pttth"),
        ("Đài Phát thanh và Truyền hình tỉnh", "dai_pttth"),
        ("Hội Nông dân tỉnh", None),
    ],
)
def test_a_body_is_recognised_by_the_longest_known_name(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("báo cáo UBND tỉnh về kết quả", ["UBND tỉnh"]),
        ("báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ)", ["UBND tỉnh", "Sở Nội vụ"]),
        ("gửi báo cáo về Công an tỉnh và Sở Nội vụ trước ngày 30/6/2024", ["Công an tỉnh", "Sở Nội vụ"]),
        ("báo cáo kết quả về Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh", ["Sở Nội vụ"]),
        ("chịu trách nhiệm trước Chủ tịch UBND tỉnh nếu để lộ dữ liệu", ["Chủ tịch UBND tỉnh"]),
        ("tổng hợp báo cáo kết quả đến cán bộ", []),
    ],
)
def test_a_report_goes_to_those_it_names(words: str, told: list[str], read_body: Read) -> None:
    assert list(only(read_body, f"1. Sở Y tế {words}.").report_to) == told


@pytest.mark.parametrize(
    "words",
    [
        "Thời gian qua, các sở đã phổ biến Chỉ thị.",
        "Văn bản này có hiệu lực kể từ ngày ký.",
        "Trong đó ưu tiên phổ biến cho cán bộ mới.",
        "(Gửi kèm Chỉ thị số 23/CT-TTg)",
        "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.",
    ],
)
def test_background_and_general_orders_are_no_duties(words: str, read_body: Read) -> None:
    assert [d.clause for d in read_body(f"1. Sở Y tế phổ biến Chỉ thị.\n{words}\n").obligations] == ["1"]


def test_purposes_and_background_sections_are_no_duties(read_body: Read) -> None:
    duties = read_body(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Phổ biến Chỉ thị đến mọi người.\nII. NHIỆM VỤ\n1. Sở Y tế phổ biến Chỉ thị.\n"
    ).obligations

    assert [d.clause for d in duties] == ["II.1"]


@pytest.mark.parametrize("lead_in", ["Trong đó tập trung tuyên truyền các nội dung:", "Báo cáo gồm các nội dung sau:"])
def test_topics_under_a_task_are_no_duties(lead_in: str, read_body: Read) -> None:
    duties = read_body(
        f"1. Sở Y tế tuyên truyền về camera. {lead_in}\na) Doanh nghiệp sản xuất thông báo lỗ hổng.\nb) Số lượng.\n"
    ).obligations

    assert {d.clause for d in duties} == {"1"}


def test_points_below_a_full_sentence_belong_to_its_bodies(read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế chủ trì, phối hợp với Công an tỉnh phổ biến Chỉ thị.\n- Xây dựng quy chế.\n- Bố trí kinh phí.\n"
    ).obligations

    assert [(d.clause, d.kind, d.leads[0].text) for d in duties] == [
        ("1", "propagate", "Sở Y tế"), ("1.-1", "regulation", "Sở Y tế"), ("1.-2", "resources", "Sở Y tế"),
    ]  # fmt: skip


def test_a_heading_without_bodies_leaves_the_addressees(read_body: Read) -> None:
    duties = read_body("1. Công tác tuyên truyền\nVề nội dung Chỉ thị.\n+ Phổ biến Chỉ thị.\n").obligations

    assert [(d.clause, d.leads[0].text) for d in duties] == [("1.+1", "Các sở, ban, ngành tỉnh")]


def test_a_heading_at_the_end_takes_the_paragraphs_below_it(read_body: Read) -> None:
    duties = read_body("1. Sở Y tế\nPhổ biến Chỉ thị.\nBố trí kinh phí cho camera.\n").obligations

    assert [(d.clause, d.leads[0].text) for d in duties] == [("1", "Sở Y tế")] * 2


def test_words_of_no_kind_are_a_duty_only_when_they_tell_to_do_something(read_body: Read) -> None:
    duties = read_body("1. Nội dung cụ thể theo phụ lục.\n2. Mật khẩu phải dài.\n3. Họp giao ban.\n").obligations

    assert [d.clause for d in duties] == ["2"]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("1. Sở Y tế xác định cấp độ, báo cáo kết quả về UBND tỉnh.", ["classify", "supervise_report"]),
        ("1. Sở Y tế xác định cấp độ và phê duyệt cấp độ hệ thống camera.", ["classify"]),
        ("1. Sở Y tế hướng dẫn xác định cấp độ và triển khai phương án bảo vệ.", ["guide"]),
        ("1. Sở Y tế hướng dẫn xác định cấp độ và báo cáo UBND tỉnh.", ["guide", "supervise_report"]),
        ("1. Sở Y tế rà soát camera (tổng hợp số liệu, báo cáo kết quả) của tỉnh.", ["supervise_report"]),
        ("1. Sở Y tế xác định cấp độ (lần 1, báo cáo kết quả) của tỉnh.", ["classify"]),
        ("1. Sở Y tế tuyên truyền, hướng dẫn áp dụng quy chuẩn.", ["guide"]),
        ("1. Sở Y tế xây dựng quy chế để quản lý, báo cáo UBND tỉnh.", ["regulation"]),
        ("1. Sở Y tế phổ biến Chỉ thị tại TP. Đông Sơn; Công văn số 5/UBND-NC.", ["propagate"]),
        ("1. Sở Y tế phổ biến Chỉ thị. Hoàn thành việc xây dựng quy chế khai thác dữ liệu trước ngày 30/4/2024.",
         ["propagate", "regulation"]),
    ],
)  # fmt: skip
def test_a_new_duty_begins_where_the_kind_changes(words: str, kinds: list[str], read_body: Read) -> None:
    assert [d.kind for d in read_body(f"{words}\n").obligations] == kinds


def test_who_only_helps_without_a_task_keeps_its_words(read_body: Read) -> None:
    duty = only(read_body, "1. Phối hợp với Công an tỉnh.")

    assert (duty.action, [a.text for a in duty.supports]) == ("Phối hợp với Công an tỉnh", ["Công an tỉnh"])


def test_a_body_not_addressed_is_flagged_and_a_covered_one_is_not(read_body: Read) -> None:
    duties = read_body(
        "1. Báo Đông Sơn phổ biến Chỉ thị.\n2. Sở Y tế phổ biến Chỉ thị.\n3. Trung tâm Y tế phổ biến Chỉ thị.\n"
    ).obligations

    flagged = [d.clause for d in duties if "actor_not_addressed" in {a.code for a in d.anomalies}]
    assert flagged == ["1"]


def test_who_heads_an_addressed_body_is_addressed() -> None:
    head = HEAD.replace("Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các xã")
    reading = read_document(f"{head}1. Chủ tịch Ủy ban nhân dân các xã phổ biến Chỉ thị.{FOOT}".encode(), "thu.txt")

    assert [one.anomalies for one in reading.obligations] == [()]


def test_a_point_without_bodies_after_points_with_them_is_unsure(read_body: Read) -> None:
    duties = read_body("1. Sở Y tế phổ biến Chỉ thị.\n2. Bố trí kinh phí cho camera.\n").obligations

    assert [a.code for a in duties[1].anomalies] == ["no_subject"]
    assert duties[1].confidence < 0.8


PLAN = "Số: 10/KH-UBND\nKẾ HOẠCH\nVề camera\nUBND tỉnh ban hành Kế hoạch như sau:\nI. NHIỆM VỤ\n"


@pytest.mark.parametrize(
    ("lines", "leads", "supports", "cadence"),
    [
        ("- Chủ trì: Sở Y tế; Sở Nội vụ. Phối hợp: Công an tỉnh.", ["Sở Y tế", "Sở Nội vụ"], ["Công an tỉnh"], "none"),
        ("- Chủ trì: chưa rõ.\n- Phối hợp: chưa rõ.", [], [], "none"),
        ("- Chủ trì: Sở Y tế.\n- Sản phẩm: Quy chế.\n- Thời gian: Thường xuyên.", ["Sở Y tế"], [], "continuous"),
    ],
)
def test_describing_lines_of_a_plan_complete_the_task_above(
    lines: str, leads: list[str], supports: list[str], cadence: str
) -> None:
    from ancam.engines.reading.read import read_document

    reading = read_document(f"{PLAN}1. Xây dựng quy chế khai thác camera của tỉnh.\n{lines}\n".encode(), "thu.txt")

    (duty,) = reading.obligations
    assert ([a.text for a in duty.leads], [a.text for a in duty.supports]) == (leads, supports)
    assert duty.cadence == cadence


def test_brackets_of_a_plan_complete_their_task_and_plain_words_are_no_task() -> None:
    from ancam.engines.reading.read import read_document

    reading = read_document(
        f"{PLAN}1. Xây dựng quy chế khai thác camera (Sở Y tế chủ trì; thời gian: quý II/2024).\n"
        "2. Kinh phí được bố trí theo quy định.\n".encode(),
        "thu.txt",
    )

    (duty,) = reading.obligations
    assert (duty.leads[0].text, str(duty.deadline.last_day)) == ("Sở Y tế", "2024-06-30")
