"""The numbers that Word shows before a paragraph without writing them into its text."""

from collections import defaultdict
from xml.etree.ElementTree import Element

from ancam.engines.reading.figures import figure, number_said

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHAPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class Numbering:
    """The lists of one document, counted as its paragraphs go by."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        """Take the roots of `numbering.xml` and `styles.xml`, each None when the document has none."""
        self._levels: dict[str, dict[int, Element]] = {}
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, Element] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for abstract in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
            levels = {number_said(level.get(f"{W}ilvl"), 0): level for level in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in numbering.iter(f"{W}num") if numbering is not None else ():
            self._abstract[num.get(f"{W}numId", "")] = _value(num, "abstractNumId") or ""
        for style in styles.iter(f"{W}style") if styles is not None else ():
            if (properties := style.find(f"{W}pPr/{W}numPr")) is not None:
                self._styles[style.get(f"{W}styleId", "")] = properties

    def marker(self, paragraph: Element) -> str:
        """Return the number of a paragraph with a space after it, empty when it has none; counts it."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            properties = self._styles.get(style.get(f"{W}val", "")) if style is not None else None
        if properties is None:
            return ""
        abstract = self._abstract.get(_value(properties, "numId") or "", "")
        depth = number_said(_value(properties, "ilvl"), 0)
        levels = self._levels.get(abstract, {})
        return self._next(abstract, depth, levels) if depth in levels else ""

    def _next(self, abstract: str, depth: int, levels: dict[int, Element]) -> str:
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if _value(levels[depth], "numFmt") == "bullet":
            return "- "
        text = _value(levels[depth], "lvlText") or ""
        for level in range(depth + 1):
            if level in levels:
                number = counts.get(level, _start(levels[level]))
                text = text.replace(
                    f"%{level + 1}", figure(number, _SHAPES.get(_value(levels[level], "numFmt") or "", "1"))
                )
        return f"{text} " if text else ""


def _value(parent: Element, tag: str) -> str | None:
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _start(level: Element) -> int:
    return number_said(_value(level, "start"), 1)
