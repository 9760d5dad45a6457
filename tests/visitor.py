"""What a person does in the browser, in the words they read there."""

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from site_walk import PHONE, WIDE

PASSWORD = "con-mèo-trèo-cây-cau"


class Visitor:
    """Someone at a browser of their own: at a desk, or with a phone in hand."""

    def __init__(self, browser: Browser, address: str, *, on_phone: bool = False) -> None:
        held = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if on_phone else {"viewport": WIDE}
        self.context: BrowserContext = browser.new_context(
            base_url=address, locale="vi-VN", accept_downloads=True, **held
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def fill(self, **fields: str) -> None:
        """Fill fields by the name they have in the form, as their labels are read together with their help."""
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]:visible").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def press(self, words: str) -> None:
        """Press the button, or follow the link, of these words."""
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        button = self.page.get_by_role("button", name=exact).or_(self.page.get_by_role("link", name=exact))
        button.first.click()

    def sees(self, words: str) -> None:
        """Expect these words on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def register_instance(self, link: str) -> None:
        """Open the one-time link and register the province and its administrator."""
        self.page.goto(link)
        self.fill(name="Ủy ban nhân dân tỉnh Đông Sơn", kind="Ủy ban nhân dân tỉnh", place="Đông Sơn", symbol="UBND")
        self.fill(full_name="Trịnh Bảo Long", email="long@dongson.example", password1=PASSWORD, password2=PASSWORD)
        self.press("Đăng ký và bắt đầu")
        self.page.wait_for_url("**/")

    def add_agency(self, name: str, kind: str, place: str, symbol: str) -> None:
        """Add an agency under the root."""
        self.page.goto("/co-quan/")
        self.page.get_by_role("link", name="Ủy ban nhân dân tỉnh Đông Sơn").last.click()
        self.press("Thêm cơ quan trực thuộc")
        self.fill(name=name, kind=kind, place=place, symbol=symbol)
        self.page.locator("main form button[type=submit]").first.click()
        self.sees(name)

    def add_person(self, full_name: str, email: str, agency: str, role: str) -> str:
        """Add a person and return the one-time link to hand over."""
        self.page.goto("/nguoi-dung/them/")
        self.fill(full_name=full_name, email=email, role=role)
        choice = self.page.locator("[name=agency] option", has_text=agency).first.get_attribute("value")
        self.page.locator("[name=agency]").select_option(value=choice)
        self.press("Thêm và lấy đường dẫn")
        return self.page.locator("#address").input_value()

    def accept_welcome(self, link: str) -> None:
        """Open one's one-time link and set the password."""
        self.page.goto(link)
        self.fill(password1=PASSWORD, password2=PASSWORD)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url("**/")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in and come to the first page."""
        self.page.goto("/dang-nhap/")
        self.page.get_by_label("Thư điện tử").fill(email)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.press("Đăng nhập")
        self.page.wait_for_url("**/")

    def upload(self, letter: Path) -> None:
        """Send a letter and come to its review."""
        self.page.goto("/van-ban/tai-len/")
        self.page.locator("input[type=file]").set_input_files(letter)
        self.press("Tải lên và đọc")

    def confirm_everything(self) -> None:
        """Confirm what is certain at once, then each remaining obligation by its own button."""
        self.press("Xác nhận mục chắc chắn")
        proposed = self.page.locator("[data-duty][data-state=proposed]")
        while proposed.count():
            before = proposed.count()
            proposed.first.get_by_role("button", name="Xác nhận").click()
            expect(proposed).to_have_count(before - 1)

    def decide_impossible_date(self) -> None:
        """Say what the deadline is where the letter names a day that does not exist."""
        card = self.page.locator("[data-duty]", has_text="không tồn tại").first
        card.get_by_role("link", name="Sửa", exact=True).click()
        self.fill(deadline_operator="chậm nhất ngày", deadline_on="28/02/2027")
        self.page.locator("main form button[type=submit]:visible", has_text="Lưu").first.click()
        expect(self.page.locator("[data-duty]", has_text="28/02/2027").first).to_be_visible()

    def duty(self, clause: str) -> Locator:
        """Return the card of the one duty of a clause on the review page."""
        exact = re.compile(rf"^\s*{re.escape(clause)}\s*$")
        return self.page.locator("[data-duty]", has=self.page.locator(".duty-name a", has_text=exact))

    def correct(self, clause: str, field: str, **values: str) -> None:
        """Open one field of a duty by its button, enter what it is and save it, all within the card."""
        self.duty(clause).get_by_role("link", name=f"{field}: sửa").click()
        self.fill(**values)
        self.duty(clause).get_by_role("button", name="Lưu", exact=True).click()
        expect(self.duty(clause).locator("[data-field-form]")).to_have_count(0)

    def downloads(self, words: str) -> bytes:
        """Press what downloads a file, and return its bytes."""
        with self.page.expect_download() as coming:
            self.press(words)
        return Path(coming.value.path()).read_bytes()

    def assign(self, clause: str, agency: str) -> None:
        """On the page of assignment, give the obligation of this clause to this agency."""
        exact = re.compile(rf"^\s*{re.escape(clause)}\s*$")
        row = self.page.locator(".assign-row", has=self.page.locator("strong", has_text=exact))
        row.locator("input[name=obligations]").first.check()
        self.page.locator(".assign-row", has_text=agency).locator("input[name=agencies]").check()
        with self.page.expect_navigation():
            self.press("Xem trước")
        with self.page.expect_navigation():
            self.press("Giao nhiệm vụ")

    def report_progress(self, percentage: str, text: str, evidence: Path) -> None:
        """Fill in the progress form of the assignment that is open, with a file."""
        self.fill(percentage=percentage, text=text)
        self.page.locator("input[type=file]").set_input_files(evidence)
        self.page.locator("main form button[type=submit]", has_text="Gửi").first.click()

    def submit_report(self, title: str, period_to: str) -> str:
        """Draft the progress report of the letter with this number, lay it before the leader, return its address."""
        self.page.goto("/van-ban/")
        self.page.get_by_role("link", name=title).first.click()
        self.press("Lập báo cáo")
        self.fill(period_from="01/11/2026", period_to=period_to, symbol="BC-UBND")
        self.fill(signer_role="CHỦ TỊCH", signer_name="Lê Minh Khôi")
        self.press("Lưu dự thảo để trình")
        self.press("Trình lãnh đạo duyệt")
        self.sees("Chờ lãnh đạo duyệt")
        return self.page.url

    def issue(self, paper: str, number: str, issued_on: str) -> bytes:
        """Give an approved paper its number and day, and return the downloaded file."""
        self.page.goto(paper)
        self.press("Cấp số và phát hành")
        self.fill(number=number, issued_on=issued_on)
        self.press("Phát hành văn bản")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Tải văn bản").click()
        return Path(download.value.path()).read_bytes()
