"""A file is what its bytes say, and its name must say the same: programs, pages, macros and two files in one."""

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ancam.engines.reading import sniff
from ancam.engines.reading.errors import DamagedFile, ReadingRefused, UnsafeArchive, UnsupportedType, WrongType
from ancam.engines.reading.read import read_document
from ancam.engines.reading.sniff import DOCX, PDF, TIFF_PHOTO, file_kind, media_type

CONTENT_TYPES = "[Content_Types].xml"
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)


def archive(parts: dict[str, bytes], onto: bytes = b"") -> bytes:
    stream = io.BytesIO(onto)
    with zipfile.ZipFile(stream, "a" if onto else "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in parts.items():
            packing.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def letter_docx(make_docx: Callable[..., bytes]) -> bytes:
    return make_docx(["Báo cáo kết quả rà soát camera."])


@pytest.fixture
def letter_pdf(make_pdf: Callable[..., bytes]) -> bytes:
    return make_pdf([["Báo cáo kết quả rà soát camera."]])


def test_letters_are_what_they_say(letter_docx: bytes, letter_pdf: bytes) -> None:
    assert media_type(letter_docx, "a.docx") == DOCX
    assert media_type(letter_pdf, "a.PDF") == PDF
    assert media_type("Công văn".encode(), "a.txt") == "text/plain"
    assert media_type("# Công văn".encode(), "a.md") == "text/markdown"
    assert media_type(letter_pdf, "khong-duoi") == PDF
    assert media_type(b"\n\r\n" + letter_pdf, "a.pdf") == PDF


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.md"])
def test_a_pdf_under_another_ending_is_refused(letter_pdf: bytes, name: str) -> None:
    with pytest.raises(WrongType, match="nhưng nội dung là"):
        media_type(letter_pdf, name)


@pytest.mark.parametrize("name", ["a.pdf.exe", "a.rtf", "a.svg", "a.bat", "a.ppt"])
def test_an_ending_that_no_letter_has_is_refused_whatever_the_bytes(
    letter_pdf: bytes, letter_docx: bytes, name: str
) -> None:
    for content in (letter_pdf, letter_docx, "Công văn".encode()):
        with pytest.raises(UnsupportedType, match=name.rpartition(".")[2]):
            media_type(content, name)


def test_a_real_program_is_known_under_any_name() -> None:
    program = Path(sys.executable).resolve().read_bytes()[:100_000]

    for name in ("a.docx", "a.pdf", "a.txt"):
        with pytest.raises(WrongType, match="chương trình"):
            media_type(program, name)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", sniff.PROGRAM),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(20), sniff.PROGRAM),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", sniff.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", sniff.SCRIPT),
        (b"\xef\xbb\xbf#!/usr/bin/env python3\n", sniff.SCRIPT),
        (PAGE, sniff.WEB_PAGE),
        (b"\n <!-- --> <HTML ><p>", sniff.WEB_PAGE),
        (PAGE.decode().encode("utf-16"), sniff.WEB_PAGE),
        (SVG, sniff.WEB_PAGE),
        (b'<?xml version="1.0"?>' + SVG, sniff.WEB_PAGE),
        (b"<?php system($_GET[0]);", sniff.WEB_PAGE),
        (b"{\\rtf1 x}", sniff.OTHER_TEXT),
        (b"Rar!\x1a\x07\x00" + bytes(20), sniff.ARCHIVE),
        (b"\x1f\x8b\x08\x00" + bytes(20), sniff.ARCHIVE),
        (b"a.txt" + bytes(252) + b"ustar\x0000", sniff.ARCHIVE),
        ("MZ: mã vùng, số công văn <12>".encode(), sniff.PLAIN_TEXT),
        ("Số: 12/KH-UBND < 30 ngày".encode("utf-16"), sniff.PLAIN_TEXT),
    ],
)
def test_what_is_no_document_is_named(content: bytes, kind: str) -> None:
    assert file_kind(content, "a.txt") == kind


def test_a_page_that_is_a_pdf_too_is_neither(letter_pdf: bytes) -> None:
    for polyglot in (PAGE + letter_pdf, b"\xff\xd8\xff" + letter_pdf, b"%PDF-1.7\n%" + PAGE + letter_pdf):
        with pytest.raises(WrongType, match="hai loại tệp"):
            media_type(polyglot, "a.pdf")


def test_a_pdf_or_a_photo_with_something_behind_it_is_neither(letter_pdf: bytes) -> None:
    assert file_kind(archive({"a.exe": b"MZ"}, onto=letter_pdf), "a.pdf") == sniff.TWO_IN_ONE
    assert file_kind(archive({"a.exe": b"MZ"}, onto=JPEG), "a.jpg") == sniff.TWO_IN_ONE
    assert file_kind(JPEG + PAGE, "a.jpg") == sniff.TWO_IN_ONE


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        ("word/VBADATA.xml", b"<x/>"),
        ("word/activeX/activeX1.bin", b"x"),
    ],
)
def test_a_word_file_with_macros_is_no_docx(letter_docx: bytes, part: str, content: bytes) -> None:
    with pytest.raises(WrongType, match="macro"):
        media_type(archive({part: content}, onto=letter_docx), "a.docx")


def test_macros_are_found_by_what_the_file_says_of_its_parts(letter_docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(letter_docx)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["word/hinh.bin"] = b"\xd0\xcf\x11\xe0"
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(
        b"wordprocessingml.document.main+xml", b"wordprocessingml.document.macroEnabled.main+xml"
    )

    assert file_kind(archive(parts), "a.docx") == sniff.MACROS


def test_macros_of_sheets_and_open_documents_are_found() -> None:
    open_text = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})

    assert file_kind(archive({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "a.xlsx") == sniff.MACROS
    assert file_kind(archive({"Basic/Standard/Module1.xml": b"<x/>"}, onto=open_text), "a.odt") == sniff.MACROS
    assert file_kind(open_text, "a.odt") == sniff.OPEN_TEXT


def test_a_program_inside_a_word_file_is_found(letter_docx: bytes) -> None:
    assert file_kind(archive({"word/media/hinh.exe": b"MZ"}, onto=letter_docx), "a.docx") == sniff.HIDDEN_PROGRAM


def test_an_archive_that_is_two_documents_is_neither(letter_docx: bytes) -> None:
    assert file_kind(archive({"xl/workbook.xml": b"<x/>"}, onto=letter_docx), "a.docx") == sniff.ARCHIVE


def hidden_mark(data: bytes) -> bytes:
    """Return the archive with a second mark of its end where only the numbers of disks stand."""
    at = data.rfind(b"PK\x05\x06")
    return data[: at + 4] + b"PK\x05\x06" + data[at + 8 :]


def said_elsewhere(data: bytes) -> bytes:
    """Return the archive with an end that says its list is empty, and the 64-bit end before it that tells the truth."""
    at = data.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HLL", data[at + 10 : at + 20])
    longer = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    return data[:at] + longer + locator + b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize("hide", [bytes, hidden_mark, said_elsewhere])
def test_an_endless_list_of_entries_is_refused_before_it_is_read(
    letter_docx: bytes, hide: Callable[[bytes], bytes]
) -> None:
    swollen = hide(archive({f"{number}.xml": b"" for number in range(5_100)}, onto=letter_docx))
    with zipfile.ZipFile(io.BytesIO(swollen)) as opened:
        assert len(opened.namelist()) > 5_000

    with pytest.raises(UnsafeArchive):
        media_type(swollen, "a.docx")


def test_a_list_that_says_it_is_longer_than_the_file_is_damage(letter_docx: bytes) -> None:
    at = letter_docx.rfind(b"PK\x05\x06")
    swollen = letter_docx[: at + 12] + struct.pack("<L", 2**31) + letter_docx[at + 16 :]

    with pytest.raises(DamagedFile):
        media_type(swollen, "a.docx")


def test_a_bomb_of_packed_zeroes_is_refused(letter_docx: bytes) -> None:
    with pytest.raises(UnsafeArchive):
        read_document(archive({"word/lon.xml": bytes(200_000_000)}, onto=letter_docx), "a.docx")


def test_a_docx_cut_short_is_damaged(letter_docx: bytes) -> None:
    with pytest.raises(DamagedFile):
        media_type(letter_docx[:-100], "a.docx")


def test_every_refusal_says_what_to_do_next(letter_pdf: bytes) -> None:
    for content, name in ((PAGE + letter_pdf, "a.pdf"), (SVG, "a.md"), (b"MZ\0", "a.docx"), (b"x", "a.rtf")):
        with pytest.raises(ReadingRefused, match="Đề nghị"):
            media_type(content, name)


def test_a_page_of_a_fax_is_a_picture() -> None:
    assert file_kind(b"II*\x00" + bytes(40), "trang.tif") == TIFF_PHOTO
