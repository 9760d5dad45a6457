"""What a file is, by its bytes; its name only chooses between kinds of plain text, and must not say otherwise."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Literal

from ancam.engines.reading.errors import DamagedFile, EncryptedFile, UnsafeArchive, UnsupportedType, WrongType
from ancam.kit.file_names import RUNNABLE, ending_of
from ancam.kit.zip_bounds import BROKEN_ARCHIVE, PACKINGS, most_entries

MediaType = Literal[
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "text/html",
    "application/msword",
    "image/png",
    "image/jpeg",
    "image/tiff",
]

DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: MediaType = "application/pdf"
HTML: MediaType = "text/html"
ODT: MediaType = "application/vnd.oasis.opendocument.text"
DOC: MediaType = "application/msword"
PNG: MediaType = "image/png"
JPEG: MediaType = "image/jpeg"
TIFF: MediaType = "image/tiff"
PICTURES = frozenset({PNG, JPEG, TIFF})

# What a file is, in the words of a refusal.
JPEG_PHOTO, PNG_PHOTO, TIFF_PHOTO, OTHER_PHOTO = "ảnh .jpg", "ảnh .png", "ảnh .tif", "ảnh loại khác"
PDF_FILE, PLAIN_TEXT = ".pdf", "chữ thuần hoặc dữ liệu không rõ loại"
WORD, EXCEL, OPEN_TEXT, OPEN_SHEET = "Word (.docx)", "Excel (.xlsx)", "OpenDocument (.odt)", "OpenDocument (.ods)"
WEB_PAGE, OTHER_TEXT = "trang web (.html)", "XML hoặc RTF"
OLD_WORD, OLD_OFFICE, ARCHIVE = "Word kiểu cũ (.doc)", "Excel, PowerPoint kiểu cũ (.xls, .ppt)", "tệp nén"
PROGRAM, SCRIPT = "chương trình chạy được", "tập lệnh chạy được"
MACROS, HIDDEN_PROGRAM = "văn bản có macro (.docm, .xlsm, .doc)", "tệp nén có chương trình bên trong"
TWO_IN_ONE = "hai loại tệp ghép làm một"

_LETTER_TYPES: dict[str, MediaType] = {
    WORD: DOCX,
    OLD_WORD: DOC,
    OPEN_TEXT: ODT,
    PDF_FILE: PDF,
    WEB_PAGE: HTML,
    PNG_PHOTO: PNG,
    JPEG_PHOTO: JPEG,
    TIFF_PHOTO: TIFF,
}
_LETTER_ENDINGS: dict[str, MediaType] = {
    "docx": DOCX,
    "doc": DOC,
    "odt": ODT,
    "html": HTML,
    "htm": HTML,
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "tif": TIFF,
    "tiff": TIFF,
    "txt": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
}

_TIFFS = (b"II*\x00", b"MM\x00*")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", *_TIFFS)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A directory of an OLE file names its streams in UTF-16; Office keeps a .docx with a password in the first of these.
_ENCRYPTED_STREAM, _WORD_STREAM, _MACRO_STREAM = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "_VBA_PROJECT")
)
_PDF = b"%PDF-"
_RTF = b"{\\rtf"
_LOOKED_AT = 1024
_PROGRAMS = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",  # Java, and Mach-O for several processors
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\x00asm",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"MSCF\x00\x00")
# What makes a browser take a file for a page, wherever in its beginning it stands.
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|\?php)\b", re.IGNORECASE)
_OFFICE_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": OPEN_SHEET,
}
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPES_READ = 1_000_000
_MOST_ENTRIES = 5_000


def media_type(data: bytes, name: str) -> MediaType:
    """Return the type of a file that the reader takes; a name without an ending promises nothing.

    Raises `UnsupportedType`, `WrongType`, `EncryptedFile`, `UnsafeArchive` or `DamagedFile` for the others.
    """
    found, ending = file_kind(data, name), ending_of(name)
    promised = _LETTER_ENDINGS.get(ending)
    if found == PLAIN_TEXT:
        if promised in (DOCX, DOC, ODT, PDF, *PICTURES):
            raise DamagedFile(name=name)
        if ending and promised is None:
            raise UnsupportedType(name=name, kind=f".{ending}")
        return promised or "text/plain"
    kind = _LETTER_TYPES.get(found)
    if promised not in (None, kind):
        raise WrongType(name=name, promised=f".{ending}", found=found)
    if kind is None or (ending and promised is None):
        raise UnsupportedType(name=name, kind=found if kind is None else f".{ending}")
    return kind


def file_kind(data: bytes, name: str) -> str:
    """Return what a file is by its bytes alone, in Vietnamese words: one of the constants above.

    Raises `DamagedFile` for an archive that does not open, `UnsafeArchive` for one with too long a list of entries,
    `EncryptedFile` for an office file with a password.
    """
    start = data[:_LOOKED_AT]
    if _PDF in start:
        return _pdf_kind(data, start)
    if data.startswith(b"PK"):
        return _office_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if _is_image(data):
        return _photo_kind(data, start)
    return _other_kind(start)


def _pdf_kind(data: bytes, start: bytes) -> str:
    # Readers of PDF look for its mark within the first kilobyte; what stands before it makes the file another one too.
    begins = start.removeprefix(codecs.BOM_UTF8).lstrip(b"\0\t\n\f\r ").startswith(_PDF)
    whole = begins and not _PAGE.search(start) and not zipfile.is_zipfile(io.BytesIO(data))
    return PDF_FILE if whole else TWO_IN_ONE


def _ole_kind(data: bytes, name: str) -> str:
    if _ENCRYPTED_STREAM in data:
        raise EncryptedFile(name=name)
    if _MACRO_STREAM in data:
        return MACROS
    return OLD_WORD if _WORD_STREAM in data else OLD_OFFICE


def _photo_kind(data: bytes, start: bytes) -> str:
    # A photo with an archive behind it opens as either.
    if zipfile.is_zipfile(io.BytesIO(data)) or _PAGE.search(start):
        return TWO_IN_ONE
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG_PHOTO
    if data.startswith(_TIFFS):
        return TIFF_PHOTO
    return PNG_PHOTO if data.startswith(b"\x89PNG") else OTHER_PHOTO


def _other_kind(start: bytes) -> str:
    """Return what the beginning of a file that is no document says it is; plain text when it says nothing."""
    if start.startswith(_PROGRAMS) or (start.startswith(b"MZ") and b"\0" in start):
        return PROGRAM
    if start.startswith(_ARCHIVES) or start[257:262] == b"ustar":
        return ARCHIVE
    text = _narrow(start)
    if text.startswith(b"#!"):
        return SCRIPT
    if _PAGE.search(text):
        return WEB_PAGE
    return OTHER_TEXT if text.startswith((_RTF, b"<?xml")) else PLAIN_TEXT


def _narrow(start: bytes) -> bytes:
    """Return the beginning of a text as bytes of one letter each, so that UTF-16 hides no mark."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", errors="ignore").encode("utf-8")
    return start.removeprefix(codecs.BOM_UTF8).lstrip()


def _office_kind(data: bytes, name: str) -> str:
    if most_entries(data) > _MOST_ENTRIES:
        raise UnsafeArchive(name=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind_in(archive)
    except RuntimeError as exc:  # NotImplementedError, an unknown way of packing, is one
        raise EncryptedFile(name=name) from exc
    except BROKEN_ARCHIVE as exc:
        raise DamagedFile(name=name) from exc


def _kind_in(archive: zipfile.ZipFile) -> str:
    if any(entry.compress_type not in PACKINGS and not entry.flag_bits & 1 for entry in archive.infolist()):
        return ARCHIVE
    entries = set(archive.namelist())
    kinds = [kind for part, kind in _OFFICE_PARTS.items() if part in entries]
    if "mimetype" in entries:
        with archive.open("mimetype") as stream:
            kinds.append(_OPEN_TYPES.get(stream.read(100).strip(), ARCHIVE))
    if len(kinds) != 1 or kinds[0] == ARCHIVE:
        return ARCHIVE
    if any(ending_of(entry) in RUNNABLE for entry in entries):
        return HIDDEN_PROGRAM
    return MACROS if _has_macros(archive, entries) else kinds[0]


def _has_macros(archive: zipfile.ZipFile, entries: Iterable[str]) -> bool:
    lowered = [entry.lower() for entry in entries]
    if any(entry.endswith(("vbaproject.bin", "vbadata.xml")) for entry in lowered):
        return True
    if any("/activex/" in entry or entry.startswith(("basic/", "scripts/")) for entry in lowered):
        return True
    if _CONTENT_TYPES not in entries:
        return False
    # Office finds its macros by what this part says, whatever the part that holds them is called.
    with archive.open(_CONTENT_TYPES) as stream:
        said = stream.read(_CONTENT_TYPES_READ).lower()
    return b"macroenabled" in said or b"vbaproject" in said


def _is_image(data: bytes) -> bool:
    # Of a bitmap the four bytes after its size are zero; a text may well begin with `BM`.
    bitmap = data.startswith(b"BM") and data[6:10] == bytes(4)
    return (
        bitmap
        or data.startswith(_IMAGES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or data[4:12] == b"ftypheic"
    )
