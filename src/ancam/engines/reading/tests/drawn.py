"""Letters drawn as printed pages: what a scanner would give of them."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PIL.Image import Image

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
WIDE, HIGH = 1654, 2339  # A4 at 200 dpi
_SIZE, _LEADING, _LEFT, _TOP = 36, 50, 190, 150
_LINES = (HIGH - 2 * _TOP) // _LEADING
_HEAD_LEFT, _HEAD_RIGHT = 430, 1150


def draw_letter(text: str, *, header: str = "", footer: str = "") -> list["Image"]:
    """Return the pages of a letter; blank lines part its head, whose halves stand side by side as in a real one.

    header, footer: written on each page but the first, with `#` for the page's number.
    """
    left, right, rest = _halves(text)
    head = max(len(left), len(right)) + 1
    lines = list(_wrapped(rest))
    pages = [_page()]
    for at, column in ((_HEAD_LEFT, left), (_HEAD_RIGHT, right)):
        for number, line in enumerate(column):
            _write(pages[0], line, at, _TOP + number * _LEADING, centred=True)
    row = head
    for line in lines:
        if row == _LINES:
            pages.append(_page())
            row = 0
        _write(pages[-1], line, _LEFT, _TOP + row * _LEADING)
        row += 1
    for number, page in enumerate(pages[1:], start=2):
        _write(page, header.replace("#", str(number)), WIDE // 2, _TOP - 90, centred=True)
        _write(page, footer.replace("#", str(number)), WIDE // 2, HIGH - _TOP + 40, centred=True)
    return pages


def draw_lines(lines: Sequence[str]) -> "Image":
    """Return one page with the lines as given."""
    page = _page()
    for number, line in enumerate(lines):
        _write(page, line, _LEFT, _TOP + number * _LEADING)
    return page


def as_file(pages: Sequence["Image"], kind: str) -> bytes:
    """Return the pages as the bytes of a PNG, JPEG, TIFF or PDF of pictures."""
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind in ("TIFF", "PDF") else {}
    pages[0].save(stream, kind, dpi=(200, 200), **more)
    return stream.getvalue()


def _halves(text: str) -> tuple[list[str], list[str], str]:
    first, second, third, rest = text.split("\n\n", 3)
    motto = next(n for n, line in enumerate(first.split("\n")) if line.startswith("CỘNG H"))
    names, mottos = first.split("\n")[:motto], first.split("\n")[motto:]
    return [*names, *_wrapped(second, 500)], [*mottos, *third.split("\n")], rest


def _wrapped(text: str, width: int = WIDE - 2 * _LEFT) -> Iterable[str]:
    font = _font()
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and font.getlength(f"{line} {word}") > width:
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()
        yield line


def _page() -> "Image":
    from PIL import Image

    return Image.new("L", (WIDE, HIGH), 255)


def _write(page: "Image", line: str, x: int, y: int, *, centred: bool = False) -> None:
    from PIL import ImageDraw

    ImageDraw.Draw(page).text((x, y), line, fill=0, font=_font(), anchor="ma" if centred else "la")


def _font() -> object:
    from PIL import ImageFont

    if not FONT.is_file():
        pytest.skip("fonts: sudo apt install fonts-liberation2")
    return ImageFont.truetype(FONT, _SIZE)
