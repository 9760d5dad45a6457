"""What LibreOffice and poppler make of the file: the nearest a test comes to a printed page."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ancam.engines.drafting.assignment_letter import write_assignment_letter
from ancam.engines.drafting.children_report import write_children_report
from ancam.engines.drafting.period_summary import write_period_summary
from ancam.engines.drafting.progress_report import Figures, write_progress_report
from ancam.engines.drafting.tests.makers import (
    make_accepted,
    make_assigning,
    make_children,
    make_duty,
    make_open,
    make_report,
    make_row,
    make_summary,
    make_tally,
    make_urging,
    plain,
)
from ancam.engines.drafting.urging_letter import write_urging_letter

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
POPPLER = shutil.which("pdftoppm") and shutil.which("pdftotext")

pytestmark = pytest.mark.skipif(
    not (OFFICE and POPPLER), reason="rendering needs LibreOffice Writer and poppler-utils, which are not installed"
)


def run(*command: str | Path) -> str:
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, timeout=120, encoding="utf-8").stdout  # noqa: S603


def pdf_of(report, folder: Path) -> Path:
    return pdf_of_file(write_progress_report(report), folder)


def pdf_of_file(content: bytes, folder: Path) -> Path:
    source = folder / "paper.docx"
    source.write_bytes(content)
    convert(folder, source)
    return source.with_suffix(".pdf")


def convert(folder: Path, *sources: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sources)


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page as it is laid out, in plain signs."""
    return [plain(page) for page in run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]]


def test_a_numbered_report_fits_its_pages_in_reading_order(tmp_path):
    rows = (make_row(task="Mua sắm & thuê <dịch vụ>", state="Đang thực hiện", deadline="30/11/2026"),)
    report = make_report(rows=rows, addressees=("UBND tỉnh Đông Sơn",), figures=Figures(in_progress=1))

    pdf = pdf_of(report, tmp_path)
    pages = pages_of(pdf)
    run("pdftoppm", "-r", "40", "-png", pdf, tmp_path / "page")

    expected = [
        "XÃ HỘI CHỦ NGHĨA",
        "BÁO CÁO",
        "Kính gửi",
        "báo cáo như sau:",
        "IV. KIẾN",
        "./.",
        "Nơi nhận:",
        "Phụ lục",
        "STT",
    ]
    text = " ".join(" ".join(pages).split())
    places = [text.rindex(words) if words in ("Phụ lục", "./.") else text.index(words) for words in expected]
    assert places == sorted(places)
    assert "Mua sắm & thuê <dịch vụ>" in pages[-1]
    assert len(pages) == len(list(tmp_path.glob("page-*.png"))) == 3
    assert all(picture.stat().st_size > 2_000 for picture in tmp_path.glob("page-*.png"))


def test_a_report_without_tasks_is_one_page(tmp_path):
    pages = pages_of(pdf_of(make_report(), tmp_path))

    assert len(pages) == 1
    assert "Nguyễn Văn An" in pages[0]


def test_a_draft_says_so_at_the_top(tmp_path):
    pages = pages_of(pdf_of(make_report(number=None, issued_on=None), tmp_path))

    assert pages[0].split()[:2] == ["DỰ", "THẢO"]
    assert re.search(r"Số: +/BC-UBND", pages[0])


def test_five_hundred_rows_keep_their_header_and_none_is_cut(tmp_path):
    rows = tuple(
        make_row(ordinal=f"R{n:03d}", task="Kiểm tra camera " * (n % 9 + 1) + f"hết{n:03d}", due_on=date(2026, 12, 1))
        for n in range(500)
    )

    pages = pages_of(pdf_of(make_report(rows=rows), tmp_path))
    appendix = [page for page in pages if "STT" in page]

    begun = [(at, n) for at, page in enumerate(appendix) for n in re.findall(r"\bR(\d{3})\b", page)]
    ended = [(at, n) for at, page in enumerate(appendix) for n in re.findall(r"\bhết(\d{3})\b", page)]
    assert begun == ended
    assert [n for _, n in begun] == [f"{n:03d}" for n in range(500)]
    assert all("Tên nhiệm vụ" in page for page in appendix)
    assert [page.split()[0] for page in appendix[1:]] == [str(n) for n in range(2, len(appendix) + 1)]


def test_a_task_longer_than_a_page_is_printed_to_its_last_word(tmp_path):
    row = make_row(ordinal="R1", task="nhiệm vụ rất dài " * 600 + "ĐẾN HẾT", done=True)

    pages = pages_of(pdf_of(make_report(rows=(row, make_row(ordinal="R2", done=True))), tmp_path))
    text = "".join(pages)

    assert text.index("R1") < text.index("ĐẾN HẾT") < text.index("R2")


AGENCIES = [f"Ban chỉ đạo số {n:03d}" for n in range(400)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, list[str]]:
    """Return the pages of each paper with four hundred agencies; the office program starts once for all."""
    folder = tmp_path_factory.mktemp("printed")
    papers = {
        "urging": write_urging_letter(make_urging(*map(make_open, AGENCIES))),
        "assignment": write_assignment_letter(make_assigning(make_duty(leads=tuple(AGENCIES)))),
        "summary": write_period_summary(make_summary(*(make_tally(name, late=1) for name in AGENCIES))),
        "children": write_children_report(make_children(*map(make_accepted, AGENCIES))),
    }
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    convert(folder, *(folder / f"{name}.docx" for name in papers))
    return {name: pages_of(folder / f"{name}.pdf") for name in papers}


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("urging", "Số ngày"),
        ("assignment", "Phối hợp nhiệm vụ số"),
        ("summary", "Chờ xác"),
        ("children", "Hoàn thành"),
    ],
)
def test_four_hundred_agencies_are_all_printed_each_page_with_its_headings_and_number(name, heading, printed):
    long_table = [page for page in printed[name] if "Ban chỉ đạo số" in page]

    assert re.findall(r"Ban chỉ đạo số (\d{3})", "".join(long_table)) == [f"{n:03d}" for n in range(400)]
    assert all(heading in page for page in long_table)
    assert [page.split()[0] for page in long_table[1:]] == [str(n) for n in range(2, len(long_table) + 1)]


def test_a_letter_to_one_agency_fits_two_pages_and_its_signature_is_never_alone(tmp_path):
    pages = pages_of(pdf_of_file(write_urging_letter(make_urging(make_open(), make_open(duty="Kiểm đếm"))), tmp_path))

    assert len(pages) <= 2
    assert "./." in pages[-1]
    assert "Trần Thị Bình" in pages[-1]
