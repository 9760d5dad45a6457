"""What a camera is asked without an account, and what it is never asked, whatever it says of itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, DiscoveryAnswer, HttpAnswer, OnvifAnswer, RtspAnswer, SoapKind, TlsFacts
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking import cameras
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.sending.budget import BudgetSpent
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
    serving_all,
)

pytestmark = pytest.mark.network

IP = "127.110.2.1"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
Part = Callable[[Asker], Awaitable[Any]]


def soap(content: str) -> bytes:
    envelope = f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{content}</e:Body></e:Envelope>'
    return reply(body=envelope)


def call_of(request: Request) -> str:
    """Return the name of an ONVIF call."""
    return request.body.decode().partition("<e:Body><t:")[2].partition(" ")[0]


def home(port: int = 8080, is_tls: bool = False, status: int = 200, body: bytes = b"", **headers: str) -> HttpAnswer:
    return HttpAnswer(Ask.HOME, port, is_tls, "GET", "/", status, tuple(headers.items()), body)


def match(*addresses: str) -> DiscoveryAnswer:
    return DiscoveryAnswer("ws-discovery", 3702, {"xaddrs": " ".join(addresses), "scopes": "onvif://www.onvif.org/x"})


def asked(tmp_path, part: Part, handlers: dict[int, Handler], *known: Any, **how: Any) -> Asker:
    """Ask a device, of which the known is known, for one part."""

    async def ask() -> Asker:
        async with serving_all(handlers, IP):
            asker = an_asker(tmp_path, *handlers, ip=IP, clock=lambda: NOON, **how)
            places = {
                HttpAnswer: asker.facts.http,
                RtspAnswer: asker.facts.rtsp,
                OnvifAnswer: asker.facts.onvif,
                DiscoveryAnswer: asker.facts.discovered,
                TlsFacts: asker.facts.tls,
            }
            for one in known:
                places[type(one)].append(one)
            await part(asker)
            return asker

    return asyncio.run(ask())


# Where to ask.


def test_the_server_that_serves_is_asked_before_one_that_only_leads_on(tmp_path):
    leads_on = home(80, status=302, location=f"https://{IP}/")

    def main(*known: HttpAnswer) -> tuple[int, bool]:
        asker = an_asker(tmp_path, ip=IP)
        asker.facts.http += known
        web = cameras.main_web(asker)
        assert web
        return web.port, web.is_tls

    assert main(leads_on, home(443, True)) == (443, True)
    assert main(leads_on) == (80, False)
    assert main(home(8080), home(80)) == (80, False)
    assert main(home(8080), home(8081)) == (8080, False)
    assert cameras.main_web(an_asker(tmp_path)) is None


@pytest.mark.parametrize(
    ("known", "may"),
    [
        ([home(80)], False),
        ([RtspAnswer(Ask.OPTIONS, 554, False, "OPTIONS", "/", 200)], True),
        ([match()], True),
        ([DiscoveryAnswer("ssdp", 1900, {"server": "x"})], False),
        ([home(80, server="App-webs/")], True),
    ],
)
def test_a_mere_web_server_is_sent_no_call(tmp_path, known, may):
    asker = an_asker(tmp_path, ip=IP)
    for one in known:
        {HttpAnswer: asker.facts.http, RtspAnswer: asker.facts.rtsp, DiscoveryAnswer: asker.facts.discovered}[
            type(one)
        ].append(one)

    assert cameras.may_speak_onvif(asker) is may


def test_a_port_that_serves_nothing_but_onvif_is_sent_a_call(tmp_path):
    assert cameras.may_speak_onvif(an_asker(tmp_path, 2020))


# ONVIF.

TIME = (
    "<GetSystemDateAndTimeResponse><UTCDateTime><Time><Hour>13</Hour><Minute>0</Minute><Second>0</Second></Time>"
    "<Date><Year>2026</Year><Month>11</Month><Day>22</Day></Date></UTCDateTime></GetSystemDateAndTimeResponse>"
)


def onvif_device(**answers: str) -> Device:
    """Return a device that answers these calls, and refuses all others."""
    told = {"GetSystemDateAndTime": TIME, **answers}
    refusal = "<Fault><Reason><Text>Sender not Authorized</Text></Reason></Fault>"
    return Device(lambda request: soap(told.get(call_of(request), refusal)))


def test_the_clock_is_read_first_then_the_open_calls_are_made(tmp_path):
    device = onvif_device()

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert [call_of(one) for one in device.requests] == [
        "GetSystemDateAndTime",
        "GetDeviceInformation",
        "GetScopes",
        "GetNetworkInterfaces",
        "GetNetworkProtocols",
        "GetCapabilities",
        "GetProfiles",
    ]
    assert {one.path for one in device.requests} == {"/onvif/device_service", "/onvif/media_service"}
    assert [(clock.source, clock.offset_s) for clock in asker.facts.clocks] == [("onvif", 3_600)]
    assert asker.facts.onvif[1].kind is SoapKind.NOT_AUTHORISED
    assert all(b"Security" not in one.body for one in device.requests)


def test_a_clock_that_tells_no_time_is_no_reading(tmp_path):
    device = onvif_device(GetSystemDateAndTime="<GetSystemDateAndTimeResponse/>")

    assert not asked(tmp_path, cameras.ask_onvif, {8080: device}, home()).facts.clocks


def test_a_server_without_onvif_is_asked_once(tmp_path):
    device = Device(lambda _: reply(404))

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert len(device.requests) == 1


def test_a_device_without_a_web_server_is_sent_no_call(tmp_path):
    assert asked(tmp_path, cameras.ask_onvif, {}).budget.connections == 0


def test_an_address_of_another_host_is_never_used(tmp_path):
    stranger, device = Device(lambda _: reply()), onvif_device()

    async def ask() -> None:
        async with serving(stranger, "127.110.2.2", 8080), serving(device, IP, 8080):
            asker = an_asker(tmp_path, 8080, ip=IP)
            elsewhere = (
                "http://127.110.2.2:8080/onvif/device_service",
                "http://camera.local:8080/x",
                "http://[::1/",
                "",
            )
            asker.facts.discovered.append(match(*elsewhere, "ftp://127.110.2.1/x", f"http://{IP}:8080/own?a=1"))
            await cameras.ask_onvif(asker)

    asyncio.run(ask())
    assert not stranger.requests
    assert device.requests[0].path == "/own?a=1"


def test_a_port_that_is_never_asked_stays_so_when_the_device_names_it(tmp_path):
    device = onvif_device()

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, match(f"http://{IP}:9100/", f"http://{IP}:8080/x"))

    assert device.requests[0].path == "/x"
    assert asker.facts.onvif


def test_a_port_that_only_the_device_names_is_one_of_its_open_ports(tmp_path):
    device = onvif_device()

    async def ask() -> Asker:
        async with serving(device, IP, 8085):
            asker = an_asker(tmp_path, 8080, ip=IP)
            asker.facts.discovered.append(match(f"http://{IP}:8085/x"))
            await cameras.ask_onvif(asker)
            return asker

    assert sorted(asyncio.run(ask()).facts.open_ports) == [8080, 8085]


def test_shut_ports_that_the_device_names_do_not_end_its_look(tmp_path):
    device = onvif_device()
    places = [f"http://{IP}:{port}/" for port in (8081, 8082, 8083)]

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, match(*places), home())

    assert asker.failures == 0
    assert not device.requests


def test_the_device_service_is_looked_for_on_usual_ports_and_over_tls(tmp_path):
    asker = an_asker(tmp_path, ip=IP)
    asker.facts.http += [home(8081), home(8080), home(8443, True)]

    assert [(web.port, path) for web, path in cameras._services(asker)] == [
        (8080, "/onvif/device_service"),
        (8443, "/onvif/device_service"),
    ]


def test_the_media_service_gives_the_addresses_of_its_first_profile(tmp_path):
    device = onvif_device(
        GetCapabilities="<GetCapabilitiesResponse><Media><XAddr>http://10.9.9.9/media2</XAddr></Media></GetCapabilitiesResponse>",
        GetProfiles='<GetProfilesResponse><Profiles token="first"/><Profiles token="second"/></GetProfilesResponse>',
    )

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    media = device.requests[6:]
    assert [call_of(one) for one in media] == ["GetProfiles", "GetStreamUri", "GetSnapshotUri"]
    assert {one.path for one in media} == {"/media2"}
    assert all(b">first<" in one.body for one in media[1:])


@pytest.mark.parametrize("address", ["http://[", "http://10.9.9.9"])
def test_a_media_address_without_a_path_is_taken_for_the_usual(tmp_path, address):
    media = f"<GetCapabilitiesResponse><Media><XAddr>{address}</XAddr></Media></GetCapabilitiesResponse>"
    device = onvif_device(GetCapabilities=media)

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert device.requests[-1].path == "/onvif/media_service"


# The maker's information.


def test_the_documented_information_is_asked_for_until_it_is_given(tmp_path):
    device = Device(lambda _: reply(200, "model=x"))

    asked(tmp_path, lambda asker: cameras.ask_information(asker, "Dahua"), {8080: device}, home())

    assert device.asked == ["GET /cgi-bin/magicBox.cgi?action=getSystemInfo"]


def test_a_refusal_is_compared_once_with_that_of_a_path_no_device_has(tmp_path):
    device = Device(lambda _: reply(401))

    asked(tmp_path, lambda asker: cameras.ask_information(asker, "Dahua"), {8080: device}, home())

    assert [path for path in device.asked if "no-such" in path] == [f"GET {cameras.NO_SUCH_PATH}"]
    assert len(device.asked) == 3


def test_without_a_web_server_no_information_is_asked_for(tmp_path):
    for part, vendor in (
        (cameras.ask_information, "Dahua"),
        (cameras.ask_pictures, ["Dahua"]),
        (cameras.ask_the_rest, "Dahua"),
    ):
        assert asked(tmp_path, lambda asker, do=part, of=vendor: do(asker, of), {}).budget.connections == 0


# Streams.


def rtsp_device(**streams: bytes) -> Device:
    """Return an RTSP server that answers for these ends of paths, and 404 for all others."""

    def answer(request: Request) -> bytes | None:
        for end, said in streams.items():
            if request.path.endswith(end):
                return said
        return reply(404, protocol="RTSP/1.0")

    return Device(answer)


STREAM = RtspAnswer(Ask.OPTIONS, 8554, False, "OPTIONS", "/", 200)
SHOWN = reply(200, SDP, "RTSP/1.0", Content_Type="application/sdp")


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


# Pictures.


def pictured(tmp_path, device: Handler, *known: Any) -> Asker:
    return asked(tmp_path, lambda asker: cameras.ask_pictures(asker, ["Hikvision"]), {8080: device}, home(), *known)


def test_an_open_picture_is_proven_by_its_head_and_sixteen_bytes(tmp_path):
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 90000\r\n\r\n"
    device = Device(lambda request: picture + (b"p" * 90_000 if request.method == "GET" else b""))

    asker = pictured(tmp_path, device)

    assert [one.method for one in device.requests] == ["HEAD", "GET"]
    assert device.requests[1].headers["range"] == "bytes=0-15"
    assert max(len(one.body) for one in asker.facts.http) == 16
    assert asker.budget.bytes_in <= 2 * len(picture) + 16


def test_a_closed_picture_is_asked_for_where_it_is_documented_and_where_the_device_names_it(tmp_path):
    device = Device(lambda _: reply(401))
    documented = [read.path for read in services_of("Hikvision").snapshot[:2]]
    named = [
        OnvifAnswer(80, False, "/", "GetSnapshotUri", 200, SoapKind.RESPONSE, {"Uri": uri})
        for uri in ("http://10.9.9.9/stranger", f"http://{IP}/own?p=1")
    ]

    pictured(tmp_path, device, *named)

    assert [one.path for one in device.requests if one.method == "GET"] == [*documented, "/own?p=1"]


# Hellos.


def tls_facts(port: int) -> TlsFacts:
    return TlsFacts(port, "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", None, has_forward_secrecy=True)


def test_each_tls_server_is_asked_whether_it_takes_what_is_old_or_weak(tmp_path):
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"\x15\x03\x01\x00\x02\x02\x46")

    async def ask() -> Asker:
        async with serving(refuse, IP, 8443):
            asker = an_asker(tmp_path, 8443, 9443, ip=IP)
            asker.facts.tls += [tls_facts(8443), tls_facts(9443)]
            await cameras.ask_handshakes(asker)
            return asker

    taken, shut = asyncio.run(ask()).facts.tls
    assert (taken.accepts_legacy, taken.accepts_weak_cipher, taken.has_forward_secrecy) == (False, False, True)
    assert (shut.accepts_legacy, shut.accepts_weak_cipher) == (None, None)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_that_neither_takes_nor_refuses_a_hello_is_no_sign_of_safety(tmp_path, said):
    async def go(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)

    async def ask() -> Asker:
        async with serving(go, IP, 8443):
            asker = an_asker(tmp_path, 8443, ip=IP)
            asker.facts.tls.append(tls_facts(8443))
            await cameras.ask_handshakes(asker)
            return asker

    seen = asyncio.run(ask()).facts.tls[0]
    assert (seen.accepts_legacy, seen.accepts_weak_cipher) == (None, None)


def test_what_a_first_hello_told_is_kept_when_time_runs_out_at_the_second(tmp_path):
    refusal = b"\x15\x03\x01\x00\x02\x02\x46"
    heard: list[bytes] = []
    clock = Clock()

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1))
        if len(heard) > 1:
            clock.now += 15
        writer.write(refusal if len(heard) == 1 else refusal[:1])
        await writer.drain()
        await reader.read()

    async def ask() -> Asker:
        async with serving(once, IP, 8443):
            asker = an_asker(tmp_path, 8443, ip=IP, budget=a_budget(seconds=15, clock=clock))
            asker.facts.tls += [tls_facts(8443), tls_facts(8443)]
            with pytest.raises(BudgetSpent):
                await cameras.ask_handshakes(asker)
            return asker

    assert asyncio.run(ask()).facts.tls[0].accepts_legacy is False


# The rest.


def test_the_makers_other_reads_are_made_and_nothing_is_written(tmp_path):
    device = Device(lambda _: reply(404))

    asker = asked(tmp_path, lambda one: cameras.ask_the_rest(one, "Hikvision"), {8080: device}, home())

    assert {answer.ask for answer in asker.facts.http} == {
        *(Ask.HOME, Ask.ACTIVATION, Ask.LOGIN_STATE, Ask.CONFIG, Ask.BACKUP, Ask.RECORDINGS, Ask.STREAM, Ask.LISTING),
    }
    assert {one.method for one in device.requests} == {"GET", "HEAD"}
    assert "HEAD /ISAPI/System/configurationData" in device.asked


def test_a_documented_post_carries_its_body(tmp_path):
    device = Device(lambda _: reply(404))

    asked(tmp_path, lambda one: cameras.ask_the_rest(one, "Dahua"), {8080: device}, home())

    post = next(one for one in device.requests if one.method == "POST")
    assert (post.path, post.headers["content-type"]) == ("/RPC2_Login", "application/json")
    assert b'"password":""' in post.body


def test_scripts_of_the_own_server_are_read_three_at_most(tmp_path):
    sources = ("/1.js", "//10.9.9.9/x.js", "http://10.9.9.9/y.js", "/2.js", "/2.js", "/3.js", "/4.js")
    page = "".join(f'<script src="{one}"></script>' for one in sources).encode()
    device = Device(lambda _: reply(404))

    asked(
        tmp_path,
        lambda one: cameras.ask_the_rest(one, ""),
        {8080: device},
        home(body=page),
        home(8081, body=b'<script src="/other.js"></script>'),
    )

    assert [path for path in device.asked if ".js" in path] == ["GET /1.js", "GET /2.js", "GET /3.js"]


def description(location: str) -> DiscoveryAnswer:
    return DiscoveryAnswer("ssdp", 1900, {"location": location})


@pytest.mark.parametrize(
    ("location", "asked_for"),
    [
        (f"http://{IP}:8081/desc.xml", ["GET /desc.xml"]),
        (f"http://{IP}:8081/moved", ["GET /moved", "GET /there"]),
        (f"http://{IP}:8081/away", ["GET /away"]),
        (f"http://{IP}:8081/print", ["GET /print"]),
        (f"http://{IP}:8081/ring", ["GET /ring", "GET /back"]),
        ("http://127.110.2.2:8081/desc.xml", []),
        (f"http://{IP}:9100/desc.xml", []),
        ("", []),
    ],
)
def test_a_description_is_read_on_the_device_itself(tmp_path, location, asked_for):
    places = {
        "/moved": f"http://{IP}:8081/there",
        "/away": "http://127.110.2.2/x",
        "/print": f"http://{IP}:9100/",
        "/ring": "/back",
        "/back": "/ring",
    }
    device = Device(lambda one: reply(302, Location=places[one.path]) if one.path in places else reply(body="<root/>"))

    asked(
        tmp_path,
        lambda one: cameras.ask_the_rest(one, ""),
        {8080: Device(lambda _: reply(404)), 8081: device},
        home(),
        match(),
        description(location),
    )

    assert device.asked == asked_for
