"""Following duties, as four people do it: the officer, who answers, the leader with a phone, an office without account.

All over the invented province, by the clock of the machine; each journey takes duties of its own.
"""

import re
import shutil
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from running_ancam import DEMO_PASSWORD, RunningAnCam
from site_walk import PHONE, WIDE, scrolls_sideways
from visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.network, pytest.mark.slow]

MOST_CLICKS = 9
LETTER = "2146/UBND-NC"
SPREAD, COUNT, RULES = "Phổ biến Chỉ thị số 23/CT-TTg", "Kiểm đếm mọi hệ thống", "Ban hành hoặc cập nhật quy chế"
PUBLISH, MONTHLY = "Đăng trên Cổng Thông tin điện tử", "Hằng tháng, trước ngày 25"
ISLAND, WITHOUT_ACCOUNT = "Ủy ban nhân dân đặc khu Hòn Mây", "Ủy ban nhân dân xã Bàu Sen"
SIGNER = "Trần Văn Bình, Chủ tịch UBND xã Bàu Sen"
PEOPLE = {
    "supervisor": "an.nguyen@dongson.example",
    "officer": "dao.hoang@dongson.example",
    "island": "dat.cao@dongson.example",
    "police": "nhu.do@dongson.example",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory, province):
    with province.copy(tmp_path_factory.mktemp("following") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def people(browser: Browser, running: RunningAnCam) -> dict[str, Visitor]:
    """Those who follow duties, each at a desk of their own; of one duty figures are asked."""
    people = {part: Visitor(browser, running.address) for part in PEOPLE}
    for part, email in PEOPLE.items():
        people[part].sign_in(email, DEMO_PASSWORD)
    ask_figures(people["supervisor"])
    return people


def ask_figures(supervisor: Visitor) -> None:
    """Ask a number, a choice and a day of every report on the duty to count."""
    page = supervisor.page
    page.goto("/van-ban/")
    page.get_by_role("link", name=LETTER).first.click()
    duty_row(page, COUNT).get_by_role("link").first.click()
    page.locator(".breadcrumb a").last.click()
    supervisor.press("Việc khác")
    supervisor.press("Biểu số liệu")
    rows = page.locator(".figure-row")
    asked = (("Số camera đã kiểm đếm", "Số"), ("Cách kiểm đếm", "Lựa chọn"), ("Ngày kiểm đếm xong", "Ngày"))
    for at, (label, kind) in enumerate(asked):
        rows.nth(at).locator("[name$=-label]").fill(label)
        rows.nth(at).locator("[name$=-kind]").select_option(label=kind)
        rows.nth(at).locator("[name$=-required]").check()
    rows.nth(1).locator("summary").click()
    rows.nth(1).locator("[name$=-options]").fill("Đến từng nơi\nTheo hồ sơ")
    supervisor.press("Đặt biểu số liệu")
    supervisor.sees("Đã đặt biểu số liệu")


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def work_row(page: Page, *words: str) -> Locator:
    """Return the row of "Việc của tôi" that says all this."""
    row = page.locator(".work-row")
    for some in words:
        row = row.filter(has_text=some)
    return row.first


def duty_row(page: Page, *words: str) -> Locator:
    """Return the row of a letter's duties that says all this."""
    row = page.locator("main table tbody tr")
    for some in words:
        row = row.filter(has_text=some)
    return row.first


def fact(page: Page, name: str) -> Locator:
    return page.locator(".facts div", has=page.locator("dt", has_text=name)).locator("dd").first


class Hand:
    """A hand on a mouse, whose every click counts: into a field, on a choice, in the window where a file is chosen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def write(self, label: str, text: str) -> None:
        self.click(self.page.locator("#bao-cao").get_by_label(label))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, choice: str) -> None:
        self.page.locator("#bao-cao").get_by_label(label).select_option(label=choice)
        self.clicks += 2  # the list is opened, the choice is made

    def attach(self, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.click(self.page.locator("#bao-cao").get_by_label("Tệp minh chứng"))
        chooser.value.set_files(file)
        self.clicks += 2  # the file, then "Open": that window is not the browser's to count

    def begin(self, duty: str) -> None:
        """Come from wherever the last duty ended to the form of this one."""
        if self.page.url.rstrip("/").count("/") > 2:
            self.click(self.page.get_by_role("link", name="Việc của tôi").first)
        self.click(work_row(self.page, duty).get_by_role("link", name="Báo cáo", exact=True))
        self.write("Tỷ lệ hoàn thành", "100")

    def send(self) -> int:
        """Send the report; return the clicks that the duty took."""
        self.click(self.page.get_by_role("button", name="Gửi báo cáo"))
        expect(fact(self.page, "Tình trạng")).to_contain_text("Chờ xác nhận")
        taken, self.clicks = self.clicks, 0
        return taken


def test_an_officer_reports_three_duties_done_in_under_ten_clicks_each(people, tmp_path):
    officer = people["officer"]
    list_of_cameras = tmp_path / "danh-muc-camera.txt"
    list_of_cameras.write_text("Danh mục camera giám sát\n", encoding="utf-8")
    officer.page.goto("/")
    hand = Hand(officer.page)

    hand.begin(PUBLISH)
    hand.write("Kết quả", "Đã đăng quy chuẩn và danh mục trên Cổng Thông tin điện tử.")
    by_words = hand.send()

    hand.begin(COUNT)
    hand.write("Kết quả", "Đã kiểm đếm xong ba hệ thống.")
    hand.write("Số camera đã kiểm đếm", "126")
    hand.choose("Cách kiểm đếm", "Đến từng nơi")
    hand.write("Ngày kiểm đếm xong", f"{today():%d/%m/%Y}")
    with_figures = hand.send()
    officer.sees("126")

    hand.begin(MONTHLY)
    hand.write("Kết quả", "Đã gửi một hồ sơ đề xuất cấp độ.")
    hand.attach(list_of_cameras)
    with_file = hand.send()
    officer.sees("danh-muc-camera.txt")

    assert max(by_words, with_figures, with_file) <= MOST_CLICKS, (by_words, with_figures, with_file)


def test_a_supervisor_returns_a_report_accepts_the_next_and_reminds_the_missing_with_one_click(people):
    supervisor, island = people["supervisor"], people["island"]

    supervisor.page.goto("/")
    work_row(supervisor.page, RULES, ISLAND).get_by_role("link", name="Xem và trả lời").click()
    supervisor.page.get_by_text("Trả lại…").click()
    supervisor.fill(reason="Quy chế chưa có phần camera; đề nghị bổ sung.")
    supervisor.press("Trả lại báo cáo")
    supervisor.sees("Đã trả lại báo cáo, kèm lý do.")

    island.page.goto("/")
    work_row(island.page, RULES, "Bị trả lại").get_by_role("link", name="Báo cáo", exact=True).click()
    island.sees("Quy chế chưa có phần camera; đề nghị bổ sung.")
    island.fill(percentage="100", text="Đã bổ sung chương III về camera giám sát.")
    island.press("Gửi báo cáo")
    expect(fact(island.page, "Tình trạng")).to_contain_text("Chờ xác nhận")

    supervisor.page.goto("/")
    work_row(supervisor.page, RULES, ISLAND).get_by_role("link", name="Xem và trả lời").click()
    supervisor.sees("Đã bổ sung chương III về camera giám sát.")
    supervisor.press("Xác nhận hoàn thành")
    expect(fact(supervisor.page, "Tình trạng")).to_contain_text("Hoàn thành")

    supervisor.page.locator(".breadcrumb a", has_text=LETTER).click()
    supervisor.press("Tổng hợp")
    remind = supervisor.page.get_by_role("button", name=re.compile(r"Đôn đốc \d+ cơ quan"))
    [missing] = re.findall(r"\d+", remind.inner_text())
    remind.click()
    supervisor.sees(f"Đã đôn đốc {missing} cơ quan.")

    people["police"].page.goto("/thong-bao/")
    people["police"].sees("Nơi giao việc đôn đốc")


def test_many_acts_leave_a_phone_its_page_to_read(people):
    supervisor = people["supervisor"]
    page = supervisor.page
    page.goto("/van-ban/")
    page.get_by_role("link", name=LETTER).first.click()
    supervisor.press("Tổng hợp")
    page.set_viewport_size(PHONE)
    figures = page.locator(".counts li").last.bounding_box()
    page.goto("/nhiem-vu/")
    page.locator("main tbody a").first.click()
    page.locator(".breadcrumb a").last.click()
    covered, sideways = page.locator(".page-actions").bounding_box(), scrolls_sideways(page)
    supervisor.press("Việc khác")
    page.get_by_role("link", name="Lịch hạn").click()
    supervisor.sees("Lịch hạn")
    page.set_viewport_size(WIDE)

    assert covered and covered["height"] < PHONE["height"] / 8
    assert figures and figures["x"] + figures["width"] <= PHONE["width"] - 8
    assert not sideways


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice: LibreOffice is not installed")
def test_a_leader_approves_a_report_on_a_phone_gives_its_number_and_has_its_pdf(browser, running, people):
    address = people["supervisor"].submit_report(LETTER, f"{today():%d/%m/%Y}")
    leader = Visitor(browser, running.address, on_phone=True)
    leader.sign_in("khoi.le@dongson.example", DEMO_PASSWORD)
    page = leader.page

    row = page.locator(".work-row", has=page.locator(f"a[href='/{address.split('/', 3)[3]}']"))
    tap(page, row.get_by_role("link", name="Xem và duyệt"))
    tap(page, page.get_by_role("button", name="Duyệt văn bản"))
    tap(page, page.get_by_role("link", name="Cấp số và phát hành"))
    leader.fill(number="18", issued_on=f"{today():%d/%m/%Y}")
    tap(page, page.get_by_role("button", name="Phát hành văn bản"))
    expect(page.get_by_role("heading", level=1)).to_have_text("18/BC-UBND")
    made = page.get_by_role("link", name=re.compile("Tải bản PDF"))
    expect(made).to_be_visible(timeout=90_000)  # issuing asked for it; the page comes to it by itself
    assert not scrolls_sideways(page)
    with page.expect_download() as download:
        made.tap()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def tap(page: Page, what: Locator) -> None:
    """Touch what is there to touch, on a page that fits the phone."""
    expect(what).to_be_visible()
    assert not scrolls_sideways(page), page.url
    what.tap()


def test_an_office_without_account_fills_a_workbook_offline_and_its_reports_are_taken_in(people, tmp_path):
    supervisor = people["supervisor"]
    page = supervisor.page

    page.goto("/tep-ngoai-tuyen/")
    supervisor.press("Phát tệp")
    page.get_by_label(WITHOUT_ACCOUNT, exact=True).check()
    with page.expect_download() as download:
        supervisor.press("Phát và tải về")
    sent_back = tmp_path / download.value.suggested_filename
    download.value.save_as(sent_back)
    fill_in_office(sent_back)

    page.goto("/tep-ngoai-tuyen/")
    page.get_by_role("link", name=WITHOUT_ACCOUNT).first.click()
    page.locator("[name=file]").set_input_files(sent_back)
    supervisor.fill(signed_by=SIGNER)
    supervisor.press("Kiểm tra tệp")
    new = page.locator(".offline-row", has_text="Báo cáo mới")
    expect(new).to_have_count(2)
    expect(new.filter(has_text=COUNT)).to_contain_text("Đã kiểm đếm xong 12 camera của xã")
    expect(new.filter(has_text=COUNT)).to_contain_text("Theo hồ sơ")
    expect(new.filter(has_text=COUNT)).to_contain_text("Cơ quan chưa báo cáo lần nào.")
    supervisor.press("Áp dụng")
    supervisor.sees("Đã ghi 2 báo cáo.")

    page.goto("/van-ban/")
    page.get_by_role("link", name=LETTER).first.click()
    duty_row(page, COUNT, WITHOUT_ACCOUNT).get_by_role("link").first.click()
    expect(fact(page, "Tình trạng")).to_contain_text("Chờ xác nhận")
    supervisor.sees("Đã kiểm đếm xong 12 camera của xã")
    supervisor.sees(f"Nhập từ tệp ngoại tuyến, người ký: {SIGNER}")


def fill_in_office(path: Path) -> None:
    """Fill in the workbook as an office does: two duties of many, and the figures of one."""
    book = openpyxl.load_workbook(path)
    answer(book["Tiến độ"], SPREAD, {"Tỷ lệ hoàn thành (%)": 60, "Kết quả": "Đã phổ biến tới 8/10 thôn"})
    answer(book["Tiến độ"], COUNT, {"Tỷ lệ hoàn thành (%)": 100, "Kết quả": "Đã kiểm đếm xong 12 camera của xã"})
    answer(book["Số liệu"], "Số camera đã kiểm đếm", {"Giá trị": 12})
    answer(book["Số liệu"], "Cách kiểm đếm", {"Giá trị": "Theo hồ sơ"})
    answer(book["Số liệu"], "Ngày kiểm đếm xong", {"Giá trị": today()})
    book.save(path)


def answer(sheet, words: str, answers: dict[str, object]) -> None:
    """Write answers by their heading into the one row that says these words."""
    headings = {cell.value: cell.column for cell in sheet[3]}
    [row] = [row for row in sheet.iter_rows(min_row=4) if any(words in str(cell.value) for cell in row)]
    for heading, value in answers.items():
        sheet.cell(row[0].row, headings[heading]).value = value
