"""`make screens`: a picture of every page for every role, wide and phone, over the invented province.

usage: screens.py FOLDER
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from chromium import CHROMIUM, SWITCHES
from running_ancam import DEMO_PASSWORD, RunningAnCam
from site_walk import PHONE, WIDE, kinds_of_pages, person_context, scrolls_sideways

PEOPLE = {
    "quan-tri": "long.trinh@dongson.example",
    "lanh-dao": "khoi.le@dongson.example",
    "chuyen-vien": "an.nguyen@dongson.example",
    "chuyen-vien-xa": "anh.ly@dongson.example",
    "tham-dinh": "sang.bui@dongson.example",
    "kiem-tra": "phuoc.ngo@dongson.example",
    "nguoi-doc": "yen.mai@dongson.example",
}


def main(folder: Path) -> None:
    """Write PNG files named `ROLE-PAGE-SIZE.png` into the folder, and say which pages scroll sideways on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        with RunningAnCam(Path(data) / "empty") as ancam:
            picture_anonymous(browser, ancam.address, ancam.first_link, folder)
        with RunningAnCam(Path(data) / "demo", demo_password=DEMO_PASSWORD) as ancam:
            for role, email in PEOPLE.items():
                picture_role(browser, ancam.address, role, email, folder)
        browser.close()


def picture_anonymous(browser: Browser, address: str, first_link: str, folder: Path) -> None:
    context = browser.new_context(base_url=address, locale="vi-VN")
    page = context.new_page()
    addresses = {"dang-nhap": "/dang-nhap/", "dang-ky": first_link, "het-han": "/dang-ky/het-han/", "404": "/khong-co/"}
    for name, path in addresses.items():
        for size, viewport in (("rong", WIDE), ("dien-thoai", PHONE)):
            page.set_viewport_size(viewport)
            page.goto(path)
            page.screenshot(path=folder / f"khach-{name}-{size}.png", full_page=True)
    context.close()


def picture_role(browser: Browser, address: str, role: str, email: str, folder: Path) -> None:
    context = person_context(browser, address, email, DEMO_PASSWORD)
    page = context.new_page()
    for kind in kinds_of_pages(page):
        for size, viewport in (("rong", WIDE), ("dien-thoai", PHONE)):
            page.set_viewport_size(viewport)
            page.screenshot(path=folder / f"{role}-{kind}-{size}.png", full_page=True)
            if scrolls_sideways(page):
                print(f"cuộn ngang: {role} {kind} {size}")
        page.set_viewport_size(WIDE)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
