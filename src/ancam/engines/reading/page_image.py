"""One page of a scan as an upright grey picture. Run as a program of its own: what decodes pictures may hang or fall.

The bytes of the file come on standard input, the picture or the number of pages goes to standard output.
"""

import io
import math
import sys
import warnings
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
# How the program ends when the file is no picture, or is too large.
DAMAGED, TOO_LARGE = 3, 4
_COARSEST = 150
_FORMATS = ("PNG", "JPEG", "TIFF")
# Long sides in pixels: a page that says nothing of its size is brought near that of A4 at 300 dpi.
_LONGEST, _USUAL, _SHORTEST = 5_000, 3_508, 1_600
# Of the small copy by which the slant is found: its long side in pixels, the steepest slant looked for in degrees.
_SMALL, _STEEPEST = 1_000, 8
_FINE = 0.25
_SLIGHT = 0.3
_INK = 0.75


class PageTooLarge(Exception):
    """A picture of more pixels than the bound."""


def pages_in(data: bytes, most_pixels: int) -> int:
    """Return how many pages a picture file has; raise `PageTooLarge` when its first is too large to be opened."""
    return int(getattr(_opened(data, most_pixels), "n_frames", 1))


def page_png(data: bytes, page: int, turn: int, most_pixels: int) -> bytes:
    """Return a page of a PDF or of a picture file as the bytes of a grey PNG, its lines level.

    page: from 0. turn: degrees counter-clockwise by which it is turned after that.
    Raises `PageTooLarge`, or what the libraries raise when the file is broken.
    """
    drawn = _rendered(data, page, most_pixels) if data.startswith(b"%PDF-") else _frame(data, page, most_pixels)
    level = _level(_sized(drawn))
    upright = level.rotate(turn, expand=True) if turn else level
    stream = io.BytesIO()
    upright.save(stream, "PNG", dpi=(DPI, DPI), compress_level=1)
    return stream.getvalue()


def _rendered(data: bytes, page: int, most_pixels: int) -> "Image":
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        wide, high = sheet.get_size()
        scale = min(_fineness(sheet) / 72, _LONGEST / max(wide, high), math.sqrt(most_pixels / max(wide * high, 1)))
        rendered = sheet.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
        picture: Image = rendered.to_pil().convert("L")
        return picture


def _fineness(sheet: Any) -> float:
    """Return the dots per inch at which a page shows its picture as it was scanned, within what is worth reading."""
    import pypdfium2.raw as pdfium

    wide, _ = sheet.get_size()
    for one in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, _bottom, right, _top = one.get_bounds()
        if right - left > wide / 2:
            return float(min(DPI, max(_COARSEST, 72 * one.get_px_size()[0] / (right - left))))
    return DPI


def _opened(data: bytes, most_pixels: int) -> "Image":
    from PIL import Image

    # Our bound is checked below, before any pixel is unpacked.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as exc:
        raise PageTooLarge from exc
    if picture.width * picture.height > most_pixels:
        raise PageTooLarge
    return picture


def _frame(data: bytes, page: int, most_pixels: int) -> "Image":
    from PIL import Image, ImageOps

    picture = _opened(data, most_pixels)
    picture.seek(page)
    if picture.width * picture.height > most_pixels:
        raise PageTooLarge
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # Sixteen bits a pixel.
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in upright.getbands() or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("L")
    return upright.convert("L")


def _sized(picture: "Image") -> "Image":
    long_side = max(picture.size)
    if _SHORTEST <= long_side <= _LONGEST:
        return picture
    scale = _USUAL / long_side if long_side > _LONGEST else 2.0
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))


def _level(picture: "Image") -> "Image":
    """Return the picture turned so that its lines run from side to side; they may still be upside down."""
    small = _ink(picture)
    sideways = small.rotate(90, expand=True)
    tilts = range(-_STEEPEST, _STEEPEST + 1)
    candidates = [(_score(small, tilt), -abs(tilt), tilt) for tilt in tilts]
    candidates += [(_score(sideways, tilt), -90 - abs(tilt), 90 + tilt) for tilt in tilts]
    best = max(candidates)[2]
    base, tilt = (sideways, best - 90) if best > _STEEPEST else (small, best)
    around = [tilt + _FINE * step for step in range(-3, 4)]
    slant = max((_score(base, angle), -abs(angle), angle) for angle in around)[2]
    turned = picture.rotate(90, expand=True) if base is sideways else picture
    if abs(slant) < _SLIGHT:
        return turned
    from PIL.Image import Resampling

    return turned.rotate(slant, resample=Resampling.BICUBIC, expand=True, fillcolor=255)


def _ink(picture: "Image") -> "Image":
    """Return a small copy in which ink is white on black."""
    from PIL import ImageStat

    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL))
    paper = ImageStat.Stat(small).mean[0] * _INK
    return small.point([255 if value < paper else 0 for value in range(256)])


def _score(ink: "Image", angle: float) -> float:
    """Return how sharply rows with ink and rows without follow one another when the picture is turned so."""
    from PIL.Image import Resampling

    turned = ink.rotate(angle, resample=Resampling.BILINEAR) if angle else ink
    rows = turned.resize((1, turned.height), Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(rows)) / len(rows)


def main(words: list[str]) -> int:
    """Print the picture of a page (`page turn most_pixels`), or how many pages there are (`most_pixels`)."""
    data = sys.stdin.buffer.read()
    try:
        answer = page_png(data, *map(int, words)) if len(words) > 1 else b"%d" % pages_in(data, int(words[0]))
    except PageTooLarge:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - whatever a library says of a broken file, the file is broken
        return DAMAGED
    sys.stdout.buffer.write(answer)
    return 0
