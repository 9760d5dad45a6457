"""The frame around every page: menu, policy, the pages of trouble."""

import html
import json
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_first_link

PAGES = ["profile", "agencies", "people", "person_add", "papers", "account_logout", "account_change_password"]
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE)


def test_no_page_holds_a_style_or_a_script_of_its_own(as_administrator: Client, root: Agency, officer: Person) -> None:
    pages = {name: as_administrator.get(reverse(name)) for name in PAGES}
    pages["agency"] = as_administrator.get(reverse("agency", args=[root.pk]))
    pages["agency_add"] = as_administrator.post(reverse("agency_add", args=[root.pk]), {})
    pages["person"] = as_administrator.post(reverse("role_add", args=[officer.pk]), {})
    pages["login"] = Client().get(reverse("account_login"))

    assert {name: INLINE.findall(page.content.decode()) for name, page in pages.items() if page.content} == {
        name: [] for name in pages
    }
    assert "script-src 'self'" in pages["agency"]["Content-Security-Policy"]


def test_the_menu_offers_what_the_role_uses(as_administrator: Client, as_officer: Client) -> None:
    for_administrator = as_administrator.get(reverse("agencies")).content.decode()
    for_officer = as_officer.get(reverse("agencies")).content.decode()

    address = f'href="{reverse("people")}"'
    assert address in for_administrator
    assert address not in for_officer
    assert len(re.findall(r'aria-current="page"', for_officer)) == 1


def test_the_frame_names_the_instance_the_person_and_the_regime(
    as_officer: Client, root: Agency, officer: Person
) -> None:
    page = as_officer.get(reverse("profile")).content.decode()

    assert root.name in page
    assert officer.full_name in page
    assert "<strong>2026</strong>" in page


def test_htmx_is_told_to_swap_refusals_and_to_run_no_code_from_pages(as_officer: Client) -> None:
    page = as_officer.get(reverse("profile")).content.decode()
    found = re.search(r'name="htmx-config"\s+content="([^"]+)"', page)

    assert found is not None
    config = json.loads(html.unescape(found.group(1)))
    swapped = [rule for rule in config["responseHandling"] if rule["swap"] and re.fullmatch(rule["code"], "422")]
    assert swapped
    assert not config["allowEval"]
    assert not config["includeIndicatorStyles"]


def test_every_page_has_its_landmarks_and_one_heading(as_officer: Client) -> None:
    page = as_officer.get(reverse("agencies")).content.decode()

    assert page.count("<h1") == page.count("<main") == page.count("<header") == 1
    assert 'href="#content"' in page
    assert "<caption" in page


def test_an_address_that_does_not_exist_is_told_in_words(as_officer: Client, root: Agency) -> None:
    for client in (as_officer, Client()):
        page = client.get("/khong-co/")

        assert page.status_code == 404
        assert "Việc tiếp theo:" in page.content.decode()


def test_a_form_without_its_token_is_told_in_words(officer: Person) -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.post(reverse("account_login"), {"login": officer.email, "password": "x"})

    assert page.status_code == 403
    assert "Đề nghị tải lại trang" in page.content.decode()


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_the_pages_of_last_resort_need_nothing(template: str) -> None:
    assert "Việc tiếp theo:" in render_to_string(template)


def test_a_person_in_no_agency_sees_an_empty_menu(root: Agency, officer: Person) -> None:
    officer.memberships.all().delete()

    page = signed_in_as(officer).get(reverse("profile")).content.decode()

    assert "menu-link" not in page


def test_before_the_first_agency_the_frame_stands(client: Client, db: None) -> None:
    make_first_link()

    assert client.get("/khong-co/").status_code == 404
