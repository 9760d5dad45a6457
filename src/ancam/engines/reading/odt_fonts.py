"""The font of each style of an OpenDocument text: in fonts from before Unicode it says what the letters mean."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ancam.engines.reading.odt_names import FORMAT, STYLE
from ancam.engines.reading.style_fonts import StyleFonts


class Fonts:
    """The fonts of one document, by the names of its styles."""

    def __init__(self, roots: Iterable[Element]) -> None:
        """Take the roots of the parts that hold styles."""
        self._styles = StyleFonts()
        self._usual = ""
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                parent = style.get(f"{STYLE}parent-style-name", "")
                self._styles.add(style.get(f"{STYLE}name", ""), _font(style), parent)
            for style in root.iter(f"{STYLE}default-style"):
                if style.get(f"{STYLE}family") == "paragraph":
                    self._usual = _font(style)

    def of(self, style: str, otherwise: str = "") -> str:
        """Return the font of a style, of those it rests on, else the one around it, else the usual one."""
        return self._styles.of(style) or otherwise or self._usual


def _font(style: Element) -> str:
    properties = style.find(f"{STYLE}text-properties")
    if properties is None:
        return ""
    # Names of fonts may stand in quotation marks.
    return (properties.get(f"{STYLE}font-name") or properties.get(f"{FORMAT}font-family") or "").strip("'\"")
