"""The owner's account is tried where it may be, never shown, and ends at its first refusal."""

import asyncio
import base64
import hashlib
import re

import pytest

from ancam.engines.probing.facts import (
    Ask,
    ClockReading,
    LoginResult,
    SoapKind,
)
from ancam.engines.probing.looking.accounts import ask_as_owner
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.tests.closed_devices import (
    BASIC,
    IP,
    OPEN,
    OWNER,
    as_owner,
    logins,
    onvif_alone,
    onvif_refusal,
    refusal,
    results,
    soap,
    tried,
)
from ancam.engines.probing.tests.loopback import (
    Device,
    Request,
    a_tls_context,
    an_asker,
    reply,
    serving,
)

pytestmark = pytest.mark.network


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
