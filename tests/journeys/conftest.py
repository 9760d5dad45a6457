"""A real browser, and AnCam as a user starts it, over each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from chromium import CHROMIUM, SWITCHES
from postgresql_server import new_database, start_postgresql
from running_ancam import RunningAnCam


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("browser: Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory) -> str:
    return start_postgresql(tmp_path_factory.mktemp("postgresql"))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def ancam(request, tmp_path_factory) -> Iterator[RunningAnCam]:
    """AnCam started on an empty instance, over SQLite and over PostgreSQL. A module's journeys share it."""
    folder, url = tmp_path_factory.mktemp("ancam"), ""
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_url"), folder.name)
    with RunningAnCam(folder / "data", url) as running:
        yield running


@pytest.fixture
def letter(tmp_path) -> Path:
    """An invented letter as a .docx, as an office would send it."""
    return written(tmp_path, "2150")


@pytest.fixture
def other_letter(tmp_path) -> Path:
    """The same words under another number: another letter for the same province."""
    return written(tmp_path, "2151")


def written(folder: Path, number: str) -> Path:
    from docx import Document

    document = Document()
    for line in LETTER.strip().replace("2150", number).splitlines():
        document.add_paragraph(line)
    path = folder / f"cong-van-{number}.docx"
    document.save(path)
    return path


LETTER = """
ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 2150/UBND-NC
Đông Sơn, ngày 12 tháng 11 năm 2026
V/v tăng cường an ninh mạng cho camera giám sát
Kính gửi:
- Sở Khoa học và Công nghệ;
- Ủy ban nhân dân xã An Bình.
Thực hiện Chỉ thị số 23/CT-TTg ngày 26/12/2022 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Khoa học và Công nghệ:
a) Hướng dẫn áp dụng quy chuẩn kỹ thuật quốc gia cho camera giám sát, hoàn thành trước ngày 20/12/2026.
b) Đăng tải danh mục camera giám sát đáp ứng quy chuẩn trên Cổng thông tin điện tử của tỉnh chậm nhất ngày 30/02/2027.
2. Ủy ban nhân dân xã An Bình:
a) Xác định và phê duyệt cấp độ an toàn hệ thống thông tin có sử dụng camera giám sát, hoàn thành trong tháng 3/2027.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc đề nghị phản ánh về Sở Khoa học và Công nghệ để được hướng dẫn./.
Nơi nhận:
- Như trên;
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Minh Khôi
"""
