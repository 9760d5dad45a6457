"""A letter's text as the files it may come in: .txt, .md, .html, .docx, .odt, .pdf with a text layer."""

import html
import io
import zipfile
from collections.abc import Callable, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
LINES_A_PAGE = 45
_OUTSIDE_XML = {n: None for n in (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}


def packed(text: str, ending: str) -> bytes:
    """Return the file that holds a text; what its format cannot write is left out."""
    return _MAKERS[ending](text)


def docx_parts(text: str) -> dict[str, bytes]:
    """Return the parts of a .docx by name."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="{W}"><w:body>{paragraphs}</w:body></w:document>'
    return {"word/document.xml": body.encode(), "[Content_Types].xml": b"<Types/>"}


def odt_parts(text: str) -> dict[str, bytes]:
    """Return the parts of an .odt by name."""
    paragraphs = "".join(f"<text:p>{_escaped(line)}</text:p>" for line in text.split("\n"))
    body = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body><office:text>'
        f"{paragraphs}</office:text></office:body></office:document-content>"
    )
    return {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body.encode()}


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a zip archive of parts; a name may come twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _escaped(line: str) -> str:
    return html.escape(line.translate(_OUTSIDE_XML))


def _docx(text: str) -> bytes:
    return zipped(list(docx_parts(text).items()))


def _odt(text: str) -> bytes:
    return zipped(list(odt_parts(text).items()))


def _html(text: str) -> bytes:
    rows = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n"))
    page = f"<!doctype html><html><head><meta charset=utf-8></head><body>\n{rows}</body></html>"
    return page.encode(errors="surrogatepass")


def _plain(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _pdf(text: str) -> bytes:
    """Return pages of the lines, unpacked, so that damage to a byte reaches what is drawn."""
    lines = text.split("\n")
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    codes = {letter: code for code, letter in enumerate(sorted(set(text)), 1)}
    mapping = "".join(
        f"<{code:04x}> <{letter.encode('utf-16-be', 'surrogatepass').hex()}>\n" for letter, code in codes.items()
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>",
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{mapping}endbfchar endcmap end end"
        ),
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for page in pages:
        objects.append(_stream("".join(_drawn(line, 800 - 14 * row, codes) for row, line in enumerate(page) if line)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _numbered(objects)


def _drawn(line: str, height: int, codes: dict[str, int]) -> str:
    return f"BT /F1 10 Tf 40 {height} Td <{''.join(f'{codes[c]:04x}' for c in line)}> Tj ET\n"


def _stream(content: str) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content.encode()), content.encode())


def _numbered(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


_MAKERS: dict[str, Callable[[str], bytes]] = {
    "txt": _plain, "md": _plain, "html": _html, "docx": _docx, "odt": _odt, "pdf": _pdf,
}  # fmt: skip
ENDINGS = tuple(_MAKERS)
