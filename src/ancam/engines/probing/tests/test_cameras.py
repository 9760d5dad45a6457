"""What a camera is asked without an account, and what it is never asked, whatever it says of itself."""

import asyncio
from functools import partial
from typing import Any

import pytest

from ancam.engines.probing.facts import Ask, DiscoveryAnswer, HttpAnswer, OnvifAnswer, RtspAnswer, SoapKind, TlsFacts
from ancam.engines.probing.identity import services_of
from ancam.engines.probing.looking import cameras
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.sending.budget import BudgetSpent
from ancam.engines.probing.tests.devices import asked_at, home, know, match
from ancam.engines.probing.tests.loopback import Clock, Device, Handler, a_budget, an_asker, reply, serving

pytestmark = pytest.mark.network

IP = "127.110.2.1"
asked = partial(asked_at, IP)


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
    know(asker.facts, *known)

    assert cameras.may_speak_onvif(asker) is may


def test_a_port_that_serves_nothing_but_onvif_is_sent_a_call(tmp_path):
    assert cameras.may_speak_onvif(an_asker(tmp_path, 2020))


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
