"""What the owner's account reads further: which settings are on, and whether a stream has sound."""

import asyncio
import re
from typing import Any

import pytest

from ancam.engines.probing.facts import (
    Ask,
    HttpAnswer,
    LoginResult,
    RtspAnswer,
)
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking.accounts import ask_as_owner
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.tests.closed_devices import (
    BASIC,
    DIGEST,
    IP,
    OWNER,
    Answer,
    as_owner,
    logins,
    onvif_alone,
    onvif_refusal,
    refusal,
    results,
)
from ancam.engines.probing.tests.devices import INFO
from ancam.engines.probing.tests.loopback import (
    Device,
    Request,
    a_budget,
    a_closed_port,
    an_asker,
    reply,
    serving,
)

pytestmark = pytest.mark.network

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
