"""One letter in every form that is read gives the same duties."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml

from ancam.engines.reading.decode import decode
from ancam.engines.reading.docx_numbering import Numbering, W
from ancam.engines.reading.read import read_document

NAME = "cong-van-tinh-2024"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def expected(letter: Callable[[str], str]) -> list[tuple[str, str, str | None]]:
    return duties(letter(NAME).encode(), "thu.txt")


def duties(data: bytes, name: str) -> list[tuple[str, str, str | None]]:
    reading = read_document(data, name)
    return [(o.id, o.kind, o.deadline.last_day and o.deadline.last_day.isoformat()) for o in reading.obligations]


@pytest.mark.parametrize(
    ("encoding", "label", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("utf-16-le", "utf-16", True),
        ("utf-16-be", "utf-16", True),
    ],
)
def test_unicode_in_every_form_is_read(
    encoding: str, label: str, guessed: bool, letter: Callable[[str], str], expected: list[object]
) -> None:
    data = letter(NAME).encode(encoding)

    reading = read_document(data, "thu.txt")

    assert duties(data, "thu.txt") == expected
    assert reading.source.encoding == label
    assert ("encoding_guessed" in {a.code for a in reading.anomalies}) == guessed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_decomposed_letters_are_read_in_every_form(
    encoding: str, letter: Callable[[str], str], expected: list[object]
) -> None:
    import unicodedata

    assert duties(unicodedata.normalize("NFD", letter(NAME)).encode(encoding), "thu.txt") == expected
    few = unicodedata.normalize("NFD", "Sở báo cáo hằng tháng").encode(encoding)
    assert decode(few, "thu.txt")[0] == "Sở báo cáo hằng tháng"


def test_windows_1258_is_read_as_a_guess(letter: Callable[[str], str], expected: list[object]) -> None:
    import unicodedata

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

    def windows(letter_: str) -> str:
        parts = unicodedata.normalize("NFD", letter_)
        marks = [m for m in parts[1:] if m in tones]
        return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + "".join(marks)

    data = "".join(map(windows, letter(NAME))).encode("cp1258")
    reading = read_document(data, "thu.txt")

    assert duties(data, "thu.txt") == expected
    assert reading.source.encoding == "cp1258"
    assert "encoding_guessed" in {a.code for a in reading.anomalies}


def test_markdown_with_windows_line_ends_is_read(letter: Callable[[str], str], expected: list[object]) -> None:
    text = "# source: kho\n" + letter(NAME).replace("\n", "\r\n").replace("1. Các", "### **1. Các").replace(
        "ương:", "ương:**"
    )

    assert duties(text.encode(), "thu.md") == expected


def test_a_docx_with_its_head_in_a_table_is_read(
    make_docx: Callable[..., bytes], letter: Callable[[str], str], expected: list[object]
) -> None:
    lines = letter(NAME).split("\n")
    head = [("\n".join(lines[0:2]), "\n".join(lines[2:4])), ("\n".join(lines[5:7]), lines[8])]
    data = make_docx(lines[9:], head)

    reading = read_document(data, "thu.docx")

    assert duties(data, "thu.docx") == expected
    assert (reading.document.issuer, reading.document.number) == ("Ủy ban nhân dân tỉnh Đông Sơn", "1286")
    assert reading.document.date == "2024-03-05"


def test_a_pdf_is_read_over_its_pages(
    make_pdf: Callable[..., bytes], letter: Callable[[str], str], expected: list[object]
) -> None:
    lines = letter(NAME).split("\n")
    data = make_pdf([lines[:16], lines[16:]])

    reading = read_document(data, "thu.pdf")

    assert duties(data, "thu.pdf") == expected
    assert (reading.source.pages, reading.source.media_type) == (2, "application/pdf")


def test_numbers_that_word_adds_are_part_of_the_letter() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "-"))
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{f}"/><w:lvlText w:val="{t}"/></w:lvl>'
        for n, (f, t) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{shapes}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (
        ("Kính gửi: Các phòng thuộc Sở", None),
        ("Giám đốc Sở yêu cầu các phòng thực hiện như sau:", None),
        ("Văn phòng Sở:", 0),
        ("Phổ biến Chỉ thị số 23/CT-TTg.", 1),
        ("Bố trí kinh phí.", 1),
        ("Phòng Nghiệp vụ:", 0),
        ("Đăng tải danh mục camera trên trang thông tin điện tử.", 1),
    ):
        paragraph = document.add_paragraph(text)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))
    stream = io.BytesIO()
    document.save(stream)

    reading = read_document(stream.getvalue(), "thu.docx")

    assert [(o.clause, o.kind) for o in reading.obligations] == [
        ("1.a", "propagate"), ("1.b", "resources"), ("2.a", "publish"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "text", "markers"),
    [
        ("upperRoman", "%1.", ["I. ", "II. ", "III. ", "IV. "]),
        ("lowerRoman", "%1)", ["i) ", "ii) ", "iii) ", "iv) "]),
        ("upperLetter", "%1.", ["A. ", "B. ", "C. ", "D. "]),
        ("bullet", "o", ["- "] * 4),
        ("decimal", "", [""] * 4),
        ("decimal", "%1.%2", ["1.%2 ", "2.%2 ", "3.%2 ", "4.%2 "]),
    ],
)
def test_list_shapes_of_word_become_markers(shape: str, text: str, markers: list[str]) -> None:
    numbering = parse_xml(
        f'<w:numbering {NS}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    styles = parse_xml(
        f'<w:styles {NS}><w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        "</w:styles>"
    )
    lists = Numbering(numbering, styles)
    item = parse_xml(f'<w:p {NS}><w:pPr><w:pStyle w:val="L"/></w:pPr></w:p>')

    assert [lists.marker(item) for _ in range(4)] == markers
    assert lists.marker(parse_xml(f"<w:p {NS}/>")) == ""
    assert lists.marker(parse_xml(f'<w:p {NS}><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:p>')) == ""
    assert W.startswith("{http")


def test_a_level_whose_parent_the_list_lacks_counts_alone() -> None:
    numbering = parse_xml(
        f'<w:numbering {NS}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = parse_xml(f'<w:p {NS}><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:p>')

    assert Numbering(numbering, None).marker(item) == "1. "


def test_text_boxes_are_read_and_deleted_words_and_fallbacks_are_not() -> None:
    from ancam.engines.reading.docx_fonts import Fonts
    from ancam.engines.reading.docx_numbering import Numbering as Lists
    from ancam.engines.reading.docx_text import _Walker

    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = parse_xml(
        f"<w:body {NS} {mc}><w:p><w:r><w:t>Một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r>"
        "<w:t>hộp</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:r><w:t>lặp</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:p><mc:Fallback><w:p/></mc:Fallback></w:body>"
    )

    assert list(_Walker(Lists(None, None), Fonts(None), "a.docx").lines(body)) == ["hộp", "Một\thai", "ba"]
