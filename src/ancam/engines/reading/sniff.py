"""What a file is, by its first bytes; its name only chooses between kinds of plain text."""

import codecs
import io
import zipfile
import zlib
from typing import Literal

from ancam.engines.reading.errors import DamagedFile, EncryptedFile, UnsupportedType, WrongType

MediaType = Literal[
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]

DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: MediaType = "application/pdf"

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A directory of an OLE file names its streams in UTF-16; Office keeps a .docx with a password in this one.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES = {"md": "text/markdown", "markdown": "text/markdown"}
_HTML = (b"<!doctype html", b"<html", b"<?xml")
_RTF = b"{\\rtf"

# What a file is, in the words of a refusal.
JPEG_PHOTO, PNG_PHOTO, OTHER_PHOTO = "ảnh .jpg", "ảnh .png", "ảnh loại khác"
PDF_FILE, PLAIN_TEXT = ".pdf", "chữ thuần hoặc dữ liệu không rõ loại"
WORD, EXCEL, OPEN_TEXT, OPEN_SHEET = "Word (.docx)", "Excel (.xlsx)", "OpenDocument (.odt)", "OpenDocument (.ods)"
OLD_OFFICE, OTHER_TEXT, ARCHIVE = "Word, Excel kiểu cũ", "trang web, XML hoặc RTF", "tệp nén"
_OFFICE_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": OPEN_SHEET,
}


def media_type(data: bytes, name: str) -> MediaType:
    """Return the type of a file that the reader takes.

    Raises `UnsupportedType`, `WrongType`, `EncryptedFile` or `DamagedFile` for the others.
    """
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK"):
        return _archive_type(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise EncryptedFile(name=name)
        raise UnsupportedType(name=name, kind="Word 97-2003 (.doc)")
    if _is_image(data):
        if suffix in ("docx", "pdf", "txt", "md"):
            raise WrongType(name=name, promised=f".{suffix}", found="ảnh")
        raise UnsupportedType(name=name, kind="ảnh")
    if suffix in ("docx", "pdf"):
        raise DamagedFile(name=name)
    if suffix in ("html", "htm") or data[:200].lstrip().lower().startswith(_HTML):
        raise UnsupportedType(name=name, kind="trang web (.html)")
    return "text/markdown" if suffix in _TEXT_NAMES else "text/plain"


def file_kind(data: bytes, name: str) -> str:
    """Return what a file is by its bytes alone, in Vietnamese words: one of the constants above.

    Raises `DamagedFile` for an archive that does not open, `EncryptedFile` for an office file with a password.
    """
    if b"%PDF-" in data[:1024]:
        return PDF_FILE
    if data.startswith(b"PK"):
        return _office_kind(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise EncryptedFile(name=name)
        return OLD_OFFICE
    if _is_image(data):
        return _photo_kind(data)
    start = data[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return OTHER_TEXT if start.startswith((*_HTML, _RTF)) else PLAIN_TEXT


def _photo_kind(data: bytes) -> str:
    # A photo with an archive behind it opens as either.
    if zipfile.is_zipfile(io.BytesIO(data)):
        return ARCHIVE
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG_PHOTO
    return PNG_PHOTO if data.startswith(b"\x89PNG") else OTHER_PHOTO


def _office_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = set(archive.namelist())
            kinds = [kind for part, kind in _OFFICE_PARTS.items() if part in entries]
            if "mimetype" in entries:
                with archive.open("mimetype") as stream:
                    kinds.append(_OPEN_TYPES.get(stream.read(100).strip(), ARCHIVE))
    except RuntimeError as exc:  # NotImplementedError, an unknown way of packing, is one
        raise EncryptedFile(name=name) from exc
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError) as exc:
        raise DamagedFile(name=name) from exc
    return kinds[0] if len(kinds) == 1 else ARCHIVE


def _is_image(data: bytes) -> bool:
    # Of a bitmap the four bytes after its size are zero; a text may well begin with `BM`.
    bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    return (
        bitmap
        or data.startswith(_IMAGES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or data[4:12] == b"ftypheic"
    )


def _archive_type(data: bytes, name: str) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as exc:
        raise DamagedFile(name=name) from exc
    if "word/document.xml" in entries:
        return DOCX
    if "xl/workbook.xml" in entries:
        raise UnsupportedType(name=name, kind="bảng tính")
    if "content.xml" in entries:
        raise UnsupportedType(name=name, kind="OpenDocument")
    raise UnsupportedType(name=name, kind="tệp nén")
