"""The paragraphs and table cells of an OpenDocument text in reading order, with the numbers that its lists add."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ancam.engines.reading.errors import DamagedFile, EncryptedFile, UnsafeArchive
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.figures import number_said
from ancam.engines.reading.legacy import Legacy, legacy_of_font, modern, shown_in
from ancam.engines.reading.limits import DEEPEST, Limits
from ancam.engines.reading.odt_fonts import Fonts
from ancam.engines.reading.odt_lists import Lists
from ancam.engines.reading.odt_names import DRAW, OFFICE, TABLE, TEXT
from ancam.engines.reading.tables import TableCollector
from ancam.engines.reading.zip_guard import GuardedArchive
from ancam.kit.whole_numbers import whole_number

_MOST_SPACES = 1_000
_WHITE = re.compile(r"[ \t\r\n]+")
_INLINE = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
# Words that are no part of the letter as it stands: what was deleted, remarks, notes.
_LEFT_OUT = frozenset({f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}number"})
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})


def odt_lines(data: bytes, name: str, limits: Limits) -> Extract:
    """Return the lines of an .odt; raises a `ReadingRefused` for one that is broken, locked or unsafe.

    margins: every word of the file, of headers, notes and deleted ones too: a stamp may stand in any.
    """
    content, styles = odt_parts(data, name, limits)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise DamagedFile(name=name)
    roots = [content] if styles is None else [styles, content]
    walker = _Walker(Lists(roots), Fonts(roots), name)
    # Letters may stand in an old font that nothing names any more.
    lines, guessed = modern(walker.lines(body))
    encoding = walker.legacy or guessed or "utf-8"
    tables = tuple(walker.tables.found)
    margins = [line for root in roots for line in _every_line(root, walker)]
    return Extract(
        tuple(lines),
        encoding=encoding,
        margins=tuple(modern(margins)[0]),
        guessed=guessed is not None,
        tables=tables,
    )


def odt_parts(data: bytes, name: str, limits: Limits) -> tuple[Element, Element | None]:
    """Return the content of an OpenDocument file and its styles, which hold headers and footers; None without any.

    Raises `EncryptedFile`, `DamagedFile` or `UnsafeArchive`.
    """
    archive = GuardedArchive(data, name, limits)
    parts = set(archive.names())
    manifest = "META-INF/manifest.xml"
    if manifest in parts and any(_is_locked(entry) for entry in archive.xml(manifest).iter()):
        raise EncryptedFile(name=name)
    if "content.xml" not in parts:
        raise DamagedFile(name=name)
    return archive.xml("content.xml"), archive.xml("styles.xml") if "styles.xml" in parts else None


def _is_locked(entry: Element) -> bool:
    name: str = entry.tag
    return name.rpartition("}")[2] == "encryption-data"


def _every_line(root: Element, walker: "_Walker") -> Iterator[str]:
    for tag in sorted(_PARAGRAPHS):
        for paragraph in root.iter(tag):
            yield from walker.paragraph(paragraph)


class _Walker:
    """Gives the lines of a part.

    legacy: the encoding of the first old font that was met, None for none. tables: those met.
    """

    def __init__(self, lists: Lists, fonts: Fonts, name: str) -> None:
        self.legacy: Legacy | None = None
        self.tables = TableCollector()
        self._lists = lists
        self._fonts = fonts
        self._name = name

    def lines(self, element: Element, depth: int = 0) -> Iterator[str]:
        if depth > DEEPEST:
            raise UnsafeArchive(name=self._name)
        for child in element:
            if child.tag in _PARAGRAPHS:
                yield from self.paragraph(child, depth=depth)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, "", "", 1, depth + 1)
            elif child.tag == f"{TABLE}table":
                with self.tables.table():
                    yield from self.lines(child, depth + 1)
            elif child.tag == f"{TABLE}table-row" and self.tables.is_open:
                self.tables.begin_row()
                yield from self.lines(child, depth + 1)
            elif child.tag == f"{TABLE}table-cell" and self.tables.is_open:
                with self.tables.cell(*_area(child)):
                    yield from self.lines(child, depth + 1)
            elif child.tag not in _LEFT_OUT:
                yield from self.lines(child, depth + 1)

    def _list(self, element: Element, key: str, style: str, level: int, depth: int) -> Iterator[str]:
        """Yield the items of a list; one within another is counted with it."""
        if depth > DEEPEST:
            raise UnsafeArchive(name=self._name)
        style = element.get(f"{TEXT}style-name") or style
        key = key or self._lists.begin(element, style)
        for item in element:
            marker = self._lists.marker(key, style, level, item) if item.tag == f"{TEXT}list-item" else ""
            for child in item:
                if child.tag in _PARAGRAPHS:
                    yield from self.paragraph(child, marker, depth)
                    marker = ""
                elif child.tag == f"{TEXT}list":
                    yield from self._list(child, key, style, level + 1, depth + 1)

    def paragraph(self, paragraph: Element, marker: str = "", depth: int = 0) -> Iterator[str]:
        """Yield the lines of a paragraph after those of the boxes that hang on it."""
        boxes: list[Element] = []
        text = "".join(self._pieces(paragraph, boxes, "", depth))
        for box in boxes:
            yield from self.lines(box, depth + 1)
        lines = (marker + text if text.strip() else "").split("\n")
        self.tables.count(len(lines))
        yield from lines

    def _pieces(self, element: Element, boxes: list[Element], font: str, depth: int) -> Iterator[str]:
        if depth > DEEPEST:
            raise UnsafeArchive(name=self._name)
        font = self._fonts.of(element.get(f"{TEXT}style-name", ""), font)
        self.legacy = self.legacy or legacy_of_font(font)
        yield _written(element.text, font)
        for child in element:
            if child.tag in _INLINE:
                yield _INLINE[child.tag]
            elif child.tag == f"{TEXT}s":
                yield " " * min(whole_number(child.get(f"{TEXT}c", "1")) or 1, _MOST_SPACES)
            elif child.tag == f"{DRAW}text-box":
                boxes.append(child)
            elif child.tag not in _LEFT_OUT:
                yield from self._pieces(child, boxes, font, depth + 1)
            yield _written(child.tail, font)


def _area(cell: Element) -> tuple[int, int]:
    """Return how many rows and columns a cell takes."""
    rows, columns, repeated = (
        number_said(cell.get(f"{TABLE}number-{of}"), 1)
        for of in ("rows-spanned", "columns-spanned", "columns-repeated")
    )
    return rows, max(columns, repeated)


def _written(text: str | None, font: str) -> str:
    """Return what a text shows; a run of white space in the file is one space."""
    return shown_in(font, _WHITE.sub(" ", text or ""))
