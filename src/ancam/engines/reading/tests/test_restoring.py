"""Letters spoilt by a recognition that knows no Vietnamese, or without diacritics, are read; nothing is invented."""

import io
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.restoring.aligned import Aligned
from ancam.engines.reading.restoring.channel import meant_by
from ancam.engines.reading.restoring.guess import guessed
from ancam.engines.reading.restoring.markers import marked
from ancam.engines.reading.restoring.model import Line, Piece, meaning
from ancam.engines.reading.restoring.numbers import guarded
from ancam.engines.reading.restoring.restore import as_written, restored
from ancam.engines.reading.restoring.spoilt import share_spoilt
from ancam.engines.reading.tests.conftest import LETTERS

NOISY = Path(__file__).parent / "noisy"
HEAVY = 0.95


def bare(text: str) -> str:
    """Take every diacritic off."""
    stripped = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in stripped if not unicodedata.combining(c))


def meant(line: str) -> str:
    return meaning(restored([line], HEAVY)[0])


def pieces(*lines: str) -> list[Line]:
    return [tuple(Piece(word, word) for word in line.split()) for line in lines]


def marks(*lines: str) -> list[str]:
    return [meaning(line) for line in marked(pieces(*lines))]


def labels(stem: str) -> list[tuple[str, str, str | None]]:
    label = json.loads((LETTERS / f"{stem}.json").read_text(encoding="utf-8"))
    return [(one["clause"], one["kind"], one["deadline"]["date"]) for one in label["obligations"]]


def duties(reading: Reading) -> list[tuple[str, str, str | None]]:
    found = reading.obligations
    return [(o.clause, o.kind, o.deadline.date.isoformat() if o.deadline.date else None) for o in found]


@pytest.mark.parametrize("path", sorted(NOISY.glob("*.txt")), ids=lambda path: path.stem)
def test_a_letter_read_by_a_model_of_english_gives_its_duties(path: Path) -> None:
    read, expected = duties(read_document(path.read_bytes(), path.name)), labels(path.stem)

    wanted = {one[:2] for one in expected}
    assert len({one[:2] for one in read} & wanted) >= 0.88 * len(wanted)
    assert {day for _, _, day in read} - {None} <= {day for _, _, day in expected}


def test_a_letter_without_diacritics_gives_its_duties_and_their_days(letter: Callable[[str], str]) -> None:
    reading = read_document(bare(letter("cong-van-tinh-2024")).encode(), "thu.txt")

    assert [one[:2] for one in duties(reading)] == [one[:2] for one in labels("cong-van-tinh-2024")]
    assert [lead.text for lead in reading.obligations[5].leads] == ["Sở Thông tin và Truyền thông"]
    assert reading.document.number == "1286"
    assert reading.document.date == "2024-03-05"


def test_what_is_shown_stays_as_it_stands_in_the_document(letter: Callable[[str], str]) -> None:
    text = bare(letter("cong-van-tinh-2024"))

    reading = read_document(text.encode(), "thu.txt")

    quoted = [o.action for o in reading.obligations] + [o.deadline.text or "" for o in reading.obligations]
    assert all(words.isascii() for words in (*quoted, reading.text, reading.document.subject or ""))
    assert "".join(reading.text.split()) == "".join(text.split())
    first = reading.obligations[0]
    assert reading.text[slice(*first.spans[0])].startswith("Thong ke so camera")
    assert first.relative is None
    term = next(o.relative for o in reading.obligations if o.relative)
    assert term.text.startswith("trong thoi han 15 ngay lam viec")
    assert reading.document.legal_basis[0].text.startswith("Nghi dinh so 85/2016/ND-CP")


def test_restored_words_are_doubted_and_said_to_be(letter: Callable[[str], str]) -> None:
    clean = read_document(letter("cong-van-tinh-2024").encode(), "thu.txt")
    spoilt = read_document(bare(letter("cong-van-tinh-2024")).encode(), "thu.txt")

    assert "ocr_noise" in {a.code for a in spoilt.anomalies}
    assert "ocr_noise" not in {a.code for a in clean.anomalies}
    assert all(s.confidence <= c.confidence for s, c in zip(spoilt.obligations, clean.obligations, strict=True))


def test_a_few_spoilt_words_leave_the_right_ones_alone(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    for right, wrong in (
        ("thẩm định", "thAm dinh"),
        ("hoàn thành", "hoan thanh"),
        ("chủ trì", "chu tri"),
        ("cấp", "cép"),
    ):
        text = text.replace(right, wrong)

    reading = read_document(text.encode(), "thu.txt")

    assert duties(reading) == labels("cong-van-tinh-2024")
    assert any("chu tri" not in o.action and "Sở" in o.action for o in reading.obligations)


def test_a_clean_letter_is_not_touched(letter: Callable[[str], str]) -> None:
    for path in LETTERS.glob("*.txt"):
        assert share_spoilt(path.read_text(encoding="utf-8").splitlines()) == 0

    assert "cấp độ" in read_document(letter("cong-van-tinh-2024").encode(), "thu.txt").text


@pytest.mark.parametrize(
    "words",
    [
        "The province shall ensure that all cameras are checked before the end of the year. ",
        "Le comité populaire demande aux services de vérifier la sécurité des caméras avant la fin du mois. ",
        "Pemerintah provinsi meminta semua dinas dan badan untuk memeriksa keamanan kamera sebelum akhir bulan. ",
    ],
)
def test_other_languages_are_not_taken_for_spoilt_vietnamese(words: str) -> None:
    with pytest.raises(errors.NotVietnamese):
        read_document((words * 12).encode(), "thu.txt")


@pytest.mark.parametrize("stamp", ["MAT", "TUYET MAT", "TOI MAT", "M A T", "T6I MAT", "Do mat: TOI MAT".upper()])
def test_a_stamp_without_its_diacritics_is_refused(stamp: str, letter: Callable[[str], str]) -> None:
    text = bare(letter("cong-van-tinh-2024")).replace("Kinh gui:", f"{stamp}\nKinh gui:", 1)

    with pytest.raises(errors.StateSecret):
        read_document(text.encode(), "van-ban.txt")


@pytest.mark.parametrize(
    ("spoilt", "whole"),
    [
        ("S& Thong tin va Truyén thong cha tri", "Sở Thông tin và Truyền thông chủ trì"),
        ("UY BAN NHAN DAN", "ỦY BAN NHÂN DÂN"),
        ("CAc co quan, don vi trién khai cAp do", "Các cơ quan, đơn vị triển khai cấp độ"),
        ("dap tmg cac yéu cau", "đáp ứng các yêu cầu"),
        ("trudc ngay 30/6/2024", "trước ngày 30/6/2024"),
        ("thang8 nam 2023", "tháng 8 năm 2023"),
        ("hệ thongthong tin", "hệ thống thông tin"),
        ("Viv bao dam an toan", "V/v bảo đảm an toàn"),
        ("Dong Son, ngay 24 thcingl-l nam 2023", "Đông Sơn, ngày 24 tháng năm 2023"),
        ("S6:944/UBND-NC", "Số: 944/UBND-NC"),
    ],
)
def test_words_are_restored(spoilt: str, whole: str) -> None:
    assert meant(spoilt) == whole


def test_two_halves_of_a_word_are_put_together() -> None:
    assert meant("camera gi am sat") == "camera giám sát"


@pytest.mark.parametrize(
    "line", ["Viettel 24/7 qua abc@tinh.vn", "theo PA05 va QCVN 135", "xxqqzzkkww", "…", "ngay 46 thang", "46 don vi"]
)
def test_names_numbers_and_what_is_beyond_reading_stay(line: str) -> None:
    kept = {word for word in line.split() if any(c.isdigit() for c in word) or word in ("Viettel", "xxqqzzkkww", "…")}

    assert kept <= set(meant(line).split())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("trước ngày 1S/3/2023", "trước ngày ¤S/¤/¤¤¤¤"),
        ("trước ngày 2O tháng 3 năm 2024", "trước ngày ¤O tháng ¤ năm ¤¤¤¤"),
        ("ngày 15/1 1/2024", "ngày ¤¤/¤ ¤/¤¤¤¤"),
        ("trong tháng 8 năm 20 23", "trong tháng ¤ năm ¤¤ ¤¤"),
        ("trong quý I'V/2023", "trong quý ¤'¤/¤¤¤¤"),
        ("trong quý 1/2025", "trong quý ¤/¤¤¤¤"),
        ("trong quý IV/2023, tháng 8 năm nay, ngày 26/12/2022", "trong quý IV/2023, tháng 8 năm nay, ngày 26/12/2022"),
        ("lúc 16h00 ngày 29/3/2024", "lúc 16h00 ngày 29/3/2024"),
    ],
)
def test_digits_that_are_not_sure_are_not_read(text: str, read: str) -> None:
    assert guarded(text) == read


def test_a_day_that_cannot_be_read_is_no_deadline_and_is_said_to_be(letter: Callable[[str], str]) -> None:
    text = bare(letter("cong-van-tinh-2024")).replace("15/11/2024", "1S/11/2024")

    one = next(o for o in read_document(text.encode(), "thu.txt").obligations if "1S/11" in o.action)

    assert one.deadline.date is None
    assert "1S/11/2024" in next(a.message for a in one.anomalies if a.code == "ocr_noise")


def test_a_day_without_its_year_is_not_dated_in_a_spoilt_letter(letter: Callable[[str], str]) -> None:
    text = bare(letter("cong-van-tinh-2024")).replace("ngay 29/3/2024", "ngay 29/3")

    assert read_document(text.encode(), "thu.txt").obligations[0].deadline.date is None


@pytest.mark.parametrize(
    ("lines", "restored_marks"),
    [
        (["l. Sở Y tế", "2. Công an"], ["1. Sở Y tế", "2. Công an"]),
        (["1. Sở Y tế", "& Công an", "3. Phòng"], ["1. Sở Y tế", "& Công an", "3. Phòng"]),
        (["7. Sở Y tế", "&. Công an", "9. Phòng"], ["7. Sở Y tế", "8. Công an", "9. Phòng"]),
        (["4., Sở Y tế", "5, Công an"], ["4. Sở Y tế", "5. Công an"]),
        (["1. Sở Y tế", "2 Công an", "12 camera"], ["1. Sở Y tế", "2. Công an", "12 camera"]),
        (["1. Rà soát.", "Công an phối hợp.", "3. Phòng"], ["1. Rà soát.", "2. Công an phối hợp.", "3. Phòng"]),
        (["1. Rà.", "Sở làm.", "Công an làm.", "3. Phòng"], ["1. Rà.", "Sở làm.", "Công an làm.", "3. Phòng"]),
        (["1. Rà soát.", "rà soát.", "3. Phòng"], ["1. Rà soát.", "rà soát.", "3. Phòng"]),
        (["1.1, Phát tờ rơi"], ["1.1. Phát tờ rơi"]),
        (["@) làm", "b) làm", "e) làm", "d) làm", "d) làm"], ["a) làm", "b) làm", "c) làm", "d) làm", "đ) làm"]),
        (["x) làm", "ab) làm", "h) làm"], ["x) làm", "ab) làm", "h) làm"]),
        (["— làm", "+ làm", "- gồm:", "+ làm"], ["- làm", "- làm", "- gồm:", "+ làm"]),
        (["+ Bệnh viện;", "một", "- Văn phòng."], ["- Bệnh viện;", "một", "- Văn phòng."]),
        (["+ Bệnh viện;", "+ Trạm."], ["+ Bệnh viện;", "+ Trạm."]),
        (["L. MỤC ĐÍCH", "1. Rà soát.", "I. NHIỆM VỤ", "IN Tổ chức thực hiện"],
         ["I. MỤC ĐÍCH", "1. Rà soát.", "II. NHIỆM VỤ", "III. Tổ chức thực hiện"]),
        (["I. Rà soát.", "Il có camera", "ii"], ["1. Rà soát.", "Il có camera", "ii"]),
        (["II. MỤC ĐÍCH", "H. NHIỆM VỤ", "IV TỔ CHỨC THỰC HIỆN"],
         ["II. MỤC ĐÍCH", "III. NHIỆM VỤ", "IV. TỔ CHỨC THỰC HIỆN"]),
        (["1. MỤC ĐÍCH (gồm hai phần)", "1. Thiết bị", "I. NHIỆM VỤ", "Iv. TỔ CHỨC"],
         ["I. MỤC ĐÍCH (gồm hai phần)", "1. Thiết bị", "II. NHIỆM VỤ", "IV. TỔ CHỨC"]),
        (["I. MỤC ĐÍCH", "I. NHIỆM VỤ", "TEL KINH PHí", "TL. GIÁM ĐỐC"],
         ["I. MỤC ĐÍCH", "II. NHIỆM VỤ", "III. KINH PHí", "TL. GIÁM ĐỐC"]),
        (["I. MỤC ĐÍCH", "làm", "I. KINH PHÍ"], ["I. MỤC ĐÍCH", "làm", "II. KINH PHÍ"]),
        (["1: Sở Y tế", "2 Công an", "3: Phòng"], ["1. Sở Y tế", "2. Công an", "3. Phòng"]),
        (["a) làm", "b) làm, đợt", "2 sau", "©) làm", "(4) làm"],
         ["a) làm", "b) làm, đợt", "2 sau", "c) làm", "(4) làm"]),
        (["Bala, làm", "Bốn là, làm"], ["Ba là, làm", "Bốn là, làm"]),
        (["Noinhan;", "Noi nhận: KT. GIÁM ĐỐC"], ["Nơi nhận:", "Nơi nhận: KT. GIÁM ĐỐC"]),
        (["Một là, làm", "Hai là, làm", "Đã là, a", "Đó là b"], ["Một là, làm", "Hai là, làm", "Ba là, a", "Đó là b"]),
        (["Đó là việc", "Mười là, làm", "Sau là, làm"], ["Đó là việc", "Mười là, làm", "Sau là, làm"]),
        (["tại thành phố Yêu cầu các sở làm"], ["tại thành phố. Yêu cầu các sở làm"]),
    ],
)  # fmt: skip
def test_lost_and_misread_markers_are_restored_from_their_place(lines: list[str], restored_marks: list[str]) -> None:
    assert marks(*lines) == restored_marks


def test_offsets_of_the_restored_text_lead_to_the_words_that_stand_there() -> None:
    glued = (Piece("S6:", "Số:"), Piece("9", "9", glued=True))
    line = (Piece("(d6,", "(độ,"), Piece("gi am", "giám"), *glued, Piece("x", "2. x"))

    aligned = Aligned.of("(độ,\ngiám Số: 9 2. x", [line])

    assert aligned.shown == "(d6,\ngi am S6:9 x"
    meant_text, shown = aligned.meant, aligned.shown

    def at(words: str) -> str:
        start = meant_text.index(words)
        return shown[slice(*aligned.as_shown((start, start + len(words))))]

    assert [at(w) for w in ("độ", "(", "(độ,", ",", "ám", "9", "2.", "giám Số", "độ,")] == [
        "d6", "(", "(d6,", ",", "gi am", "9", "x", "gi am S6", "d6,",
    ]  # fmt: skip
    end = len(meant_text)
    assert aligned.as_shown((end, end)) == (len(shown), len(shown))
    assert aligned.as_shown((0, 0)) == (0, 0)
    assert [piece.shown for piece in aligned.within(aligned.as_shown((5, 9)))] == ["gi am"]


def test_the_letter_of_a_part_is_no_word() -> None:
    assert meant("B. NOI DUNG CONG VIEC") == "B. NỘI DUNG CÔNG VIỆC"


@pytest.mark.parametrize(
    ("text", "lines", "shown"),
    [
        ("Sở Y tế", ["2", "Sở Y tế"], "So Y te"),
        ("2. Sở Y tế", ["2", "2. Sở Y tế"], "2. So Y te"),
        ("2\n3 Sở Y tế", ["2", "3 Sở Y tế"], "2\n3 So Y te"),
        ("thôngtin mạng", ["thông-", "tin mạng"], "thong-tin mang"),
    ],
)
def test_page_numbers_and_hyphens_that_fell_away_shift_nothing(text: str, lines: list[str], shown: str) -> None:
    pieces = [tuple(Piece(bare(word), word) for word in line.split()) for line in lines]

    aligned = Aligned.of(text, pieces)

    assert "".join(aligned.shown.split()) == "".join(shown.split())
    assert aligned.as_shown((0, len(text))) == (0, len(aligned.shown))


def test_a_table_without_diacritics_is_read_by_its_cells(letter: Callable[[str], str]) -> None:
    document = docx.Document()
    before, after = bare(letter("cong-van-tinh-2024")).split("Noi nhan", 1)
    for line in before.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    rows = [
        ("TT", "Nhiem vu", "Co quan chu tri", "Thoi han"),
        ("1", "Tap huan cho can bo quan tri camera", "So Noi vu", "Truoc ngay 30/6/2024"),
    ]
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph("Noi nhan" + after)
    stream = io.BytesIO()
    document.save(stream)

    reading = read_document(stream.getvalue(), "thu.docx")

    [duty] = (one for one in reading.obligations if "Tap huan cho can bo" in one.action)
    assert [lead.text for lead in duty.leads] == ["Sở Nội vụ"]
    assert (duty.kind, f"{duty.deadline.last_day}") == ("guide", "2024-06-29")
    assert all(reading.text[slice(*span)].strip() for span in duty.spans)


def test_words_that_stand_nowhere_in_the_letter_stay(letter: Callable[[str], str]) -> None:
    reading = read_document(letter("cong-van-tinh-2024").encode(), "thu.txt")
    duty = replace(reading.obligations[0], condition="lời của người khác")

    written = as_written(replace(reading, obligations=(duty,)), Aligned.of("Công văn", [(Piece("Công", "Công"),)]))

    assert written.obligations[0].condition == "lời của người khác"


def test_what_comes_near_no_word_means_nothing() -> None:
    assert meant_by("thcingl-lthcingl") == {}
    assert "ứng" in meant_by("tmg") or "ứng" in meant_by("img")


def test_an_empty_row_of_lines_is_restored_to_itself() -> None:
    assert guessed([""], HEAVY) == [()]


def test_a_text_too_short_to_tell_is_whole() -> None:
    assert share_spoilt(["cong van so muoi"]) == 0


def test_hooks_that_were_read_as_acutes_tell_a_spoilt_letter(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024")
    for right, wrong in (("bảo đảm", "báo đám"), ("hiểm", "hiếm"), ("phủ", "phú"), ("thẩm", "thấm"), ("thể", "thế")):
        text = text.replace(right, wrong)

    assert (
        share_spoilt(text.splitlines()) > 0 or share_spoilt((text + "thấm định hồ sơ đế xuất\n" * 8).splitlines()) > 0
    )


def test_dust_before_a_number_is_no_part_of_it(letter: Callable[[str], str]) -> None:
    text = letter("cong-van-tinh-2024").replace("1. Các sở", ": 1. Các sở", 1).replace("1286/", "1286\u2044", 1)

    reading = read_document(text.encode(), "thu.txt")

    assert [one[0] for one in duties(reading)] == [one[0] for one in labels("cong-van-tinh-2024")]
    assert reading.document.number == "1286"


def test_a_mark_misread_before_the_day_of_the_head_is_a_comma() -> None:
    (line,) = restored(["Bãi Sậy; ngày 05 tháng 10 năm 2026"], HEAVY)

    assert ", ngày 05 tháng 10" in meaning(line)


def test_a_quarter_of_one_or_two_strokes_is_not_sure_on_a_stained_page() -> None:
    assert guarded("trong quý II/2026, quý III/2026", stained=True) == "trong quý ¤¤/¤¤¤¤, quý III/2026"
    assert guarded("trong quý II/2026") == "trong quý II/2026"
