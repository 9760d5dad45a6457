"""One documented stream is described without an account; nothing is set up or played."""

import asyncio
from functools import partial
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, OnvifAnswer, RtspAnswer, SoapKind
from ancam.engines.probing.looking import cameras
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.tests.devices import asked_at
from ancam.engines.probing.tests.loopback import (
    BYE,
    Clock,
    Device,
    Handler,
    Request,
    a_budget,
    a_tls_context,
    an_asker,
    reply,
    serving,
)

pytestmark = pytest.mark.network

IP = "127.110.11.1"
asked = partial(asked_at, IP)
SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
STREAM = RtspAnswer(Ask.OPTIONS, 8554, False, "OPTIONS", "/", 200)
SHOWN = reply(200, SDP, "RTSP/1.0", Content_Type="application/sdp")


def rtsp_device(**streams: bytes) -> Device:
    """Return an RTSP server that answers for these ends of paths, and 404 for all others."""

    def answer(request: Request) -> bytes | None:
        for end, said in streams.items():
            if request.path.endswith(end):
                return said
        return reply(404, protocol="RTSP/1.0")

    return Device(answer)


def described(tmp_path, device: Handler, *known: Any, vendor: str = "Hikvision", **how: Any) -> Asker:
    return asked(tmp_path, lambda asker: cameras.ask_streams(asker, [vendor]), {8554: device}, STREAM, *known, **how)


def paths(device: Device) -> list[str]:
    return [one.path.partition(":8554")[2] for one in device.requests]


def test_an_open_stream_is_held_against_a_path_no_device_has(tmp_path):
    device = rtsp_device(**{"/Streaming/Channels/101": SHOWN})

    asker = described(tmp_path, device)

    assert paths(device) == ["/Streaming/Channels/101", cameras.NO_SUCH_PATH]
    assert [(one.ask, one.status) for one in asker.facts.rtsp[1:]] == [(Ask.STREAM, 200), (Ask.NO_SUCH_PATH, 404)]
    assert {one.method for one in device.requests} == {"DESCRIBE"}
    numbers = [int(one.headers["cseq"]) for one in device.requests]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_ends_the_asking_for_streams(tmp_path, status):
    device = Device(lambda _: reply(status, protocol="RTSP/1.0"))

    described(tmp_path, device)

    assert paths(device) == ["/Streaming/Channels/101"]


def test_paths_that_are_not_there_are_asked_one_after_the_other(tmp_path):
    device = rtsp_device()
    named = OnvifAnswer(80, False, "/", "GetStreamUri", 200, SoapKind.RESPONSE, {"Uri": "rtsp://10.9.9.9/own?u=1"})

    described(tmp_path, device, named)

    assert paths(device) == ["/Streaming/Channels/101", "/h264/ch1/main/av_stream", "/own?u=1"]


@pytest.mark.parametrize("uri", ["", "http://10.9.9.9/x", "rtsp://[", "rtsp://10.9.9.9"])
def test_what_is_no_stream_address_is_not_asked_for(tmp_path, uri):
    device = rtsp_device()
    named = OnvifAnswer(80, False, "/", "GetStreamUri", 200, SoapKind.RESPONSE, {"Uri": uri})

    described(tmp_path, device, named, OnvifAnswer(80, False, "/", "GetScopes", 200, SoapKind.RESPONSE), vendor="")

    assert paths(device) == ["/"]


def test_a_guess_at_the_maker_comes_behind_what_the_device_names(tmp_path):
    device = rtsp_device()
    named = OnvifAnswer(80, False, "/", "GetStreamUri", 200, SoapKind.RESPONSE, {"Uri": "rtsp://10.9.9.9/own"})

    asked(tmp_path, lambda asker: cameras.ask_streams(asker, ["Hikvision", ""]), {8554: device}, STREAM, named)

    assert paths(device) == ["/own", "/Streaming/Channels/101", "/h264/ch1/main/av_stream"]


def test_a_server_that_hangs_up_behind_an_answer_is_called_once_more(tmp_path):
    device = Device(lambda _: reply(404, protocol="RTSP/1.0") + BYE)

    described(tmp_path, device)

    assert paths(device) == ["/Streaming/Channels/101", "/h264/ch1/main/av_stream"]
    assert device.lines == 2


def test_a_server_that_never_answers_is_not_called_again(tmp_path):
    device = Device(lambda _: None)

    described(tmp_path, device)

    assert len(device.requests) == 1


def test_a_stream_port_that_has_shut_is_passed_over(tmp_path):
    other = RtspAnswer(Ask.OPTIONS, 10554, False, "OPTIONS", "/", 200)

    described(tmp_path, rtsp_device(), other)


def test_a_secure_stream_is_described_over_tls_and_passed_over_where_tls_is_gone(tmp_path):
    device = rtsp_device(**{"/101": SHOWN})
    known = RtspAnswer(Ask.OPTIONS, 322, True, "OPTIONS", "/", 200)

    async def no_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"RTSP/1.0 400 Bad Request\r\n\r\n")

    async def ask(tls: Any) -> Asker:
        async with serving(device if tls else no_tls, IP, 322, tls=tls):
            asker = an_asker(tmp_path, 322, ip=IP)
            asker.facts.rtsp.append(known)
            await cameras.ask_streams(asker, ["Hikvision"])
            return asker

    assert asyncio.run(ask(a_tls_context())).facts.rtsp[1].is_tls
    assert asyncio.run(ask(None)).facts.rtsp == [known]


def test_time_that_runs_out_between_two_streams_keeps_what_was_described(tmp_path):
    clock = Clock()

    def answer(request: Request) -> bytes:
        if "101" in request.path:
            return reply(404, protocol="RTSP/1.0")
        clock.now += 15
        return b"RTSP/1.0"

    async def ask() -> Asker:
        async with serving(Device(answer), IP, 8554):
            asker = an_asker(tmp_path, 8554, 8080, ip=IP, budget=a_budget(seconds=15, clock=clock))
            asker.facts.rtsp.append(STREAM)
            with pytest.raises(BudgetSpent):
                await cameras.ask_streams(asker, ["Hikvision"])
            return asker

    asker = asyncio.run(ask())
    assert [one.status for one in asker.facts.rtsp] == [200, 404]
    assert not asker.budget.slots.locked()
