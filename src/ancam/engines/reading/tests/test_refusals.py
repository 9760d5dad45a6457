"""Files that cannot be read, or must not be: each gets one Vietnamese sentence."""

import io
import zipfile
from collections.abc import Callable

import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.read import read_document

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
SMALL = Limits(max_zip_entries=5, max_zip_bytes=200_000, max_zip_ratio=10, max_xml_bytes=100_000)


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"", "rong.txt", errors.EmptyFile),
        (b" \n\t ", "trang.txt", errors.EmptyFile),
        (b"*** --- ***\n", "khong-chu.txt", errors.EmptyFile),
        (JPEG, "anh.docx", errors.WrongType),
        (JPEG, "anh.pdf", errors.WrongType),
        (JPEG, "anh.jpg", errors.DamagedFile),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "anh", errors.UnsupportedType),
        (OLE, "cu.doc", errors.WrongType),
        (OLE, "cu.xls", errors.UnsupportedType),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "khoa.docx", errors.EncryptedFile),
        (b"<!DOCTYPE html><p>x", "trang.html", errors.NotVietnamese),
        (b"<html><script>x</script></html>", "rong.html", errors.EmptyFile),
        (b"{\\rtf1 x}", "cu.rtf", errors.UnsupportedType),
        (b"plain words", "gia.pdf", errors.DamagedFile),
        (b"PK\x03\x04" + b"\x00" * 80, "hong.docx", errors.DamagedFile),
        (archive(xl__workbook_xml=b"<x/>"), "bang.xlsx", errors.UnsupportedType),
        (archive(content_xml=b"<x/>"), "vb.odt", errors.WrongType),
        (archive(gi_do=b"x"), "goi.zip", errors.UnsupportedType),
        (bytes(range(1, 32)) * 40, "rac.txt", errors.UnreadableText),
        (b"%PDF-1.7\nbroken", "hong.pdf", errors.DamagedFile),
        (b"The province shall report all cameras before 30 June.\n" * 5, "anh-ngu.txt", errors.NotVietnamese),
        (
            b"Thuc hien Chi thi cua Thu tuong ve cac quy dinh trong co quan, don vi.\n",
            "mat-dau-qua-ngan.txt",
            errors.SpoiltText,
        ),
        ("Trước ngày 30/6 kiểm tra. ".encode() * 10, "thieu.docx", errors.DamagedFile),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_letter_is_refused_in_one_sentence(data: bytes, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        read_document(data, name)

    assert name in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(errors.FileTooLarge, match="1 KB"):
        read_document(b"a" * 2000, "lon.txt", limits=Limits(max_bytes=1000))


def test_a_text_with_too_many_letters_is_refused(letter: Callable[[str], str]) -> None:
    with pytest.raises(errors.DocumentTooLong, match="ký tự"):
        read_document(letter("cong-van-tinh-2024").encode(), "dai.txt", limits=Limits(max_characters=500))


def test_a_letter_with_too_many_points_is_refused(letter: Callable[[str], str]) -> None:
    with pytest.raises(errors.DocumentTooLong, match="điều khoản"):
        read_document(letter("cong-van-tinh-2024").encode(), "dai.txt", limits=Limits(max_clauses=3))


def test_a_pdf_with_too_many_pages_is_refused(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(errors.DocumentTooLong, match="trang"):
        read_document(make_pdf([["a"], ["b"]]), "dai.pdf", limits=Limits(max_pages=1))


def test_a_pdf_that_asks_for_a_password_is_refused(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(errors.EncryptedFile):
        read_document(make_pdf([["Công văn"]], locked=True), "khoa.pdf")


def test_a_pdf_of_blank_pages_has_no_content(make_pdf: Callable[..., bytes]) -> None:
    with pytest.raises(errors.EmptyFile):
        read_document(make_pdf([[""]]), "trang.pdf")


@pytest.mark.parametrize(
    "data",
    [
        archive(word__document_xml=b"<w>" + b"a" * 150_000 + b"</w>"),
        archive(word__document_xml=b"<w/>", filler=b"\x00" * 190_000, other=b"\x00" * 190_000),
        archive(word__document_xml=b"<w/>", a=b"", b=b"", c=b"", d=b"", e=b""),
        archive(word__document_xml=b"<w/>", filler=b"\x00" * 199_000),
        archive(word__document_xml=b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'),
    ],
    ids=["xml", "tổng", "số tệp", "tỷ lệ", "thực thể"],
)
def test_an_archive_that_would_swell_is_refused_before_it_is_read(data: bytes) -> None:
    with pytest.raises(errors.UnsafeArchive):
        read_document(data, "bom.docx", limits=SMALL)


def test_a_part_that_outgrows_its_bound_is_refused_while_it_is_read() -> None:
    data = archive(word__document_xml=b"<w>" + b"a" * 150_000 + b"</w>")

    with pytest.raises(errors.UnsafeArchive):
        read_document(data, "lon.docx", limits=Limits(max_xml_bytes=100_000, max_zip_ratio=1000))


def test_a_pdf_whose_page_is_missing_is_damaged(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([["Công văn về camera"]]).replace(b"/Kids [8 0 R]", b"/Kids [99 0 R]")

    with pytest.raises(errors.DamagedFile):
        read_document(data, "hong.pdf")


def test_a_docx_nested_without_end_is_refused() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    outer = f"<w:body {w}>" + "<w:sdt>" * 300 + "</w:sdt>" * 300 + "</w:body>"
    inner = f"<w:body {w}><w:p>" + "<w:r>" * 300 + "</w:r>" * 300 + "</w:p></w:body>"

    for document in (outer, inner):
        with pytest.raises(errors.UnsafeArchive):
            read_document(archive(word__document_xml=document.encode()), "sau.docx")


@pytest.mark.parametrize("shift", [1, 8, 500, 2**31])
def test_an_archive_whose_list_points_elsewhere_is_damaged(shift: int) -> None:
    data = archive(word__document_xml=b"<w/>")
    offset = int.from_bytes(data[-6:-2], "little")

    with pytest.raises(errors.DamagedFile):
        read_document(data[:-6] + (offset + shift).to_bytes(4, "little") + data[-2:], "hong.docx")


def test_an_archive_packed_as_no_office_file_is_is_only_an_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("word/document.xml", "<w/>")

    with pytest.raises(errors.WrongType, match="tệp nén"):
        read_document(stream.getvalue(), "la.docx")


def test_a_docx_with_broken_xml_is_damaged() -> None:
    with pytest.raises(errors.DamagedFile):
        read_document(archive(word__document_xml=b"<w><"), "hong.docx")


def test_a_docx_whose_packed_bytes_are_broken_is_damaged() -> None:
    data = bytearray(archive(word__document_xml=b"<w>" + bytes(range(65, 91)) * 50 + b"</w>"))
    data[60:70] = b"\xff" * 10

    with pytest.raises(errors.DamagedFile):
        read_document(bytes(data), "hong.docx")


def test_a_docx_part_with_a_password_is_encrypted() -> None:
    data = bytearray(archive(word__document_xml=b"<w/>"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(errors.EncryptedFile):
        read_document(bytes(data), "khoa.docx")
