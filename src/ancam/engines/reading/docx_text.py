"""The paragraphs and table cells of a .docx in reading order, with the numbers that Word adds."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ancam.engines.reading.docx_numbering import Numbering, W
from ancam.engines.reading.errors import UnsafeArchive
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.zip_guard import GuardedArchive

# The second form of a drawing repeats the first for older readers.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INLINE = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DEEPEST = 200
# Parts without words of the document. A glossary, in a folder of its own, holds ready-made blocks of Word.
_WORDLESS = frozenset({"document", "numbering", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable"})
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


def docx_lines(data: bytes, name: str, limits: Limits) -> Extract:
    """Return the lines of a .docx; raises a `ReadingRefused` for one that is broken, locked or unsafe."""
    archive = GuardedArchive(data, name, limits)
    parts = set(archive.names())

    def part(path: str) -> Element | None:
        return archive.xml(path) if path in parts else None

    walker = _Walker(Numbering(part("word/numbering.xml"), part("word/styles.xml")), name)
    document = archive.xml("word/document.xml")
    lines = tuple(walker.lines(document))
    margins = [*_watermarks(document), *_boxes(document, name)]
    plain = _Walker(Numbering(None, None), name)
    for path in sorted(filter(_has_words, parts)):
        root = archive.xml(path)
        margins += [*plain.lines(root), *_watermarks(root)]
    return Extract(lines, margins=tuple(margins))


def _has_words(path: str) -> bool:
    """Return whether a part is a header, a footer, footnotes, comments or the like."""
    folder, _, part = path.rpartition("/")
    return folder == "word" and part.endswith(".xml") and part.removesuffix(".xml") not in _WORDLESS


def _watermarks(root: Element) -> Iterator[str]:
    return (mark.get("string", "") for mark in root.iter(_WATERMARK))


def _boxes(root: Element, name: str) -> Iterator[str]:
    """Give the lines of floating boxes once more: such a stamp may hang on a paragraph of any page."""
    walker = _Walker(Numbering(None, None), name)
    for box in root.iter(f"{W}txbxContent"):
        yield from walker.lines(box)


class _Walker:
    def __init__(self, numbering: Numbering, name: str) -> None:
        self._numbering = numbering
        self._name = name

    def lines(self, element: Element, depth: int = 0) -> Iterator[str]:
        if depth > _DEEPEST:
            raise UnsafeArchive(name=self._name)
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag != _FALLBACK:
                yield from self.lines(child, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        marker = self._numbering.marker(paragraph)
        pieces: list[str] = []
        boxes: list[Element] = []
        _gather(paragraph, pieces, boxes, depth, self._name)
        for box in boxes:
            yield from self.lines(box, depth + 1)
        text = "".join(pieces)
        yield from (marker + text if text.strip() else "").split("\n")


def _gather(element: Element, pieces: list[str], boxes: list[Element], depth: int, name: str) -> None:
    if depth > _DEEPEST:
        raise UnsafeArchive(name=name)
    for child in element:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in _INLINE:
            pieces.append(_INLINE[child.tag])
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag != _FALLBACK:
            _gather(child, pieces, boxes, depth + 1, name)
