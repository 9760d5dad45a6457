"""What a file is, by its first bytes; its name only chooses between kinds of plain text."""

import io
import zipfile
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

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A directory of an OLE file names its streams in UTF-16; Office keeps a .docx with a password in this one.
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES = {"md": "text/markdown", "markdown": "text/markdown"}
_HTML = (b"<!doctype html", b"<html", b"<?xml")


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


def _is_image(data: bytes) -> bool:
    return data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:12] == b"ftypheic"


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
