"""An RTSP server is asked for a description; what came of it is kept."""

import asyncio

import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.sending.line import Line
from ancam.engines.probing.tests.devices import saying
from ancam.engines.probing.tests.loopback import BYE, Handler, an_asker, reply, serving

pytestmark = pytest.mark.network


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
