"""The font in which each run of a .docx stands: in fonts from before Unicode it says what the letters mean."""

from xml.etree.ElementTree import Element

from ancam.engines.reading.docx_numbering import W
from ancam.engines.reading.style_fonts import StyleFonts


class Fonts:
    """The fonts of one document: of a run itself, else of its style, of its paragraph's style, or the usual one."""

    def __init__(self, styles: Element | None) -> None:
        """Take the root of `styles.xml`, None when the document has none."""
        self._styles = StyleFonts()
        self._usual = ""
        if styles is None:
            return
        self._usual = _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in styles.iter(f"{W}style"):
            font = _font(style.find(f"{W}rPr"))
            self._styles.add(style.get(f"{W}styleId", ""), font, _value(style.find(f"{W}basedOn")))
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                self._usual = font or self._usual

    def of(self, run: Element, paragraph: Element) -> str:
        """Return the name of a run's font, empty when nothing says it."""
        properties = run.find(f"{W}rPr")
        run_style = _value(properties.find(f"{W}rStyle")) if properties is not None else ""
        paragraph_style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return _font(properties) or self._styles.of(run_style) or self._styles.of(paragraph_style) or self._usual


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""
