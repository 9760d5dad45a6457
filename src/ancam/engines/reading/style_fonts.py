"""The fonts of a document's styles, where each style rests on another."""

_MOST_ANCESTORS = 20


class StyleFonts:
    """The font of each style by its name: its own, else that of the style it rests on."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._parents: dict[str, str] = {}

    def add(self, style: str, font: str, parent: str) -> None:
        """Take a style with its own font and the style it rests on, each empty for none."""
        self._own[style], self._parents[style] = font, parent

    def of(self, style: str) -> str:
        """Return the font of a style, empty when nothing says it; styles that rest on each other say nothing."""
        for _step in range(_MOST_ANCESTORS):
            if not style or self._own.get(style):
                break
            style = self._parents.get(style, "")
        return self._own.get(style, "")
