"""The check of a file that is kept without being read as a letter: is it what it says, and is it stamped secret?"""

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ancam.engines.reading.decode import decode
from ancam.engines.reading.docx_text import docx_lines
from ancam.engines.reading.errors import (
    FileTooLarge,
    StateSecret,
    UnsafeArchive,
    WrongType,
)
from ancam.engines.reading.legacy import modern
from ancam.engines.reading.limits import DEEPEST, Limits
from ancam.engines.reading.odt_text import odt_parts
from ancam.engines.reading.pdf_text import edges, pdf_pages
from ancam.engines.reading.secrecy import bears_stamp, is_stamp
from ancam.engines.reading.sniff import (
    EXCEL,
    JPEG_PHOTO,
    OPEN_SHEET,
    OPEN_TEXT,
    PDF_FILE,
    PLAIN_TEXT,
    PNG_PHOTO,
    WORD,
    file_kind,
)
from ancam.engines.reading.zip_guard import GuardedArchive
from ancam.kit.bounds import size_in_words
from ancam.kit.file_names import ending_of

_DEFAULTS = Limits()
# What ends a line in the parts of office files: paragraphs, headings, cells' strings, headers of sheets.
_BREAKS = frozenset({"p", "h", "si", "is", "c", "v", "comment"})
_HEADERS = frozenset(f"{which}{part}" for which in ("odd", "even", "first") for part in ("Header", "Footer"))
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')
_INLINE = {"tab": "\t", "br": "\n", "line-break": "\n", "s": " "}
_CELL = re.compile(r'"(?:[^"]|"")*"|[^",;\t]+')


class _Way(NamedTuple):
    """kind: what the bytes must be, as `file_kind` names it. stamped: looks for a stamp, None for a picture."""

    kind: str
    stamped: Callable[[bytes, str, Limits], bool] | None


def check_enclosure(data: bytes, name: str, *, limits: Limits = _DEFAULTS) -> None:
    """Refuse a file whose bytes are not what its suffix says, that cannot be looked into, or that is stamped secret.

    Raises `WrongType`, `FileTooLarge`, `UnreadableText`, `DamagedFile`, `UnsafeArchive`, `EncryptedFile` or
    `StateSecret`. A scan, a long text and one in another language pass: only a letter must be readable.
    """
    suffix = ending_of(name)
    found = file_kind(data, name)
    way = _WAYS.get(suffix)
    if way is None or way.kind != found:
        raise WrongType(name=name, promised=f".{suffix}", found=found)
    if way.stamped is None:
        return
    if len(data) > limits.max_bytes:
        raise FileTooLarge(name=name, limit=size_in_words(limits.max_bytes))
    if way.stamped(data, name, limits):
        raise StateSecret(name=name)


def _docx(data: bytes, name: str, limits: Limits) -> bool:
    extract = docx_lines(data, name, limits)
    return bears_stamp(extract.lines, extract.margins)


def _pdf(data: bytes, name: str, limits: Limits) -> bool:
    pages = pdf_pages(data, name, limits, whole=False)
    lines, _legacy = modern(line for page in pages for line in page.split("\n"))
    return bears_stamp(lines, modern(edges(pages))[0])


def _text(data: bytes, name: str, _: Limits) -> bool:
    return bears_stamp(decode(data, name)[0].splitlines())


def _csv(data: bytes, name: str, _: Limits) -> bool:
    lines = decode(data, name)[0].splitlines()
    return any(is_stamp(cell.strip('"')) for line in lines for cell in _CELL.findall(line))


def _xlsx(data: bytes, name: str, limits: Limits) -> bool:
    archive = GuardedArchive(data, name, limits)
    parts = (part for part in archive.names() if part.startswith("xl/") and part.endswith(".xml"))
    return any(is_stamp(line) for part in parts for line in _lines(archive.xml(part), name))


def _odt(data: bytes, name: str, limits: Limits) -> bool:
    return bears_stamp(*_open_lines(data, name, limits))


def _ods(data: bytes, name: str, limits: Limits) -> bool:
    cells, margins = _open_lines(data, name, limits)
    return any(map(is_stamp, (*cells, *margins)))


def _open_lines(data: bytes, name: str, limits: Limits) -> tuple[list[str], list[str]]:
    """Return the lines of an OpenDocument file and those of its page headers and footers."""
    content, styles = odt_parts(data, name, limits)
    margins = _lines(styles, name) if styles is not None else []
    return modern(_lines(content, name))[0], modern(margins)[0]


def _lines(root: Element, name: str) -> list[str]:
    pieces: list[str] = []
    _gather(root, pieces, name)
    return [line for line in "".join(pieces).split("\n") if line.strip()]


def _gather(element: Element, pieces: list[str], name: str, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise UnsafeArchive(name=name)
    tag = _local(element)
    ends = "\n" if tag in _BREAKS or tag in _HEADERS else ""
    text = _HEADER_CODE.sub("\t", element.text or "") if tag in _HEADERS else element.text or ""
    pieces += (ends, _INLINE.get(tag, ""), _written(text))
    for child in element:
        _gather(child, pieces, name, depth + 1)
        pieces.append(_written(child.tail or ""))
    pieces.append(ends)


def _written(text: str) -> str:
    """Leave out the line ends by which a program lays out its XML."""
    return "" if "\n" in text and text.isspace() else text


def _local(element: Element) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


_WAYS = {
    "pdf": _Way(PDF_FILE, _pdf),
    "docx": _Way(WORD, _docx),
    "xlsx": _Way(EXCEL, _xlsx),
    "odt": _Way(OPEN_TEXT, _odt),
    "ods": _Way(OPEN_SHEET, _ods),
    "csv": _Way(PLAIN_TEXT, _csv),
    "txt": _Way(PLAIN_TEXT, _text),
    "jpg": _Way(JPEG_PHOTO, None),
    "jpeg": _Way(JPEG_PHOTO, None),
    "png": _Way(PNG_PHOTO, None),
}
