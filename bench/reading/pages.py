"""A letter's text → pages in the layout of Nghị định 30/2020/NĐ-CP → a scan of them → what tesseract makes of it.

It needs Pillow, the fonts of Debian's fonts-liberation2 and, for `recognised`, tesseract; nothing that is shipped does.
"""

import os
import random
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/truetype/liberation2")
A4_MM = (210, 297)
MM_PER_INCH, POINTS_PER_INCH = 25.4, 72
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 22, 30, 17, 22
BODY_PT, SMALL_PT, LEADING = 14, 12, 1.3
INDENT_MM = 10
# Where the two columns of the head have their middle, as shares of the width between the margins.
ISSUER_AT, MOTTO_AT = 0.2, 0.7
LONGEST_TITLE = 120
SECONDS_A_PAGE = 120
WHITE, BLACK = 255, 20

_RIGHT_OF_HEAD = re.compile(r"CỘNG HÒA XÃ HỘI|Độc lập|ĐẢNG CỘNG SẢN|[^\d:]{2,40}, ngày\b")
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|BẢNG|DANH MỤC)\b")


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page was put on glass and read. blur: radius in pixels; speckle: share of points; skew: degrees."""

    dpi: int
    blur: float
    speckle: float
    skew: float
    language: str
    layout: int
    seed: int


@dataclass
class Sheets:
    """Pages being set, with the place of the next line from the top, in pixels."""

    dpi: int
    images: list[Image.Image] = field(default_factory=list)
    y: float = 0.0

    def px(self, mm: float) -> float:
        """Return millimetres in pixels."""
        return mm * self.dpi / MM_PER_INCH

    @property
    def width(self) -> float:
        """The width between the margins, in pixels."""
        return self.px(A4_MM[0] - LEFT_MM - RIGHT_MM)

    def turn(self) -> None:
        """Begin a page; from the second on it is numbered at the top."""
        self.images.append(Image.new("L", (round(self.px(A4_MM[0])), round(self.px(A4_MM[1]))), WHITE))
        self.y = self.px(TOP_MM)
        if len(self.images) > 1:
            font = _font(self.dpi, BODY_PT)
            self.write(str(len(self.images)), font, self.px(LEFT_MM) + self.width / 2, self.px(TOP_MM) / 2, middle=True)

    def write(self, words: str, font: ImageFont.FreeTypeFont, x: float, y: float, *, middle: bool = False) -> None:
        """Draw words from `x`, or around it."""
        start = x - font.getlength(words) / 2 if middle else x
        ImageDraw.Draw(self.images[-1]).text((start, y), words, font=font, fill=BLACK)

    def down(self, points: float) -> None:
        """Go one line down; at the foot of a page, to the next page."""
        self.y += points * LEADING * self.dpi / POINTS_PER_INCH
        if self.y > self.px(A4_MM[1] - BOTTOM_MM):
            self.turn()


def pages_of(text: str, dpi: int) -> list[Image.Image]:
    """Return the letter's pages, upright and clean, one byte a pixel."""
    sheets = Sheets(dpi)
    sheets.turn()
    head, body, foot, annex = _parts(text.splitlines())
    _set_head(sheets, head)
    for line in body:
        _set_paragraph(sheets, line)
    _set_foot(sheets, foot)
    if annex:
        sheets.turn()
    for line in annex:
        _set_paragraph(sheets, line)
    return sheets.images


def scanned(page: Image.Image, scan: Scan, page_number: int) -> Image.Image:
    """Return the page as a bad copier leaves it."""
    dice = random.Random(f"{scan.seed}/{page_number}")
    made = page.rotate(scan.skew, resample=Image.Resampling.BICUBIC, fillcolor=WHITE)
    made = made.filter(ImageFilter.GaussianBlur(scan.blur))
    draw = ImageDraw.Draw(made)
    for _ in range(round(scan.speckle * made.width * made.height)):
        x, y = dice.randrange(made.width), dice.randrange(made.height)
        draw.rectangle((x, y, x + dice.randrange(2), y + dice.randrange(2)), fill=dice.choice((40, 90, 230)))
    return made


def recognised(text: str, scan: Scan) -> str:
    """Return what tesseract reads from the scanned pages of a letter; seconds a page, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        read = []
        for number, page in enumerate(pages_of(text, scan.dpi), 1):
            path = Path(folder) / f"{number}.png"
            scanned(page, scan, number).save(path, dpi=(scan.dpi, scan.dpi))
            read.append(_tesseract(path, scan))
        return "".join(read)


def tesseract_version() -> str:
    """Return the version that would read."""
    told = subprocess.run(
        ["tesseract", "--version"], capture_output=True, text=True, check=True, timeout=SECONDS_A_PAGE
    )
    return told.stdout.split()[1]


def _tesseract(path: Path, scan: Scan) -> str:
    command = ["tesseract", str(path), "-", "-l", scan.language, "--psm", str(scan.layout), "--dpi", str(scan.dpi)]
    one_core = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=SECONDS_A_PAGE, env=one_core
    ).stdout


def _parts(lines: Sequence[str]) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the head, the body, `Nơi nhận` with the signature, and what is annexed."""
    begins = next((n for n, line in enumerate(lines) if not line.strip()), 0)
    foot = next((n for n, line in enumerate(lines) if line.startswith("Nơi nhận")), len(lines))
    ends = next((n for n in range(foot, len(lines)) if _ANNEX.match(lines[n])), len(lines))
    whole = [line for line in lines[foot:ends] if line.strip()]
    return list(lines[:begins]), list(lines[begins:foot]), whole, list(lines[ends:])


def _set_head(sheets: Sheets, head: Sequence[str]) -> None:
    top = sheets.y
    right = [line for line in head if _RIGHT_OF_HEAD.match(line)]
    left = [line for line in head if line not in right]
    bottoms = []
    for column, at, share in ((left, ISSUER_AT, 0.42), (right, MOTTO_AT, 0.6)):
        sheets.y = top
        for line in column:
            font = _font(sheets.dpi, SMALL_PT, bold=line.isupper() or line.startswith("Độc lập"))
            for words in _wrapped(line, font, sheets.width * share):
                sheets.write(words, font, sheets.px(LEFT_MM) + sheets.width * at, sheets.y, middle=True)
                sheets.down(SMALL_PT)
        bottoms.append(sheets.y)
    sheets.y = max(bottoms)


def _set_paragraph(sheets: Sheets, line: str) -> None:
    if not line.strip():
        sheets.down(BODY_PT / 2)
        return
    title = line.isupper() and len(line) <= LONGEST_TITLE
    font = _font(sheets.dpi, BODY_PT, bold=title)
    indent = 0 if title else sheets.px(INDENT_MM)
    rows = _wrapped(line, font, sheets.width, indent)
    for number, words in enumerate(rows):
        left = sheets.px(LEFT_MM) + (indent if number == 0 else 0)
        if title:
            sheets.write(words, font, sheets.px(LEFT_MM) + sheets.width / 2, sheets.y, middle=True)
        elif number == len(rows) - 1:
            sheets.write(words, font, left, sheets.y)
        else:
            _set_justified(sheets, words, font, left)
        sheets.down(BODY_PT)
    sheets.y += sheets.px(1)


def _set_justified(sheets: Sheets, words: str, font: ImageFont.FreeTypeFont, left: float) -> None:
    parts = words.split()
    room = sheets.px(LEFT_MM) + sheets.width - left - sum(font.getlength(part) for part in parts)
    gap = room / max(1, len(parts) - 1)
    for part in parts:
        sheets.write(part, font, left, sheets.y)
        left += font.getlength(part) + gap


def _set_foot(sheets: Sheets, foot: Sequence[str]) -> None:
    """Set the recipients at the left and, from the same height, the signature at the right."""
    if not foot:
        return
    listed = max((n for n, line in enumerate(foot) if line.startswith("-")), default=0) + 1
    lines_high = max(listed, len(foot) - listed + 3)
    if sheets.y + sheets.px(lines_high * 7) > sheets.px(A4_MM[1] - BOTTOM_MM):
        sheets.turn()
    top, small = sheets.y, _font(sheets.dpi, SMALL_PT - 1)
    for line in foot[:listed]:
        for words in _wrapped(line, small, sheets.width * 0.5):
            sheets.write(words, small, sheets.px(LEFT_MM), sheets.y)
            sheets.down(SMALL_PT)
    bottom, sheets.y = sheets.y, top
    bold = _font(sheets.dpi, BODY_PT - 1, bold=True)
    for line in foot[listed:]:
        if line == foot[-1]:
            sheets.y += sheets.px(20)  # room for the seal
        sheets.write(line, bold, sheets.px(LEFT_MM) + sheets.width * 0.76, sheets.y, middle=True)
        sheets.down(BODY_PT)
    sheets.y = max(bottom, sheets.y)


def _wrapped(line: str, font: ImageFont.FreeTypeFont, width: float, indent: float = 0) -> list[str]:
    rows: list[str] = [""]
    for word in line.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and font.getlength(longer) > width - (indent if len(rows) == 1 else 0):
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _font(dpi: int, points: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "LiberationSerif-Bold.ttf" if bold else "LiberationSerif-Regular.ttf"
    return ImageFont.truetype(FONTS / name, round(points * dpi / POINTS_PER_INCH))
