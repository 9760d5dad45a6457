"""Files made for the tests: letters as .docx and .pdf, and the reading of a few lines."""

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from ancam import samples
from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document

LETTERS = Path(__file__).parent / "letters"
SAMPLES = Path(samples.__file__).parent / "letters"

HEAD = """ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 10/UBND-NC
V/v an toàn camera
Đông Sơn, ngày 05 tháng 3 năm 2024
Kính gửi: Các sở, ban, ngành tỉnh
Thực hiện Chỉ thị số 23/CT-TTg ngày 26/12/2022 của Thủ tướng Chính phủ, UBND tỉnh yêu cầu thực hiện như sau:
"""
FOOT = """
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Lê Minh Khôi
"""


@pytest.fixture
def read_body() -> Callable[[str], Reading]:
    """Read a letter of the province of Đông Sơn, dated 5 March 2024, with the given body."""

    def read(body: str) -> Reading:
        return read_document(f"{HEAD}{body}{FOOT}".encode(), "thu.txt")

    return read


@pytest.fixture
def letter() -> Callable[[str], str]:
    """Return the text of an invented or a sample letter by its name without suffix."""

    def load(name: str) -> str:
        found = (p for folder in (LETTERS, SAMPLES) for p in folder.glob(f"{name}.*") if p.suffix != ".json")
        return next(found).read_text(encoding="utf-8")

    return load


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    """Make a .docx of paragraphs; the first `head_rows` rows of pairs become a borderless table."""

    def make(paragraphs: list[str], head: list[tuple[str, str]] | None = None) -> bytes:
        document = docx.Document()
        if head:
            table = document.add_table(rows=0, cols=2)
            for left, right in head:
                cells = table.add_row().cells
                cells[0].text, cells[1].text = left, right
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Make a .pdf with a text layer, one page for each list of lines."""
    return _pdf


Rectangle = tuple[float, float, float, float]
Placed = tuple[float, float, str]


def _pdf(pages: Sequence[Sequence[str | Placed | Rectangle]], *, locked: bool = False) -> bytes:
    """Make a .pdf: lines from the top, words at a place, and filled rectangles: left, bottom, width, height."""
    letters = sorted({c for page in pages for item in page for c in _said(item)})
    codes = {letter: number + 1 for number, letter in enumerate(letters)}
    mapping = "".join(f"<{code:04x}> <{ord(c):04x}>\n" for c, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}endbfchar endcmap end end"
    ).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>",
        _stream(cmap),
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for page in pages:
        drawn = "".join(
            f"BT /F1 10 Tf {_where(item, n)} Td <{''.join(f'{codes[c]:04x}' for c in _said(item))}> Tj ET\n"
            if _said(item)
            else _shape(item)
            for n, item in enumerate(page)
            if item
        )
        objects.append(_stream(drawn.encode()))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects, locked=locked)


def _said(item: str | Placed | Rectangle) -> str:
    return item if isinstance(item, str) else next((part for part in item if isinstance(part, str)), "")


def _shape(item: Sequence[object]) -> str:
    """Draw a rectangle, or the polygon of more than four figures."""
    if len(item) == 4:
        return f"{' '.join(map(str, item))} re f\n"
    corners = [f"{x} {y}" for x, y in zip(item[::2], item[1::2], strict=True)]
    return f"{corners[0]} m {' '.join(f'{corner} l' for corner in corners[1:])} h f\n"


def _where(item: str | Placed | Rectangle, line: int) -> str:
    return f"40 {800 - 14 * line}" if isinstance(item, str) else f"{item[0]} {item[1]}"


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _assembled(objects: list[bytes], *, locked: bool) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = (
        b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
        b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32)
        if locked
        else b""
    )
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, lock, start)
    return bytes(out)
