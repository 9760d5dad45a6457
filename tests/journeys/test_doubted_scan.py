"""A scanned page sent, watched while it is read, corrected where it was doubtful, and found so in what goes out."""

import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.network]

# Recognition takes a few seconds on a machine at rest, and far longer on one that runs other tests.
READ_WITHIN_MS = 120_000
# A page of A4 at 200 dpi, set as an office sets it; the browser draws it, and a picture of it is all that is sent.
PAGE = """
<style>
  body {{ margin: 0; padding: 110px 130px 0 190px; width: 1334px; height: 2229px; background: #fff; color: #111;
    font: 34px/1.4 "Liberation Serif", "Times New Roman", serif; }}
  table {{ width: 100%; margin-bottom: 40px; text-align: center; }}
  td {{ width: 50%; vertical-align: top; }}
  p {{ margin: 0 0 14px; }}
</style>
<table>
  <tr><td>ỦY BAN NHÂN DÂN<br>TỈNH ĐÔNG SƠN</td>
    <td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr>
  <tr><td>Số: 2152/UBND-NC<br>V/v an ninh mạng cho camera giám sát</td>
    <td>Đông Sơn, ngày 12 tháng 11 năm 2026</td></tr>
</table>
{body}
"""
BODY = """
Kính gửi:
- Sở Khoa học và Công nghệ;
- Ủy ban nhân dân xã An Bình.
Thực hiện Chỉ thị số 23/CT-TTg ngày 26/12/2022 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Khoa học và Công nghệ:
a) Hướng dẫn áp dụng quy chuẩn kỹ thuật quốc gia cho camera giám sát, hoàn thành trước ngày 20/12/2026.
b) Đăng tải danh mục camera giám sát đáp ứng quy chuẩn trên Cổng thông tin điện tử của tỉnh chậm nhất ngày 30/02/2027.
2. Phê duyệt cấp độ an toàn hệ thống thông tin có sử dụng camera giám sát, hoàn thành trước ngày 19/3/2027.
Nơi nhận:
- Như trên;
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Minh Khôi
"""


@pytest.fixture
def scan(browser, tmp_path) -> Path:
    """A page as a scanner gives it: a picture, without a single word of text."""
    pytest.importorskip("ancam.engines.reading.scans", reason="scans are not recognised yet")
    path = tmp_path / "ban-quet-2152.png"
    page = browser.new_page(viewport={"width": 1654, "height": 2339})
    page.set_content(PAGE.format(body="".join(f"<p>{line}</p>" for line in BODY.strip().splitlines())))
    page.screenshot(path=path)
    page.close()
    return path


def rows_of(workbook: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def test_a_scan_is_watched_corrected_and_taken_away(browser, ancam, scan):
    administrator = Visitor(browser, ancam.address)
    administrator.register_instance(ancam.first_link)
    officer = Visitor(browser, ancam.address)
    officer.accept_welcome(administrator.add_person("Nguyễn An", "an@dongson.example", "tỉnh Đông Sơn", "Chuyên viên"))

    officer.upload(scan)

    expect(officer.page).to_have_url(re.compile(r"/van-ban/dang-doc/\d+/$"))
    expect(officer.page.get_by_role("progressbar", name="Số trang đã nhận dạng")).to_be_visible()
    # Who leaves comes back to it, and the page itself says when it is read.
    reading = officer.page.url
    officer.page.goto("/")
    officer.page.goto(reading)
    expect(officer.page.get_by_text("nhận dạng 1 trang")).to_be_visible(timeout=READ_WITHIN_MS)
    officer.press("Rà soát nhiệm vụ")

    day, lead = officer.duty("1.b"), officer.duty("2")
    expect(day).to_contain_text("30/02/2027 không tồn tại")
    expect(lead).to_contain_text("Không nêu chủ thể")
    lead.locator("[data-doubt]").first.hover()
    expect(officer.page.locator("[data-doubts].is-lit").first).to_contain_text("Phê duyệt cấp độ")

    officer.correct("1.b", "Thời hạn", deadline_operator="chậm nhất ngày", deadline_on="26/02/2027")
    officer.correct("2", "Chủ trì", leads="Ủy ban nhân dân xã An Bình")
    expect(day).to_contain_text("26/02/2027")
    expect(lead).to_contain_text("đã có người xác định")

    duties = {row[0]: row for row in rows_of(officer.downloads("Xuất .xlsx"))}
    assert str(duties["1.b"][6]).startswith("2027-02-26")
    assert duties["2"][3] == "Ủy ban nhân dân xã An Bình"

    administrator.page.goto("/van-ban/")
    administrator.press("Ví dụ đọc văn bản")
    examples = rows_of(administrator.downloads("Xuất .xlsx"))
    assert {(row[1], row[2], row[4]) for row in examples} >= {
        ("Thời hạn", "Đã sửa", "chậm nhất ngày 26/02/2027"),
        ("Chủ trì", "Đã sửa", "Ủy ban nhân dân xã An Bình"),
    }
    [letter] = json.loads(administrator.downloads("Xuất nhãn .json"))["letters"]
    labels = {label["clause"]: label for label in letter["obligations"]}
    assert labels["1.b"]["deadline"]["date"] == "2027-02-26"
    assert labels["2"]["leads"] == ["Ủy ban nhân dân xã An Bình"]
