"""The words of a .pdf, page by page: of its text layer, else of the picture."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from ancam.engines.reading.errors import DamagedFile, DocumentTooLong, EmptyFile, EncryptedFile
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.legacy import modern
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.pdf_tables import pages_with_tables
from ancam.engines.reading.picture_pages import is_spoilt, is_wordless, pages_showing
from ancam.engines.reading.recognised import RecognisedPage
from ancam.engines.reading.scans import can_recognise, recognise, with_doubts
from ancam.engines.reading.steps import Progress, tell_nobody
from ancam.engines.reading.syllables import rightness
from ancam.engines.reading.tables import Table

_PASSWORD_ERROR = 4
_EDGE_LINES = 5


def pdf_lines(data: bytes, name: str, limits: Limits, progress: Progress = tell_nobody) -> Extract:
    """Return the lines of a .pdf, of pages without good words of their own as recognised from their picture.

    Raises a `ReadingRefused` for one that is broken, locked, too long, blank, or a scan that cannot be read here.
    """
    pages = pdf_pages(data, name, limits, whole=True)
    progress("read", 0, len(pages))
    lines, legacy = modern(line for page in pages for line in page.split("\n"))
    rest = iter(lines)
    texts = [list(islice(rest, page.count("\n") + 1)) for page in pages]
    seen = _seen(data, name, texts, limits, progress)
    if not seen and all(map(is_wordless, pages)):
        raise EmptyFile(name=name)
    laid, tables, aside = _laid(data, [seen[n].lines if n in seen else text for n, text in enumerate(texts)], seen)
    kept, of_cells = modern(laid)
    # Of a page that was read again its own words are looked through too: one of them may be the stamp.
    margins = [*modern(edges(pages))[0], *aside]
    for number, page in seen.items():
        margins += [*page.aside, *texts[number]]
    if seen:
        _, legacy = modern(line for n, page in enumerate(pages) if n not in seen for line in page.split("\n"))
    legacy = legacy or of_cells
    extract = Extract(
        tuple(kept),
        legacy or "utf-8",
        pages=len(pages),
        margins=tuple(margins),
        guessed=legacy is not None,
        tables=tuple(tables),
    )
    return with_doubts(extract, seen)


def _seen(
    data: bytes, name: str, texts: Sequence[Sequence[str]], limits: Limits, progress: Progress
) -> dict[int, RecognisedPage]:
    """Return the pages that are better read from their picture."""
    words = ["\n".join(text) for text in texts]
    wordless = pages_showing(data, name, [number for number, text in enumerate(words) if is_wordless(text)])
    spoilt = [number for number, text in enumerate(words) if is_spoilt(text)]
    if not wordless and not (spoilt and can_recognise()):
        return {}
    seen = recognise(data, name, sorted((*wordless, *spoilt)), limits, progress)
    return {
        number: page for number, page in seen.items() if number in wordless or page.right > rightness(words[number])
    }


def _laid(
    data: bytes, pages: Sequence[Sequence[str]], pictures: Collection[int]
) -> tuple[list[str], list[Table], list[str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return pages_with_tables(document, pages, pictures)
    finally:
        document.close()


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
