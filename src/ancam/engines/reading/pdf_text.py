"""The text layer of a .pdf, page by page."""

from collections.abc import Sequence
from typing import Any

from ancam.engines.reading.errors import DamagedFile, DocumentTooLong, EncryptedFile, NoTextLayer
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.legacy import modern
from ancam.engines.reading.limits import Limits

_FEWEST_LETTERS_A_PAGE = 20
_PASSWORD_ERROR = 4
_EDGE_LINES = 5


def pdf_lines(data: bytes, name: str, limits: Limits) -> Extract:
    """Return the lines of a .pdf; raises a `ReadingRefused` for one that is broken, locked, too long or a scan."""
    pages = pdf_pages(data, name, limits, whole=True)
    if sum(len("".join(page.split())) for page in pages) < _FEWEST_LETTERS_A_PAGE * max(1, len(pages)):
        raise NoTextLayer(name=name)
    lines, legacy = modern(line for page in pages for line in page.split("\n"))
    margins, _legacy = modern(edges(pages))
    guessed = legacy is not None
    return Extract(tuple(lines), legacy or "utf-8", pages=len(pages), margins=tuple(margins), guessed=guessed)


def edges(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the first and last lines of each page, where a stamp repeated on every page stands."""
    margins: list[str] = []
    for page in pages:
        filled = [line for line in page.split("\n") if line.strip()]
        margins += [*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]]
    return tuple(margins)


def pdf_pages(data: bytes, name: str, limits: Limits, *, whole: bool) -> list[str]:
    """Return the text of the pages; past the limit, of the first ones and the last when not the `whole` is wanted.

    Raises `EncryptedFile`, `DamagedFile` or, of the whole, `DocumentTooLong`.
    """
    import pypdfium2  # a native library: loaded only for a .pdf, so that other files are read at once

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        refusal = EncryptedFile if getattr(exc, "err_code", None) == _PASSWORD_ERROR else DamagedFile
        raise refusal(name=name) from exc
    try:
        count, most = len(document), limits.max_pages
        if whole and count > most:
            raise DocumentTooLong(name=name, limit=most, measure="trang")
        numbers = (*range(min(count, most)), *range(max(count - 1, most), count))
        return [_page_text(document, number) for number in numbers]
    except pypdfium2.PdfiumError as exc:
        raise DamagedFile(name=name) from exc
    finally:
        document.close()


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_range()
        finally:
            text_page.close()
    finally:
        page.close()
    # PDFium marks a hyphen at a line's end with U+FFFE or U+0002; in a symbol such as `CT-TTg` it is a real one.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-\n").replace("\x02", "-\n")
