"""The numbers that an OpenDocument text shows before the items of its lists without writing them into its text."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ancam.engines.reading.figures import figure, number_said
from ancam.engines.reading.odt_names import STYLE, TEXT

_DEEPEST_LEVEL = 10


class Lists:
    """The lists of one document, counted as their items go by."""

    def __init__(self, roots: Iterable[Element]) -> None:
        """Take the roots of the parts that hold styles."""
        self._styles: dict[str, dict[int, Element]] = {}
        self._counts: dict[str, list[int]] = {}
        self._latest: dict[str, str] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                levels = {number_said(level.get(f"{TEXT}level"), 0): level for level in style}
                self._styles[style.get(f"{STYLE}name", "")] = levels

    def begin(self, element: Element, style: str) -> str:
        """Return the key under which a list is counted: its own, or that of the one it goes on."""
        key = element.get("{http://www.w3.org/XML/1998/namespace}id") or f"#{len(self._counts)}"
        goes_on = element.get(f"{TEXT}continue-list", "")
        if element.get(f"{TEXT}continue-numbering") == "true":
            goes_on = self._latest.get(style, "")
        self._counts[key] = self._counts.get(goes_on) or [0] * _DEEPEST_LEVEL
        self._latest[style] = key
        return key

    def marker(self, key: str, style: str, level: int, item: Element) -> str:
        """Return the number of an item with a space after it, empty when its list shows none; counts it."""
        counts, shape = self._counts[key], self._styles.get(style, {}).get(level)
        if shape is None or not 1 <= level <= _DEEPEST_LEVEL:
            return ""
        counts[level - 1] = _first(shape, item, counts[level - 1])
        counts[level:] = [0] * (_DEEPEST_LEVEL - level)
        if shape.tag == f"{TEXT}list-level-style-bullet":
            return "- "
        return self._shown(style, level, counts, shape)

    def _shown(self, style: str, level: int, counts: list[int], shape: Element) -> str:
        first = max(1, level + 1 - number_said(shape.get(f"{TEXT}display-levels"), 1))
        numbers = []
        for at in range(first, level + 1):
            named = self._styles[style].get(at)
            shown = named.get(f"{STYLE}num-format", "") if named is not None else ""
            numbers += [figure(max(1, counts[at - 1]), shown)] if shown else []
        if not numbers:
            return ""
        return f"{shape.get(f'{STYLE}num-prefix', '')}{'.'.join(numbers)}{shape.get(f'{STYLE}num-suffix', '')} "


def _first(shape: Element, item: Element, count: int) -> int:
    """Return the number of an item after so many others of its level."""
    begins = number_said(shape.get(f"{TEXT}start-value"), 1) if count == 0 else count + 1
    return number_said(item.get(f"{TEXT}start-value"), begins)
