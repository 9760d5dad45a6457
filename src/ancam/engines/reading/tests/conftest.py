"""Files made for the tests: letters as .docx and .pdf, and the reading of a few lines."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ancam import samples
from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.text_pdf import pdf_of

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
    return pdf_of
