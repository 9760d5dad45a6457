"""A province reorganises three Sở, and one district into four communes; a duty of 2023 then shows who answers today."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from running_ancam import RunningAnCam
from visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.network, pytest.mark.slow]

ICT, INVESTMENT, TRANSPORT = "Sở Thông tin và Truyền thông", "Sở Kế hoạch và Đầu tư", "Sở Giao thông vận tải"
SCIENCE, FINANCE, BUILDING = "Sở Khoa học và Công nghệ", "Sở Tài chính", "Sở Xây dựng"
POLICE, CULTURE = "Công an tỉnh", "Sở Văn hóa, Thể thao và Du lịch"
DISTRICT = "Ủy ban nhân dân huyện Sông Trà"
COMMUNES = [f"Ủy ban nhân dân xã {name}" for name in ("An Bình", "Bàu Sen", "Cẩm Thủy", "Đại Lộc")]
COMMUNE_KIND = "Ủy ban nhân dân xã, phường, đặc khu"
DISTRICT_KIND = "Ủy ban nhân dân huyện, quận, thị xã, thành phố thuộc tỉnh"

LETTER = f"""
ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 310/UBND-KGVX
Đông Sơn, ngày 15 tháng 02 năm 2023
V/v triển khai Chỉ thị số 23/CT-TTg về camera giám sát
Kính gửi:
- {ICT};
- {DISTRICT}.
Thực hiện Chỉ thị số 23/CT-TTg ngày 26/12/2022 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh yêu cầu:
1. {ICT}:
a) Thẩm định hồ sơ đề xuất cấp độ an toàn hệ thống thông tin có camera giám sát, hoàn thành trước ngày 20/12/2023.
2. {DISTRICT}:
a) Phổ biến Chỉ thị số 23/CT-TTg tới cán bộ, công chức và người dân, hoàn thành trước ngày 30/6/2023.
Nơi nhận:
- Như trên;
- Lưu: VT, KGVX.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Minh Khôi
"""


@pytest.fixture
def letter_of_2023(tmp_path) -> Path:
    path = tmp_path / "cong-van-310.txt"
    path.write_text(LETTER.strip() + "\n", encoding="utf-8")
    return path


def settle_the_province(browser: Browser, ancam: RunningAnCam) -> dict[str, Visitor]:
    """Register a province as it was in 2023, with the agencies of today beside those of then; return its people."""
    administrator = Visitor(browser, ancam.address)
    administrator.register_instance(ancam.first_link)
    for name in (ICT, INVESTMENT, TRANSPORT, SCIENCE, FINANCE, BUILDING, POLICE, CULTURE):
        administrator.add_agency(name, name, "Đông Sơn", "SO")
    administrator.add_agency(DISTRICT, DISTRICT_KIND, "huyện Sông Trà", "UBND")
    people = {"administrator": administrator}
    staff = {
        "officer": ("Nguyễn An", "an@dongson.example", "tỉnh Đông Sơn"),
        "police": ("Hoàng Thị Đào", "dao@dongson.example", POLICE),
        "science": ("Vũ Văn Bằng", "bang@dongson.example", SCIENCE),
    }
    for part, (name, email, agency) in staff.items():
        link = administrator.add_person(name, email, agency, "Chuyên viên")
        people[part] = Visitor(browser, ancam.address)
        people[part].accept_welcome(link)
    return people


def begin(visitor: Visitor, title: str, day: str, decision: str) -> None:
    """Come to the page of a new reorganisation."""
    visitor.page.goto("/to-chuc-lai/")
    visitor.press("Lập việc tổ chức lại")
    visitor.fill(title=title, effective_on=day, decision_number=decision)
    visitor.press("Tiếp tục")
    visitor.sees("Chưa chọn cơ quan chuyển.")


def add_party(visitor: Visitor, side: str, agency: str) -> None:
    """Choose one who hands on (`from`) or receives (`to`)."""
    choose(visitor.page.locator(f"[name={side}-agency]"), agency)
    with visitor.page.expect_navigation():
        visitor.press("Thêm cơ quan chuyển" if side == "from" else "Thêm cơ quan nhận")


def add_new_commune(visitor: Visitor, name: str) -> None:
    """Add a commune that begins with the reorganisation."""
    visitor.press("Cơ quan nhận chưa có trong danh sách")
    visitor.fill(name=name, kind=COMMUNE_KIND, place=name.rpartition("nhân dân ")[2], symbol="UBND")
    visitor.press("Thêm cơ quan mới")
    visitor.sees("2. Cơ quan nhận")


def choose(field: Locator, words: str) -> None:
    """Choose the option that ends with these words, indented as the tree is."""
    exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
    value = field.locator("option", has_text=exact).first.get_attribute("value")
    field.select_option(value=value)


def settle(visitor: Visitor, agency: str, **choices: str) -> None:
    """Say what of an agency goes where; each choice by the name of its field."""
    card = visitor.page.locator("section.card", has=visitor.page.get_by_role("heading", name=agency))
    card.get_by_role("link", name="Chuyển gì, về đâu").click()
    for field, words in choices.items():
        choose(visitor.page.locator(f"[name={field}]"), words)
    visitor.press("Ghi phần chuyển")
    visitor.sees(f"Đã ghi phần chuyển của {agency}.")


def test_three_departments_and_a_district_are_reorganised_and_a_duty_of_2023_shows_who_answers(
    browser, ancam, letter_of_2023
):
    people = settle_the_province(browser, ancam)
    officer, administrator, police = people["officer"], people["administrator"], people["police"]
    officer.upload(letter_of_2023)
    officer.confirm_everything()
    officer.press("Hoàn tất rà soát")
    officer.assign("1.a", ICT)
    officer.assign("2.a", DISTRICT)

    begin(administrator, "Sắp xếp các sở", "01/03/2025", "15/NQ-HĐND")
    for agency in (ICT, INVESTMENT, TRANSPORT):
        add_party(administrator, "from", agency)
    for agency in (POLICE, SCIENCE, CULTURE, FINANCE, BUILDING):
        add_party(administrator, "to", agency)
    settle(administrator, ICT, keeper=SCIENCE)  # its functions are suggested by the reference
    settle(administrator, INVESTMENT, whole=FINANCE, keeper=FINANCE)
    settle(administrator, TRANSPORT, whole=BUILDING, keeper=BUILDING)
    administrator.press("Xem trước và thực hiện")
    administrator.sees("An ninh mạng, an toàn thông tin mạng → Công an tỉnh")
    facts = administrator.page.locator(".facts div", has_text="Nhiệm vụ chưa hoàn thành")
    expect(facts.locator("dd")).to_have_text("1")
    administrator.press("Thực hiện ngay")
    administrator.sees("Đã thực hiện “Sắp xếp các sở”")

    begin(administrator, "Kết thúc huyện Sông Trà", "01/07/2025", "202/2025/QH15")
    add_party(administrator, "from", DISTRICT)
    for name in COMMUNES:
        add_new_commune(administrator, name)
    settle(administrator, DISTRICT, keeper=COMMUNES[0])  # divided among the four, as is suggested
    administrator.press("Xem trước và thực hiện")
    for name in COMMUNES:
        administrator.sees(f"Một phần địa bàn → {name}")
    administrator.press("Thực hiện ngay")
    administrator.sees("Đã thực hiện “Kết thúc huyện Sông Trà”")

    open_duty(officer, "Thẩm định hồ sơ")
    officer.sees("nay do Công an tỉnh trả lời theo việc tổ chức lại")
    officer.press("Xác nhận")
    officer.sees("nay do Công an tỉnh trả lời, Nguyễn An xác nhận")
    police.page.goto("/")
    expect(police.page.get_by_role("link", name=re.compile("Thẩm định hồ sơ")).first).to_be_visible()

    open_duty(officer, "Phổ biến Chỉ thị")
    officer.sees("không có một cơ quan kế thừa duy nhất")
    choose(officer.page.locator("[name=agency]"), COMMUNES[1])
    officer.press("Xác nhận")
    officer.sees(f"nay do {COMMUNES[1]} trả lời")

    assert ancam.command("audit", "verify").returncode == 0


def open_duty(visitor: Visitor, words: str) -> None:
    """Open the duty whose action holds these words, from the list of assignments."""
    visitor.page.goto("/nhiem-vu/")
    row = visitor.page.locator("main table tbody tr", has_text=words)
    row.locator("a").first.click()
    visitor.page.locator(".breadcrumb a").last.click()
