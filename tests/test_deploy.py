"""What is handed to operators works: the units are sound and closed, nginx stands in front of a running AnCam."""

import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from own_certificate import make_certificate
from running_ancam import free_port
from waiting import wait_until

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
NAME = "ancam.example"
EXPOSURE_AT_MOST = 30  # tenths, as systemd-analyze counts: "OK" ends at 5.0
MOST_RETURNED = 100_000
LINK_LEFT_OUT, HEALTH = '/..." ', '"GET /healthz" '

pytestmark = pytest.mark.slow


def needs(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{program}: not installed")
    return found


@pytest.fixture
def units(tmp_path) -> Path:
    """The units as they are handed out, with commands that are there."""
    ancam = Path(sys.executable).with_name("ancam")
    for unit in (*UNITS, *TIMERS):
        text = unit.read_text()
        (tmp_path / unit.name).write_text(text.replace("/opt/ancam/bin/ancam", str(ancam)))
    return tmp_path


@pytest.mark.parametrize("unit", [*UNITS, *TIMERS], ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong(units, unit):
    command = [needs("systemd-analyze"), "verify", "--man=no", str(units / unit.name)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, [line for line in done.stderr.splitlines() if "ancam" in line]) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_is_closed_to_what_it_does_not_need(units, unit):
    threshold = f"--threshold={EXPOSURE_AT_MOST}"
    command = [needs("systemd-analyze"), "security", "--offline=true", threshold, "--no-pager", str(units / unit.name)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-400:]


def test_every_command_of_the_units_is_one_that_exists():
    from ancam.cli.main import COMMANDS

    started = {words for unit in UNITS for words in re.findall(r"/opt/ancam/bin/ancam (\w+)", unit.read_text())}

    assert started and started <= set(COMMANDS)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str


def _asked(connection: HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    with contextlib.closing(connection):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())


class Front:
    """nginx by the recipe, on ports of its own, before an instance."""

    def __init__(self, http: int, https: int, certificate: Path, log: Path) -> None:
        self.http, self.https, self.log = http, https, log
        self.trust = ssl.create_default_context(cafile=str(certificate))

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = _Named(self.https, self.trust)
        sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return _asked(connection, method, path, body or None, sent)


class _Named(HTTPSConnection):
    """A connection to this machine that asks for the certificate of `NAME`."""

    def __init__(self, port: int, trust: ssl.SSLContext) -> None:
        super().__init__(NAME, port, context=trust, timeout=60)
        self.trust = trust

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), 60)
        self.sock = self.trust.wrap_socket(plain, server_hostname=NAME)


@pytest.fixture(scope="module")
def front(tmp_path_factory, prepared):
    nginx = needs("nginx")
    folder = tmp_path_factory.mktemp("front")
    certificate, key = make_certificate(folder, NAME)
    settings = {"ANCAM_BEHIND_TLS": "true", "ANCAM_ALLOWED_HOSTS": NAME}
    with prepared.copy(folder / "data", **settings) as ancam:
        front = Front(free_port(), free_port(), certificate, folder / "access.log")
        recipe = (DEPLOY / "nginx/ancam.conf").read_text()
        changes = {
            "ancam.tinh.gov.vn": NAME,
            "listen 80;": f"listen 127.0.0.1:{front.http};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{front.https} ssl http2;",
            "/etc/ancam/tls.pem": str(certificate),
            "/etc/ancam/tls.key": str(key),
            "http://127.0.0.1:8000": f"http://127.0.0.1:{ancam.port}",
            "/var/log/nginx/ancam.log": str(folder / "access.log"),
            "client_body_timeout 15s": "client_body_timeout 1s",
        }
        for said, here in changes.items():
            assert said in recipe
            recipe = recipe.replace(said, here)
        (folder / "ancam.conf").write_text(recipe)
        places = "".join(
            f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = (
            f"pid {folder / 'pid'}; events {{}} http {{ access_log off; {places} include {folder / 'ancam.conf'}; }}"
        )
        (folder / "nginx.conf").write_text(whole)
        command = [nginx, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert wait_until(lambda: _is_open(front.https, process), within_s=20), "nginx did not listen"
                yield front
            finally:
                process.terminate()


def _is_open(port: int, process: subprocess.Popen[str]) -> bool:
    assert process.poll() is None, process.stderr.read() if process.stderr else ""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@pytest.mark.parametrize("host", [NAME, "khac.example"])
def test_plain_http_is_sent_to_https_and_to_no_other_name(front, host):
    answer = _asked(HTTPConnection("127.0.0.1", front.http, timeout=30), "GET", "/van-ban/", None, {"Host": host})

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/van-ban/")


def test_the_sign_in_page_comes_with_the_headers_and_cookies_of_a_secure_site(front):
    answer = front.ask("GET", "/dang-nhap/")

    assert answer.status == 200 and "Đăng nhập" in answer.text
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)


def test_another_name_and_too_large_a_body_are_refused(front):
    assert front.ask("GET", "/dang-nhap/", Host="khac.example").status in (400, 421)
    assert front.ask("POST", "/dang-nhap/", Content_Length="40000000").status == 413


@pytest.mark.parametrize(
    "link", ["chao-mung", "CHAO-MUNG", "%63hao-mung", "dat-lai-mat-khau", "xac-nhan-thu", "lich-han"]
)
def test_the_log_holds_no_one_time_link_and_no_words_that_were_searched(front, link):
    links, healths = (front.log.read_text().count(line) for line in (LINK_LEFT_OUT, HEALTH))
    _asked(HTTPConnection("127.0.0.1", front.http, timeout=30), "GET", f"/{link}/Bi-Mat-1/", None, {"Host": NAME})
    front.ask("GET", f"/{link}/Bi-Mat-2/?q=loi-tim", Referer=f"https://{NAME}/{link}/Bi-Mat-3/")
    front.ask("GET", "/healthz")

    # nginx writes a line after its answer has left.
    assert wait_until(lambda: front.log.read_text().count(LINK_LEFT_OUT) == links + 2)
    assert wait_until(lambda: front.log.read_text().count(HEALTH) == healths + 1)
    lines = front.log.read_text()
    assert "Bi-Mat" not in lines and "loi-tim" not in lines


def test_a_body_that_comes_by_drops_is_let_go(front):
    plain = socket.create_connection(("127.0.0.1", front.https), 60)
    with front.trust.wrap_socket(plain, server_hostname=NAME) as slow:
        head = f"POST /dang-nhap/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nlogin="
        slow.sendall(head.encode())

        returned = slow.recv(MOST_RETURNED)

    assert returned == b"" or b" 408 " in returned.splitlines()[0]


def test_an_office_of_three_hundred_behind_one_address_is_let_in(front):
    with ThreadPoolExecutor(8) as office:
        answers = list(office.map(lambda _: front.ask("GET", "/dang-nhap/khoa/").status, range(300)))

    assert set(answers) == {302}


def test_who_forges_where_they_come_from_is_locked_out_all_the_same(front):
    page = front.ask("GET", "/dang-nhap/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    said = urlencode({"csrfmiddlewaretoken": token, "login": "ai@dongson.example", "password": "sai-mat-khau"}).encode()

    answers = [
        front.ask(
            "POST",
            "/dang-nhap/",
            said,
            Content_Type="application/x-www-form-urlencoded",
            Cookie=cookie,
            Referer=f"https://{NAME}/dang-nhap/",
            X_Forwarded_For=f"203.0.113.{number}",
        ).status
        for number in range(7)
    ]

    assert 200 not in answers[5:] and 302 not in answers
    assert answers[-1] in (403, 429)
