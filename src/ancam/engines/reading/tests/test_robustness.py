"""Odd, damaged and hostile texts: the reader answers, in time, with spans that hold."""

import contextlib
import textwrap
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancam.engines.reading.errors import DocumentTooLong, ReadingRefused
from ancam.engines.reading.model import Reading
from ancam.engines.reading.paragraphs import joined
from ancam.engines.reading.read import read_document
from ancam.engines.reading.script import Script
from ancam.engines.reading.tidy import tidy

LETTERS = Path(__file__).parent / "letters"
WORDS = st.sampled_from(
    [
        "Sở",
        "Công an",
        "UBND",
        "các sở, ban, ngành",
        "tỉnh",
        "chủ trì",
        "phối hợp với",
        "báo cáo",
        "về",
        "trước ngày",
        "30/6/2024",
        "quý II/2024",
        "hằng tháng",
        "camera",
        "cấp độ",
        "phương án",
        "1.",
        "a)",
        "-",
        ";",
        ":",
        ".",
        "và",
        "để",
        "(qua",
        "Giao",
        "Đề nghị",
        "khi",
        "nếu",
        "kể từ",
        "Công văn số 12/UBND-NC",
        "ngày 31/02/2024",
        "\n",
    ]
)
HOSTILE = [
    " ", "\n", ", ", "; ", ": ", "(", "()", "*", "#", "1", ".", "1.", "trước ngày ", "chủ trì, phối hợp với ",
    "các sở, ", "Sở Y và ", "báo cáo kết quả về ", "trước ngày 30/6/2024, ",
    "trong thời hạn 5 ngày kể từ ngày ", "Công văn số 12/UBND-NC ngày 01/02/2024 của UBND tỉnh ",
    "Công văn số 12/UBND-NC-", "xác định ", "khi ", "để ", "và ", "\n- Sở X làm.", "a) làm b) làm ", "> ",
    "Số: ", "ngày tháng năm ", "không camera ", "được a b c d ngày ", "M ", "| ",
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=5, max_size=80))
def test_whatever_is_read_its_spans_hold(words: list[str]) -> None:
    text = "Kính gửi: Các sở của tỉnh\nYêu cầu thực hiện các nội dung như sau:\n1. Công an tỉnh " + " ".join(words)
    try:
        reading = read_document(text.encode(), "thu.txt")
    except ReadingRefused:
        return

    spans = [s for o in reading.obligations for s in (*o.spans, *(s for a in o.anomalies for s in a.spans))]
    assert all(0 <= start < end <= len(reading.text) for start, end in spans)
    assert all(0 <= o.confidence <= 1 and o.action for o in reading.obligations)
    assert len({o.id for o in reading.obligations}) == len(reading.obligations)


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_the_copies_of_a_text_keep_its_length(text: str) -> None:
    script = Script.of(joined(tidy(text.split("\n"))))

    assert len(script.text) == len(script.low) == len(script.bare)
    assert unicodedata.is_normalized("NFC", script.text)


@settings(max_examples=80)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.md", "a"]))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes, name: str) -> None:
    try:
        read_document(data, name)
    except ReadingRefused as refusal:
        assert str(refusal).endswith(".")


@pytest.mark.parametrize("pad", HOSTILE)
def test_repetition_does_not_slow_the_reader(pad: str, letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("a) Thống kê", f"a) {pad * (19_000 // len(pad))} Thống kê", 1)

    began = time.process_time()
    with contextlib.suppress(ReadingRefused):
        read_document(text.encode(), "thu.txt")
    assert time.process_time() - began < 4


def test_a_letter_of_ten_pages_is_read_within_a_second(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    body = text[text.index("1. Các sở") : text.index("Trong quá trình")]
    long = text.replace("Trong quá trình", body * 15 + "Trong quá trình", 1)

    began = time.process_time()
    reading = read_document(long.encode(), "thu.txt")

    assert time.process_time() - began < 1
    assert len(reading.obligations) > 100


# What could be read in two ways took twice as long with each of them.
@pytest.mark.parametrize("again", ["đợt cuối ", "đợt đầu ", "trước trong ", "và đơn vị, ", "định kỳ hằng tháng "])
def test_words_said_over_and_over_end_in_a_reading(again: str, letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    said = text.replace("a) Thống kê", f"a) Thống kê; {again * 40}xa; thống kê", 1)

    whole, again_and_again = (read_document(one.encode(), "thu.txt") for one in (text, said))

    assert again_and_again.obligations[-1].kind == whole.obligations[-1].kind


def test_lines_without_end_are_not_joined_without_end() -> None:
    pieces = joined(["đơn vị,"] * 20_000)

    assert max(map(len, pieces)) < 26_000


def test_a_letter_of_lines_that_never_end_is_refused_as_one_paragraph(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("a) Thống kê", "a) " + "kiểm tra,\n" * 30_000, 1)

    with pytest.raises(DocumentTooLong, match="một đoạn"):
        read_document(text.encode(), "thu.txt")


@pytest.mark.parametrize(
    "body",
    [
        ":\n1. Sở Y tế phổ biến Chỉ thị.",
        "1. :\na) Sở Y tế phổ biến Chỉ thị.",
        "1. Đếm lại. ;\n2. Sở Y tế phổ biến Chỉ thị. :",
    ],
)
def test_signs_without_words_are_no_sentence(body: str, read_body: Callable[[str], Reading]) -> None:
    assert "propagate" in [one.kind for one in read_body(f"{body}\n").obligations]


def test_a_paragraph_without_end_is_refused(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("a) Thống kê", "a) " + "kiểm tra, " * 3000, 1)

    with pytest.raises(DocumentTooLong, match="một đoạn"):
        read_document(text.encode(), "thu.txt")


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        (["theo Chỉ thị số 23/CT-", "TTg ngày 26/12/2022"], "theo Chỉ thị số 23/CT-TTg ngày 26/12/2022"),
        (["bảo đảm an toàn thông ti-", "n mạng"], "bảo đảm an toàn thông tin mạng"),
        (["triển khai kế hoạch của tỉ-", "nh, thành phố"], "triển khai kế hoạch của tỉnh, thành phố"),
        (["trong giai đoạn 2021-", "2025"], "trong giai đoạn 2021-2025"),
        (["chống tội phạm Hà Nội-", "thành phố"], "chống tội phạm Hà Nội-thành phố"),
        (["gửi về thu-", "an ninh mạng"], "gửi về thu-an ninh mạng"),
    ],
)
def test_a_hyphen_at_a_lines_end_is_lost_only_within_a_syllable(lines: list[str], paragraph: str) -> None:
    assert joined(lines) == [paragraph]


def test_lines_broken_at_a_column_are_joined_and_a_hyphen_stays() -> None:
    lines = [
        "1. Phổ biến nội dung Chỉ thị số 23/CT-",
        "TTg ngày 26/12/2022 của Thủ tướng Chính phủ và",
        "Công văn số 353/UBND-NC của UBND",
        "tỉnh đến toàn thể công chức; nghiên cứu mục",
        "5. và các mục khác của văn bản do tỉnh gửi cho",
        "2. Bố trí kinh phí cho hệ thống camera của các",
        "cơ quan trên địa bàn.",
        "3. Xây dựng quy chế khai thác, bảo vệ dữ liệu và",
        "hình ảnh.",
    ]

    assert joined(lines) == [
        "1. Phổ biến nội dung Chỉ thị số 23/CT-TTg ngày 26/12/2022 của Thủ tướng Chính phủ và Công văn số"
        " 353/UBND-NC của UBND tỉnh đến toàn thể công chức; nghiên cứu mục"
        " 5. và các mục khác của văn bản do tỉnh gửi cho",
        "2. Bố trí kinh phí cho hệ thống camera của các cơ quan trên địa bàn.",
        "3. Xây dựng quy chế khai thác, bảo vệ dữ liệu và hình ảnh.",
    ]


@pytest.mark.parametrize("label", sorted(p.stem for p in LETTERS.glob("*.json")))
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_letter_broken_at_a_column_gives_the_same_duties(label: str, gap: str, letter: Callable[[str], str]) -> None:
    lines = [line for line in letter(label).split("\n") if line.strip()]
    broken = gap.join(piece for line in lines for piece in textwrap.wrap(line, 75, break_long_words=False))

    whole, again = (read_document(text.encode(), "thu.txt") for text in (letter(label), broken))

    assert [(o.id, o.kind, o.deadline.date, o.leads) for o in again.obligations] == [
        (o.id, o.kind, o.deadline.date, o.leads) for o in whole.obligations
    ]
    assert again.document == whole.document


@pytest.mark.parametrize("label", ["cong-van-tinh-2024", "thong-bao-tinh-2025"])
def test_decomposed_letters_and_older_tones_give_the_same_duties(label: str, letter: Callable[[str], str]) -> None:
    text = letter(label)
    older = text.replace("Ủy", "Uỷ").replace("hóa", "hoá").replace("hòa", "hoà")

    readings = [read_document(t.encode(), "thu.txt") for t in (text, unicodedata.normalize("NFD", text), older)]

    assert len({tuple((o.id, o.kind, o.deadline.date) for o in r.obligations) for r in readings}) == 1


def test_points_that_share_a_line_are_told_apart() -> None:
    assert joined(["1. Sở Y tế: a) Phổ biến Chỉ thị; b) Bố trí kinh phí."]) == [
        "1. Sở Y tế:", "a) Phổ biến Chỉ thị;", "b) Bố trí kinh phí.",
    ]  # fmt: skip


def test_marks_of_other_formats_are_taken_out() -> None:
    lines = [
        "# source: kho",
        "## **CHỈ THỊ**",
        "> *Về* camera<br>giám sát",
        "* Mục",
        "1\\. Một\u00ad",
        "- 2 -",
        "____",
        "`mã`",
    ]

    assert tidy(lines) == ["CHỈ THỊ", "Về camera", "giám sát", "- Mục", "1. Một", "", "mã"]


def test_the_labels_of_the_clauses_are_offered_for_showing_the_letter(read_body: Callable[[str], Reading]) -> None:
    reading = read_body(
        "I. NHIỆM VỤ\n2. Sở Y tế:\n2.1. Phổ biến:\nđ) Chỉ thị.\n- Công văn.\n+ Kế hoạch.\nPhần II. Khác\n"
    )

    labels = [(c.label, reading.text[slice(*c.marker)]) for c in reading.clauses]
    assert labels == [
        ("I", "I."), ("I.2", "2."), ("I.2.1", "2.1."), ("I.2.1.đ", "đ)"), ("I.2.1.đ.-1", "-"), ("I.2.1.đ.-1.+1", "+"),
        ("II", "Phần II."),
    ]  # fmt: skip


def test_words_between_points_belong_to_the_point_above_and_before_them_to_nobody(
    read_body: Callable[[str], Reading],
) -> None:
    reading = read_body(
        "Lời dẫn thêm của văn bản.\n1. Sở Y tế phổ biến Chỉ thị.\nBố trí kinh phí cho camera.\n2. Xong.\n"
    )

    assert [(d.clause, d.kind) for d in reading.obligations][:2] == [("1", "propagate"), ("1", "resources")]
