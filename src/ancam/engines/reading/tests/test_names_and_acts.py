"""Where a name ends when the next word is in no list, and what a statement is mainly about."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.model import Obligation, Reading

Read = Callable[[str], Reading]


def _only(read_body: Read, body: str) -> Obligation:
    [one] = read_body(body).obligations
    return one


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Sở Y tế gõ lại mật khẩu camera.", ["Sở Y tế"]),
        ("Công an tỉnh Đông Sơn nhấc camera mật khẩu yếu.", ["Công an tỉnh Đông Sơn"]),
        ("Chủ tịch UBND tỉnh ngó camera mật khẩu yếu.", ["Chủ tịch UBND tỉnh"]),
        ("Sở Y tế, Sở Nội vụ gõ lại mật khẩu camera.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Ban Quản lý bảo trì đường bộ đổi mật khẩu camera.", ["Ban Quản lý bảo trì đường bộ"]),
        ("Phòng Hậu cần đổi mật khẩu camera.", ["Phòng Hậu cần"]),
        ("các sở, ban, ngành tỉnh gõ lại mật khẩu camera.", ["các sở, ban, ngành tỉnh"]),
        ("Các cơ quan, đơn vị có camera đổi mật khẩu.", ["Các cơ quan, đơn vị có camera"]),
    ],
)
def test_a_name_ends_where_a_known_body_ends(words: str, leads: list[str], read_body: Read) -> None:
    assert [one.text for one in _only(read_body, f"1. {words}").leads] == leads


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("đề xuất kinh phí để thay thế camera cũ", "resources"),
        ("hướng dẫn hộ kinh doanh đổi mật khẩu camera", "guide"),
        ("đăng trên Cổng Thông tin điện tử tỉnh tài liệu hướng dẫn chọn camera", "publish"),
        ("báo cáo Công an tỉnh số camera và khó khăn đang gặp", "supervise_report"),
        ("gửi số liệu lô hàng cho Cục Quản lý thị trường", "supervise_report"),
        ("kiểm tra việc thực hiện văn bản này mỗi năm một lần", "supervise_report"),
        ("thực hiện quy chuẩn QCVN 11:2026/BCA về camera", "apply_qcvn"),
        ("niêm phong 3 camera ở kho", "use_only_compliant"),
        ("không đặt camera trong phòng họp", "use_only_compliant"),
        ("cử hai viên chức trực màn hình camera", "resources"),
        ("đưa khoản thay camera vào dự toán năm sau", "resources"),
        ("treo bảng báo có ghi hình ở cổng", "publish"),
        ("lồng việc dùng camera vào các cuộc thanh tra", "supervise_report"),
        ("cập nhật tiến độ lên phần mềm của Sở Nội vụ", "supervise_report"),
    ],
)
def test_the_first_act_says_what_a_duty_is(words: str, kind: str, read_body: Read) -> None:
    assert _only(read_body, f"1. Sở Y tế {words}.").kind == kind


@pytest.mark.parametrize(
    "when", ["chậm nhất ngày 28/6/2024", "xong trước ngày 29/6/2024", "hạn 28/6/2024", "kết thúc trước ngày 29/6/2024"]
)
def test_a_segment_without_a_verb_belongs_to_the_duty_before_it(when: str, read_body: Read) -> None:
    one = _only(read_body, f"1. Sở Y tế ban hành quy chế quản lý camera; {when}.")

    assert (one.kind, f"{one.deadline.last_day}") == ("regulation", "2024-06-28")


def test_a_segment_of_how_often_belongs_to_the_duty_before_it(read_body: Read) -> None:
    assert _only(read_body, "1. Sở Y tế đổi mật khẩu camera; mỗi tháng ít nhất 01 lần.").cadence == "monthly"


def test_a_segment_with_an_act_of_its_own_is_a_duty(read_body: Read) -> None:
    duties = read_body("1. Sở Y tế ban hành quy chế camera; hằng quý báo cáo UBND tỉnh.").obligations

    assert [one.kind for one in duties] == ["regulation", "supervise_report"]


def test_whoever_has_difficulties_tells_the_body_that_is_named(read_body: Read) -> None:
    one = _only(read_body, "1. Đơn vị nào có vướng mắc, báo về Sở Nội vụ để tổng hợp.")

    assert (one.kind, one.leads[0].text, one.report_to) == ("report_difficulty", "Đơn vị", ("Sở Nội vụ",))


def test_handing_a_text_out_is_no_report(read_body: Read) -> None:
    assert _only(read_body, "1. Sở Y tế sao gửi văn bản này đến toàn thể công chức.").report_to == ()


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        ("báo cáo kết quả camera sáu tháng một lần", "periodic"),
        ("báo cáo kết quả camera 6 tháng một lần", "periodic"),
        ("kiểm tra mật khẩu camera hằng tuần", "periodic"),
        ("gửi UBND tỉnh báo cáo sáu tháng trước ngày 20/6 và báo cáo năm trước ngày 15/12", "periodic"),
    ],
)
def test_how_often_a_duty_returns(words: str, cadence: str, read_body: Read) -> None:
    assert _only(read_body, f"1. Sở Y tế {words}.").cadence == cadence
