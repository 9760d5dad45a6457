"""State secrets stay out; words about secrecy do not."""

import unicodedata
from collections.abc import Callable

import pytest

from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.read import read_document


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


def test_a_very_long_line_is_no_stamp(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("1. Các sở", "MẬT " * 100 + "\n1. Các sở", 1)

    assert read_document(text.encode(), "van-ban.txt").obligations
