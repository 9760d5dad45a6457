"""Files kept beside a report: what they are, by their bytes, and whether they are stamped secret."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml

from ancam.engines.reading import errors
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.read import read_document
from ancam.engines.reading.stamps import check_enclosure

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(part: str = "xl/sharedStrings.xml", content: str = "<sst><si><t>Camera cổng</t></si></sst>") -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>", part: content})


def open_file(kind: str, body: str, **parts: str) -> bytes:
    content = f'<d xmlns:text="{TEXT}">\n  {body}\n</d>'
    return packed({"mimetype": kind, "content.xml": content} | {f"{k}.xml": v for k, v in parts.items()})


def with_part(data: bytes, part: str, content: str) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(part, content)
    return stream.getvalue()


@pytest.fixture
def plain_docx(make_docx: Callable[..., bytes]) -> bytes:
    return make_docx(["Báo cáo kết quả rà soát camera."])


@pytest.fixture
def stamped_docx(make_docx: Callable[..., bytes]) -> bytes:
    return make_docx(["Báo cáo kết quả rà soát camera."], [("ỦY BAN NHÂN DÂN XÃ AN BÌNH", "Mức độ mật: Tối mật")])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("anh.jpg", JPEG),
        ("ANH.JPEG", JPEG),
        ("anh.png", PNG),
        ("bang.xlsx", workbook()),
        ("vb.odt", open_file(ODT, "<text:p>Không để lộ bí mật<text:s/>nhà nước.</text:p>", styles="<x/>")),
        ("bang.ods", open_file(ODS, "<text:p>Đổi mật khẩu</text:p>")),
        ("bang.csv", "STT,Nội dung,Độ mật\n1,Đổi mật khẩu,Thường\n".encode("utf-16")),
        ("BM.txt", b"BM01 passwords changed\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_ordinary_file_passes(name: str, data: bytes) -> None:
    check_enclosure(data, name)


def test_a_docx_and_a_scan_without_words_pass(plain_docx: bytes, make_pdf: Callable[..., bytes]) -> None:
    check_enclosure(plain_docx, "vb.docx")
    check_enclosure(make_pdf([[""]]), "quet.pdf")
    check_enclosure(make_pdf([["English"]] * 3), "dai.pdf", limits=Limits(max_pages=1))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tep.txt", "UBND XÃ AN BÌNH\n\nMẬT - HỎA TỐC\n\nBáo cáo".encode()),
        ("tep.txt", "This letter is in English.\nTỐI MẬT\n".encode("utf-16")),
        ("tep.csv", ("STT,Nội dung\n" * 90 + '7,"TUYỆT MẬT (A)"\n').encode()),
        ("tep.csv", "STT;Tệp\n1;TÀI LIỆU TỐI MẬT\n".encode()),
        ("tep.xlsx", workbook(content="<sst>\n<si>\n<r><t>TỐI </t></r>\n<r><t>MẬT</t></r>\n</si>\n</sst>")),
        ("tep.xlsx", workbook("xl/worksheets/s.xml", "<s><c t='inlineStr'><is><t>MẬT</t></is></c></s>")),
        ("tep.xlsx", workbook("xl/worksheets/s.xml", "<s><c t='str'><f>A1</f><v>MẬT</v></c></s>")),
        ("tep.xlsx", workbook("xl/worksheets/s.xml", '<s><oddHeader>&amp;C&amp;"Arial"&amp;14MẬT</oddHeader></s>')),
        ("tep.odt", open_file(ODT, "<text:p>UBND XÃ</text:p><text:p>TỐI<text:s/>MẬT</text:p>")),
        ("tep.odt", open_file(ODT, "<text:p>A</text:p>", styles=f'<x xmlns:t="{TEXT}"><t:p>MẬT</t:p></x>')),
        ("tep.ods", open_file(ODS, "<text:p>x</text:p>" * 90 + "<text:p>MẬT (C)</text:p>")),
    ],
)
def test_a_stamp_in_what_can_be_opened_refuses_the_file(name: str, data: bytes) -> None:
    with pytest.raises(errors.StateSecret):
        check_enclosure(data, name)


def test_a_stamp_on_any_page_of_a_pdf_is_seen(make_pdf: Callable[..., bytes]) -> None:
    middle = [[f"Trang {page}: nội dung kiểm tra camera"] * 30 for page in range(3)]
    middle[1] = ["MẬT", *middle[1]]
    last = [["A"], ["B"], ["MẬT"]]

    with pytest.raises(errors.StateSecret):
        read_document(make_pdf(middle), "thu.pdf")
    with pytest.raises(errors.StateSecret):
        check_enclosure(make_pdf(last), "tep.pdf", limits=Limits(max_pages=1))


@pytest.mark.parametrize("part", ["header9", "footer9", "footnotes", "endnotes", "comments"])
def test_a_stamp_in_any_part_of_a_docx_is_seen(part: str, plain_docx: bytes) -> None:
    words = f"<w:x {W}><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:x>"
    mark = f'<w:x {W} {V}><w:p><w:r><w:pict><v:shape><v:textpath string="MẬT"/></v:shape></w:pict></w:r></w:p></w:x>'

    for content in (words, mark):
        data = with_part(plain_docx, f"word/{part}.xml", content)
        for check in (check_enclosure, read_document):
            with pytest.raises(errors.StateSecret):
                check(data, "tep.docx")


@pytest.mark.parametrize(
    "run",
    [
        '<w:pict><v:shape><v:textpath string="TUYỆT MẬT"/></v:shape></w:pict>',
        "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>",
    ],
)
def test_a_watermark_or_a_box_on_a_middle_page_is_seen(run: str) -> None:
    document = docx.Document()
    for number in range(120):
        document.add_paragraph(f"Nội dung kiểm tra camera thứ {number}")
    document.paragraphs[60]._p.append(parse_xml(f"<w:r {W} {V}>{run}</w:r>"))
    stream = io.BytesIO()
    document.save(stream)

    with pytest.raises(errors.StateSecret):
        check_enclosure(stream.getvalue(), "tep.docx")


def test_a_stamp_in_a_table_of_the_head_is_seen(stamped_docx: bytes) -> None:
    with pytest.raises(errors.StateSecret):
        check_enclosure(stamped_docx, "tep.docx")


@pytest.mark.parametrize("suffix", ["xlsx", "png", "jpg", "odt", "ods", "csv", "txt", "pdf", "zip"])
def test_a_docx_under_another_suffix_is_refused(suffix: str, stamped_docx: bytes) -> None:
    with pytest.raises(errors.WrongType, match="Word"):
        check_enclosure(stamped_docx, f"tep.{suffix}")


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("tep.docx", JPEG, "ảnh .jpg"),
        ("tep.jpg", PNG, "ảnh .png"),
        ("tep.png", b"GIF89a" + bytes(20), "loại khác"),
        ("tep.png", b"BM" + bytes(60), "loại khác"),
        ("tep.png", PNG + packed({"word/document.xml": "<x/>"}), "hai loại tệp"),
        ("tep.pdf", b"words", "chữ thuần"),
        ("tep.csv", b"%PDF-1.7", ".pdf"),
        ("tep.txt", b"\xef\xbb\xbf<html><p>x", "trang web"),
        ("tep.txt", b"{\\rtf1 x}", "RTF"),
        ("tep.docx", OLE, "kiểu cũ"),
        ("tep.docx", packed({"a.txt": "x"}), "tệp nén"),
        ("tep.docx", packed({"word/document.xml": "<x/>", "xl/workbook.xml": "<x/>"}), "tệp nén"),
        ("tep.odt", packed({"mimetype": "application/epub+zip"}), "tệp nén"),
        ("tep.odt", open_file(ODS, ""), ".ods"),
        ("tep", b"x", "chữ thuần"),
    ],
)
def test_bytes_decide_what_a_file_is(name: str, data: bytes, found: str) -> None:
    with pytest.raises(errors.WrongType, match=found):
        check_enclosure(data, name)


def locked_entry(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


LOCKED_ODT = packed({"mimetype": ODT, "content.xml": "x", "META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"})


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("tep.xlsx", workbook(content="<sst>" + " " * 5_000_000 + "</sst>"), errors.UnsafeArchive),
        ("tep.xlsx", workbook(content='<!DOCTYPE s [<!ENTITY a "aa">]><s>&a;</s>'), errors.UnsafeArchive),
        ("tep.odt", open_file(ODT, "<a>" * 300 + "</a>" * 300), errors.UnsafeArchive),
        ("tep.xlsx", workbook(content="<sst>"), errors.DamagedFile),
        ("tep.odt", packed({"mimetype": ODT}), errors.DamagedFile),
        ("tep.docx", b"PK\x03\x04" + bytes(80), errors.DamagedFile),
        ("tep.pdf", b"%PDF-1.7\nbroken", errors.DamagedFile),
        ("tep.odt", locked_entry(open_file(ODT, "")), errors.EncryptedFile),
        ("tep.xlsx", locked_entry(workbook()), errors.EncryptedFile),
        ("tep.odt", LOCKED_ODT, errors.EncryptedFile),
        ("tep.docx", OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedFile),
        ("tep.csv", bytes(range(1, 32)) * 40, errors.UnreadableText),
    ],
)
def test_what_cannot_be_looked_into_is_refused(name: str, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_enclosure(data, name)


def test_a_file_to_look_into_is_bounded_and_a_picture_is_not() -> None:
    with pytest.raises(errors.FileTooLarge):
        check_enclosure(b"a" * 200, "tep.csv", limits=Limits(max_bytes=100))

    check_enclosure(JPEG, "anh.jpg", limits=Limits(max_bytes=10))
