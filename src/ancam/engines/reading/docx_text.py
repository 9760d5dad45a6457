"""The paragraphs and table cells of a .docx in reading order, with the numbers that Word adds."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ancam.engines.reading.docx_fonts import Fonts
from ancam.engines.reading.docx_numbering import Numbering, W
from ancam.engines.reading.errors import UnsafeArchive
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.figures import number_said
from ancam.engines.reading.legacy import Legacy, legacy_of_font, modern, shown_in
from ancam.engines.reading.limits import DEEPEST, Limits
from ancam.engines.reading.tables import TableCollector
from ancam.engines.reading.zip_guard import GuardedArchive

# The second form of a drawing repeats the first for older readers.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INLINE = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Parts without words of the document. A glossary, in a folder of its own, holds ready-made blocks of Word.
_WORDLESS = frozenset({"document", "numbering", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable"})
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


def docx_lines(data: bytes, name: str, limits: Limits) -> Extract:
    """Return the lines of a .docx; raises a `ReadingRefused` for one that is broken, locked or unsafe."""
    archive = GuardedArchive(data, name, limits)
    parts = set(archive.names())

    def part(path: str) -> Element | None:
        return archive.xml(path) if path in parts else None

    styles = part("word/styles.xml")
    fonts = Fonts(styles)
    walker = _Walker(Numbering(part("word/numbering.xml"), styles), fonts, name)
    document = archive.xml("word/document.xml")
    # A run may stand in an old font that nothing names any more: then its letters tell.
    lines, guessed = modern(walker.lines(document))
    plain = _Walker(Numbering(None, None), fonts, name)
    margins = [*_watermarks(document), *_boxes(document, plain)]
    for path in sorted(filter(_has_words, parts)):
        root = archive.xml(path)
        margins += [*plain.lines(root), *_watermarks(root)]
    encoding = walker.legacy or guessed or "utf-8"
    return Extract(
        tuple(lines),
        encoding=encoding,
        margins=tuple(modern(margins)[0]),
        guessed=guessed is not None,
        tables=tuple(walker.tables.found),
    )


def _has_words(path: str) -> bool:
    """Return whether a part is a header, a footer, footnotes, comments or the like."""
    folder, _, part = path.rpartition("/")
    return folder == "word" and part.endswith(".xml") and part.removesuffix(".xml") not in _WORDLESS


def _watermarks(root: Element) -> Iterator[str]:
    return (mark.get("string", "") for mark in root.iter(_WATERMARK))


def _boxes(root: Element, walker: "_Walker") -> Iterator[str]:
    """Give the lines of floating boxes once more: such a stamp may hang on a paragraph of any page."""
    for box in root.iter(f"{W}txbxContent"):
        yield from walker.lines(box)


class _Walker:
    """Gives the lines of a part.

    legacy: the encoding of the first old font that was met, None for none. tables: those met.
    """

    def __init__(self, numbering: Numbering, fonts: Fonts, name: str) -> None:
        self.legacy: Legacy | None = None
        self.tables = TableCollector()
        self._numbering = numbering
        self._fonts = fonts
        self._name = name

    def lines(self, element: Element, depth: int = 0) -> Iterator[str]:
        if depth > DEEPEST:
            raise UnsafeArchive(name=self._name)
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                with self.tables.table():
                    yield from self.lines(child, depth + 1)
            elif child.tag == f"{W}tr" and self.tables.is_open:
                self.tables.begin_row(_said(child, "trPr", "gridBefore", 0))
                yield from self.lines(child, depth + 1)
            elif child.tag == f"{W}tc" and self.tables.is_open:
                with self.tables.cell(columns=_said(child, "tcPr", "gridSpan", 1), goes_on=_goes_on(child)):
                    yield from self.lines(child, depth + 1)
            elif child.tag != _FALLBACK:
                yield from self.lines(child, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        marker = self._numbering.marker(paragraph)
        boxes: list[Element] = []
        text = "".join(self._pieces(paragraph, paragraph, boxes, "", depth))
        for box in boxes:
            yield from self.lines(box, depth + 1)
        lines = (marker + text if text.strip() else "").split("\n")
        self.tables.count(len(lines))
        yield from lines

    def _pieces(
        self, element: Element, paragraph: Element, boxes: list[Element], font: str, depth: int
    ) -> Iterator[str]:
        """Yield the words of a paragraph as they showed, and put the boxes that hang on it aside."""
        if depth > DEEPEST:
            raise UnsafeArchive(name=self._name)
        for child in element:
            if child.tag == f"{W}t":
                yield shown_in(font, child.text or "")
            elif child.tag in _INLINE:
                yield _INLINE[child.tag]
            elif child.tag == f"{W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{W}r":
                named = self._fonts.of(child, paragraph)
                self.legacy = self.legacy or legacy_of_font(named)
                yield from self._pieces(child, paragraph, boxes, named, depth + 1)
            elif child.tag != _FALLBACK:
                yield from self._pieces(child, paragraph, boxes, font, depth + 1)


def _said(element: Element, properties: str, tag: str, absent: int) -> int:
    found = element.find(f"{W}{properties}/{W}{tag}")
    return absent if found is None else number_said(found.get(f"{W}val"), absent)


def _goes_on(cell: Element) -> bool:
    """Return whether a cell is the further part of the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"
