"""A letter's text as the files it may come in: .txt, .md, .html, .docx, .odt, .pdf with a text layer."""

import html
import io
import warnings
import zipfile
from collections.abc import Callable, Sequence

from ancam.engines.reading.tests.text_pdf import pdf_of

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
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        # Two parts of one name are meant to be there.
        warnings.simplefilter("ignore", UserWarning)
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
    lines = text.split("\n")
    return pdf_of([lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)], packed=False)


_MAKERS: dict[str, Callable[[str], bytes]] = {
    "txt": _plain, "md": _plain, "html": _html, "docx": _docx, "odt": _odt, "pdf": _pdf,
}  # fmt: skip
ENDINGS = tuple(_MAKERS)
