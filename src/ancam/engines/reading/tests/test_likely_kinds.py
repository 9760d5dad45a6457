"""What a wording is when no phrase says it: the likeliest kind by its words, always shown as a guess."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.likely_kinds import KindWords, signs_of
from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.script import Script

Read = Callable[[str], Reading]
ASKED_BELOW = 0.8


def _only(read_body: Read, words: str) -> Obligation:
    [one] = read_body(f"1. {words}").obligations
    return one


def _doubts_of_kind(one: Obligation) -> list[str]:
    return [doubt.reason for doubt in one.doubts if doubt.field == "kind"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Sở Y tế lập danh mục toàn bộ hệ thống thông tin có kết nối camera thuộc phạm vi quản lý.", "classify"),
        ("Sở Y tế kiểm định độ an toàn của thiết bị camera trước khi lắp.", "procure_check"),
    ],
)
def test_a_kind_that_no_phrase_says_is_guessed_and_asked_about(words: str, kind: str, read_body: Read) -> None:
    one = _only(read_body, words)

    assert one.kind == kind
    assert one.confidence < ASKED_BELOW
    [reason] = _doubts_of_kind(one)
    assert "đoán theo các từ thường gặp" in reason


def test_words_that_clearly_say_another_kind_overrule_a_phrase_which_stays_named(read_body: Read) -> None:
    one = _only(read_body, "Khi thay thế hoặc lắp thêm camera, Sở Y tế lấy ý kiến Công an tỉnh về mức độ an toàn.")

    assert (one.kind, one.also_kinds) == ("procure_check", ("use_only_compliant",))
    assert one.confidence < ASKED_BELOW
    [reason] = _doubts_of_kind(one)
    assert "có thể là “Chỉ dùng camera đáp ứng yêu cầu”" in reason


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Sở Y tế phê duyệt cấp độ an toàn hệ thống thông tin của hệ thống camera.", "approve"),
        ("Sở Y tế hướng dẫn việc áp dụng tiêu chuẩn, quy chuẩn kỹ thuật quốc gia, bộ tiêu chí về camera.", "guide"),
    ],
)
def test_the_verb_of_a_phrase_stands_however_its_object_sounds(words: str, kind: str, read_body: Read) -> None:
    one = _only(read_body, words)

    assert one.kind == kind
    assert not _doubts_of_kind(one)


def test_a_kind_of_the_telecom_enterprises_is_not_guessed_for_others(read_body: Read) -> None:
    words = "phối hợp với Phòng Văn hóa - Xã hội soi camera tại nhà khách"

    assert _only(read_body, f"Trung tâm Phục vụ hành chính công xã {words}.").kind == "other"
    assert _only(read_body, f"Viettel Đông Sơn {words}.").kind.startswith("telecom_")


def test_what_only_goes_on_with_a_duty_is_no_duty_of_the_kind_it_sounds_like(read_body: Read) -> None:
    one = _only(read_body, "Sở Y tế báo cáo kết quả trước ngày 20/3/2024. Bản mềm để vào hộp thư của Sở.")

    assert one.kind == "supervise_report"


def test_later_days_of_a_guessed_duty_are_of_the_same_kind(read_body: Read) -> None:
    body = "1. Sở Y tế lo 85 triệu đồng mua phần mềm dò quét trước ngày 20/3/2024, đợt 2 trước ngày 20/4/2024."

    assert [one.kind for one in read_body(body).obligations] == ["resources", "resources"]


def test_a_kind_is_likely_by_the_signs_it_alone_bears() -> None:
    learnt = KindWords("guide report\nlop\t0:4\nso\t0:2 1:2\ngui\t1:5\n")

    assert learnt.likely(["lop", "so"]).kind == "guide"
    assert learnt.likely(["gui"]).kind == "report"
    assert learnt.likely(["lop"]).margin > learnt.likely(["so"]).margin
    assert learnt.likely(["chua", "tung", "gap"]).margin == 0


def test_signs_know_no_diacritics_nor_which_number_nor_pairs_across_a_comma() -> None:
    script = Script.of(["Mở 12 lớp, gửi 3.000 tờ"])

    signs = signs_of(script, (0, len(script.text)), {"so_y_te", None}, "yearly")

    assert {"mo", "#", "# lop", "^mo", "^mo #", "<gui", "@so_y_te", "@", "~yearly"} <= set(signs)
    assert "lop gui" not in signs
    assert len(signs) == len(set(signs))


def test_a_body_with_a_trade_is_a_sign_and_no_rhythm_is_none() -> None:
    script = Script.of(["Quét"])

    assert signs_of(script, (0, 4), {"dn_vien_thong"}, "none") == ("quet", "<quet", "@dn_vien_thong")
