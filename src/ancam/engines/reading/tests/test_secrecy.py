"""State secrets stay out; words about secrecy do not."""

import unicodedata
from collections.abc import Callable

import pytest

from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.read import read_document
from ancam.engines.reading.secrecy import bears_stamp, is_spoilt_stamp
from ancam.engines.reading.tests.conftest import LETTERS, SAMPLES


@pytest.mark.parametrize(
    "stamp",
    [
        "MẬT", "TỐI MẬT", "TUYỆT MẬT", "**MẬT**", "[ TỐI MẬT ]", "M Ậ T", "T U Y Ệ T  M Ậ T", "Độ mật: Mật",
        "Tuyệt mật",
        "| MẬT |", "Đông Sơn, ngày 01 tháng 02 năm 2026      MẬT",
        "MẬ\u200bT",
        "### TỐI  MẬT", unicodedata.normalize("NFD", "TỐI MẬT"),
    ],
)  # fmt: skip
def test_a_stamped_letter_is_refused_and_nothing_of_it_is_told(stamp: str, letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("Kính gửi:", f"{stamp}\nKính gửi:", 1)

    with pytest.raises(StateSecret) as refusal:
        read_document(text.encode(), "van-ban.txt")

    assert "Đông Sơn" not in str(refusal.value)
    assert "camera" not in str(refusal.value)


def test_a_stamp_in_the_margin_of_a_docx_is_seen(make_docx: Callable[..., bytes]) -> None:
    import io

    import docx

    document = docx.Document(io.BytesIO(make_docx(["Công văn về camera của tỉnh."])))
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    stream = io.BytesIO()
    document.save(stream)

    with pytest.raises(StateSecret):
        read_document(stream.getvalue(), "van-ban.docx")


@pytest.mark.parametrize(
    "words",
    [
        "Không để lộ bí mật nhà nước.",
        "Tăng cường bảo mật, đổi mật khẩu.",
        "Tài liệu tối mật phải được quản lý theo quy định.",
        "Bảo vệ bí\nmật\ncủa cơ quan.",
    ],
)
def test_words_about_secrecy_do_not_refuse_a_letter(words: str, letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("Kính gửi:", f"{words}\nKính gửi:", 1)

    assert read_document(text.encode(), "van-ban.txt").obligations


STAMPS = (
    "tối mật", "Tuyệt mật", "Mật", "Tài liệu mật", "Tối mật - Hỏa tốc", "MẬT - HỎA TỐC", "HỎA TỐC MẬT",
    "THƯỢNG KHẨN - MẬT", "TUYỆT MẬT (A)", "MẬT (C)", "A - TUYỆT MẬT", "Mức độ mật: Tối mật", "Độ mật: Mật",
    "TÀI LIỆU TỐI MẬT", "VĂN BẢN MẬT", "BÍ MẬT NHÀ NƯỚC - ĐỘ TỐI MẬT", "BÍ MẬT NHÀ NƯỚC ĐỘ MẬT", "MẬT Bản số: 01",
    "Số: 12/UBND-NC (MẬT)", "ĐỘ MẬT: MẬT ĐỘ KHẨN: HỎA TỐC", "__MẬT__",
)  # fmt: skip
NO_STAMPS = (
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", "V/v bảo mật camera", "VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC", "ĐÃ GIẢI MẬT",
    "không để lộ bí mật nhà nước", "tài liệu mật không được đưa vào", "đổi mật khẩu, tăng cường bảo mật", "mật",
    "ĐỔI MẬT KHẨU CAMERA", "BAN CƠ YẾU - MẬT MÃ", "B Í  M Ậ T", "MẬT ĐỘ CAMERA", "Độ mật: Thường", "ĐỘ MẬT: KHÔNG",
    "ĐỘ MẬT", "các văn bản đóng dấu MẬT, TỐI MẬT theo quy định", "KẾ HOẠCH TĂNG CƯỜNG BẢO\nMẬT CAMERA NĂM 2026",
)  # fmt: skip


@pytest.mark.parametrize("place", ["Số:", "Nơi nhận:"])
@pytest.mark.parametrize("stamp", STAMPS)
def test_a_stamp_of_any_form_in_the_head_or_at_the_foot_is_refused(
    stamp: str, place: str, letter: Callable[[str], str]
) -> None:
    text = letter("cong-van-tinh-2024")
    assert place in text

    with pytest.raises(StateSecret):
        read_document(text.replace(place, f"{stamp}\n{place}", 1).encode(), "van-ban.txt")


@pytest.mark.parametrize("place", ["Số:", "Nơi nhận:"])
@pytest.mark.parametrize("words", NO_STAMPS)
def test_words_about_secrecy_in_the_head_or_at_the_foot_are_allowed(
    words: str, place: str, letter: Callable[[str], str]
) -> None:
    text = letter("cong-van-tinh-2024").replace(place, f"{words}\n{place}", 1)

    read_document(text.encode(), "van-ban.txt")


def test_a_stamp_beside_the_foot_of_a_letter_is_seen(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024") + "\nKhông được sao chụp nội dung văn bản này.\t\tMẬT\n"

    with pytest.raises(StateSecret):
        read_document(text.encode(), "van-ban.txt")


def test_a_stamp_between_breaks_of_a_markdown_line_is_seen(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    head = "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN<br>VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH<br>MẬT<br>Số:"

    with pytest.raises(StateSecret):
        read_document(text.replace("Số:", head, 1).encode(), "van-ban.md")


def test_the_refusal_says_where_the_document_belongs_and_that_nothing_was_kept() -> None:
    told = str(StateSecret(name="a.docx"))

    assert "không giữ lại gì" in told
    assert "mạng và máy dành cho bí mật nhà nước" in told
    assert told.endswith(".")


def test_no_stored_letter_bears_a_stamp() -> None:
    texts = [path for folder in (LETTERS, SAMPLES) for path in folder.iterdir() if path.suffix in (".txt", ".md")]

    assert texts
    assert not [path.name for path in texts if bears_stamp(path.read_text(encoding="utf-8").splitlines())]


def test_a_very_long_line_is_no_stamp(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("1. Các sở", "MẬT " * 100 + "\n1. Các sở", 1)

    assert read_document(text.encode(), "van-ban.txt").obligations


@pytest.mark.parametrize(
    "line",
    [
        "MẬT", "MAT", "[MÂT]", "TỐI MAT", "TUYET MẬT", "M A T", "Số: 10/UBND\tMẠT", "| TOI MÂT |", "T6I W4T",
        "MAT - HOA TOC",
    ],
)  # fmt: skip
def test_a_stamp_that_recognition_spoilt_is_a_stamp(line: str) -> None:
    assert is_spoilt_stamp(line)


@pytest.mark.parametrize(
    "line", ["mặt", "Mặt trận Tổ quốc", "MẶT TRẬN TỔ QUỐC", "bề mặt", "BỀ MẶT", "Mat", "MAT 10", ""]
)
def test_a_word_like_a_stamp_in_a_scan_is_none(line: str) -> None:
    assert not is_spoilt_stamp(line)
