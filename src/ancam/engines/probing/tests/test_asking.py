"""A question is asked once and its answer kept; what a device does wrong ends nothing but its own look."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, ClockReading, SoapKind
from ancam.engines.probing.looking.asking import Asker, StoppedAnswering, Talk, Web, heard_first
from ancam.engines.probing.looking.together import together
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.sending.gate import Strayed
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.sending.stopping import Stopped
from ancam.engines.probing.sending.tls_line import NotTls
from ancam.engines.probing.tests.loopback import (
    BYE,
    Device,
    Request,
    a_budget,
    a_closed_port,
    a_stop,
    a_tls_context,
    an_asker,
    reply,
    serving,
    silence,
)

pytestmark = pytest.mark.network

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def saying(data: bytes) -> Device:
    return Device(lambda _: data)


def raw(*pieces: bytes) -> Handler:
    """Return a server that sends these as soon as it is asked anything, each by itself, and then waits."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        await reader.read()

    return speak


async def asked(asker: Asker, port: int, ask: Ask = Ask.HOME, path: str = "/", *, is_tls: bool = False, **how: Any):
    with Talk(asker, Web(port, is_tls)) as talk:
        return await asker.get(talk, ask, path, **how)


def get(tmp_path, handler: Handler, ask: Ask = Ask.HOME, path: str = "/", **how: Any):
    """Ask one server one thing and return the asker and the answer."""

    async def ask_it():
        async with serving(handler) as port:
            asker = an_asker(tmp_path, port)
            return asker, await asked(asker, port, ask, path, **how)

    return asyncio.run(ask_it())


# Answers.


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


def test_two_questions_go_over_one_line(tmp_path):
    device = saying(reply())

    async def ask_twice() -> None:
        async with serving(device) as port:
            with Talk(an_asker(tmp_path, port), Web(port, False)) as talk:
                await talk._asker.get(talk, Ask.HOME, "/1")
                await talk._asker.get(talk, Ask.HOME, "/2")

    asyncio.run(ask_twice())
    assert [one.line for one in device.requests] == [1, 1]


def test_a_device_that_closed_between_two_questions_is_asked_once_more_on_a_new_line(tmp_path):
    device = Device(lambda request: None if (request.line, request.path) == (1, "/2") else reply(body=request.path))

    async def ask_twice():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                return await asker.get(talk, Ask.HOME, "/2"), asker.budget.connections

    answer, connections = asyncio.run(ask_twice())
    assert (answer.body, connections) == (b"/2", 2)
    assert [(one.path, one.line) for one in device.requests] == [("/1", 1), ("/2", 1), ("/2", 2)]


def test_a_device_that_never_answers_twice_is_not_asked_a_third_time(tmp_path):
    device = Device(lambda request: reply() if request.path == "/1" else None)

    async def ask_twice():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                return await asker.get(talk, Ask.HOME, "/2")

    assert asyncio.run(ask_twice()) is None
    assert device.asked.count("GET /2") == 2


def test_what_a_fresh_line_leaves_unanswered_is_not_sent_again(tmp_path):
    device = Device(lambda _: None)

    _, answer = get(tmp_path, device)

    assert answer is None
    assert len(device.requests) == 1


def test_a_server_that_closes_gets_a_new_line_for_the_next_question(tmp_path):
    device = saying(reply(Connection="close") + BYE)

    async def ask_twice() -> None:
        async with serving(device) as port:
            asker = an_asker(tmp_path, port)
            with Talk(asker, Web(port, False)) as talk:
                assert await asker.get(talk, Ask.HOME, "/1") and await asker.get(talk, Ask.HOME, "/2")

    asyncio.run(ask_twice())
    assert [one.line for one in device.requests] == [1, 2]


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
def test_of_a_stream_or_a_backup_the_head_is_all(tmp_path, ask):
    _, answer = get(
        tmp_path, raw(b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n", b"p" * 900), ask
    )

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


# What ends the look.


def test_a_port_that_does_not_open_is_no_answer_and_the_third_time_ends_the_look(tmp_path):
    port = a_closed_port()
    asker = an_asker(tmp_path, port)

    async def ask_it() -> None:
        assert await asked(asker, port) is None
        assert await asker.tls(port) is None
        with pytest.raises(StoppedAnswering):
            await asked(asker, port)

    asyncio.run(ask_it())
    assert asker.budget.connections == 3


def test_a_port_that_only_the_device_named_says_nothing_of_those_that_were_open(tmp_path):
    port = a_closed_port()
    asker = an_asker(tmp_path)

    async def ask_it() -> None:
        for _ in range(4):
            assert await asked(asker, port) is None

    asyncio.run(ask_it())
    assert asker.failures == 0


@pytest.mark.parametrize("port", [9100, 0, 65_536])
def test_a_port_that_is_never_asked_is_not_asked_for_a_device_that_names_it(tmp_path, port):
    asker = an_asker(tmp_path)

    assert asyncio.run(asked(asker, port)) is None
    assert asker.budget.connections == 0


def test_an_answer_in_between_forgives_what_failed(tmp_path):
    async def ask_it() -> int:
        async with serving(saying(reply())) as port:
            shut = a_closed_port()
            asker = an_asker(tmp_path, port, shut)
            for one in (shut, shut, port, shut, shut):
                await asked(asker, one)
            return asker.failures

    assert asyncio.run(ask_it()) == 2


def test_a_port_that_falls_silent_slows_the_run_down(tmp_path):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        asker = an_asker(tmp_path, port, budget=a_budget(seconds=5))
        asker.budget.answered_in(0.0)

        assert asyncio.run(asked(asker, port)) is None
        for sock in waiting:
            sock.close()

    assert asker.gate.pace.losses == 1


def test_a_device_out_of_scope_is_not_asked(tmp_path):
    asker = an_asker(tmp_path)
    asker.facts.ip = "127.0.0.2"

    with pytest.raises(Strayed):
        asyncio.run(asked(asker, 80))


@pytest.mark.parametrize("is_tls", [False, True])
def test_time_that_runs_out_in_the_middle_of_an_answer_frees_the_line(tmp_path, is_tls):
    async def ask_it():
        async with serving(silence) as port:
            asker = an_asker(tmp_path, port, budget=a_budget(at_once=1, seconds=1))
            assert await asked(asker, port, is_tls=is_tls) is None
            with pytest.raises(BudgetSpent):
                await asked(asker, port, is_tls=is_tls)
            return asker

    asker = asyncio.run(ask_it())
    assert not asker.budget.slots.locked()
    assert [event["what"] for event in verified(tmp_path / "events.jsonl")][-1] == "close"


@pytest.mark.parametrize("is_tls", [False, True])
def test_bytes_that_run_out_in_the_middle_of_an_answer_free_the_line(tmp_path, is_tls):
    async def ask_it():
        flood = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + b"x" * 60_000)
        async with serving(flood, tls=a_tls_context() if is_tls else None) as port:
            asker = an_asker(tmp_path, port, budget=a_budget(at_once=1, bytes_left=3_000))
            with pytest.raises(BudgetSpent):
                await asked(asker, port, is_tls=is_tls)
            return asker

    asker = asyncio.run(ask_it())
    assert not asker.budget.slots.locked()
    assert asker.facts.http == []


def test_a_stop_in_the_middle_sends_nothing_more(tmp_path):
    stop = a_stop()

    def answer(_: Request) -> bytes:
        stop.pull("signal")
        return reply(Connection="close") + BYE

    device = Device(answer)

    async def ask_it():
        async with serving(device) as port:
            asker = an_asker(tmp_path, port, stop=stop)
            with Talk(asker, Web(port, False)) as talk:
                await asker.get(talk, Ask.HOME, "/1")
                with pytest.raises(Stopped):
                    await asker.get(talk, Ask.HOME, "/2")
            return asker

    assert len(asyncio.run(ask_it()).facts.http) == 1
    assert device.asked == ["GET /1"]


# TLS.


def test_a_web_server_is_asked_over_tls(tmp_path):
    async def ask_it():
        async with serving(saying(reply(body="inside")), tls=a_tls_context()) as port:
            asker = an_asker(tmp_path, port)
            return await asked(asker, port, is_tls=True)

    answer = asyncio.run(ask_it())
    assert (answer.is_tls, answer.body) == (True, b"inside")


def test_a_server_that_ends_tls_has_said_what_it_had_to_say(tmp_path):
    async def ask_it():
        async with serving(saying(b"HTTP/1.0 200 OK\r\n\r\nall" + BYE), tls=a_tls_context()) as port:
            asker = an_asker(tmp_path, port)
            return await asked(asker, port, is_tls=True)

    answer = asyncio.run(ask_it())
    assert (answer.body, answer.is_cut) == (b"all", False)


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x15\x03\x01\x00\x02\x02\x28", b""])
def test_who_speaks_no_tls_is_no_answer_over_tls(tmp_path, said):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)

    async def ask_it():
        async with serving(speak) as port:
            asker = an_asker(tmp_path, port)
            with pytest.raises(NotTls) as refusal:
                await asker.tls(port)
            assert refusal.value.why
            assert await asked(asker, port, is_tls=True) is None
            return asker

    assert not asyncio.run(ask_it()).budget.slots.locked()


def test_noise_in_tls_ends_the_answer_and_not_the_look(tmp_path):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.0 200 OK\r\n\r\npart")
        await writer.drain()
        os.write(writer.get_extra_info("socket").fileno(), b"no record of TLS at all" * 4)
        await reader.read()

    async def ask_it():
        async with serving(speak, tls=a_tls_context()) as port:
            return await asked(an_asker(tmp_path, port), port, is_tls=True)

    assert asyncio.run(ask_it()).body == b"part"


def test_a_handshake_without_end_is_none(tmp_path):
    async def dribble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for byte in b"\x16\x03\x03\x40\x00\x02" + bytes(30):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.001)

    async def ask_it() -> None:
        async with serving(dribble) as port:
            with pytest.raises(NotTls):
                await an_asker(tmp_path, port).tls(port)

    asyncio.run(ask_it())


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


# RTSP.


def rtsp(tmp_path, handler: Handler, method: str = "DESCRIBE", ip: str = "127.0.0.1"):
    async def ask_it():
        async with serving(handler, ip) as port:
            asker = an_asker(tmp_path, port, ip=ip)
            line = await asker.line(port)
            assert isinstance(line, Line)
            with line:
                return asker, await asker.rtsp(line, Ask.STREAM, method, "/live", 7)

    return asyncio.run(ask_it())


def test_a_stream_is_described_and_kept(tmp_path):
    device = saying(reply(200, "v=0\r\n", "RTSP/1.0"))

    asker, answer = rtsp(tmp_path, device)

    assert asker.facts.rtsp == [answer]
    assert (answer.status, answer.path, answer.is_tls, answer.body) == (200, "/live", False, b"v=0\r\n")
    sent = device.requests[0]
    assert (sent.method, sent.path) == ("DESCRIBE", f"rtsp://127.0.0.1:{answer.port}/live")
    assert (sent.headers["cseq"], sent.headers["accept"]) == ("7", "application/sdp")


def test_what_may_be_described_is_said_once(tmp_path):
    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(reply(401, protocol="RTSP/1.0"))

    heard: list[bytes] = []
    rtsp(tmp_path, hear)

    assert heard[0].count(b"Accept:") == 1


def test_a_stream_of_an_ipv6_address_is_named_in_brackets(tmp_path):
    device = saying(reply(200, protocol="RTSP/1.0"))

    rtsp(tmp_path, device, "OPTIONS", ip="::1")

    assert device.requests[0].path.startswith("rtsp://[::1]:")


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\n\r\n", b""])
def test_what_is_no_rtsp_is_kept_nowhere(tmp_path, said):
    asker, answer = rtsp(tmp_path, saying(said + BYE))

    assert answer is None
    assert asker.facts.rtsp == []


def test_a_description_that_ends_with_the_line_is_whole(tmp_path):
    said = b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n"

    _, answer = rtsp(tmp_path, saying(said + BYE))

    assert answer.body == b"v=0\r\n"


def test_a_description_that_patience_ended_is_kept_as_far_as_it_came(tmp_path):
    said = b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: 99\r\n\r\nv=0\r\n"

    _, answer = rtsp(tmp_path, saying(said))

    assert answer.body == b"v=0\r\n"


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


# Several at once.


def test_what_ends_one_ends_all_before_it_goes_on():
    ended: list[str] = []

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    async def fail() -> None:
        raise StoppedAnswering

    async def ask() -> None:
        with pytest.raises(StoppedAnswering):
            await together(go_on(), fail())
        assert ended == ["the other"]

    asyncio.run(ask())
