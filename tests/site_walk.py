"""Walking a running AnCam as a person does: sign in, follow every kind of link once."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
MOST_PAGES = 80


def person_context(browser: Browser, address: str, email: str, password: str) -> BrowserContext:
    """Return a browser context in which this person is signed in."""
    context = browser.new_context(base_url=address, viewport=WIDE, locale="vi-VN")
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    page.close()
    return context


def kinds_of_pages(page: Page, start: str = "/") -> Iterator[str]:
    """Open one page of each kind that can be reached from `start`, and yield its kind while it is open.

    Two addresses are of one kind when they differ only in numbers and codes, or only in their query. Links that
    download and links elsewhere are not followed.
    """
    waiting, seen = [start], {kind_of(start)}
    while waiting and len(seen) <= MOST_PAGES:
        path = waiting.pop(0)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        yield kind_of(path)
        for link in page.locator("a[href]:not([download])").evaluate_all("links => links.map(link => link.href)"):
            parts = urlsplit(link)
            if parts.netloc != urlsplit(page.url).netloc or "/tep" in parts.path or "xuat=" in parts.query:
                continue
            if (kind := kind_of(parts.path)) not in seen:
                seen.add(kind)
                waiting.append(parts.path)


def kind_of(path: str) -> str:
    """Return the path with every part that holds a digit left open: `/van-ban/7/` is `van-ban-N`."""
    parts = [re.sub(r".*\d.*", "N", part) for part in path.strip("/").split("/")]
    return "-".join(parts) or "home"


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
