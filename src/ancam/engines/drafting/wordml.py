"""WordprocessingML elements: paragraphs, cells, rows, tables. Text enters as text, so `&` and `<` cannot break it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, register_namespace

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_TWIPS_PER_MM = 1440 / 25.4

register_namespace("w", NAMESPACE)
register_namespace("r", RELATIONS)


def twips(length_mm: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(length_mm * _TWIPS_PER_MM)


def el(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return the element `w:TAG` with its attributes and children in the order given, which the schema fixes."""
    made = Element(
        f"{{{NAMESPACE}}}{tag}", {f"{{{NAMESPACE}}}{name}": str(value) for name, value in attributes.items()}
    )
    made.extend(children)
    return made


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. `spacing` is a multiple of single line spacing."""

    size_pt: float
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "both"] = "left"
    first_mm: float = 0
    left_mm: float = 0
    before_pt: float = 0
    after_pt: float = 0
    spacing: float = 1
    keep_next: bool = False


def paragraph(text: str, look: Look) -> Element:
    """Return one paragraph of one run; the text must already be free of what XML forbids."""
    words = el("t")
    words.text = text
    words.set(_PRESERVE, "preserve")
    return el("p", _paragraph_look(look), el("r", _run_look(look), words))


def _paragraph_look(look: Look) -> Element:
    spacing = el(
        "spacing",
        before=round(look.before_pt * 20),
        after=round(look.after_pt * 20),
        line=round(look.spacing * 240),
        lineRule="auto",
    )
    parts = [el("keepNext")] if look.keep_next else []
    parts.append(spacing)
    if look.first_mm or look.left_mm:
        parts.append(el("ind", left=twips(look.left_mm), firstLine=twips(look.first_mm)))
    parts.append(el("jc", val=look.align))
    return el("pPr", *parts)


def _run_look(look: Look) -> Element:
    parts = []
    if look.bold:
        parts += [el("b"), el("bCs")]
    if look.italic:
        parts += [el("i"), el("iCs")]
    half_points = round(look.size_pt * 2)
    return el("rPr", *parts, el("sz", val=half_points), el("szCs", val=half_points))


def rule(length_mm: float, within_mm: float, *, after_pt: float = 0) -> Element:
    """Return a thin line of that length, centred in a column of that width: a border, so that no text is underlined."""
    side = twips(max(0, within_mm - length_mm) / 2)
    border = el("pBdr", el("bottom", val="single", sz=6, space=0, color="000000"))
    spacing = el("spacing", before=0, after=round(after_pt * 20), line=60, lineRule="exact")
    return el("p", el("pPr", border, spacing, el("ind", left=side, right=side), _tiny()))


def spacer(*section: Element) -> Element:
    """Return a paragraph of no visible height: what must stand after a table and where a section ends."""
    spacing = el("spacing", before=0, after=0, line=20, lineRule="exact")
    return el("p", el("pPr", spacing, _tiny(), *section))


def _tiny() -> Element:
    return el("rPr", el("sz", val=2), el("szCs", val=2))


def cell(blocks: Iterable[Element], width_mm: float, *, columns: int = 1, middle: bool = False) -> Element:
    """Return a cell over that many columns."""
    properties = [el("tcW", w=twips(width_mm), type="dxa")]
    if columns > 1:
        properties.append(el("gridSpan", val=columns))
    if middle:
        properties.append(el("vAlign", val="center"))
    return el("tc", el("tcPr", *properties), *blocks)


def table_row(*cells: Element, header: bool = False, whole: bool = True) -> Element:
    """Return a row, not split over two pages when `whole`; a header row is repeated at the top of each."""
    properties = [el("cantSplit")] if whole else []
    if header:
        properties.append(el("tblHeader"))
    return el("tr", el("trPr", *properties), *cells)


def table(
    widths_mm: Sequence[float], rows: Iterable[Element], *, ruled: bool = False, padding_mm: float = 0
) -> Element:
    """Return a table of fixed column widths, with lines around every cell when `ruled`."""
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "000000"} if ruled else {"val": "nil"}
    borders = [el(edge, **line) for edge in ("top", "left", "bottom", "right", "insideH", "insideV")]
    padding = [el(edge, w=twips(padding_mm), type="dxa") for edge in ("top", "left", "bottom", "right")]
    properties = el(
        "tblPr",
        el("tblW", w=sum(twips(width) for width in widths_mm), type="dxa"),
        el("tblInd", w=0, type="dxa"),
        el("tblBorders", *borders),
        el("tblLayout", type="fixed"),
        el("tblCellMar", *padding),
    )
    grid = el("tblGrid", *(el("gridCol", w=twips(width)) for width in widths_mm))
    return el("tbl", properties, grid, *rows)
