"""Signing in with more than a password, in a real browser: an app's code, a passkey, OpenID Connect, SAML."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from ancam.accounts.one_time_codes import code_of, step_at
from openid_provider import CLIENT, SECRET, OpenIdProvider
from running_ancam import DEMO_PASSWORD, RunningAnCam
from saml_provider import SamlProvider
from site_walk import PHONE, WIDE, scrolls_sideways
from visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.network, pytest.mark.slow]

EMAIL = "an.nguyen@dongson.example"


@pytest.fixture
def demanding(tmp_path: Path, province: RunningAnCam):
    """AnCam over the invented province, where administrators must sign in twice over."""
    with province.copy(tmp_path / "data", ANCAM_SECOND_FACTOR_ROLES="administrator") as running:
        # A browser knows passkeys under a name, never under a number.
        running.address = running.address.replace("127.0.0.1", "localhost")
        yield running


class Entrant(Visitor):
    """Someone at the door, whose browser complains to us of everything it refuses."""

    def __init__(self, browser: Browser, address: str) -> None:
        super().__init__(browser, address)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def give_password(self, email: str) -> None:
        """Open the door and give e-mail and password."""
        self.page.goto("/dang-nhap/")
        self.fill(login=email, password=DEMO_PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()

    def comes_in(self) -> None:
        """Expect the first page, which nobody sees before they are in."""
        expect(self.page.locator("h1")).to_have_text("Việc của tôi")

    def sign_out(self) -> None:
        """Sign out by the page that asks."""
        self.page.goto("/dang-xuat/")
        self.page.locator("main").get_by_role("button", name="Đăng xuất").click()
        self.page.wait_for_url("**/dang-nhap/")

    def add_app(self) -> str:
        """Add an authenticator app from the page that offers it; return its secret."""
        self.press("Thêm ứng dụng tạo mã")
        picture = self.page.locator(".totp-picture")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")  # once it has come
        self.page.locator("summary").click()
        secret = "".join(self.page.locator(".totp-secret").inner_text().split())
        self.fill(code=code_now(secret))
        self.press("Thêm ứng dụng")
        return secret

    def plug_in_key(self) -> None:
        """Give the browser a key as a phone or a laptop carries, whose holder always agrees."""
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_now(secret: str, steps_ahead: int = 0) -> str:
    return code_of(secret, step_at(datetime.now(UTC) + timedelta(seconds=30 * steps_ahead)))


def test_an_administrator_must_set_up_an_app_and_signs_in_with_its_code(browser, demanding):
    first = Entrant(browser, demanding.address)
    first.give_password("long.trinh@dongson.example")
    first.sees("Vai trò của anh/chị phải đăng nhập hai lớp")
    first.page.goto("/nguoi-dung/")
    first.sees("Thiết lập xác thực hai lớp")

    secret = first.add_app()
    first.sees("Mã dự phòng")
    recovery = first.page.locator("#codes").input_value().split()
    first.press("Đã cất mã, tiếp tục")
    first.page.goto("/nguoi-dung/")
    expect(first.page.locator("h1")).to_have_text("Người dùng")

    again = Entrant(browser, demanding.address)
    again.give_password("long.trinh@dongson.example")
    again.fill(code=code_now(secret, steps_ahead=1))
    again.press("Tiếp tục")
    again.comes_in()

    without_phone = Entrant(browser, demanding.address)
    without_phone.give_password("long.trinh@dongson.example")
    without_phone.fill(code=recovery[0])
    without_phone.press("Tiếp tục")
    without_phone.comes_in()

    assert len(recovery) == 10
    assert first.complaints + again.complaints + without_phone.complaints == []
    assert demanding.command("audit", "verify").returncode == 0


def test_a_person_signs_in_with_a_passkey_alone_and_as_the_second_step(browser, demanding):
    person = Entrant(browser, demanding.address)
    person.give_password(EMAIL)
    person.comes_in()
    person.page.goto("/ho-so/")
    person.plug_in_key()
    person.press("Thêm khóa truy cập")
    person.fill(name="Máy tính cơ quan")
    person.press("Thêm khóa")
    person.sees("Mã dự phòng")
    person.page.goto("/ho-so/")
    person.sees("Khóa truy cập: Máy tính cơ quan")

    person.sign_out()
    person.press("Đăng nhập bằng khóa truy cập")
    person.comes_in()

    person.sign_out()
    person.give_password(EMAIL)
    person.sees("Xác thực hai lớp")
    person.press("Dùng khóa truy cập")
    person.comes_in()

    stranger = Entrant(browser, demanding.address)
    stranger.plug_in_key()
    stranger.page.goto("/dang-nhap/")
    stranger.press("Đăng nhập bằng khóa truy cập")
    stranger.sees("Chưa nhận được khóa truy cập")

    assert person.complaints == []
    assert "/dang-nhap/" in stranger.page.url


def test_a_person_signs_in_by_openid_connect_and_ends_a_session_elsewhere(browser, tmp_path, province):
    claims = {"sub": "can-bo-7", "email": EMAIL, "email_verified": True}
    with OpenIdProvider(**claims) as provider:
        settings = {
            "ANCAM_OIDC_ISSUER": provider.address,
            "ANCAM_OIDC_CLIENT_ID": CLIENT,
            "ANCAM_OIDC_CLIENT_SECRET": SECRET,
            "ANCAM_OIDC_NAME": "tài khoản công vụ",
        }
        with province.copy(tmp_path / "data", **settings) as running:
            elsewhere = Entrant(browser, running.address)
            elsewhere.give_password(EMAIL)
            elsewhere.comes_in()
            person = Entrant(browser, running.address)
            person.page.goto("/dang-nhap/")
            picture(person, tmp_path, "dang-nhap")
            person.press("Đăng nhập bằng tài khoản công vụ")
            person.comes_in()
            person.page.goto("/ho-so/")
            person.sees("Tài khoản đăng nhập một lần")
            picture(person, tmp_path, "ho-so")
            person.page.get_by_role("button", name="Kết thúc phiên").first.click()
            person.sees("Đã kết thúc phiên trên thiết bị đó.")
            elsewhere.page.goto("/ho-so/")
            assert elsewhere.page.url.endswith("/dang-nhap/?next=/ho-so/")

            provider.claims = {"sub": "nguoi-la", "email": "la@dongson.example", "email_verified": True}
            elsewhere.press("Đăng nhập bằng tài khoản công vụ")
            elsewhere.sees("Tài khoản này chưa được dùng ở đây")

            assert person.complaints == []
            assert running.command("audit", "verify").returncode == 0


def test_a_person_signs_in_by_saml_from_another_site(browser, tmp_path, province):
    elsewhere = "http://dang-nhap.dongson.example/saml"
    provider = SamlProvider(elsewhere, email=EMAIL)
    (tmp_path / "metadata.xml").write_text(provider.metadata(), encoding="utf-8")
    settings = {
        "ANCAM_SAML_METADATA": str(tmp_path / "metadata.xml"),
        "ANCAM_SAML_NAME": "tài khoản công vụ",
    }

    def consent(route: Route) -> None:
        answer = provider.answer(route.request.url)
        back = f"{running.address.rstrip('/')}/dang-nhap/saml/ve/"
        field = f'<input type="hidden" name="SAMLResponse" value="{answer}">'
        form = f'<form method="post" action="{back}">{field}<button>Đồng ý</button></form>'
        route.fulfill(content_type="text/html; charset=utf-8", body=form)

    with province.copy(tmp_path / "data", **settings) as running:
        person = Entrant(browser, running.address)
        person.context.route(f"{elsewhere}**", consent)
        person.page.goto("/dang-nhap/")
        person.press("Đăng nhập bằng tài khoản công vụ")
        person.press("Đồng ý")
        person.comes_in()

        assert person.complaints == []


def picture(person: Entrant, folder: Path, name: str) -> None:
    """Keep the page as a picture, wide and on a phone, and expect that it fits both."""
    for size, viewport in (("dien-thoai", PHONE), ("rong", WIDE)):
        person.page.set_viewport_size(viewport)
        person.page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
        assert not scrolls_sideways(person.page), name


def test_the_pages_fit_a_phone(browser, demanding, tmp_path):
    person = Entrant(browser, demanding.address)
    person.give_password("long.trinh@dongson.example")
    addresses = ["/bao-mat/thiet-lap/", "/bao-mat/ung-dung/", "/bao-mat/khoa/them/"]

    for address in addresses:
        person.page.goto(address)
        picture(person, tmp_path, address.strip("/").replace("/", "-"))
