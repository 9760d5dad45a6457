"""Real mails of a running AnCam: an invitation opens the door, a new e-mail is confirmed, the old one is told."""

import re
from email.message import EmailMessage

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from running_ancam import DEMO_PASSWORD
from site_walk import PHONE, WIDE, person_context, scrolls_sideways
from smtp_sink import smtp_sink

pytestmark = [pytest.mark.journey, pytest.mark.network, pytest.mark.slow]

NEW_PASSWORD = "chim sáo sang sông"
FIRST, SECOND = "huong.hoang@dongson.example", "huong.ht@dongson.example"


def link_in(message: EmailMessage) -> str:
    found = re.search(r"http\S+/(?:chao-mung|xac-nhan-thu)/\S+", message.get_content())
    assert found
    return found.group()


def look(page: Page) -> None:
    """Judge the page that is open, wide and on a phone."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        assert not scrolls_sideways(page), page.url
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == [], page.url


def test_who_is_invited_by_mail_comes_in_and_later_changes_their_email(browser, tmp_path, province):
    with smtp_sink(tmp_path / "mail") as sink:
        settings = {"ANCAM_EMAIL_URL": sink.url(), "SSL_CERT_FILE": str(sink.certificate)}
        settings["ANCAM_MAIL_FROM"] = "ancam@dongson.example"
        with province.copy(tmp_path / "data", **settings) as ancam:
            office = person_context(browser, ancam.address, "long.trinh@dongson.example", DEMO_PASSWORD).new_page()
            office.goto("/nguoi-dung/them/")
            look(office)
            office.get_by_label("Họ và tên").fill("Hoàng Thị Thanh Hương")
            office.get_by_label("Chức vụ").fill("Phó Trưởng phòng Hạ tầng số")
            office.locator("#id_email").fill(FIRST)
            office.locator("#id_agency").select_option(index=1)
            office.locator("#id_role").select_option("officer")
            office.get_by_role("button", name="Thêm người dùng").click()
            office.get_by_text("Đường dẫn đặt mật khẩu còn hạn đến").wait_for()
            invitation = link_in(sink.mail_to(FIRST, "Đặt mật khẩu"))
            office.reload()
            look(office)

            person = browser.new_context(base_url=ancam.address, locale="vi-VN").new_page()
            person.goto(invitation)
            person.get_by_label("Mật khẩu", exact=False).first.fill(NEW_PASSWORD)
            person.get_by_label("Nhập lại mật khẩu").fill(NEW_PASSWORD)
            person.get_by_role("button", name="Đặt mật khẩu").click()
            person.goto("/ho-so/thu-dien-tu/")
            look(person)
            person.get_by_label("Thư điện tử mới").fill(SECOND)
            person.get_by_role("button", name="Gửi đường dẫn xác nhận").click()
            person.get_by_text(f"Chờ xác nhận thư điện tử mới: {SECOND}").wait_for()
            look(person)
            assert SECOND in sink.mail_to(FIRST, "Đổi thư điện tử").get_content()
            person.goto(link_in(sink.mail_to(SECOND, "Xác nhận thư điện tử")))
            look(person)
            person.get_by_role("button", name="Xác nhận").click()
            person.get_by_text(f"Từ nay đăng nhập bằng {SECOND}.").wait_for()

            person_context(browser, ancam.address, SECOND, NEW_PASSWORD)
            assert len(sink.messages) == 3
