"""Letters drawn as printed pages: what a scanner would give of them."""

import io
import re
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
_BODY = re.compile(r"^(?=Kính gửi|KẾ HOẠCH|THÔNG BÁO|CHỈ THỊ|QUYẾT ĐỊNH)", re.MULTILINE)
_HEAD_LEFT, _HEAD_RIGHT = 430, 1150


def draw_letter(text: str, *, header: str = "", footer: str = "") -> list["Image"]:
    """Return the pages of a letter, the halves of its head side by side as in a real one.

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
    pages = [page.copy() for page in pages]  # Pillow leaves in a picture how it was packed last
    stream = io.BytesIO()
    more: dict[str, object] = {"save_all": True, "append_images": pages[1:]} if kind in ("TIFF", "PDF") else {}
    pages[0].save(stream, kind, dpi=(200, 200), **more)
    return stream.getvalue()


def with_picture(pdf: bytes, side: float, times: int = 1) -> bytes:
    """Return the PDF with a square picture on its first page, so many points wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    for _ in range(times):
        picture = pypdfium2.PdfImage.new(document)
        picture.load_jpeg(io.BytesIO(as_file([draw_lines([])], "JPEG")), inline=True)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(side, side))
        page.insert_obj(picture)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def _halves(text: str) -> tuple[list[str], list[str], str]:
    """Return the left and the right half of the head, and what follows it."""
    head, rest = _BODY.split(text, maxsplit=1)
    pieces = [piece for line in head.split("\n") for piece in re.split(r"\s{3,}(?=\S.*, ngày)", line) if piece]
    right = [piece for piece in pieces if piece.startswith(("CỘNG HÒA", "Độc lập")) or ", ngày" in piece]
    left = [line for piece in pieces if piece not in right for line in _wrapped(piece, 620)]
    return left, right, rest


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
