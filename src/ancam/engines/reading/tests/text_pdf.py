"""PDFs with a text layer, made for the tests and the benches."""

import zlib
from collections.abc import Sequence

Rectangle = tuple[float, float, float, float]
Placed = tuple[float, float, str]


def pdf_of(pages: Sequence[Sequence[str | Placed | Rectangle]], *, locked: bool = False, packed: bool = True) -> bytes:
    """Make a .pdf: lines from the top, words at a place, and filled rectangles: left, bottom, width, height.

    packed: what is drawn is compressed; without that, damage to a byte of the file reaches it.
    """
    letters = sorted({c for page in pages for item in page for c in _said(item)})
    codes = {letter: number + 1 for number, letter in enumerate(letters)}
    mapping = "".join(
        f"<{code:04x}> <{letter.encode('utf-16-be', 'surrogatepass').hex()}>\n" for letter, code in codes.items()
    )
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
        _stream(cmap, packed=packed),
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
        objects.append(_stream(drawn.encode(), packed=packed))
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


def _stream(data: bytes, *, packed: bool) -> bytes:
    content, how = (zlib.compress(data), b"/Filter /FlateDecode ") if packed else (data, b"")
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), how, content)


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
