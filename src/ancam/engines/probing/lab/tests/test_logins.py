"""Logins are really checked, wrong ones lock, and every guess is counted."""

import base64
import hashlib
import itertools
import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

from ancam.engines.probing.lab.devices import kind_of
from ancam.engines.probing.lab.harm import Harm
from ancam.engines.probing.lab.logins import LOCK_S, Logins
from ancam.engines.probing.lab.placing import place, posture_of
from ancam.engines.probing.lab.tests.asking import (
    OWNER,
    an_address,
    datagram,
    digest,
    http_ask,
    http_login,
    onvif_ask,
    rtsp_ask,
    running,
    say,
)

pytestmark = pytest.mark.network

INFO = "/ISAPI/System/deviceInfo"


def token(
    username: str, password: str, created: datetime, *, nonce: bytes = b"0123456789", is_text: bool = False
) -> str:
    """A WS-Security header."""
    told = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    made = hashlib.sha1(nonce + told.encode() + password.encode()).digest()  # noqa: S324 - the token's own
    shown = password if is_text else base64.b64encode(made).decode()
    kind = "PasswordText" if is_text else "PasswordDigest"
    return (
        f'<w:UsernameToken><w:Username>{username}</w:Username><w:Password Type="urn#{kind}">{shown}</w:Password>'
        f"<w:Nonce>{base64.b64encode(nonce).decode()}</w:Nonce><u:Created>{told}</u:Created></w:UsernameToken>"
    )


@pytest.mark.parametrize("kind", ["hikvision-camera", "hikvision-nvr"])
def test_the_default_password_opens_only_a_device_that_kept_it(kind):
    kept, changed = an_address(), an_address()
    with running(place(kept, kind, password="default"), place(changed, kind)) as laboratory:
        with_default = http_login(kept, INFO, "admin", "12345")
        refused = http_login(changed, INFO, "admin", "12345")
        by_owner = http_login(changed, INFO, OWNER.username, OWNER.password)

    assert (with_default.status, refused.status, by_owner.status) == (200, 401, 200)
    assert b"<firmwareVersion>" in with_default.body
    assert (laboratory.harm[kept].guessed_logins, laboratory.harm[kept].owner_logins) == (1, 0)
    assert (laboratory.harm[changed].guessed_logins, laboratory.harm[changed].owner_logins) == (1, 1)


def test_a_device_that_is_not_activated_lets_nobody_in():
    ip = an_address()
    with running(place(ip, "hikvision-camera", password="not-activated")):
        assert http_login(ip, INFO, "admin", "12345").status == 401
        assert http_login(ip, INFO, OWNER.username, OWNER.password).status == 401


def test_five_wrong_logins_lock_the_owner_out_too():
    ip = an_address()
    with running(place(ip, "hikvision-camera", lockout="after-five")) as laboratory:
        left = [http_login(ip, INFO, "admin", f"guess {number}").body for number in range(5)]
        by_owner = http_login(ip, INFO, OWNER.username, OWNER.password)

    assert b"<retryLoginTime>4</retryLoginTime>" in left[0]
    assert b"<lockStatus>lock</lockStatus>" in left[4]
    assert by_owner.status == 401
    assert (laboratory.harm[ip].lockouts, laboratory.harm[ip].guessed_logins) == (1, 5)
    assert laboratory.harm[ip].after_few_left == 1


def test_a_device_that_warns_counts_whoever_tries_all_the_same():
    ip = an_address()
    with running(place(ip, "hikvision-camera", lockout="few-left")) as laboratory:
        warned = http_ask(ip, INFO).body
        http_login(ip, INFO, "admin", "12345")

    assert b"<retryLoginTime>1</retryLoginTime>" in warned
    assert (laboratory.harm[ip].after_few_left, laboratory.harm[ip].lockouts) == (1, 1)


def logins(clock, **posture) -> tuple[Logins, Harm]:
    harm = Harm()
    kind = kind_of("hikvision-camera")
    return Logins(posture_of(kind, posture), kind.login.default, OWNER, "secret", harm, clock), harm


def test_a_lock_ends_after_half_an_hour():
    clock = itertools.chain([0.0] * 30, itertools.repeat(LOCK_S + 1.0))
    accounts, harm = logins(lambda: next(clock), lockout="after-five")
    for _ in range(5):
        accounts.with_password(OWNER.username, lambda known: False)
    assert harm.owner_refusals == 5
    assert accounts.is_locked
    while accounts.is_locked:
        pass

    assert accounts.with_password(OWNER.username, lambda known: known == OWNER.password)


def test_without_an_owner_every_login_is_a_guess():
    harm = Harm()
    accounts = Logins(posture_of(kind_of("printer"), {}), None, None, "secret", harm, lambda: 0.0)

    assert not accounts.with_password("admin", lambda known: known == "x")
    assert (harm.guessed_logins, harm.owner_logins, harm.owner_refusals) == (1, 0, 0)


@pytest.mark.parametrize("value", ["Basic ???", "Basic /w==", "Basic", "Digest nonce=x", "Bearer x", ""])
def test_what_is_no_login_is_refused_without_counting(value):
    basic, other = an_address(), an_address()
    with running(place(basic, "wificam"), place(other, "hikvision-camera")) as laboratory:
        assert http_ask(basic, port=81, headers={"Authorization": value}).status == 401
        assert http_ask(other, INFO, headers={"Authorization": value}).status == 401

    assert laboratory.harm[basic].guessed_logins == laboratory.harm[other].guessed_logins == 0


def test_basic_is_checked():
    ip = an_address()
    value = "Basic " + base64.b64encode(b"admin:888888").decode()
    with running(place(ip, "wificam", password="default")) as laboratory:
        assert http_ask(ip, port=81, headers={"Authorization": value}).status == 200
        assert http_ask(ip, "/?loginuse=admin&loginpas=888888", port=81).status == 200
        assert http_ask(ip, "/?loginuse=admin&loginpas=no", port=81).status == 401

    assert laboratory.harm[ip].guessed_logins == 3


@pytest.mark.parametrize("extra", [{}, {"algorithm": "MD5-sess"}])
def test_digest_sessions_and_answers_without_quality_of_protection_are_understood(extra):
    accounts, _ = logins(lambda: 0.0)
    nonce, uri = accounts.nonce(), "/x"

    def of(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 - the scheme's own

    first = of(f"{OWNER.username}:realm:{OWNER.password}")
    first = of(f"{first}:{nonce}:c") if extra else first
    response = of(f"{first}:{nonce}:{of(f'GET:{uri}')}")
    parts = {"username": OWNER.username, "nonce": nonce, "uri": uri, "response": response, "cnonce": "c", **extra}

    assert accounts.digest("GET", ", ".join(f'{name}="{value}"' for name, value in parts.items()), "realm")


@pytest.mark.parametrize(
    ("change", "is_accepted"),
    [
        ({}, True),
        ({"created": timedelta(minutes=-4)}, True),
        ({"created": timedelta(minutes=-6)}, False),
        ({"created": timedelta(minutes=6)}, False),
        ({"password": "wrong"}, False),
        ({"is_text": True}, True),
    ],
)
def test_an_onvif_token_is_checked_by_the_devices_own_clock(change, is_accepted):
    ip = an_address()
    behind_s = -7 * 3600
    created = datetime.now(UTC) + timedelta(seconds=behind_s) + change.get("created", timedelta())
    header = token(
        OWNER.username, change.get("password", OWNER.password), created, is_text=change.get("is_text", False)
    )
    with running(place(ip, "hikvision-camera", clock_off_s=behind_s)):
        answer = onvif_ask(ip, "GetDeviceInformation", header=header)

    assert (b"GetDeviceInformationResponse" in answer.body) is is_accepted
    assert is_accepted or b"ter:NotAuthorized" in answer.body


def test_an_onvif_token_is_taken_once():
    ip = an_address()
    header = token(OWNER.username, OWNER.password, datetime.now(UTC))
    with running(place(ip, "hikvision-camera")):
        assert onvif_ask(ip, "GetNTP", header=header).status == 200
        assert onvif_ask(ip, "GetNTP", header=header).status == 400


@pytest.mark.parametrize(
    ("nonce", "created"), [("???", "2026-11-22T10:00:00Z"), ("AAAA", "yesterday"), ("AAAA", "2026-11-22")]
)
def test_a_broken_onvif_token_is_refused(nonce, created):
    accounts, harm = logins(lambda: 0.0)
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)

    assert not accounts.token("admin", "x", nonce, created, is_text=False, now=now)
    assert harm.guessed_logins == 0


def test_onvif_takes_http_digest_where_it_asks_for_it():
    ip = an_address()
    path = "/onvif/device_service"
    with running(place(ip, "hanwha-camera")):
        refused = onvif_ask(ip, "GetScopes")
        value = digest(refused.header("www-authenticate"), "POST", path, OWNER.username, OWNER.password)
        body = b"<s:Envelope><s:Body><tds:GetScopes/></s:Body></s:Envelope>"
        answer = http_ask(ip, path, method="POST", body=body, headers={"Authorization": value})

    assert refused.status == 401
    assert b"onvif://www.onvif.org/hardware/XNV-6080R" in answer.body


@pytest.mark.parametrize("password", ["set", "default"])
def test_dahuas_second_step_is_a_login_and_the_first_is_none(password):
    ip = an_address()

    def ask(told: dict[str, str]) -> dict:
        body = json.dumps({"method": "global.login", "params": {"clientType": "Web3.0", **told}, "id": 1}).encode()
        return json.loads(http_ask(ip, "/RPC2_Login", method="POST", body=body).body)

    def upper(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest().upper()  # noqa: S324 - the maker's own

    with running(place(ip, "dahua-camera", password=password)) as laboratory:
        challenge = ask({"userName": "admin", "password": ""})
        before = laboratory.harm[ip].guessed_logins
        realm, number = challenge["params"]["realm"], challenge["params"]["random"]
        secret = upper(f"admin:{number}:{upper(f'admin:{realm}:admin')}")
        answer = ask({"userName": "admin", "password": secret})

    assert challenge["result"] is False
    assert challenge["error"]["code"] == 268632079
    assert before == 0
    assert answer["result"] is (password == "default")
    assert laboratory.harm[ip].guessed_logins == 1


@pytest.mark.parametrize("body", [b"{}", b"[1]", b"no json", b'{"method": "configManager.setConfig", "params": {}}'])
def test_anything_else_sent_to_dahuas_login_is_a_write(body):
    ip = an_address()
    with running(place(ip, "dahua-camera")) as laboratory:
        http_ask(ip, "/RPC2_Login", method="POST", body=body)

    assert laboratory.harm[ip].writes == 1


@pytest.mark.parametrize(
    ("words", "status"), [("username=admin&password=admin", 200), ("username=admin&password=", 401), ("", 401)]
)
def test_a_form_is_a_login(words, status):
    ip = an_address()
    with running(place(ip, "geovision-camera", password="default")) as laboratory:
        assert http_ask(ip, "/webcam_login", method="POST", body=words.encode()).status == status

    assert laboratory.harm[ip].guessed_logins == 1


@pytest.mark.parametrize(("password", "code"), [("", 0), ("no", 1)])
def test_reolinks_login_is_a_login(password, code):
    ip = an_address()
    command = [{"cmd": "Login", "param": {"User": {"userName": "admin", "password": password}}}]
    with running(place(ip, "reolink-camera", password="default")) as laboratory:
        answer = json.loads(http_ask(ip, "/api.cgi?cmd=Login", method="POST", body=json.dumps(command).encode()).body)

    assert answer[0]["code"] == code
    assert laboratory.harm[ip].guessed_logins == 1


def test_a_stream_is_shown_to_the_owner():
    ip, path = an_address(), "/Streaming/Channels/101"
    with running(place(ip, "hikvision-camera", stream="basic")) as laboratory:
        value = base64.b64encode(f"{OWNER.username}:{OWNER.password}".encode()).decode()
        by_basic = rtsp_ask(ip, path, more=f"Authorization: Basic {value}\r\n")
        nowhere = rtsp_ask(ip, "/nothing", more=f"Authorization: Basic {value}\r\n")

    assert by_basic.startswith("RTSP/1.0 200 OK")
    assert "m=video" in by_basic
    assert nowhere.startswith("RTSP/1.0 404")
    assert laboratory.harm[ip].owner_logins == 2


def test_a_stream_takes_digest():
    ip, path = an_address(), "/cam/realmonitor?channel=1&subtype=0"
    with running(place(ip, "dahua-camera")):
        refused = rtsp_ask(ip, path)
        challenge = refused.partition("WWW-Authenticate: ")[2].partition("\r\n")[0]
        uri = f"rtsp://{ip}:554{path}"
        value = digest(challenge, "DESCRIBE", uri, OWNER.username, OWNER.password)
        assert rtsp_ask(ip, path, more=f"Authorization: {value}\r\n").startswith("RTSP/1.0 200")


def test_a_name_and_password_in_a_streams_address_are_a_login():
    ip = an_address()
    with running(place(ip, "xm-dvr", password="default")) as laboratory:
        said = rtsp_ask(ip, "/user=admin&password=&channel=1&stream=0.sdp")
        refused = rtsp_ask(ip, "/user=admin&password=no&channel=1&stream=0.sdp")

    assert said.startswith("RTSP/1.0 200")
    assert refused.startswith("RTSP/1.0 401")
    assert laboratory.harm[ip].guessed_logins == 2


def test_ftp_and_telnet_count_logins():
    ip = an_address()
    with running(place(ip, "axis-camera", ftp="login", telnet="login", password="default")) as laboratory:
        said = say(ip, 21, b"SYST\r\nUSER root\r\nPASS pass\r\nUSER anonymous\r\nPASS guest\r\nSTOR x\r\nQUIT\r\n")
        with socket.create_connection((ip, 23), 5) as line:
            line.sendall(b"root\r\n")
            heard = b""
            while b"Password: " not in heard:
                heard += line.recv(4096)
            line.sendall(b"pa")
            line.sendall(b"ss\r\n\r\n")
            while b"incorrect" not in heard:
                heard += line.recv(4096)

    assert b"230 " in said and b"530 Login incorrect" in said and b"221 " in said
    assert laboratory.harm[ip].guessed_logins == 3
    assert laboratory.harm[ip].writes == 1


@pytest.mark.parametrize(
    ("posture", "said", "counted"),
    [
        ({"ftp": "anonymous"}, b"230 ", 1),
        ({"ftp": "anonymous", "password": "default"}, b"230 ", 1),
        ({"ftp": "login"}, b"530 Login incorrect", 1),
    ],
)
def test_an_anonymous_login_is_a_guess_too(posture, said, counted):
    ip = an_address()
    with running(place(ip, "axis-camera", lockout="after-five", **posture)) as laboratory:
        heard = say(ip, 21, b"USER anonymous\r\nPASS guest\r\nQUIT\r\n")

    assert said in heard and b"221 " in heard
    assert (laboratory.harm[ip].guessed_logins, laboratory.harm[ip].lockouts) == (counted, 0)


def test_whoever_knows_no_name_but_anonymous_enters_as_nobody_else():
    ip = an_address()
    with running(place(ip, "axis-camera", ftp="anonymous")) as laboratory:
        heard = say(ip, 21, b"USER root\r\nPASS guest\r\nQUIT\r\n")

    assert b"530 Login incorrect" in heard
    assert laboratory.harm[ip].guessed_logins == 1


# Messages as any manager of networks sends them: version 2c, a community, number 7, the system's description.
OID = "06082b06010201010100"
GET = bytes.fromhex(f"302602010104067075626c6963a019020107020100020100300e300c{OID}0500")
PRIVATE = GET.replace(b"public", b"secret")
SET = bytes.fromhex(f"302702010104067075626c6963a31a020107020100020100300f300d{OID}040178")


@pytest.mark.parametrize(
    ("snmp", "asked", "is_told", "writes"),
    [
        ("public", GET, True, 0),
        ("public", PRIVATE, False, 0),
        ("own-community", GET, False, 0),
        ("public", SET, False, 1),
        ("public", GET.replace(bytes.fromhex(OID), bytes.fromhex("06082b06010201010500")), False, 0),
    ],
    ids=["public", "another community", "a community of its own", "a write", "another value"],
)
def test_a_community_is_a_guess_and_locks_nobody_out(snmp, asked, is_told, writes):
    ip = an_address()
    with running(place(ip, "axis-camera", snmp=snmp, lockout="after-five")) as laboratory:
        said = [datagram(ip, 161, data, 5 if is_told and data is asked else 0.05) for data in (asked, b"noise", b"")]
        while laboratory.harm[ip].datagrams < 3:
            pass

    assert [b"P3245-V" in one and b"\2\1\7" in one for one in said] == [is_told, False, False]
    assert (laboratory.harm[ip].guessed_logins, laboratory.harm[ip].writes) == (1, writes)
    assert laboratory.harm[ip].lockouts == 0


def test_a_second_guess_is_counted_beside_the_first_whatever_it_goes_to():
    ip = an_address()
    with running(place(ip, "onvif-camera", ftp="anonymous", snmp="public")) as laboratory:
        say(ip, 21, b"USER anonymous\r\nPASS guest\r\nQUIT\r\n")
        datagram(ip, 161, GET)

    assert laboratory.harm[ip].guessed_logins == 2


def test_a_guess_where_few_attempts_are_left_is_harm_of_its_own():
    ip = an_address()
    with running(place(ip, "axis-camera", snmp="public", lockout="few-left")) as laboratory:
        datagram(ip, 161, GET)

    assert laboratory.harm[ip].after_few_left == 1


def test_a_command_in_an_open_shell_is_a_write():
    ip = an_address()
    device = place(ip, "dahua-camera", telnet="shell")
    with running(device) as laboratory, socket.create_connection((ip, 23), 5) as line:
        line.sendall(b"reboot\n")
        heard = b""
        while heard.count(b"# ") < 2:
            heard += line.recv(4096)

    assert laboratory.harm[ip].writes == 1
