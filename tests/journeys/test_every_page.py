"""Every kind of page that each role can reach, over the invented province: usable by all, on a phone too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from running_ancam import DEMO_PASSWORD
from site_walk import PHONE, WIDE, kinds_of_pages, person_context, scrolls_sideways

pytestmark = [pytest.mark.journey, pytest.mark.network, pytest.mark.slow]

PEOPLE = {
    "administrator": "long.trinh@dongson.example",
    "officer": "an.nguyen@dongson.example",
    "commune officer": "anh.ly@dongson.example",
    "auditor": "phuoc.ngo@dongson.example",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory, province):
    with province.copy(tmp_path_factory.mktemp("demo") / "data") as running:
        yield running


def serious_issues(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical on the page that is open."""
    found = Axe().run(page).response["violations"]
    return [
        f"{issue['id']}: {node['html'][:160]}"
        for issue in found
        if issue["impact"] in {"serious", "critical"}
        for node in issue["nodes"][:3]
    ]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_is_accessible_fits_a_phone_and_breaks_no_policy(browser, demo, role):
    context = person_context(browser, demo.address, PEOPLE[role], DEMO_PASSWORD)
    page = context.new_page()
    complaints: list[str] = []
    seen: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for kind in kinds_of_pages(page):
        seen.append(kind)
        complaints += [f"{kind} (1440): {issue}" for issue in serious_issues(page)]
        page.set_viewport_size(PHONE)
        complaints += [f"{kind} (390): {issue}" for issue in serious_issues(page)]
        complaints += [f"{kind} scrolls sideways"] if scrolls_sideways(page) else []
        page.set_viewport_size(WIDE)
    context.close()

    assert complaints == []
    assert {"home", "van-ban", "nhiem-vu", "van-ban-phat-hanh"} <= set(seen)
