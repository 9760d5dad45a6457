"""Specks on a page leave signs around its lines: they are swept away, and tell that the page was recognised."""

from collections.abc import Callable

import pytest

from ancam.engines.reading.read import read_document
from ancam.engines.reading.restoring.dust import specks, swept

# Makes a page a stained one, whatever else stands there.
STAINED = "' ngày mai ."


@pytest.mark.parametrize(
    ("lines", "clean"),
    [
        (["; Kính gửi: .", ". - Công an tỉnh;"], ["Kính gửi:", "- Công an tỉnh;"]),
        (["_ 2. Sở Y tế", "~ Phòng Kinh tế", "l Việc 3"], ["2. Sở Y tế", "- Phòng Kinh tế", "Việc 3"]),
        (["oe - Phòng.", "- H. NHIỆM VỤ", "- CÔNG AN TỈNH"], ["- Phòng.", "H. NHIỆM VỤ", "CÔNG AN TỈNH"]),
        (["“Thượng tá Nông Văn Tài", "ô I. Mục đích"], ["Thượng tá Nông Văn Tài", "I. Mục đích"]),
        (["các trạm", "-_ biến áp", "- 22 chiếc"], ["các trạm", "biến áp", "22 chiếc"]),
        (["rà soát. -", "làm ngay _", "việc này .", "- Các xã"], ["rà soát.", "làm ngay", "việc này.", "- Các xã"]),
        (["Phòng Kế hoạch -", "Tài chính"], ["Phòng Kế hoạch -", "Tài chính"]),
        (["lập hồ. sơ ,cấp độ qua.", "một cửa"], ["lập hồ sơ cấp độ qua", "một cửa"]),
        (["gồm: r", "việc`", ": ;"], ["gồm:", "việc", ""]),
        (["“Góc an toàn” phát", "+ Loa phường"], ["“Góc an toàn” phát", "+ Loa phường"]),
    ],
)
def test_signs_of_no_meaning_are_swept_away(lines: list[str], clean: list[str]) -> None:
    assert swept([*lines, STAINED])[: len(clean)] == clean


def test_after_a_full_line_a_dash_before_a_capital_is_a_speck() -> None:
    full = "Ban Quản lý ghi nhận Công ty cổ phần Hạ tầng đã tách riêng"

    assert swept([full, "- Mạng camera từ năm 2022", STAINED])[1] == "Mạng camera từ năm 2022"


@pytest.mark.parametrize(
    "lines",
    [
        ["- Sở Y tế :", "1, rà soát camera ;", "a) Lập sổ .", "+ Làm ngay"],
        ["| Mục | Nội dung |", "|---|---|", "| 1 | Rà soát |"],
        ["I. MỤC ĐÍCH", "1. MỤC ĐÍCH CHUNG", "II. NHIỆM VỤ"],
    ],
)
def test_what_people_type_is_no_speck(lines: list[str]) -> None:
    assert specks(lines) == 0
    assert swept(lines) == lines


@pytest.mark.parametrize("line", ["H. NHIỆM VỤ", "1V. KINH PHÍ", "©) Phòng Kế toán", "Ill. KINH PHÍ"])
def test_a_number_that_nobody_types_tells_of_recognition(line: str) -> None:
    assert specks(["I. MỤC ĐÍCH", line]) > specks(["' rà soát"])


def test_parts_that_lost_a_stroke_tell_of_recognition() -> None:
    assert specks(["1. MỤC ĐÍCH", "II. NHIỆM VỤ"]) and specks(["I. MỤC ĐÍCH", "II. NHIỆM VỤ", "II. KINH PHÍ"])


def test_the_points_of_a_stained_page_keep_their_places(letter: Callable[[str], str]) -> None:
    whole = letter("cong-van-tinh-2024").replace("quý II/", "quý III/")
    stained = "".join(f". {line} _\n" if number % 3 else f"{line}\n" for number, line in enumerate(whole.split("\n")))

    read, expected = (read_document(text.encode(), "thu.txt") for text in (stained, whole))

    assert [(o.clause, o.kind, o.deadline) for o in read.obligations] == [
        (o.clause, o.kind, o.deadline) for o in expected.obligations
    ]
    assert "chữ được đoán lại" in next(a.message for a in read.anomalies if a.code == "ocr_noise")
