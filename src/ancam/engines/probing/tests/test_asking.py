"""A question is asked once and its answer kept, as far as its kind is worth."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, ClockReading, SoapKind
from ancam.engines.probing.looking.asking import Asker, Talk, Web, heard_first
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.tests.devices import raw, saying
from ancam.engines.probing.tests.loopback import Device, an_asker, reply, serving, silence
from ancam.engines.probing.tests.questions import asked, get

pytestmark = pytest.mark.network


def test_an_answer_is_kept_with_what_was_asked(tmp_path):
    device = saying(reply(200, "<title>Cổng</title>", Server="App-webs/"))

    asker, answer = get(tmp_path, device, Ask.INFO, "/info?x=1")

    assert asker.facts.http == [answer]
    assert (answer.ask, answer.method, answer.path, answer.status) == (Ask.INFO, "GET", "/info?x=1", 200)
    assert answer.body.decode() == "<title>Cổng</title>" and answer.header("server") == "App-webs/"
    assert device.requests[0].headers["user-agent"] == "AnCam/0 (+to@an.example)"
    assert device.requests[0].headers["host"] == f"127.0.0.1:{answer.port}"


def test_what_is_asked_stands_in_the_journal_without_its_headers(tmp_path):
    get(tmp_path, saying(reply()), path="/a", headers=[("Authorization", "Basic c2VjcmV0")])

    told = (tmp_path / "events.jsonl").read_text()
    assert [event["line"] for event in verified(tmp_path / "events.jsonl") if event["what"] == "request"] == ["GET /a"]
    assert "c2VjcmV0" not in told


@pytest.mark.parametrize(
    ("ip", "web", "name"),
    [
        ("10.0.0.1", Web(80, False), "10.0.0.1"),
        ("10.0.0.1", Web(443, True), "10.0.0.1"),
        ("10.0.0.1", Web(443, False), "10.0.0.1:443"),
        ("fd00::1", Web(80, False), "[fd00::1]"),
        ("fd00::1", Web(8443, True), "[fd00::1]:8443"),
    ],
)
def test_the_host_is_named_as_a_browser_names_it(tmp_path, ip, web, name):
    assert an_asker(tmp_path, ip=ip).host_header(web) == name


@pytest.mark.parametrize("said", [b"SSH-2.0-dropbear\r\n", b"HTTP/9.9 what\r\n\r\n", b"\x15\x03\x01\x00\x02\x02F"])
def test_what_is_no_answer_is_kept_nowhere(tmp_path, said):
    asker, answer = get(tmp_path, raw(said))

    assert answer is None
    assert asker.facts.http == []


@pytest.mark.usefixtures("silence_ends_soon")
def test_silence_is_no_answer(tmp_path):
    asker, answer = get(tmp_path, silence)

    assert answer is None
    assert asker.facts.http == []


def test_what_came_until_patience_ended_is_an_answer(tmp_path):
    asker, answer = get(tmp_path, raw(b"HTTP/1.1 200 OK\r\nServer: slow\r\nContent-Length: 500\r\n\r\nhalf"))

    assert (answer.status, answer.body, answer.is_cut) == (200, b"half", True)
    assert len(asker.facts.http) == 1


def test_a_page_without_end_is_cut_at_what_its_kind_is_worth(tmp_path):
    endless = raw(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 200_000)

    home, info = (get(tmp_path, endless, ask)[1] for ask in (Ask.HOME, Ask.INFO))

    assert (len(home.body), len(info.body)) == (65_536, 16_384)
    assert home.is_cut and info.is_cut


# Pictures.


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + b"\xff\xd8" + b"p" * 90_000,),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", b"\xff\xd8ppp", b"p" * 90_000),
        (b"HTTP/1.0 200 OK\r\n\r\n" + b"\xff\xd8" + b"p" * 90_000,),
        (b"HTTP/1.0 200 OK\r\n\r\n" + b"\xff\xd8" + b"p" * 14,),
    ],
)
def test_of_a_picture_no_byte_beyond_sixteen_is_read_or_waited_for(tmp_path, pieces):
    asker, answer = get(tmp_path, raw(*pieces), Ask.SNAPSHOT)

    head = pieces[0].index(b"\r\n\r\n") + 4
    assert len(answer.body) == 16
    assert asker.budget.bytes_in == head + 16


@pytest.mark.parametrize("ask", [Ask.STREAM, Ask.BACKUP])
@pytest.mark.parametrize("behind", [[b"p" * 900], []], ids=["more", "nothing"])
def test_of_a_stream_or_a_backup_the_head_is_all(tmp_path, ask, behind):
    head = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n"

    _, answer = get(tmp_path, raw(head, *behind), ask)

    assert (answer.status, answer.body) == (200, b"")


# Clocks.


@pytest.mark.parametrize(
    ("date", "readings"),
    [
        ("Sun, 22 Nov 2026 13:00:00 GMT", [ClockReading("http", 3_600, 2.0)]),
        ("Sun, 22 Nov 2026 13:00:00 -0000", []),
        ("yesterday", []),
        ("Sun, 99 Nov 99999999999 13:00:00 GMT", []),
        ("", []),
    ],
)
def test_the_first_page_tells_the_clock(tmp_path, date, readings):
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

    async def ask_it():
        async with serving(saying(reply(Date=date))) as port:
            asker = an_asker(tmp_path, port, clock=lambda: noon)
            await asked(asker, port)
            await asked(asker, port, Ask.INFO)
            return asker.facts.clocks

    assert asyncio.run(ask_it()) == readings


# ONVIF.


async def called(asker: Asker, port: int, **how: Any):
    with Talk(asker, Web(port, False)) as talk:
        return await asker.call(talk, "/onvif/device_service", "GetScopes", b"<x/>", **how)


def test_a_call_is_kept_with_what_it_gave(tmp_path):
    envelope = (
        '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><GetScopesResponse><Scopes>'
        "<ScopeItem>onvif://www.onvif.org/name/An</ScopeItem></Scopes></GetScopesResponse></e:Body></e:Envelope>"
    )
    device = saying(reply(body=envelope))

    async def call():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            return asker, await called(asker, port, with_credentials=True)

    asker, answer = asyncio.run(call())
    assert asker.facts.onvif == [answer]
    assert (answer.kind, answer.values["scopes"]) == (SoapKind.RESPONSE, "onvif://www.onvif.org/name/An")
    assert answer.with_credentials and not answer.password_as_text
    assert (device.asked, device.requests[0].body) == (["POST /onvif/device_service"], b"<x/>")


def test_a_call_without_an_answer_is_kept_nowhere(tmp_path):
    async def call():
        async with serving(Device(lambda _: None)) as port:
            asker = an_asker(tmp_path, port)
            return asker, await called(asker, port)

    asker, answer = asyncio.run(call())
    assert (answer.kind, answer.status) == (SoapKind.OTHER, 0)
    assert asker.facts.onvif == []


# First words.


@pytest.mark.parametrize(
    ("pieces", "most", "heard"),
    [
        ((b"220 ", b"ready\r\n"), 100, b"220 ready\r\n"),
        ((b"x" * 50,), 10, b"x" * 10),
        ((b"220 bye\r\n", b""), 100, b"220 bye\r\n"),
        ((), 10, b""),
    ],
)
def test_a_pause_or_enough_ends_what_is_said_first(tmp_path, pieces, most, heard):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if b"" not in pieces:
            await reader.read()

    async def listen() -> bytes:
        async with serving(speak) as port:
            line = await an_asker(tmp_path, port).line(port)
            assert isinstance(line, Line)
            with line:
                return await heard_first(line, 2 if pieces else 0.1, most)

    assert asyncio.run(listen()) == heard
