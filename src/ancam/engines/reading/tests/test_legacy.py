"""Letters typed in the fonts from before Unicode are read as they were meant."""

import io
from collections.abc import Callable, Iterable

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.reading.docx_fonts import Fonts
from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.legacy import _FROM_TCVN3, _FROM_VNI, from_tcvn3, from_vni, modern
from ancam.engines.reading.read import read_document
from ancam.engines.reading.stamps import check_enclosure
from ancam.engines.reading.syllables import is_syllable

NAME = "cong-van-tinh-2024"
_TO_TCVN3 = {ord(made): chr(code) for code, made in _FROM_TCVN3.items()}
_TO_VNI = {made: pair for pair, made in sorted(_FROM_VNI.items())}
MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"


def tcvn3(text: str) -> str:
    """Return a text as typed with a TCVN3 font: capitals with marks are small letters drawn by another font."""
    capitals = {ord(letter.upper()): code for letter, code in ((chr(k), v) for k, v in _TO_TCVN3.items())}
    return text.translate({**capitals, **_TO_TCVN3})


def vni(text: str) -> str:
    return "".join(_TO_VNI.get(letter, letter) for letter in text)


ENCODERS = {"tcvn3": tcvn3, "vni": vni}


def duties(data: bytes, name: str) -> list[tuple[str, str, str | None]]:
    reading = read_document(data, name)
    return [(o.id, o.kind, o.deadline.last_day and o.deadline.last_day.isoformat()) for o in reading.obligations]


def docx_of(paragraphs: Iterable[Iterable[tuple[str, str]]], usual: str = "") -> bytes:
    """Return a .docx whose paragraphs are runs of (font, text); `usual` is the font of the plain style."""
    document, stream = docx.Document(), io.BytesIO()
    if usual:
        document.styles["Normal"].font.name = usual
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for font, text in runs:
            run = paragraph.add_run(text)
            if font:
                run.font.name = font
    document.save(stream)
    return stream.getvalue()


def test_the_motto_reads_as_it_was_meant():
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc") == MOTTO
    assert from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc") == MOTTO


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_text_file_of_an_old_font_is_read_as_a_guess(encoding: str, letter: Callable[[str], str]) -> None:
    text = letter(NAME)
    data = ENCODERS[encoding](text).encode("cp1252", errors="replace")

    reading = read_document(data, "thu.txt")

    assert reading.source.encoding == encoding
    assert "encoding_guessed" in {one.code for one in reading.anomalies}
    assert [one[1:] for one in duties(data, "thu.txt")] == [one[1:] for one in duties(text.encode(), "thu.txt")]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_old_text_pasted_into_a_unicode_file_is_read_beside_the_new(
    encoding: str, letter: Callable[[str], str]
) -> None:
    lines = letter(NAME).splitlines()
    mixed = [ENCODERS[encoding](line) if place % 3 else line for place, line in enumerate(lines)]

    assert duties("\n".join(mixed).encode(), "thu.txt") == duties("\n".join(lines).encode(), "thu.txt")


@pytest.mark.parametrize(("encoding", "font"), [("tcvn3", ".VnTime"), ("vni", "VNI-Times")])
def test_runs_of_a_docx_are_read_by_their_font(encoding: str, font: str, letter: Callable[[str], str]) -> None:
    old = ENCODERS[encoding]
    lines = letter(NAME).splitlines()
    halves = [(line[: len(line) // 2], line[len(line) // 2 :]) for line in lines]
    data = docx_of([[(font, old(first)), ("Times New Roman", second)] for first, second in halves])

    reading = read_document(data, "thu.docx")

    assert reading.source.encoding == encoding
    assert "encoding_guessed" not in {one.code for one in reading.anomalies}
    assert duties(data, "thu.docx") == duties(docx_of([[("", line)] for line in lines]), "thu.docx")


def test_the_font_of_a_style_and_the_capitals_of_a_font_count() -> None:
    body = "Yêu cầu Sở Khoa học và Công nghệ báo cáo trước ngày 20/12/2026."
    paragraphs = [
        [(".VnTimeH", tcvn3("ủy ban nhân dân tỉnh đông sơn"))],
        [("", tcvn3("Số: 12/UBND-NC"))],
        [("", tcvn3(f"1. {body}"))],
    ]

    reading = read_document(docx_of(paragraphs, usual=".VnTime"), "thu.docx")

    assert reading.text.startswith("ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN")
    assert [one.deadline.last_day.isoformat() for one in reading.obligations if one.deadline.last_day] == ["2026-12-19"]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_stamp_in_an_old_font_is_seen(encoding: str) -> None:
    stamped = ENCODERS[encoding]("TỐI MẬT\nỦy ban nhân dân tỉnh Đông Sơn yêu cầu báo cáo.\n")

    for data in (stamped.encode("cp1252", errors="replace"), stamped.encode()):
        with pytest.raises(StateSecret):
            read_document(data, "thu.txt")
        with pytest.raises(StateSecret):
            check_enclosure(data, "thu.txt")


@pytest.mark.parametrize(
    "line",
    [MOTTO, "Ông Müller gặp bà Çelik tại café", "Công văn", "10 %, § 5, ½", "", "Số: 12/UBND-NC", "Garçon à Nîmes"],
)
def test_what_is_of_no_old_font_stays(line: str) -> None:
    assert modern([line]) == ([line], None)


def test_a_line_that_could_be_either_goes_with_the_one_before() -> None:
    assert modern([tcvn3("Yêu cầu các đơn vị thực hiện"), tcvn3("Tự")]) == (
        ["Yêu cầu các đơn vị thực hiện", "Tự"],
        "tcvn3",
    )
    assert modern(["Yêu cầu các đơn vị thực hiện", "Tù"]) == (["Yêu cầu các đơn vị thực hiện", "Tù"], None)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_no_text_is_too_odd(text: str) -> None:
    lines, _found = modern(text.split("\n"))

    assert len(lines) == text.count("\n") + 1


@pytest.mark.parametrize(
    "word", ["nghiêng", "giếng", "gì", "QUỐC", "khuỷu", "ngoằn", "giữ", "Đặng", "uỷ", "thuở", "kỷ"]
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["céng", "nghÜa", "cêm", "ngiêng", "gế", "các̀", "viếtt", "hợc", "nhâp", "strà"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_styles_that_rest_on_each_other_name_no_font() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    based = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = parse_xml(f"<w:styles {space}>{based.format('A', 'B')}{based.format('B', 'A')}</w:styles>")
    paragraph = parse_xml(f'<w:p {space}><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r/></w:p>')

    assert Fonts(styles).of(paragraph[1], paragraph) == ""
