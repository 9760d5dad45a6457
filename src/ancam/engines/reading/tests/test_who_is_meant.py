"""Who a sentence speaks to when it does not open with a name: behind a time, in the passive, named again in short."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.read import read_document

Read = Callable[[str], Reading]


def _leads(one: Obligation) -> list[str]:
    return [lead.text for lead in one.leads]


@pytest.mark.parametrize(
    ("words", "leads", "kind"),
    [
        ("Mỗi tháng, Công an tỉnh xử lý vi phạm về camera.", ["Công an tỉnh"], "police_prevent"),
        ("Kết quả thực hiện, đề nghị Sở Y tế báo cáo UBND tỉnh.", ["Sở Y tế"], "supervise_report"),
        ("Khi mua sắm camera, Sở Y tế phải kiểm tra chứng nhận hợp quy.", ["Sở Y tế"], "procure_check"),
        ("Camera chưa có chứng nhận thì Sở Y tế không được đưa vào sử dụng.", ["Sở Y tế"], "use_only_compliant"),
        ("Riêng Sở Y tế, do có 300 camera, đề nghị đổi mật khẩu camera.", ["Sở Y tế"], "implement_controls"),
        ("Riêng Sở Y tế, do đang quản lý 300 camera, đổi mật khẩu camera.", ["Sở Y tế"], "implement_controls"),
        ("Với các sở, ban, ngành, Công an tỉnh đề nghị đổi mật khẩu.", ["các sở, ban, ngành"], "implement_controls"),
        ("Việc tập huấn do Sở Y tế đảm nhiệm.", ["Sở Y tế"], "guide"),
        ("Quy chế quản lý camera được Sở Y tế ban hành.", ["Sở Y tế"], "regulation"),
        ("Đầu mối tổng hợp số liệu camera là Sở Y tế.", ["Sở Y tế"], "supervise_report"),
        ("Hồ sơ cấp độ được Sở Y tế lập khi có camera mới, Sở Nội vụ rà soát.", ["Sở Y tế"], "classify"),
        ("Danh sách camera, Sở Y tế gửi kết quả được Sở Nội vụ duyệt.", ["Sở Y tế"], "supervise_report"),
        ("Từ nay, nếu có vướng mắc, Sở Y tế trao đổi với Sở Nội vụ.", ["Sở Y tế"], "report_difficulty"),
        ("Nơi nào để lộ hình ảnh, Chủ tịch UBND xã chịu trách nhiệm.", ["Chủ tịch UBND xã"], "accountability"),
        ("Các đơn vị đã bị cảnh báo phải đổi mật khẩu.", ["Các đơn vị đã bị cảnh báo"], "implement_controls"),
        ("Các đơn vị được kiểm tra gửi báo cáo về Sở Y tế.", ["Các đơn vị được kiểm tra"], "supervise_report"),
        ("Sáu đơn vị thuộc tỉnh xác định cấp độ.", ["Sáu đơn vị thuộc tỉnh"], "classify"),
        ("Đoàn kiểm tra của tỉnh kiểm tra việc thực hiện.", ["Đoàn kiểm tra của tỉnh"], "supervise_report"),
    ],
)
def test_the_body_is_found_wherever_it_stands(words: str, leads: list[str], kind: str, read_body: Read) -> None:
    [one] = read_body(f"1. {words}").obligations

    assert (_leads(one), one.kind) == (leads, kind)


@pytest.mark.parametrize(
    "words",
    [
        "Camera do đơn vị cung cấp phải đổi mật khẩu.",
        "Camera đã được Công an tỉnh cảnh báo phải được thay thế.",
        "Camera được gắn tại trụ sở phải đổi mật khẩu.",
        "Camera do xe buýt quay phải đổi mật khẩu.",
        "Nơi nào đã lắp camera thì báo cáo UBND tỉnh.",
        "Đổi mật khẩu camera, đầu ghi.",
        "Việc tập huấn cán bộ của đơn vị, do Sở Y tế.",
        "Đổi mật khẩu camera, còn máy cũ thì thay thế camera.",
    ],
)
def test_a_body_that_only_tells_which_camera_is_not_told_to_do_it(words: str, read_body: Read) -> None:
    [one] = read_body(f"1. {words}").obligations

    assert _leads(one) == ["Các sở, ban, ngành tỉnh"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Phòng này báo cáo UBND tỉnh.", ["Phòng Hậu cần"]),
        ("Phòng tổng hợp kết quả.", ["Phòng Hậu cần"]),
        ("Kết quả được phòng này báo cáo UBND tỉnh.", ["Phòng Hậu cần"]),
        ("Hai đơn vị báo cáo UBND tỉnh.", ["Sở Y tế", "Công ty Ánh Sáng"]),
        ("Sở Xây dựng và Phòng này báo cáo UBND tỉnh.", ["Sở Xây dựng", "Phòng Hậu cần"]),
        ("Hai doanh nghiệp báo cáo UBND tỉnh.", ["Sở Y tế", "Công ty Ánh Sáng"]),
        ("Các đơn vị nêu trên báo cáo UBND tỉnh.", ["Sở Y tế", "Công ty Ánh Sáng"]),
        ("Công ty này báo cáo UBND tỉnh.", ["Công ty Ánh Sáng"]),
        ("Trung tâm này báo cáo UBND tỉnh.", ["Trung tâm này"]),
    ],
)
def test_a_short_name_means_who_was_named_before(words: str, meant: list[str], read_body: Read) -> None:
    duties = read_body(
        "1. Phòng Hậu cần đổi mật khẩu camera.\n2. Sở Y tế, Công ty Ánh Sáng xây dựng quy chế.\n3. " + words
    ).obligations

    assert _leads(duties[-1]) == meant


def test_a_short_name_may_mean_who_was_reported_to(read_body: Read) -> None:
    duties = read_body("1. Sở Y tế gửi số liệu về Phòng Hậu cần; phòng này tổng hợp, báo cáo UBND tỉnh.").obligations

    assert [_leads(one) for one in duties] == [["Sở Y tế"], ["Phòng Hậu cần"]]


def test_a_small_word_under_a_heading_means_those_of_the_heading(read_body: Read) -> None:
    duties = read_body(
        "1. Công ty Ánh Sáng, Sở Y tế:\na) Đổi mật khẩu camera.\n"
        "b) Khi Công an tỉnh có văn bản yêu cầu, đơn vị báo cáo kết quả."
    ).obligations

    assert [_leads(one) for one in duties] == [["Công ty Ánh Sáng", "Sở Y tế"]] * 2


def test_a_heading_that_describes_its_bodies_names_them_whole(read_body: Read) -> None:
    [one] = read_body("1. Doanh nghiệp đầu tư hạ tầng khu công nghiệp\na) Đổi mật khẩu camera.").obligations

    assert _leads(one) == ["Doanh nghiệp đầu tư hạ tầng khu công nghiệp"]


def test_a_sentence_may_turn_to_another_body(read_body: Read) -> None:
    duties = read_body("1. Sở Y tế xác định cấp độ, còn Sở Nội vụ tập huấn cán bộ.").obligations

    assert [_leads(one) for one in duties] == [["Sở Y tế"], ["Sở Nội vụ"]]


@pytest.mark.parametrize(
    ("words", "leads", "supports"),
    [
        ("(Công an xã)", ["Công an xã"], []),
        ("(Công an xã làm, các thôn phối hợp)", ["Công an xã"], ["các thôn"]),
        ("(Công an xã làm; các thôn phối hợp)", ["Công an xã"], ["các thôn"]),
        ("(Công an xã cùng kiểm tra kết quả)", ["Các sở, ban, ngành tỉnh"], []),
        ("(Sổ sách làm sau)", ["Các sở, ban, ngành tỉnh"], []),
    ],
)
def test_brackets_at_the_end_say_who_does_it(
    words: str, leads: list[str], supports: list[str], read_body: Read
) -> None:
    [one] = read_body(f"1. Đổi mật khẩu camera {words}.").obligations

    assert (_leads(one), [helper.text for helper in one.supports]) == (leads, supports)


def test_brackets_leave_a_named_body_alone(read_body: Read) -> None:
    [one] = read_body("1. Sở Y tế đổi mật khẩu camera (Sở Nội vụ).").obligations

    assert _leads(one) == ["Sở Y tế"]


def test_a_sentence_may_say_who_does_the_task_before_it(read_body: Read) -> None:
    [one] = read_body("1. Lập hồ sơ cấp độ; việc này do Sở Y tế chủ trì; Sở Nội vụ phối hợp.").obligations

    assert (_leads(one), [helper.text for helper in one.supports]) == (["Sở Y tế"], ["Sở Nội vụ"])


@pytest.mark.parametrize(("issuer", "kind"), [("CÔNG AN TỈNH ĐÔNG SƠN", "police_prevent"), ("SỞ Y TẾ", "other")])
def test_a_unit_shares_the_trade_of_its_house(issuer: str, kind: str) -> None:
    letter = f"""{issuer}
Số: 10/TB-ĐS
Đông Sơn, ngày 05 tháng 3 năm 2024
Kính gửi: Các đơn vị trực thuộc
Yêu cầu các đơn vị thực hiện như sau:
1. Đội Cơ động làm rõ vụ quay lén ở nhà nghỉ.
"""

    [one] = read_document(letter.encode(), "thu.txt").obligations

    assert (_leads(one), one.kind) == (["Đội Cơ động"], kind)


@pytest.mark.parametrize(
    "words",
    [
        "Quá thời hạn này, Sở Y tế sẽ nêu tên đơn vị chậm.",
        "Công văn này thay cho Công văn số 9/UBND-NC.",
        "Công an tỉnh là cơ quan thường trực của Kế hoạch.",
        "Công an tỉnh đã kiểm tra 41 cơ sở, xử phạt 9 cơ sở.",
        "Mới đây, Công an tỉnh kiểm tra camera của 9 cơ sở.",
        "Tổng mức chi thay camera của tỉnh là 4,2 tỷ đồng.",
        "Các hệ thống đã phê duyệt không phải làm lại hồ sơ.",
        "Sở Y tế thông báo để các đơn vị biết.",
        "Rất mong nhận được sự phối hợp của các đơn vị.",
        "Đến hết năm 2024, trên 90% camera được đổi mật khẩu.",
        "Sở Y tế nhận được Công văn số 9/UBND-NC về camera.",
        "Kế hoạch này được gửi kèm hồ sơ camera.",
    ],
)
def test_what_is_so_was_done_or_will_follow_is_no_task(words: str, read_body: Read) -> None:
    assert read_body(f"1. Sở Y tế đổi mật khẩu camera.\n2. {words}").obligations[1:] == ()


@pytest.mark.parametrize(
    ("words", "supports"),
    [
        ("Kết nối camera, phối hợp với Công an tỉnh truy vết địa chỉ.", ["Công an tỉnh"]),
        ("Việc tập huấn do Sở Y tế làm, phối hợp có Sở Nội vụ và Sở Tài chính.", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Sở Y tế tập huấn cán bộ, có Hội Nông dân phối hợp.", ["Hội Nông dân"]),
        ("Sở Y tế tập huấn cán bộ, Sở Nội vụ cùng phối hợp.", ["Sở Nội vụ"]),
        ("Sở Y tế, có sự phối hợp của Công an tỉnh, kiểm tra camera của khách sạn.", ["Công an tỉnh"]),
        ("Sở Y tế tập huấn cán bộ, phối hợp với người dân.", []),
        ("Sở Y tế tập huấn cán bộ, Sở Nội vụ xem xét.", []),
        (f"Sở Y tế tập huấn, phối hợp với Hội Nông dân {'vùng cao ' * 20}", []),
    ],
)
def test_who_helps_is_found_wherever_it_stands(words: str, supports: list[str], read_body: Read) -> None:
    one = read_body(f"1. {words}").obligations[0]

    assert [helper.text for helper in one.supports] == supports


@pytest.mark.parametrize(
    ("after", "supports"),
    [
        ("báo cáo kết quả về UBND tỉnh", ["Công an tỉnh"]),
        ("kết quả tập huấn báo cáo UBND tỉnh", []),
    ],
)
def test_who_helps_with_a_task_helps_with_its_next_step_only(after: str, supports: list[str], read_body: Read) -> None:
    duties = read_body(f"1. Sở Y tế chủ trì, phối hợp với Công an tỉnh tập huấn cán bộ; {after}.").obligations

    assert [helper.text for helper in duties[-1].supports] == supports


@pytest.mark.parametrize(
    ("lead_in", "leads"),
    [
        ("Sở Y tế và Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("các sở", ["Sở Y tế", "Sở Nội vụ", "Sở Xây dựng"]),
    ],
)
def test_a_lead_in_may_pick_some_of_those_addressed(lead_in: str, leads: list[str]) -> None:
    letter = (
        "UBND TỈNH ĐÔNG SƠN\nV/v camera\nKính gửi: Sở Y tế; Sở Nội vụ; Sở Xây dựng.\n"
        f"Thực hiện Chỉ thị số 23/CT-TTg, UBND tỉnh đề nghị {lead_in} thực hiện:\n1. Đổi mật khẩu camera.\n"
    )

    [one] = read_document(letter.encode(), "thu.txt").obligations

    assert _leads(one) == leads


def test_the_standing_body_has_the_task_that_follows_its_part(read_body: Read) -> None:
    [one] = read_body("1. Công an tỉnh là cơ quan thường trực, theo dõi, đôn đốc các đơn vị.").obligations

    assert (_leads(one), one.kind) == (["Công an tỉnh"], "supervise_report")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Các đơn vị nêu tại mục 1 báo cáo UBND tỉnh.", ["Sở Y tế"]),
        ("Các sở nêu tại mục 1 và mục (2) báo cáo UBND tỉnh.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Các đơn vị nêu tại mục 3 báo cáo UBND tỉnh.", ["Các đơn vị nêu tại mục 3"]),
        ("Các sở nêu tại mục 9 báo cáo UBND tỉnh.", ["Sở Xây dựng"]),
        ("Đơn vị này báo cáo UBND tỉnh.", ["Sở Xây dựng"]),
    ],
)
def test_bodies_named_at_a_point_are_those_that_lead_its_duties(words: str, meant: list[str], read_body: Read) -> None:
    duties = read_body(
        "1. Sở Y tế đổi mật khẩu camera.\n2. Sở Nội vụ đổi mật khẩu camera.\n3. Các đơn vị:\n"
        f"a) Sở Tài chính bố trí kinh phí.\nb) Sở Xây dựng tập huấn cán bộ.\n4. {words}"
    ).obligations

    assert _leads(duties[-1]) == meant


def test_a_paper_passed_on_by_named_bodies_is_their_task(read_body: Read) -> None:
    [one] = read_body("1. Kế hoạch này được các khoa, các phòng phổ biến trong tháng 9/2024.").obligations

    assert _leads(one) == ["các khoa", "các phòng"]


def test_a_sentence_that_leads_in_the_paragraphs_of_a_letter_without_numbers_is_no_task() -> None:
    letter = (
        "UBND TỈNH ĐÔNG SƠN\nSỞ Y TẾ\nV/v camera\nKính gửi: Các bệnh viện.\n"
        "Sở Y tế sao gửi Công văn nêu trên và đề nghị như sau:\nCác bệnh viện đổi mật khẩu camera.\n"
    )

    [one] = read_document(letter.encode(), "thu.txt").obligations

    assert one.kind == "implement_controls"
