"""The words of a web page in reading order, with the numbers of its lists: a letter saved or published as .html."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from ancam.engines.reading.decode import decode
from ancam.engines.reading.errors import DamagedFile, NestedTooDeep
from ancam.engines.reading.extract import Extract
from ancam.engines.reading.figures import figure, number_said
from ancam.engines.reading.legacy import Legacy, legacy_of_font, modern, shown_in
from ancam.engines.reading.limits import DEEPEST
from ancam.engines.reading.tables import TableCollector

_LEFT_OUT = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "button", "select"}
)
# What stands in the middle of a line; every other element begins a line and ends one.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*['\"]?([^;,'\"]+)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def html_lines(data: bytes, name: str) -> Extract:
    """Return the lines of a web page.

    Raises `UnreadableText`, `NestedTooDeep`, or `DamagedFile` for one without a body.

    margins: the hidden lines too, where a stamp may stand.
    """
    text, encoding, guessed = decode(data, name)
    try:
        root = html.document_fromstring(_DECLARED.sub("", text))
    except (etree.ParserError, ValueError) as exc:
        raise DamagedFile(name=name) from exc
    walker = _Walker(name)
    lines, legacy = modern(walker.lines(root))
    shown = walker.legacy or legacy
    margins, _legacy = modern(_Walker(name, hidden_too=True).lines(root))
    return Extract(
        tuple(lines),
        encoding=shown or encoding,
        margins=tuple(margins),
        guessed=guessed or bool(legacy),
        tables=tuple(walker.tables.found),
    )


class _Walker:
    """Gives the lines of a page.

    legacy: the encoding of the first old font that was met, None for none. tables: those met.
    """

    def __init__(self, name: str, *, hidden_too: bool = False) -> None:
        self.legacy: Legacy | None = None
        self.tables = TableCollector()
        self._name = name
        self._hidden_too = hidden_too
        self._markers: dict[Any, str] = {}
        self._is_numbered = False

    def lines(self, root: Any) -> Iterator[str]:
        yield from (line.strip(" ") for line in "".join(self._counted(root)).split("\n"))

    def _counted(self, root: Any) -> Iterator[str]:
        """Yield the words of a page while its lines are counted.

        The number of an item keeps to the first of its words, whatever begins a line between them.
        """
        for piece in self._pieces(root, "", 0):
            if self._is_numbered:
                piece = piece.lstrip("\n ")
                self._is_numbered = not piece
            self.tables.count(piece.count("\n"))
            yield piece

    def _pieces(self, element: Any, font: str, depth: int) -> Iterator[str]:
        """Yield the words of an element; a line break stands before and after what makes a line of its own."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT or self._is_hidden(element):
            return
        if depth > DEEPEST:
            raise NestedTooDeep(name=self._name)
        if tag == "br":
            yield "\n"
            return
        font = _font_of(element) or font
        self.legacy = self.legacy or legacy_of_font(font)
        around = "" if tag in _INLINE else "\n"
        yield around
        if tag == "table":
            with self.tables.table():
                yield from self._content(element, font, depth)
                yield around
        elif tag in ("td", "th") and self.tables.is_open:
            yield from self._cell(element, font, depth)
        else:
            yield from self._content(element, font, depth)
            yield around

    def _content(self, element: Any, font: str, depth: int) -> Iterator[str]:
        tag = element.tag
        if tag == "tr" and self.tables.is_open:
            self.tables.begin_row()
        if tag == "ol":
            self._markers.update(_markers(element))
        if tag == "li":
            yield self._markers.get(element, "- ")
            self._is_numbered = True
        yield _written(element.text, font)
        for child in element:
            yield from self._pieces(child, font, depth + 1)
            yield _written(child.tail, font)

    def _cell(self, cell: Any, font: str, depth: int) -> Iterator[str]:
        """Yield the words of a cell and the end of its last line; a number before it does not keep to them."""
        rows, columns = (number_said(cell.get(name), 1) for name in ("rowspan", "colspan"))
        self._is_numbered = False
        with self.tables.cell(rows, columns):
            yield from self._content(cell, font, depth)
            self._is_numbered = False
            yield "\n"

    def _is_hidden(self, element: Any) -> bool:
        if self._hidden_too:
            return False
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _written(text: str | None, font: str) -> str:
    return shown_in(font, _WHITE.sub(" ", text or ""))


def _font_of(element: Any) -> str:
    found = _FONT.search(element.get("style") or "")
    return found[1].strip() if found else (element.get("face") or "").split(",")[0].strip()


def _markers(numbered: Any) -> Iterator[tuple[Any, str]]:
    """Yield the items of a numbered list, each with the number that stands before it."""
    shape, number = numbered.get("type") or "1", number_said(numbered.get("start"), 1)
    for item in numbered.iterchildren("li"):
        number = number_said(item.get("value"), number)
        yield item, f"{figure(number, shape)}. "
        number += 1
