"""The owner's account ends at its first refusal; a device is guessed at once in its life, and never where it harms."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ancam.engines.probing.facts import (
    Ask,
    Certificate,
    ClockReading,
    HttpAnswer,
    LoginResult,
    OnvifAnswer,
    SoapKind,
    SshFacts,
    TlsFacts,
)
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.tests.facts_made import camera
from ancam.engines.probing.looking import accounts
from ancam.engines.probing.looking.accounts import Account, ask_as_owner, guess_once
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.recording.logins import LEDGER, DeviceIdentity, GuessedLogins
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.devices import INFO, NOON, asked_at, in_envelope
from ancam.engines.probing.tests.loopback import Device, Request, a_stop, a_tls_context, an_asker, now, reply, serving

pytestmark = pytest.mark.network

IP = "127.110.3.1"
OPEN = next(read.path for read in services_of("Axis").info if read.method == "GET")
OWNER = Account("kiemtra", "mật khẩu của chủ")
DIGEST = 'Digest realm="cam", qop="auth", nonce="abc", algorithm=MD5'
BASIC = 'Basic realm="cam"'
Answer = Callable[[Request], bytes | None]


def refusal(*challenges: str, path: str = INFO, port: int = 8080) -> HttpAnswer:
    headers = tuple(("www-authenticate", one) for one in challenges or (BASIC, DIGEST))
    return HttpAnswer(Ask.INFO, port, False, "GET", path, 401, headers)


def onvif_refusal(kind: SoapKind = SoapKind.NOT_AUTHORISED, is_tls: bool = False) -> OnvifAnswer:
    return OnvifAnswer(8080, is_tls, "/onvif/device_service", "GetDeviceInformation", 401, kind)


def soap(call: str, kind: str = "Response") -> bytes:
    return in_envelope(
        f"<{call}{kind}><Model>x</Model></{call}{kind}>" if kind == "Response" else "<Fault>not authorized</Fault>"
    )


def tried(tmp_path, answer: Answer, *known: Any, do: Callable[[Asker], Any], **how: Any) -> tuple[Asker, Device]:
    device = Device(answer)
    return asked_at(IP, tmp_path, do, {8080: device}, *known, **how), device


def logins(device: Device) -> list[Request]:
    """Return the requests that carried an account."""
    return [one for one in device.requests if "authorization" in one.headers or b"UsernameToken" in one.body]


# The owner.


def as_owner(tmp_path, answer: Answer, *known: Any, **how: Any) -> tuple[Asker, Device]:
    return tried(tmp_path, answer, *known, do=lambda asker: ask_as_owner(asker, "Axis", OWNER), **how)


def results(asker: Asker) -> list[LoginResult]:
    return [one.result for one in asker.facts.logins]


def test_the_owner_answers_a_digest_challenge_before_a_basic_one(tmp_path):
    asker, device = as_owner(tmp_path, lambda _: reply(200, "<DeviceInfo/>"), refusal(path=OPEN))

    sent = dict(re.findall(r'(\w+)="?([^",]*)"?', logins(device)[0].headers["authorization"]))

    def md5(*parts: str) -> str:
        return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()

    ha1, ha2 = md5(OWNER.username, "cam", OWNER.password), md5("GET", OPEN)
    assert sent["response"] == md5(ha1, "abc", sent["nc"], sent["cnonce"], sent["qop"], ha2)
    assert results(asker) == [LoginResult.ACCEPTED]
    assert not asker.facts.logins[0].is_guess
    assert [one.path for one in asker.facts.answers(Ask.OWNER_READ)] == [OPEN]


@pytest.mark.parametrize("challenge", [BASIC, "Negotiate"])
def test_a_challenge_that_would_hand_the_password_over_or_is_unknown_is_not_answered(tmp_path, challenge):
    asker, device = as_owner(tmp_path, lambda _: reply(200), refusal(challenge, path=OPEN))

    assert (results(asker), logins(device)) == ([LoginResult.UNANSWERED], [])


@pytest.mark.parametrize("challenge", ['Digest realm="cam"', 'Digest realm="cam", nonce="abc", algorithm=CRC-32'])
def test_a_digest_challenge_that_nobody_can_answer_ends_nothing_but_the_login(tmp_path, challenge):
    asker, device = as_owner(tmp_path, lambda _: reply(200), refusal(challenge, path=OPEN))

    assert (results(asker), logins(device)) == ([LoginResult.UNANSWERED], [])


def test_where_few_attempts_are_left_the_owners_account_is_not_tried(tmp_path):
    asker, device = tried(
        tmp_path,
        lambda _: reply(200, b"<retryLoginTime>2</retryLoginTime>"),
        refusal(),
        do=lambda one: ask_as_owner(one, "Hikvision", OWNER),
    )

    assert results(asker) == [LoginResult.FEW_LEFT]
    assert logins(device) == []


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (reply(401), LoginResult.REFUSED),
        (reply(403), LoginResult.REFUSED),
        (reply(423), LoginResult.LOCKED),
        (reply(429), LoginResult.LOCKED),
        (reply(401, "<lockStatus>lock</lockStatus>"), LoginResult.LOCKED),
        (reply(200, "<userCheck><lockStatus>lock</lockStatus></userCheck>"), LoginResult.LOCKED),
        (reply(500), LoginResult.UNANSWERED),
        (None, LoginResult.UNANSWERED),
    ],
)
def test_the_owners_account_stops_at_whatever_is_no_welcome(tmp_path, answer, result):
    asker, device = as_owner(tmp_path, lambda _: answer, refusal(path=OPEN), onvif_refusal())

    assert results(asker) == [result]
    assert set(device.asked) == {f"GET {OPEN}"}
    assert len(logins(device)) == 1


def test_the_owners_onvif_calls_carry_the_devices_own_time(tmp_path):
    asker, device = as_owner(
        tmp_path,
        lambda request: soap("GetNTP" if b"GetNTP" in request.body else "GetDeviceInformation"),
        onvif_refusal(),
        ClockReading("http", -7_200, 2.0),
        ClockReading("onvif", 3_600, 2.0),
    )

    created = [re.search(rb"<u:Created[^>]*>([^<]+)<", one.body) for one in device.requests]
    assert {found[1] for found in created if found} == {b"2026-11-22T13:00:00Z"}
    assert results(asker) == [LoginResult.ACCEPTED]
    assert [one.call for one in asker.facts.onvif[1:]] == ["GetDeviceInformation", "GetNTP", "GetDeviceInformation"]
    assert [one.password_as_text for one in asker.facts.onvif[1:]] == [False, False, True]
    assert OWNER.password.encode() in device.requests[2].body
    assert OWNER.password.encode() not in device.requests[0].body


@pytest.mark.parametrize(
    ("answer", "result"),
    [(soap("x", "Fault"), LoginResult.REFUSED), (reply(404), LoginResult.UNANSWERED), (None, LoginResult.UNANSWERED)],
)
def test_an_owner_whom_onvif_refuses_asks_nothing_more(tmp_path, answer, result):
    asker, device = as_owner(tmp_path, lambda _: answer, onvif_refusal())

    assert results(asker) == [result]
    assert len(device.requests) == 1


def test_without_a_clock_the_time_of_here_is_signed(tmp_path):
    _, device = as_owner(tmp_path, lambda _: soap("x", "Fault"), onvif_refusal())

    assert b"2026-11-22T12:00:00Z" in device.requests[0].body


def test_the_password_is_in_no_fact_and_in_no_record(tmp_path):
    asker, _ = as_owner(tmp_path, lambda _: reply(200), refusal(BASIC), onvif_refusal())

    told = (tmp_path / "events.jsonl").read_text() + repr(asker.facts) + repr(OWNER)
    assert OWNER.password not in told
    assert base64.b64encode(f"{OWNER.username}:{OWNER.password}".encode()).decode() not in told


def test_where_nothing_asks_for_an_account_none_is_tried(tmp_path):
    unknown = refusal(path="/unknown")
    asker, device = as_owner(tmp_path, lambda _: reply(200), unknown, onvif_refusal(SoapKind.RESPONSE))

    assert (asker.facts.logins, device.requests) == ([], [])


def test_over_tls_the_password_is_not_sent_as_text(tmp_path):
    door = accounts._Door(accounts.Web(8080, is_tls=True), "/onvif/device_service", None)
    device = Device(lambda _: reply(200))

    async def ask() -> Asker:
        async with serving(device, IP, 8080, tls=a_tls_context()):
            asker = an_asker(tmp_path, 8080, ip=IP)
            await accounts._ask_onvif_as_owner(asker, door, OWNER)
            return asker

    asyncio.run(ask())
    assert len(device.requests) == 1


# The one guess.


@pytest.fixture
def guesses(tmp_path) -> GuessedLogins:
    return GuessedLogins(tmp_path / "state", now)


def ledger(tmp_path) -> str:
    return (tmp_path / "state" / LEDGER).read_text()


def guessed(
    tmp_path,
    guesses: GuessedLogins,
    answer: Answer,
    *known: Any,
    vendor: str = "Axis",
    is_public: bool = False,
    **how: Any,
) -> tuple[Asker, Device]:
    who = camera(vendor, serial="S1")
    return tried(tmp_path, answer, *known, do=lambda asker: guess_once(asker, who, guesses, is_public=is_public), **how)


@pytest.fixture
def axis() -> HttpAnswer:
    return refusal(path=OPEN)


def test_a_guess_is_on_the_disk_before_it_is_sent(tmp_path, guesses, axis):
    seen: list[str] = []

    def answer(_: Request) -> bytes:
        seen.append(ledger(tmp_path))
        return reply(200)

    asker, _ = guessed(tmp_path, guesses, answer, axis)

    assert '"phase": "sent"' in seen[0] and '"ended"' not in seen[0]
    assert results(asker) == [LoginResult.ACCEPTED] and asker.facts.logins[0].is_guess
    assert '"result": "accepted"' in ledger(tmp_path)


def test_a_run_that_is_cut_off_in_the_guess_never_repeats_it(tmp_path, guesses, axis):
    stop = a_stop()

    def answer(request: Request) -> bytes:
        if "authorization" not in request.headers:
            return reply(401)
        stop.pull("signal")
        raise ConnectionResetError

    def once() -> None:
        guessed(tmp_path, guesses, answer, axis, stop=stop)

    once()
    fresh = GuessedLogins(tmp_path / "state", now)
    asker, device = guessed(tmp_path, fresh, lambda _: reply(200), axis)

    assert not device.requests
    assert results(asker) == [LoginResult.UNANSWERED]


def test_a_run_that_is_stopped_before_the_guess_leaves_has_spent_it(tmp_path, guesses, axis):
    stop = a_stop()
    stop.pull("signal")

    with pytest.raises(Stopped):
        guessed(tmp_path, guesses, lambda _: reply(200), axis, stop=stop)
    asker, device = guessed(tmp_path, GuessedLogins(tmp_path / "state", now), lambda _: reply(200), axis)

    assert not device.requests
    assert results(asker) == [LoginResult.ALREADY_SPENT]


def test_a_line_that_ends_in_the_guess_does_not_get_it_twice(tmp_path, guesses, axis):
    asker, device = guessed(tmp_path, guesses, lambda _: None, axis)

    assert len(logins(device)) == 1
    assert results(asker) == [LoginResult.UNANSWERED]


def test_a_kept_line_that_ends_in_the_guess_does_not_get_it_twice(tmp_path, guesses, axis):
    def answer(request: Request) -> bytes | None:
        return None if "authorization" in request.headers else reply(401, **{"WWW-Authenticate": DIGEST})

    asker, device = guessed(tmp_path, guesses, answer, axis)

    assert len(logins(device)) == 1
    assert results(asker) == [LoginResult.UNANSWERED]


def test_no_guess_is_made_at_a_public_address(tmp_path, guesses, axis):
    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), axis, is_public=True)

    assert not device.requests
    assert results(asker) == [LoginResult.PUBLIC_ADDRESS]
    assert ledger(tmp_path) == ""


@pytest.mark.parametrize(
    "said",
    [
        b'{"params":{"remainLockTimes": 2}}',
        b"<retryLoginTime>1</retryLoginTime>",
        b"<lockStatus>lock</lockStatus>",
        b"retryLoginTime=0",
    ],
)
def test_no_guess_is_made_where_few_are_left(tmp_path, guesses, said):
    asker, device = guessed(tmp_path, guesses, lambda _: reply(200, said), refusal(), vendor="Hikvision")

    assert device.asked == ["GET /ISAPI/Security/sessionLogin/capabilities?username=admin"]
    assert results(asker) == [LoginResult.FEW_LEFT]
    assert ledger(tmp_path) == ""


@pytest.mark.parametrize("said", [reply(200, b"<retryLoginTime>5</retryLoginTime>"), reply(200), reply(404), None])
def test_where_enough_are_left_or_nothing_is_said_the_guess_is_made(tmp_path, guesses, said):
    def answer(request: Request) -> bytes | None:
        return said if "sessionLogin" in request.path else reply(401)

    asker, device = guessed(tmp_path, guesses, answer, refusal(), vendor="Hikvision")

    assert device.asked[-1] == f"GET {INFO}"
    assert results(asker) == [LoginResult.REFUSED]


def test_a_documented_post_that_tells_what_is_left_carries_its_body(tmp_path, guesses):
    path = "/cgi-bin/magicBox.cgi?action=getSystemInfo"

    _, device = guessed(tmp_path, guesses, lambda _: reply(200), refusal(path=path), vendor="Dahua")

    assert [one.method for one in device.requests] == ["POST", "GET", "GET"]
    assert device.requests[0].headers["content-type"] == "application/json"


def test_a_device_is_guessed_at_over_onvif_where_nothing_else_asks(tmp_path, guesses):
    asker, device = guessed(tmp_path, guesses, lambda _: soap("GetDeviceInformation"), onvif_refusal())

    assert len(device.requests) == 1 and b"UsernameToken" in device.requests[0].body
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_guess_answers_a_basic_challenge_where_there_is_no_other(tmp_path, guesses):
    _, device = guessed(tmp_path, guesses, lambda _: reply(200), refusal(BASIC, path=OPEN))

    assert logins(device)[0].headers["authorization"].startswith("Basic ")


def test_a_challenge_is_asked_for_anew_right_before_it_is_answered(tmp_path, guesses):
    """A device may take a nonce only on the connection it was given on, and count anything else as a wrong login."""
    given: list[str] = []

    def answer(request: Request) -> bytes:
        if "authorization" not in request.headers:
            given.append(f"n{len(given)}")
            return reply(401, **{"WWW-Authenticate": f'Digest realm="cam", qop="auth", nonce="{given[-1]}"'})
        return reply(200 if f'nonce="{given[-1]}"' in request.headers["authorization"] else 401)

    asker, _ = guessed(tmp_path, guesses, answer, refusal(path=OPEN))

    assert (results(asker), given) == ([LoginResult.ACCEPTED], ["n0"])


@pytest.mark.parametrize("ask", [Ask.CONFIG, Ask.HOME])
def test_where_only_settings_or_the_first_page_are_closed_they_are_the_door(tmp_path, guesses, ask):
    closed = HttpAnswer(ask, 8080, False, "GET", "/closed", 401, (("www-authenticate", BASIC),))

    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), closed)

    assert [one.path for one in logins(device)] == ["/closed"]
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_picture_is_no_door(tmp_path, guesses):
    picture = HttpAnswer(Ask.SNAPSHOT, 8080, False, "GET", "/snapshot.jpg", 401, (("www-authenticate", BASIC),))

    asker, device = guessed(tmp_path, guesses, lambda _: reply(200), picture)

    assert asker.facts.unasked == {"CHK-CRED-01": "no-login-offered"}
    assert not device.requests


def test_what_cannot_be_guessed_says_why(tmp_path, guesses, axis):
    without_login, _ = guessed(tmp_path, guesses, lambda _: reply(200), axis, vendor="")
    without_door, device = guessed(tmp_path, guesses, lambda _: reply(200))

    assert without_login.facts.unasked == {"CHK-CRED-01": "no-documented-default"}
    assert without_door.facts.unasked == {"CHK-CRED-01": "no-login-offered"}
    assert not device.requests


def test_a_device_that_moved_is_known_by_its_key(tmp_path, guesses, axis):
    certificate = Certificate(
        "", "", "", (), NOON, NOON + timedelta(1), "rsa", 2048, "sha256", True, "c" * 64, "k" * 64
    )
    guesses.spend(DeviceIdentity("", "", "k" * 64, "127.110.3.9"), "CHK-CRED-01")
    guesses.spend(DeviceIdentity("", "", "h" * 64, "127.110.3.8"), "CHK-CRED-01")

    def of(*known: Any) -> list[LoginResult]:
        who = camera("Axis")
        made = tried(
            tmp_path,
            lambda _: reply(200),
            axis,
            *known,
            do=lambda asker: guess_once(asker, who, guesses, is_public=False),
        )
        return results(made[0])

    assert of(TlsFacts(443, "TLSv1.2", "", certificate)) == [LoginResult.ALREADY_SPENT]
    assert of(TlsFacts(443, "TLSv1.2", "", None), SshFacts(22, "x", host_key_sha256="h" * 64)) == [
        LoginResult.ALREADY_SPENT
    ]
    assert of(SshFacts(22, "x")) == [LoginResult.ACCEPTED]
