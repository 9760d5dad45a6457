"""The owner's account ends at its first refusal; a device is guessed at once in its life, and never where it harms."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ancam.engines.probing.facts import (
    Ask,
    Certificate,
    ClockReading,
    HttpAnswer,
    LoginResult,
    OnvifAnswer,
    RtspAnswer,
    SoapKind,
    SshFacts,
    TlsFacts,
)
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.judging.tests.facts_made import camera
from ancam.engines.probing.looking import asking
from ancam.engines.probing.looking.accounts import Account, ask_as_owner, guess_once
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.recording.logins import LEDGER, DeviceIdentity, GuessedLogins
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.tests.loopback import (
    Device,
    Request,
    a_budget,
    a_closed_port,
    a_stop,
    a_tls_context,
    an_asker,
    now,
    reply,
    serving,
)

pytestmark = pytest.mark.network

IP = "127.110.3.1"
INFO = "/ISAPI/System/deviceInfo"
OPEN = next(read.path for read in services_of("Axis").info if read.method == "GET")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWNER = Account("kiemtra", "mật khẩu của chủ")
DIGEST = 'Digest realm="cam", qop="auth", nonce="abc", algorithm=MD5'
BASIC = 'Basic realm="cam"'
Answer = Callable[[Request], bytes | None]


@pytest.fixture(autouse=True)
def short_patience(monkeypatch) -> None:
    monkeypatch.setattr(asking, "_WHOLE_ANSWER_S", 0.3)


def refusal(*challenges: str, path: str = INFO, port: int = 8080) -> HttpAnswer:
    headers = tuple(("www-authenticate", one) for one in challenges or (BASIC, DIGEST))
    return HttpAnswer(Ask.INFO, port, False, "GET", path, 401, headers)


def onvif_refusal(kind: SoapKind = SoapKind.NOT_AUTHORISED, is_tls: bool = False) -> OnvifAnswer:
    return OnvifAnswer(8080, is_tls, "/onvif/device_service", "GetDeviceInformation", 401, kind)


def soap(call: str, kind: str = "Response", fault: str = "not authorized") -> bytes:
    inner = f"<{call}{kind}><Model>x</Model></{call}{kind}>" if kind == "Response" else f"<Fault>{fault}</Fault>"
    return reply(
        body=f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{inner}</e:Body></e:Envelope>'
    )


def tried(tmp_path, answer: Answer, *known: Any, do: Callable[[Asker], Any], **how: Any) -> tuple[Asker, Device]:
    device = Device(answer)

    async def ask() -> Asker:
        async with serving(device, IP, 8080):
            asker = an_asker(tmp_path, 8080, ip=IP, clock=lambda: NOON, **how)
            places = {
                HttpAnswer: asker.facts.http,
                RtspAnswer: asker.facts.rtsp,
                OnvifAnswer: asker.facts.onvif,
                TlsFacts: asker.facts.tls,
                SshFacts: asker.facts.ssh,
                ClockReading: asker.facts.clocks,
            }
            for one in known:
                places[type(one)].append(one)
            await do(asker)
            return asker

    return asyncio.run(ask()), device


def logins(device: Device) -> list[Request]:
    """Return the requests that carried an account."""
    return [one for one in device.requests if "authorization" in one.headers or b"UsernameToken" in one.body]


# The owner.


def as_owner(tmp_path, answer: Answer, *known: Any, vendor: str = "Axis", **how: Any) -> tuple[Asker, Device]:
    return tried(tmp_path, answer, *known, do=lambda asker: ask_as_owner(asker, vendor, OWNER), **how)


def onvif_alone(request: Request) -> bytes:
    """Answer as a device that knows ONVIF's calls and no page."""
    if request.method != "POST":
        return reply(404)
    return soap("GetNTP" if b"GetNTP" in request.body else "GetDeviceInformation")


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
        onvif_alone,
        onvif_refusal(),
        ClockReading("http", -7_200, 2.0),
        ClockReading("onvif", 3_600, 2.0),
    )

    created = [re.search(rb"<u:Created[^>]*>([^<]+)<", one.body) for one in device.requests]
    assert {found[1] for found in created if found} == {b"2026-11-22T13:00:00Z"}
    assert results(asker) == [LoginResult.ACCEPTED]
    assert [one.call for one in asker.facts.onvif[1:]] == ["GetDeviceInformation", "GetNTP", "GetDeviceInformation"]
    assert [one.password_as_text for one in asker.facts.onvif[1:]] == [False, False, True]
    assert [OWNER.password.encode() in one.body for one in logins(device)] == [False, False, True]


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

    assert (results(asker), device.requests) == ([LoginResult.NOT_OFFERED], [])


def test_over_tls_the_password_is_not_sent_as_text(tmp_path):
    device = Device(onvif_alone)

    async def ask() -> Asker:
        async with serving(device, IP, 8080, tls=a_tls_context()):
            asker = an_asker(tmp_path, 8080, ip=IP)
            asker.facts.onvif.append(onvif_refusal(is_tls=True))
            await ask_as_owner(asker, "", OWNER)
            return asker

    asker = asyncio.run(ask())
    assert [one.call for one in asker.facts.onvif[1:]] == ["GetDeviceInformation", "GetNTP"]
    assert results(asker) == [LoginResult.ACCEPTED]


@pytest.mark.parametrize(
    ("answer", "result", "calls"),
    [
        (soap("GetNTP", "Fault"), LoginResult.REFUSED, 2),
        (reply(404), LoginResult.UNANSWERED, 2),
        (soap("GetNTP", "Fault", "no such action"), LoginResult.ACCEPTED, 3),
    ],
)
def test_a_time_server_that_is_refused_ends_the_reading_and_one_that_is_unknown_does_not(
    tmp_path, answer, result, calls
):
    def answering(request: Request) -> bytes:
        return answer if b"GetNTP" in request.body else soap("GetDeviceInformation")

    asker, device = as_owner(tmp_path, answering, onvif_refusal(), vendor="")

    assert results(asker)[-1] is result
    assert len(device.requests) == calls


def test_where_the_web_side_would_be_shown_the_password_onvif_is_asked(tmp_path):
    asker, device = as_owner(tmp_path, onvif_alone, refusal(BASIC, path=OPEN), onvif_refusal())

    assert results(asker) == [LoginResult.ACCEPTED]
    assert {one.method for one in logins(device)} == {"POST"}


# The settings that the owner's account reads.

READS = services_of("Hikvision").owner_reads
SECRET = "mat-khau-ddns-cua-chu"


def closed(settings: dict[str, bytes | None], *, nonces: list[str] | None = None) -> Answer:
    """Answer as a camera whose information wants an account; `settings`: what it says to the owner, by path."""
    given = nonces if nonces is not None else []

    def answer(request: Request) -> bytes | None:
        if request.path != INFO and request.path not in settings:
            return reply(404)
        if "authorization" not in request.headers:
            given.append(f"n{len(given)}")
            return reply(401, **{"WWW-Authenticate": f'Digest realm="cam", qop="auth", nonce="{given[-1]}"'})
        return settings.get(request.path, reply(200, "<DeviceInfo/>"))

    return answer


def every_setting(**said: bytes | None) -> dict[str, bytes | None]:
    """Return what each documented setting says, by the names of the settings; on where nothing else is said."""
    on = reply(200, f"<IPFilter><enabled>true</enabled><password>{SECRET}</password></IPFilter>")
    return {read.path: said.get(read.setting, on) for read in READS}


def settled(tmp_path, settings: dict[str, bytes | None], **how: Any) -> tuple[Asker, Device]:
    return as_owner(tmp_path, closed(settings), refusal(), vendor="Hikvision", **how)


def states(asker: Asker) -> dict[str, tuple[int, tuple[bool, ...]]]:
    return {one.setting: (one.status, one.switches) for one in asker.facts.settings}


def test_each_documented_setting_is_read_and_only_whether_it_is_on_is_kept(tmp_path):
    off = reply(200, f"<DDNSList><DDNS><enabled>false</enabled><password>{SECRET}</password></DDNS></DDNSList>")

    asker, _ = settled(tmp_path, every_setting(ddns=off))

    assert states(asker) == {
        "p2p": (200, (True,)),
        "ddns": (200, (False,)),
        "ip_filter": (200, (True,)),
        "log": (200, (True,)),
    }
    assert results(asker) == [LoginResult.ACCEPTED]
    told = (tmp_path / "events.jsonl").read_text() + repr(asker.facts)
    assert SECRET not in told and OWNER.password not in told


def test_settings_are_read_on_one_line_each_with_a_challenge_of_its_own(tmp_path):
    nonces: list[str] = []
    _, device = as_owner(tmp_path, closed(every_setting(), nonces=nonces), refusal(), vendor="Hikvision")

    settings = [one for one in device.requests if one.path in {read.path for read in READS}]
    assert len({one.line for one in settings}) == 1
    answered = [re.search('nonce="([^"]*)"', one.headers["authorization"]) for one in logins(device)]
    assert [found[1] for found in answered if found] == nonces
    assert len(nonces) == 1 + len(READS)


def test_what_is_not_there_costs_no_login_and_ends_nothing(tmp_path):
    not_supported = reply(403, "<ResponseStatus><subStatusCode>notSupport</subStatusCode></ResponseStatus>")
    settings = every_setting(ddns=not_supported)
    del settings[READS[0].path]

    asker, device = settled(tmp_path, settings)

    assert states(asker) == {
        "p2p": (404, ()),
        "ddns": (403, ()),
        "ip_filter": (200, (True,)),
        "log": (200, (True,)),
    }
    assert READS[0].path not in [one.path for one in logins(device)]
    assert results(asker) == [LoginResult.ACCEPTED]


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (reply(401), LoginResult.REFUSED),
        (reply(403), LoginResult.REFUSED),
        (reply(423), LoginResult.LOCKED),
        (reply(401, "<lockStatus>lock</lockStatus>"), LoginResult.LOCKED),
        (None, LoginResult.UNANSWERED),
    ],
)
def test_a_refusal_midway_ends_the_reading_of_the_device(tmp_path, said, result):
    asker, device = as_owner(tmp_path, closed(every_setting(ddns=said)), refusal(), onvif_refusal(), vendor="Hikvision")

    assert states(asker) == {"p2p": (200, (True,))}
    assert results(asker) == [LoginResult.ACCEPTED, result]
    assert [one.path for one in logins(device)] == [INFO, READS[0].path, READS[1].path]


def test_a_setting_whose_challenge_would_show_the_password_ends_the_reading(tmp_path):
    def answer(request: Request) -> bytes | None:
        offered = DIGEST if request.path == INFO else BASIC
        if "authorization" in request.headers:
            return reply(200)
        return reply(401, **{"WWW-Authenticate": offered})

    asker, device = as_owner(tmp_path, answer, refusal(), vendor="Hikvision")

    assert [one.path for one in logins(device)] == [INFO]
    assert results(asker) == [LoginResult.ACCEPTED, LoginResult.UNANSWERED]


def test_a_setting_that_is_open_to_anybody_is_read_without_a_login(tmp_path):
    path = READS[0].path

    def answer(request: Request) -> bytes | None:
        if request.path == path:
            return reply(200, "<EZVIZ><enabled>false</enabled></EZVIZ>")
        return closed({})(request)

    asker, device = as_owner(tmp_path, answer, refusal(), vendor="Hikvision")

    assert states(asker)["p2p"] == (200, (False,))
    assert [one.path for one in logins(device)] == [INFO]


def test_a_budget_that_ends_keeps_what_was_read(tmp_path):
    long = reply(200, "<DDNS><enabled>true</enabled>" + " " * 30_000 + "</DDNS>")
    device = Device(closed(every_setting(ddns=long)))

    async def ask() -> Asker:
        async with serving(device, IP, 8080):
            asker = an_asker(tmp_path, 8080, ip=IP, budget=a_budget(bytes_left=3_000))
            asker.facts.http.append(refusal())
            with pytest.raises(BudgetSpent):
                await ask_as_owner(asker, "Hikvision", OWNER)
            return asker

    asker = asyncio.run(ask())
    assert states(asker) == {"p2p": (200, (True,))}
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_maker_whose_answers_have_forms_is_asked_for_the_one_that_is_read(tmp_path):
    (read,) = services_of("Hanwha").owner_reads
    door = services_of("Hanwha").info[0].path
    body = '{"IPFilters": [{"Filters": [{"Enable": false}]}]}'

    def answer(request: Request) -> bytes:
        if "authorization" not in request.headers:
            return reply(401, **{"WWW-Authenticate": DIGEST})
        return reply(200, body if request.headers["accept"] == "application/json" else "Enable")

    asker, device = as_owner(tmp_path, answer, refusal(path=door), vendor="Hanwha")

    assert states(asker) == {"ip_filter": (200, (False,))}
    assert [one.headers["accept"] for one in device.requests if one.path == read.path] == ["application/json"] * 2


def test_settings_are_read_where_onvif_alone_wants_an_account(tmp_path):
    def answer(request: Request) -> bytes | None:
        return onvif_alone(request) if request.method == "POST" else closed(every_setting())(request)

    home = HttpAnswer(Ask.HOME, 8080, False, "GET", "/", 200)
    asker, _ = as_owner(tmp_path, answer, home, onvif_refusal(), vendor="Hikvision")

    assert set(states(asker)) == {read.setting for read in READS}


def test_settings_come_before_onvif_and_the_password_in_the_clear_last(tmp_path):
    def answer(request: Request) -> bytes | None:
        return onvif_alone(request) if request.method == "POST" else closed(every_setting())(request)

    asker, device = as_owner(tmp_path, answer, refusal(), onvif_refusal(), vendor="Hikvision")

    sent = [one.path for one in logins(device)]
    assert sent == [INFO, *(read.path for read in READS), *["/onvif/device_service"] * 3]
    assert [OWNER.password.encode() in one.body for one in logins(device)] == [*[False] * (len(sent) - 1), True]
    assert results(asker) == [LoginResult.ACCEPTED]


# The stream that the owner's account has described.

STREAM = "/Streaming/Channels/101"
SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\nm=audio 0 RTP/AVP 8\r\n"


def stream_refusal() -> RtspAnswer:
    return RtspAnswer(Ask.STREAM, 8080, False, "DESCRIBE", STREAM, 401, (("www-authenticate", DIGEST),))


def described(tmp_path, stream: Answer) -> tuple[Asker, Device]:
    def answer(request: Request) -> bytes | None:
        return stream(request) if request.method == "DESCRIBE" else closed({})(request)

    return as_owner(tmp_path, answer, refusal(), stream_refusal(), vendor="Hikvision")


def rtsp(status: int, body: str = "", **headers: str) -> bytes:
    return reply(status, body, "RTSP/1.0", CSeq="1", **headers)


def guarded(answer: bytes | None, *challenges: str) -> Answer:
    def stream(request: Request) -> bytes | None:
        challenge = {"WWW-Authenticate": ", ".join(challenges or (DIGEST,))}
        return answer if "authorization" in request.headers else rtsp(401, **challenge)

    return stream


def test_a_stream_is_described_to_the_owner_and_nothing_more(tmp_path):
    asker, device = described(tmp_path, guarded(rtsp(200, SDP)))

    sent = dict(re.findall(r'(\w+)="?([^",]*)"?', logins(device)[-1].headers["authorization"]))
    assert sent["uri"] == f"rtsp://{IP}:8080{STREAM}" == logins(device)[-1].path
    assert asker.facts.rtsp[-1].ask is Ask.OWNER_READ and b"m=audio" in asker.facts.rtsp[-1].body
    assert results(asker) == [LoginResult.ACCEPTED]
    assert {one.method for one in device.requests} == {"GET", "DESCRIBE"}


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (rtsp(401), [LoginResult.ACCEPTED, LoginResult.REFUSED]),
        (rtsp(404), [LoginResult.ACCEPTED]),
        (None, [LoginResult.ACCEPTED, LoginResult.UNANSWERED]),
    ],
)
def test_a_stream_that_refuses_the_owner_is_asked_once(tmp_path, answer, result):
    asker, device = described(tmp_path, guarded(answer))

    assert results(asker) == result
    assert [one.method for one in logins(device)] == ["GET", "DESCRIBE"]


@pytest.mark.parametrize("stream", [guarded(rtsp(200, SDP), BASIC), lambda _: None])
def test_a_stream_that_would_be_shown_the_password_or_hangs_up_is_left(tmp_path, stream):
    asker, device = described(tmp_path, stream)

    assert [one.method for one in logins(device)] == ["GET"]
    assert results(asker) == [LoginResult.ACCEPTED]


def test_a_stream_whose_port_is_closed_by_now_is_left(tmp_path):
    gone = RtspAnswer(Ask.STREAM, a_closed_port(), False, "DESCRIBE", STREAM, 401)

    asker, _ = as_owner(tmp_path, closed({}), refusal(), gone, vendor="Hikvision")

    assert results(asker) == [LoginResult.ACCEPTED]


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
