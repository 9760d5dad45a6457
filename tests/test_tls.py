"""AnCam speaks TLS by itself, on real sockets: what it answers, what it refuses, and with what it does not start."""

import contextlib
import http.client
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from ancam.cli.certificates import CertificateRefused, require_certificate
from own_certificate import make_certificate
from running_ancam import RunningAnCam, free_port

pytestmark = [pytest.mark.network, pytest.mark.slow]


@dataclass
class Answer:
    """What came back, whole."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass
class Encrypted:
    """A running instance and what a browser trusts to reach it."""

    ancam: RunningAnCam
    trust: ssl.SSLContext

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        connection = http.client.HTTPSConnection("localhost", self.ancam.port, context=self.trust, timeout=15)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, body or None, sent)
            with connection.getresponse() as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory, prepared) -> Iterator[Encrypted]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = make_certificate(folder / "tls", "localhost")
    settings = {"ANCAM_TLS_CERT": str(certificate), "ANCAM_TLS_KEY": str(key)}
    with prepared.copy(folder / "data", **settings) as ancam:
        yield Encrypted(ancam, ssl.create_default_context(cafile=str(certificate)))


def test_it_says_where_and_answers_over_tls(encrypted):
    answer = encrypted.ask("/healthz")

    assert answer.status == 200
    assert encrypted.ancam.address == f"https://127.0.0.1:{encrypted.ancam.port}/"
    assert encrypted.ancam.first_link.startswith(encrypted.ancam.address)


def test_browsers_are_told_to_stay_with_tls_and_cookies_go_no_other_way(encrypted):
    page = encrypted.ask("/dang-nhap/")
    cookies = page.headers.get_all("Set-Cookie")

    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert cookies and all({"Secure", "HttpOnly", "SameSite=Lax"} <= set(one.split("; ")) for one in cookies)


def test_a_form_is_taken_from_our_own_page_and_from_no_other_origin(encrypted):
    page = encrypted.ask("/dang-nhap/")
    token = page.body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {
        "method": "POST",
        "body": f"csrfmiddlewaretoken={token}&login=nobody%40dongson.example&password=x",
        "Cookie": page.headers["Set-Cookie"].split(";")[0],
        "Content_Type": "application/x-www-form-urlencoded",
    }

    ours = encrypted.ask("/dang-nhap/", **sent, Origin=f"https://localhost:{encrypted.ancam.port}")
    downgraded = encrypted.ask("/dang-nhap/", **sent, Origin=f"http://localhost:{encrypted.ancam.port}")

    assert ours.status not in (403, 500)
    assert downgraded.status == 403


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_two_versions_in_use_are_spoken_with_forward_secrecy(encrypted, version):
    encrypted_by = _handshake(encrypted, version)

    assert encrypted_by.startswith(("ECDHE-", "TLS_"))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_older_versions_are_refused(encrypted, version):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _handshake(encrypted, ssl.TLSVersion[version])


def _handshake(encrypted: Encrypted, version: ssl.TLSVersion) -> str:
    """Return the cipher agreed on by a browser that speaks this one version and would take any cipher."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", encrypted.ancam.port), timeout=15) as plain,
        context.wrap_socket(plain) as wrapped,
    ):
        assert wrapped.version() == version.name.replace("_", ".")
        return str(wrapped.cipher()[0])


def test_plain_http_on_that_port_gets_no_page_and_harms_nothing(encrypted):
    with socket.create_connection(("127.0.0.1", encrypted.ancam.port), timeout=15) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = _all_that_comes(plain)

    assert b"HTTP/1" not in answer and b"<html" not in answer
    assert encrypted.ask("/healthz").status == 200


def _all_that_comes(plain: socket.socket) -> bytes:
    told = b""
    try:
        while part := plain.recv(4096):
            told += part
    except ConnectionResetError:
        pass
    return told


def test_those_who_connect_and_say_nothing_hold_nobody_up(encrypted):
    silent = [socket.create_connection(("127.0.0.1", encrypted.ancam.port), timeout=15) for _ in range(60)]

    answer = encrypted.ask("/healthz")

    for one in silent:
        one.close()
    assert answer.status == 200


def started(tmp_path: Path, certificate: Path, key: Path, command: str = "run") -> subprocess.CompletedProcess[str]:
    settings = {"ANCAM_TLS_CERT": str(certificate), "ANCAM_TLS_KEY": str(key), "ANCAM_PORT": str(free_port())}
    ancam = RunningAnCam(tmp_path / "data", settings=settings)
    words = [sys.executable, "-m", "ancam", command]
    return subprocess.run(words, env=ancam.environment, capture_output=True, text=True, timeout=60, check=False)


OF_SECP112R1 = """\
-----BEGIN CERTIFICATE-----
MIIBMTCB/KADAgECAhQZmwRnEuCT5P/pWT6HLu2XUb0E1zAKBggqhkjOPQQDAjAU
MRIwEAYDVQQDDAlsb2NhbGhvc3QwHhcNMjYxMTIxMTQxMjI0WhcNMjYxMjIxMTQx
MjI0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwMjAQBgcqhkjOPQIBBgUrgQQABgMe
AARLSKG+G4XIHiY1/FfeylN/+BhLTGgcAmn8IXQ4o1MwUTAdBgNVHQ4EFgQUVvxy
jNZ6MPF94LXrCn9NTLKoQIkwHwYDVR0jBBgwFoAUVvxyjNZ6MPF94LXrCn9NTLKo
QIkwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgMkADAhAg5AdINY2KohLuOZ
TQ0FXgIPAIrw2YLdoaDKtpi1zR47
-----END CERTIFICATE-----
"""


@pytest.fixture
def pair(tmp_path) -> tuple[Path, Path]:
    return make_certificate(tmp_path / "tls", "localhost")


def assert_refused(done: subprocess.CompletedProcess[str], reason: str, setting: str, data: Path) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr and f"Đề nghị đặt lại: {setting}=" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (data / "ancam.sqlite3").exists()


@pytest.mark.parametrize("command", ["run", "web"])
def test_an_expired_certificate_is_refused_with_its_day(tmp_path, command):
    certificate, key = make_certificate(tmp_path / "tls", "localhost", days=-1)

    done = started(tmp_path, certificate, key, command)

    assert_refused(done, "đã hết hạn từ ", "ANCAM_TLS_CERT", tmp_path / "data")


def test_the_key_of_another_certificate_is_refused(tmp_path, pair):
    _, other = make_certificate(tmp_path / "other", "localhost")

    done = started(tmp_path, pair[0], other)

    assert_refused(done, "không đi với chứng thư", "ANCAM_TLS_KEY", tmp_path / "data")


def test_what_is_no_certificate_and_what_is_no_key_are_told_apart(tmp_path, pair):
    certificate, key = pair

    swapped = started(tmp_path, key, certificate)
    keyless = started(tmp_path, certificate, certificate)

    assert_refused(swapped, "không phải chứng thư PEM", "ANCAM_TLS_CERT", tmp_path / "data")
    assert_refused(keyless, "không phải khóa riêng PEM", "ANCAM_TLS_KEY", tmp_path / "data")


def test_a_key_with_a_password_is_refused(tmp_path, pair):
    certificate, key = pair
    opened = serialization.load_pem_private_key(key.read_bytes(), None)
    locked = serialization.BestAvailableEncryption(b"mat-khau")
    key.write_bytes(opened.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))

    done = started(tmp_path, certificate, key)

    assert_refused(done, "đặt mật khẩu", "ANCAM_TLS_KEY", tmp_path / "data")


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),  # noqa: S505 - to be refused
        ec.generate_private_key(ec.BrainpoolP256R1()),
        ec.generate_private_key(ec.SECP521R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=lambda key: type(key).__name__,
)
def test_a_kind_of_key_that_browsers_or_the_server_refuse(tmp_path, key):
    certificate, key_file = make_certificate(tmp_path / "tls", "localhost", key=key)

    with pytest.raises(CertificateRefused, match="loại khóa"):
        require_certificate(str(certificate), str(key_file), datetime.now(UTC))


def test_a_kind_of_key_that_nobody_knows_is_told_in_one_line(tmp_path, pair):
    pair[0].write_text(OF_SECP112R1)

    done = started(tmp_path, *pair)

    assert_refused(done, "loại khóa", "ANCAM_TLS_CERT", tmp_path / "data")


@pytest.mark.parametrize("key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())])
def test_the_usual_kinds_of_key_are_taken(tmp_path, key):
    certificate, key_file = make_certificate(tmp_path / "tls", "localhost", key=key)

    assert require_certificate(str(certificate), str(key_file), datetime.now(UTC))


def test_a_certificate_holds_from_its_first_day_to_its_last(pair):
    certificate, key = map(str, pair)
    now = datetime.now(UTC)

    require_certificate(certificate, key, now)
    with pytest.raises(CertificateRefused, match="chỉ dùng được từ"):
        require_certificate(certificate, key, now - timedelta(days=500))
    with pytest.raises(CertificateRefused, match="hết hạn"):
        require_certificate(certificate, key, now + timedelta(days=100))


def test_a_certificate_that_is_not_there_is_refused_by_its_setting(tmp_path, pair):
    done = started(tmp_path, tmp_path / "khong-co.pem", pair[1])

    assert done.returncode == 2
    assert "ANCAM_TLS_CERT" in done.stderr and "một tệp đọc được" in done.stderr
