"""Every answer of every address carries the headers that protect its reader, and no page holds what they forbid.

The walk is made from the table of addresses, as the cast's is, so that a new view is not forgotten.
"""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from test_whose_eyes import addresses, body_of, signed_in

pytestmark = pytest.mark.django_db

STATIC = sorted(
    file.relative_to(folder).as_posix()
    for folder in Path(django_settings.SITE_FOLDER).parent.glob("*/static")
    for file in folder.rglob("*")
    if file.is_file()
)
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": None,  # falls back to default-src
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class Inline(HTMLParser):
    """Collects what a strict policy forbids: scripts and styles in the page, handlers, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name.startswith(("on", "hx-on")) or name == "style"]
        runs = ("javascript:", "data:text", "vbscript:")
        self.found += [
            f"{tag} {name}={value}" for name, value in names.items() if value.strip().lower().startswith(runs)
        ]
        elsewhere = [names.get("src", ""), names.get("href", "") if tag == "link" else ""]
        self.found += [f"{tag} {address}" for address in elsewhere if "//" in address]

    handle_startendtag = handle_starttag


def lacking(answer: HttpResponse, *, stored: bool = False) -> list[str]:
    """Return what is missing or too much in the answer's headers and page."""
    wrong = [name for name, value in WANTED.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    wrong += [f"policy {name}" for name, value in DIRECTIVES.items() if rules.get(name) != value]
    wrong += ["policy unsafe"] if "unsafe" in policy or "*" in policy else []
    wrong += [] if "camera=()" in answer.get("Permissions-Policy", "") else ["Permissions-Policy"]
    kept = answer.get("Cache-Control", "")
    wrong += [] if stored or ("no-store" in kept and "private" in kept) else [f"Cache-Control {kept}"]
    return wrong + list(_inline(answer))


def _inline(answer: HttpResponse) -> Iterator[str]:
    if answer.get("Content-Type", "").startswith("text/html"):
        page = Inline()
        page.feed(body_of(answer))
        yield from page.found


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "who", ["administrator", pytest.param("owner", marks=SLOW), pytest.param("outsider", marks=SLOW), None]
)
def test_every_address_answers_with_the_headers_and_a_clean_page(world, who):
    client = signed_in(world.people[who]) if who else Client(raise_request_exception=False)
    walked = addresses(world)
    met: set[int] = set()

    # What is sent last may end the session; its answers count too.
    for ask in (client.get, client.put, as_fragment(client), client.post):
        for address in walked:
            answer = ask(address)
            met.add(answer.status_code)
            asked = f"{who} {answer.request['REQUEST_METHOD']} {address} {answer.status_code}"
            assert lacking(answer) == [], asked
            answer.close()  # a workbook that nobody reads to its end

    assert met >= ({200, 302, 404, 405, 422} if who else {200, 302, 404})
    assert 403 in met or who in (None, "administrator")


def as_fragment(client: Client) -> Callable[[str], HttpResponse]:
    return lambda address: client.get(address, headers={"HX-Request": "true"})


def test_exports_and_downloads_carry_them_too(world):
    client = signed_in(world.people["administrator"])
    told = []

    for address in addresses(world):
        for form in ("csv", "xlsx"):
            answer = client.get(address, {"xuat": form})
            told.append(answer.get("Content-Disposition", ""))
            assert lacking(answer) == [], f"{address} {form}"
            answer.close()  # a workbook that nobody reads to its end

    assert len([disposition for disposition in told if disposition.startswith("attachment")]) >= 10
    assert not [disposition for disposition in told if disposition and not disposition.startswith("attachment")]


@pytest.mark.parametrize("name", STATIC)
def test_static_files_carry_them_and_may_be_kept(client, name):
    answer = client.get(f"/static/{name}")
    answer.close()

    assert (answer.status_code, lacking(answer, stored=True)) == (200, [])
    assert "no-store" not in answer["Cache-Control"]


def test_what_is_refused_before_a_view_carries_them(client, settings):
    strict = Client(enforce_csrf_checks=True)
    sign_in = reverse("account_login")
    forged = strict.post(reverse("language"), {})
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous": (0, 1)}

    answers = {
        403: forged,
        413: client.post(sign_in, b"x" * 70_000, content_type="text/plain"),
        411: client.post(sign_in, CONTENT_LENGTH=""),
        429: client.post(sign_in, {"login": "x"}),
        400: client.get("/", headers={"host": "evil.example"}),
        404: client.get("/khong-co/"),
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert {status: lacking(answer) for status, answer in answers.items() if lacking(answer)} == {}


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("hong/", fail), path("", include("ancam.site.urls"))]


@pytest.mark.urls(__name__)
def test_a_defect_answers_with_them_and_tells_nothing_of_itself(world):
    answer = signed_in(world.people["administrator"]).get("/hong/")

    assert (answer.status_code, lacking(answer)) == (500, [])
    assert "ZeroDivision" not in body_of(answer) and "Traceback" not in body_of(answer)


def test_over_tls_browsers_are_told_to_come_back_by_tls_only(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    encrypted, plain = client.get("/healthz", secure=True), client.get("/healthz")

    assert encrypted["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain
