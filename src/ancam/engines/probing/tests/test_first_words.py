"""Each open port is met once, in the way that suits it; what it says first is kept, and nothing more is asked."""

import asyncio
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, PortState
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import running
from ancam.engines.probing.looking.asking import Asker, StoppedAnswering
from ancam.engines.probing.looking.first_words import meet, open_words
from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.tests.loopback import Device, Handler, a_tls_context, an_asker, reply, serving, serving_all

pytestmark = pytest.mark.network

IP = "127.110.1.1"


def met(tmp_path, port: int, handler: Handler, **how: Any) -> Asker:
    """Meet one port and return who asked."""

    async def meet_it() -> Asker:
        async with serving(handler, IP, port, **how):
            asker = an_asker(tmp_path, port, ip=IP)
            await meet(asker, port)
            return asker

    return asyncio.run(meet_it())


def speaking(*pieces: bytes, first: bool = True) -> Handler:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not first:
            await reader.read(1)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        heard.append(await reader.read())

    return speak


heard: list[bytes] = []


def requests(tmp_path) -> list[str]:
    return [event["line"] for event in verified(tmp_path / "events.jsonl") if event["what"] == "request"]


# Web servers.


def test_a_web_server_is_asked_for_its_first_page_alone(tmp_path):
    device = Device(lambda _: reply(body="<title>x</title>"))

    asker = met(tmp_path, 8080, device)

    assert device.asked == ["GET /"]
    assert [answer.ask for answer in asker.facts.http] == [Ask.HOME]


def test_a_page_is_followed_on_its_own_server_three_times_at_most(tmp_path):
    device = Device(lambda request: reply(302, Location=f"{request.path}x"))

    asker = met(tmp_path, 8080, device)

    assert device.asked == ["GET /", "GET /x", "GET /xx", "GET /xxx"]
    assert len(asker.facts.http) == 4


@pytest.mark.parametrize(
    "place",
    [
        "http://127.110.1.2:8080/",
        "http://camera.example:8080/",
        "http://127.110.1.1:8081/",
        "https://127.110.1.1:8080/secure",
        "http://127.110.1.1:9100/",
        "//127.110.1.2/",
        "/",
        "",
    ],
)
def test_no_other_host_port_or_scheme_is_followed_nor_a_ring(tmp_path, place):
    device = Device(lambda _: reply(302, Location=place))

    asker = met(tmp_path, 8080, device)

    assert device.asked == ["GET /"]
    assert asker.budget.connections == 1


def test_a_second_page_that_does_not_come_leaves_the_first(tmp_path):
    device = Device(lambda request: reply(302, Location="/b") if request.path == "/" else None)

    asker = met(tmp_path, 8080, device)

    assert [answer.path for answer in asker.facts.http] == ["/"]


def test_a_server_that_says_it_wants_tls_is_asked_over_tls(tmp_path):
    device = Device(lambda _: reply(400, "The plain HTTP request was sent to HTTPS port"))

    asker = met(tmp_path, 8080, device)

    assert len(asker.facts.http) == 1 and not asker.facts.tls
    assert (device.asked, device.lines) == (["GET /"], 2)


def test_a_web_port_that_speaks_tls_is_read_over_tls(tmp_path):
    async def both(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As a TLS server does: an alert for a plain request, a handshake for a hello."""
        first = await reader.readexactly(1)
        if first != b"\x16":
            writer.write(b"\x15\x03\x01\x00\x02\x02\x46")
            return
        inner_reader, inner_writer = await asyncio.open_connection(IP, 8444)
        inner_writer.write(first)
        try:
            await asyncio.gather(_pass(reader, inner_writer), _pass(inner_reader, writer))
        finally:
            inner_writer.close()
            await inner_writer.wait_closed()

    async def meet_it() -> Asker:
        page = Device(lambda _: reply(body="inside"))
        async with serving(page, IP, 8444, tls=a_tls_context()), serving(both, IP, 8080):
            asker = an_asker(tmp_path, 8080, ip=IP)
            await meet(asker, 8080)
            return asker

    asker = asyncio.run(meet_it())

    assert [(answer.is_tls, answer.body) for answer in asker.facts.http] == [(True, b"inside")]
    assert asker.facts.tls[0].certificate is not None


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(4_096):
        writer.write(data)
    writer.close()


@pytest.mark.usefixtures("silence_ends_soon")
def test_a_web_port_that_says_nothing_is_not_troubled_with_tls(tmp_path):
    asker = met(tmp_path, 8080, speaking(first=False))

    assert not asker.facts.http
    assert asker.budget.connections == 1


# TLS.


def test_a_tls_server_shows_its_certificate_and_its_page(tmp_path):
    device = Device(lambda _: reply(body="inside"))

    asker = met(tmp_path, 8443, device, tls=a_tls_context())

    seen = asker.facts.tls[0]
    assert (seen.port, seen.highest, seen.has_forward_secrecy) == (8443, "TLSv1.3", True)
    assert seen.cipher.startswith("TLS_") and seen.certificate and seen.certificate.common_name == "#camera"
    assert (device.asked, device.lines) == (["GET /"], 1)


def test_a_usual_tls_port_without_tls_is_read_plainly(tmp_path):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(1)
        writer.write(reply(body="plain") if first == b"G" else b"HTTP/1.1 400 No\r\n\r\n")

    asker = met(tmp_path, 8443, speak)

    assert [(one.is_tls, one.body) for one in asker.facts.http] == [(False, b"plain")]
    assert not asker.facts.tls


def test_a_server_too_old_to_shake_hands_with_is_judged_by_its_hello(tmp_path):
    old = bytes.fromhex("16 0300 002a 02 000026 0300") + bytes(32) + bytes.fromhex("00 000a 00")

    asker = met(tmp_path, 8443, speaking(old + bytes.fromhex("16 0300 0004 0e 000000"), first=False))

    seen = asker.facts.tls[0]
    assert (seen.highest, seen.certificate) == ("SSLv3", None)
    assert "3DES" in seen.cipher or "DES" in seen.cipher
    assert not asker.facts.http


def test_a_tls_port_that_no_longer_opens_is_nothing(tmp_path):
    async def meet_it() -> Asker:
        asker = an_asker(tmp_path, 8443, ip=IP)
        await meet(asker, 8443)
        return asker

    asker = asyncio.run(meet_it())
    assert not asker.facts.tls and not asker.facts.http


def test_a_server_that_falls_away_between_handshake_and_hello_is_nothing(tmp_path):
    async def meet_it() -> Asker:
        async def refuse_for_good(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"no tls here\r\n\r\n")
            writer.close()
            server.close()

        server = await asyncio.start_server(refuse_for_good, IP, 8443)
        asker = an_asker(tmp_path, 8443, ip=IP)
        await meet(asker, 8443)
        return asker

    asker = asyncio.run(meet_it())
    assert not asker.facts.tls


# What speaks first.


@pytest.mark.parametrize(
    ("port", "said", "service", "text"),
    [
        (2222, b"220 ready (vsFTPd 3.0.3)\r\n", "ftp", "vsFTPd 3.0.3"),
        (2323, b"\xff\xfd\x01\xff\xfb\x03\r\nIPCamera login: ", "telnet", "IPCamera login:"),
        (9527, b"*** hello ***\r\n", "unknown", "*** hello ***"),
    ],
)
def test_what_a_port_says_first_is_kept(tmp_path, port, said, service, text):
    async def speak_and_go(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    asker = met(tmp_path, port, speak_and_go)

    banner = asker.facts.banners[0]
    assert (banner.port, banner.service) == (port, service)
    assert text in banner.text


def test_a_port_that_closes_without_a_word_has_said_nothing(tmp_path):
    async def go(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    assert not met(tmp_path, 2222, go).facts.banners


def test_an_ftp_server_is_left_politely_and_that_is_told(tmp_path):
    heard.clear()

    async def meet_it() -> None:
        async with serving(speaking(b"220 ready\r\n"), IP, 2222):
            await meet(an_asker(tmp_path, 2222, ip=IP), 2222)
            while not heard:
                await asyncio.sleep(0)

    asyncio.run(meet_it())
    assert heard == [b"QUIT\r\n"]
    assert requests(tmp_path) == ["QUIT"]


@pytest.mark.usefixtures("silence_ends_soon")
def test_a_port_that_waits_to_be_spoken_to_is_left(tmp_path):
    asker = met(tmp_path, 2222, speaking())

    assert not asker.facts.banners and not asker.facts.ssh


def test_an_ssh_server_shows_its_offers_and_its_key_and_is_asked_no_login(tmp_path):
    placed = place("127.110.1.7", "hikvision-camera", ssh="own-key")
    with running(placed):

        async def meet_it() -> Asker:
            asker = an_asker(tmp_path, 22, ip="127.110.1.7")
            await meet(asker, 22)
            return asker

        asker = asyncio.run(meet_it())

    assert asker.facts.ssh[0].key_exchanges and asker.facts.ssh[0].host_key_sha256
    assert not asker.facts.logins


@pytest.mark.parametrize("said", [b"SSH-2.0-dropbear_2014.63\r\n", b"SSH-2.0-x\r\n" + b"\xff" * 400])
def test_an_ssh_server_that_goes_no_further_has_said_its_version(tmp_path, said):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await writer.drain()
        writer.write_eof()
        await reader.read()

    asker = met(tmp_path, 2222, speak)

    assert [(one.port, one.host_key_sha256) for one in asker.facts.ssh] == [(2222, "")]


def test_an_ssh_server_that_ends_in_the_middle_of_a_packet_has_said_its_version(tmp_path):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-x\r\n")
        await reader.read(1)
        writer.write(b"\x00")

    assert [one.port for one in met(tmp_path, 2222, speak).facts.ssh] == [2222]


# ADB and RTSP.


def adb_message(banner: bytes) -> bytes:
    command = int.from_bytes(b"CNXN", "little")
    head = [command, 0x01000000, 4_096, len(banner), sum(banner), command ^ 0xFFFFFFFF]
    return b"".join(number.to_bytes(4, "little") for number in head) + banner


def test_a_debug_bridge_is_known_by_its_answer(tmp_path):
    asker = met(tmp_path, 5555, speaking(adb_message(b"device::ro.product.name=cam"), first=False))

    assert asker.facts.banners[0].service == "adb"
    assert asker.facts.banners[0].text.startswith("connect device::")


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad\r\n\r\n", b""])
def test_what_is_no_debug_bridge_is_nothing(tmp_path, said):
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)

    assert not met(tmp_path, 5555, speak).facts.banners


def test_an_rtsp_server_is_asked_for_its_options(tmp_path):
    device = Device(lambda _: reply(200, protocol="RTSP/1.0", Server="Rtsp Server/2.0"))

    asker = met(tmp_path, 8554, device)

    assert [(one.ask, one.method, one.is_tls) for one in asker.facts.rtsp] == [(Ask.OPTIONS, "OPTIONS", False)]
    assert len(device.requests) == 1


def test_an_rtsp_server_over_tls_shows_its_certificate_too(tmp_path):
    asker = met(tmp_path, 322, Device(lambda _: reply(200, protocol="RTSP/1.0")), tls=a_tls_context())

    assert asker.facts.tls[0].port == 322
    assert [(one.port, one.is_tls) for one in asker.facts.rtsp] == [(322, True)]


def test_a_secure_stream_port_without_tls_is_nothing(tmp_path):
    asker = met(tmp_path, 322, speaking(b"RTSP/1.0 400 Bad Request\r\n\r\n", first=False))

    assert not asker.facts.rtsp and not asker.facts.tls


@pytest.mark.parametrize("port", [322, 2222, 5555, 8443, 8554, 8080, 34567])
def test_a_port_that_has_shut_meanwhile_is_nothing(tmp_path, port):
    async def meet_it() -> Asker:
        asker = an_asker(tmp_path, port, ip=IP)
        await meet(asker, port)
        return asker

    facts = asyncio.run(meet_it()).facts
    assert not (facts.http or facts.rtsp or facts.tls or facts.ssh or facts.banners)


# All of them.


def test_every_open_port_is_met_and_a_known_control_port_is_left_in_peace(tmp_path):
    web, control, video = (Device(lambda _: reply()) for _ in range(3))

    async def meet_all() -> Asker:
        async with serving_all({8080: web, 8000: control, 8554: video}, IP):
            asker = an_asker(tmp_path, 8080, 8000, 8554, ip=IP)
            await open_words(asker, [8000, 8080, 8554], ["Hikvision", "Dahua"])
            return asker

    asyncio.run(meet_all())
    assert (len(web.requests), len(control.requests), len(video.requests)) == (1, 0, 1)


def test_a_device_that_stopped_answering_is_left_alone_by_all_who_ask(tmp_path):
    slow_answers: list[bool] = []

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        slow_answers.append(True)

    async def meet_all() -> Asker:
        async with serving(slow, IP, 8080):
            shut = [81, 82, 88, 8081]
            asker = an_asker(tmp_path, 8080, *shut, ip=IP)
            with pytest.raises(StoppedAnswering):
                await open_words(asker, [8080, *shut], [])
            asked = asker.budget.connections
            while not slow_answers:
                await asyncio.sleep(0)
            assert asker.budget.connections == asked
            return asker

    asker = asyncio.run(meet_all())
    assert not asker.budget.slots.locked()
    assert asker.facts.tcp[8080] is PortState.OPEN
